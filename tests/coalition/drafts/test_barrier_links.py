"""A barrier's link needs two reviewers, and says what a clause would have changed."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client

from cms.models import CasePage
from coalition.drafts.actions import confirm_link, propose_link, withdraw_link
from coalition.drafts.links import Standing, links_in
from coalition.drafts.models import ClauseLink, LinkStep, Provision, Version
from coalition.practice.actions import record_barrier, withdraw_barrier
from coalition.practice.models import Barrier
from tests.factories import make_bill, make_case, make_version
from tests.generators.statutes import bill

pytestmark = pytest.mark.django_db
REASONS = "/bills/test/v0.3/reasons/"


@pytest.fixture
def versions() -> tuple[Version, Version]:
    made = make_bill()
    old = make_version(made, "0.2", text=bill("0.2"), date=dt.date(2026, 3, 2))
    return old, make_version(made, "0.3", text=bill("0.3"), date=dt.date(2026, 9, 1))


@pytest.fixture
def case(garam: Any) -> CasePage:
    return make_case(garam, "차비를 줄 과목이 없어 멈췄다")


@pytest.fixture
def barrier(case: CasePage, secretariat: Any) -> Barrier:
    return record_barrier(
        case=(ContentType.objects.get_for_model(CasePage), case.pk),
        kind="budget",
        what="차비를 줄 예산 과목이 없다",
        proof="예산팀 회신",
        by=secretariat,
    )


@pytest.fixture
def reviewers(colleague: Any, make_user: Any) -> list[Any]:
    return [colleague, make_user("third", "사무국")]


def _at(version: Version, eid: str) -> Provision:
    return Provision.objects.select_related("version__bill").get(version=version, eid=eid)


def _propose(version: Version, eid: str, barrier: Barrier, by: Any, relation: str) -> ClauseLink:
    return propose_link(
        provision=_at(version, eid), thing=barrier, kind="", relation=relation, note="까닭", by=by
    )


def _agree(link: ClauseLink, reviewers: list[Any]) -> None:
    for who in reviewers:
        confirm_link(link=link, provision=link.provision, by=who)


def _part(client: Client, address: str, selector: str) -> str:
    page = BeautifulSoup(client.get(address).content, "html.parser")
    found = page.select_one(selector)
    return found.get_text(" ", strip=True) if found else ""


def test_two_others_have_to_agree(
    versions: Any, barrier: Barrier, secretariat: Any, reviewers: list[Any]
) -> None:
    link = _propose(versions[1], "art_21", barrier, secretariat, "resolves")

    confirm_link(link=link, provision=link.provision, by=reviewers[0])
    assert links_in(versions[1])[0].standing == Standing.PROPOSED
    with pytest.raises(ValidationError, match="이미 동의"):
        confirm_link(link=link, provision=link.provision, by=reviewers[0])
    confirm_link(link=link, provision=link.provision, by=reviewers[1])

    [placed] = links_in(versions[1])
    assert placed.standing == Standing.CONFIRMED
    assert [step.by for step in placed.reviews] == reviewers


def test_the_database_too_wants_two(
    versions: Any, barrier: Barrier, secretariat: Any, reviewers: list[Any]
) -> None:
    link = _propose(versions[1], "art_21", barrier, secretariat, "resolves")

    with pytest.raises(IntegrityError, match="두 사람"), transaction.atomic():
        LinkStep.objects.create(
            link=link,
            state="confirmed",
            provision=link.provision,
            by=reviewers[0],
            office="사무국",
        )


def test_a_barrier_needs_its_relation(versions: Any, barrier: Barrier, secretariat: Any) -> None:
    with pytest.raises(ValidationError, match="어떻게 하는지"):
        _propose(versions[1], "art_21", barrier, secretariat, "")


def test_the_case_says_what_the_clause_would_have_changed_and_the_bill_what_none_answers(
    versions: Any,
    case: CasePage,
    barrier: Barrier,
    secretariat: Any,
    reviewers: list[Any],
    client: Client,
) -> None:
    assert "차비를 줄 예산 과목이 없다" in _part(client, REASONS, "#unanswered")
    assert "법안에도 답이 없음" in _part(client, case.address, "#barriers")
    link = _propose(versions[1], "art_21", barrier, secretariat, "resolves")
    confirm_link(link=link, provision=link.provision, by=reviewers[0])
    assert "법안에도 답이 없음" in _part(client, case.address, "#barriers")

    confirm_link(link=link, provision=link.provision, by=reviewers[1])

    shown = _part(client, case.address, "#barriers")
    assert "제21조" in shown
    assert "해소" in shown
    assert "사무국의 또 다른 사람이 검토" in shown
    assert "법안에도 답이 없음" not in shown
    assert not _part(client, REASONS, "#unanswered")
    withdraw_link(link=link, because="잘못 보았다", by=secretariat)
    assert "법안에도 답이 없음" in _part(client, case.address, "#barriers")


@pytest.mark.parametrize("relation", ["unrelated", "worsens"])
def test_what_was_looked_at_and_does_not_help_answers_nothing(
    relation: str,
    versions: Any,
    barrier: Barrier,
    secretariat: Any,
    reviewers: list[Any],
    client: Client,
) -> None:
    _agree(_propose(versions[1], "art_18__para_2", barrier, secretariat, relation), reviewers)

    assert "제18조제2항" in _part(client, REASONS, "#unanswered")
    ledger = _part(client, "/bills/test/v0.3/art_18/", "#reasons")
    assert ("차비를 줄" in ledger) == (relation == "worsens")


def test_a_changed_clause_answers_no_more_until_two_look_again(
    versions: Any,
    case: CasePage,
    barrier: Barrier,
    secretariat: Any,
    reviewers: list[Any],
    client: Client,
) -> None:
    link = _propose(versions[0], "art_20", barrier, secretariat, "resolves")
    _agree(link, reviewers)

    shown = _part(client, case.address, "#barriers")
    assert "재확인 필요" in shown
    assert "법안에도 답이 없음" in shown
    for who in reviewers:
        confirm_link(link=link, provision=_at(versions[1], "art_21"), by=who)
    assert "재확인 필요" not in _part(client, case.address, "#barriers")


def test_a_barrier_that_was_taken_back_is_nowhere(
    versions: Any, case: CasePage, barrier: Barrier, secretariat: Any, client: Client
) -> None:
    withdraw_barrier(barrier=barrier, because="사실과 다르다", by=secretariat)

    assert not _part(client, REASONS, "#unanswered")
    assert not _part(client, case.address, "#barriers")
