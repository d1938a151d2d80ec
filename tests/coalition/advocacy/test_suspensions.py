"""임시조치 요청: proven by mail, carried out by the secretariat, told to who asked, forgotten."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from coalition.advocacy.actions import (
    answer_suspension_request,
    confirm_suspension_request,
    suspend_opinion,
    withdraw_opinion,
)
from coalition.advocacy.limits import LIMITS, SUSPENSIONS, TooMany
from coalition.advocacy.models import SuspensionRequest
from coalition.advocacy.opinions import veil_today
from coalition.advocacy.retention import forget_authors
from coalition.advocacy.suspending import confirm_link, confirmed_by, waiting_requests
from coalition.members.queries import today
from coalition.record.models import MailOut, Person
from tests.factories.opinions import CLAIM, link_in, make_opinion, make_suspension

pytestmark = pytest.mark.django_db
ANSWER = "사실과 다른 말이어서 임시로 가립니다."


def _token(link: str) -> str:
    return link.rstrip("/").rpartition("/")[2]


def _answer(request: SuspensionRequest, outcome: str = "suspended", **told: Any) -> Any:
    return answer_suspension_request(
        **{
            "request": request,
            "outcome": outcome,
            "reason": "권리 침해 요청",
            "answer": ANSWER,
            "by": None,
            **told,
        }
    )


def test_nobody_sees_it_before_its_asker_confirmed_by_mail(versions: Any) -> None:
    request = make_suspension(make_opinion(versions[1]), confirmed=False)
    assert not waiting_requests().exists()
    mail = MailOut.objects.get(person=request.person)
    assert confirmed_by(_token(link_in(mail.text))) == request
    assert confirmed_by("x") is None
    assert CLAIM not in mail.text

    for _ in range(2):
        confirm_suspension_request(request=request, by=None)
    assert list(waiting_requests()) == [request]


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"claim": "짧음"}, "claim"),
        ({"claim": "가" * 2001}, "claim"),
        ({"claim": "제 전화 010-1234-5678로 알려 주세요."}, "claim"),
        ({"claim": "제 번호는 900101-1234568입니다."}, "claim"),
        ({"right": "taste"}, "right"),
    ],
)
def test_what_cant_be_taken_is_told_by_field_and_leaves_nothing(
    told: dict[str, str], field: str, versions: Any
) -> None:
    opinion = make_opinion(versions[1])
    persons = Person.objects.count()
    with pytest.raises(ValidationError) as refused:
        make_suspension(opinion, **told)

    assert field in refused.value.message_dict
    assert "1234" not in str(refused.value)
    assert (Person.objects.count(), SuspensionRequest.objects.count()) == (persons, 0)


def test_it_is_asked_of_what_can_be_read_and_a_few_times_a_day(
    versions: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    hidden, back = (make_opinion(versions[1]) for _ in range(2))
    suspend_opinion(opinion=hidden, reason="요청", by=None)
    withdraw_opinion(opinion=back, by=None)
    for opinion in (hidden, back, make_opinion(versions[1], confirmed=False)):
        with pytest.raises(ValidationError, match="보이지 않는"):
            make_suspension(opinion)
    monkeypatch.setitem(LIMITS, SUSPENSIONS, replace(LIMITS[SUSPENSIONS], of_email=0))
    with pytest.raises(TooMany):
        make_suspension(make_opinion(versions[1]))


def test_a_granted_request_suspends_and_both_are_told_without_the_asker(
    versions: Any, secretariat: Any
) -> None:
    opinion = make_opinion(versions[1])
    request = make_suspension(opinion)
    done = _answer(request, by=secretariat)

    veil = veil_today(opinion)
    assert veil is not None
    assert (veil, veil.until) == (done.moderation, today() + dt.timedelta(days=30))
    to_author = MailOut.objects.get(person=opinion.person, key__startswith="opinion-suspended")
    to_asker = MailOut.objects.get(key=f"suspension-answered:{request.pk}")
    assert ANSWER in to_asker.text
    assert "30일 동안" in to_asker.text
    assert ANSWER not in to_author.text
    assert "asker@" not in to_author.text + to_asker.text
    with pytest.raises(ValidationError, match="이미 답했거나"):
        _answer(request, "declined")


def test_a_second_asker_hears_of_what_stands_already_and_a_declined_one_why(versions: Any) -> None:
    opinion = make_opinion(versions[1])
    first, second, third = (
        make_suspension(opinion, email=f"{name}@example.kr") for name in ("a", "b", "c")
    )
    veil = _answer(first).moderation
    assert _answer(second).moderation == veil  # the thirty days do not begin anew
    assert opinion.moderations.count() == 1
    assert _answer(third, "hidden").moderation.kind == "hidden"

    other = make_opinion(versions[1])
    declined = make_suspension(other)
    for told, field in (({"answer": " "}, "answer"), ({"outcome": "burnt"}, "outcome")):
        with pytest.raises(ValidationError) as refused:
            _answer(declined, **told)
        assert field in refused.value.message_dict
    _answer(declined, "declined", answer="공인의 일을 다룬 말입니다.")
    assert veil_today(other) is None
    text = MailOut.objects.get(key=f"suspension-answered:{declined.pk}").text
    assert "그대로 두었습니다" in text
    assert "공인의 일" in text


def test_the_suspension_of_an_opinion_that_had_one_is_refused_and_leaves_nothing(
    versions: Any,
) -> None:
    began = today() - dt.timedelta(days=40)
    opinion = make_opinion(versions[1], on=began)
    suspend_opinion(opinion=opinion, reason="요청", on=began, by=None)
    request = make_suspension(opinion)  # it is shown again by now
    with pytest.raises(ValidationError, match="한 번만"):
        _answer(request)
    assert list(waiting_requests()) == [request]


def test_the_database_keeps_what_was_asked_and_answered(versions: Any) -> None:
    opinion = make_opinion(versions[1])
    request = make_suspension(opinion)
    _answer(request)
    rows = SuspensionRequest.objects.filter(pk=request.pk)
    attempts = [
        lambda: rows.update(claim="다른 말을 했습니다."),
        lambda: rows.update(right="other"),
        lambda: rows.update(opinion=make_opinion(versions[1])),
        lambda: rows.update(answer="다른 답"),
        lambda: rows.update(outcome="declined", moderation=None),
        lambda: rows.update(confirmed_at=timezone.now()),
        lambda: rows._raw_delete("default"),
        lambda: SuspensionRequest.objects.create(
            opinion=make_opinion(versions[1], confirmed=False),
            person=request.person,
            right="other",
            claim=CLAIM,
        ),
    ]
    for attempt in attempts:
        with pytest.raises((IntegrityError, DatabaseError)), transaction.atomic():
            attempt()


def test_address_and_claim_go_together_and_what_was_done_stays(versions: Any) -> None:
    opinion = make_opinion(versions[1])
    late = make_suspension(opinion, confirmed=False, email="late@example.kr")
    SuspensionRequest.objects.filter(pk=late.pk).update(
        asked_at=timezone.now() - dt.timedelta(days=8)
    )
    fresh = make_suspension(opinion, confirmed=False, email="fresh@example.kr")
    old = make_suspension(opinion, email="old@example.kr")
    _answer(old)
    Person.objects.filter(pk=old.person_id).update(retain_until=today() - dt.timedelta(days=1))
    forget_authors()

    kept = SuspensionRequest.objects.order_by("pk")
    assert [row.pk for row in kept] == [fresh.pk, old.pk]
    assert (kept[1].claim, kept[1].person.email, kept[1].outcome) == ("", "", "suspended")
    assert not MailOut.objects.filter(person=kept[1].person).exists()
    assert not Person.objects.filter(email="late@example.kr").exists()
    assert forget_authors() == 0


def test_forget_address_empties_what_was_claimed(versions: Any) -> None:
    opinion = make_opinion(versions[1])
    waiting = make_suspension(opinion)
    make_suspension(opinion, confirmed=False)
    call_command("forget_address", "Asker@example.kr")

    row = SuspensionRequest.objects.get()
    assert (row.pk, row.claim, row.person.email) == (waiting.pk, "", "")
    assert not waiting_requests().exists()  # nobody is left to be answered
    with pytest.raises(ValidationError):
        _answer(row)
    assert confirmed_by(_token(confirm_link(row))) is None
    rows = SuspensionRequest.objects.filter(pk=row.pk)
    with pytest.raises((IntegrityError, DatabaseError)), transaction.atomic():
        rows.update(forgotten_on=None, claim=CLAIM)
