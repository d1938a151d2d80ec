"""The demo's links to clauses: fictional, reviewed by others, carried to v0.3 or to be looked at again."""

from __future__ import annotations

import pytest
from django.test import Client

from cms.queries.reasons import ledgers, without_reasons
from coalition.dialogue.models import CoreQuestion
from coalition.drafts.links import Placed, Standing, links_in
from coalition.drafts.models import ClauseLink, LinkKind, LinkTarget, Version
from coalition.drafts.targets import shown_targets, target_named
from coalition.trail.queries import trail_of

pytestmark = pytest.mark.django_db


def _version(no: str) -> Version:
    return Version.objects.select_related("bill").get(bill__slug="sjsa", no=no)


def _seen_at(no: str, eid: str) -> list[Placed]:
    """Links as they stand in v0.3 that were confirmed for this clause of that version."""
    return [
        one for one in links_in(_version("0.3")) if (one.seen.version.no, one.seen.eid) == (no, eid)
    ]


def test_links_of_a_split_clause_wait_and_those_of_a_renumbered_one_are_carried() -> None:
    split, renumbered = _seen_at("0.2", "art_16"), _seen_at("0.2", "art_7")

    assert {(one.standing, one.eids) for one in split} == {(Standing.STALE, ("art_17", "art_18"))}
    assert {(one.standing, one.eids) for one in renumbered} == {(Standing.CONFIRMED, ("art_8",))}
    assert {one.standing for one in _seen_at("0.2", "art_20")} == {Standing.STALE}
    assert {one.standing for one in _seen_at("0.2", "art_22")} == {Standing.GONE}


def test_no_link_dangles_and_every_confirmed_one_is_shown() -> None:
    links = list(ClauseLink.objects.all())

    assert links
    for link in links:
        target = target_named(link.target, link.object_id)
        assert link.content_type.model_class() is type(target)
    assert len(shown_targets(links)) == len({(link.target, link.object_id) for link in links})


def test_nobody_reviewed_a_link_of_their_own_and_barriers_have_two_reviewers() -> None:
    for one in links_in(_version("0.3")):
        people = {step.by_id for step in one.reviews}
        assert one.link.linked_by_id not in people
        if one.is_public:
            assert len(people) == (2 if one.link.target == LinkTarget.BARRIER else 1)


def test_there_are_objections_of_every_side_and_clauses_without_reasons_stay_visible(
    client: Client,
) -> None:
    version = _version("0.3")
    missing = without_reasons(version)
    text = client.get("/bills/sjsa/v0.3/reasons/").content.decode()

    assert sum(ledger.objections for ledger in ledgers(version).values()) >= 3
    assert {row.kind for ledger in ledgers(version).values() for row in ledger.rows} == {
        *LinkKind.values
    }
    assert 5 <= len(missing) < 25
    assert all(article.korean in text for article in missing)
    assert "어느 조문도 답하지 않는 장애" in text


def test_a_core_question_reaches_a_clause_and_another_shows_its_gaps() -> None:
    trails = [
        trail_of(core)
        for core in CoreQuestion.objects.filter(paper__key="garam-green").select_related("paper")
    ]

    assert any(trail.reached == 6 for trail in trails)
    assert any(trail.reached < 6 for trail in trails)
