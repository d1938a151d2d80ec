"""The identity of published provisions: confirmed by a person, recorded for ever, mended by adding."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from coalition.drafts.actions import PublicationRefused, publish_version, reconfirm_lineage
from coalition.drafts.chain import breaches
from coalition.drafts.lineage import state_of
from coalition.drafts.models import Bill, Carriage, Forebear, Lineage, Provision, Version
from coalition.drafts.queries import (
    current_lineages,
    identity_now,
    predecessors,
    predecessors_in,
    successors,
    uid_of,
)
from coalition.record.models import Event
from tests.factories import make_bill, make_version
from tests.generators.statutes import bill as text_of

pytestmark = pytest.mark.django_db
EARLY, LATE = dt.date(2026, 3, 2), dt.date(2026, 9, 1)
ANSWERS = {"art_17": ["art_16"], "art_18": ["art_16"], "art_20": ["art_18", "art_19"]}


@pytest.fixture
def old() -> Version:
    return make_version(make_bill(), "0.2", text=text_of("0.2"), date=EARLY)


@pytest.fixture
def draft(old: Version) -> Version:
    return make_version(old.bill, "0.3", text=text_of("0.3"), date=LATE, live=False)


def _at(version: Version, eid: str) -> Provision:
    return version.provisions.get(eid=eid)


def _eids(kin: Any) -> list[str]:
    return [one.provision.eid for one in kin]


def test_an_open_doubt_refuses_publication_and_names_the_articles(draft: Version) -> None:
    with pytest.raises(PublicationRefused, match="2건") as refused:
        publish_version(version=draft, by=None)

    assert [list(doubt.proposal) for doubt in refused.value.doubts] == [
        ["art_17", "art_18"],
        ["art_20"],
    ]
    assert not Version.objects.get(pk=draft.pk).is_published
    assert not draft.provisions.exists()


def test_half_an_answer_is_none(draft: Version) -> None:
    with pytest.raises(PublicationRefused, match="2건"):
        publish_version(version=draft, by=None, confirmations={"art_17": ["art_16"]})


def test_confirmed_lineage_is_recorded_with_its_confirmer(
    old: Version, draft: Version, secretariat: Any
) -> None:
    publish_version(version=draft, by=secretariat, confirmations=ANSWERS)
    before, after = current_lineages(old), current_lineages(draft)

    assert after["art_18"].uid == before["art_16"].uid
    assert after["art_17"].uid not in {row.uid for row in before.values()}
    assert after["art_17"].predecessor == before["art_16"].provision
    assert after["art_20"].uid == before["art_19"].uid
    for eid in ANSWERS:
        assert after[eid].how == Carriage.CONFIRMED
        assert after[eid].confirmed_by == secretariat
    assert after["art_8"].uid == before["art_7"].uid
    assert after["art_8"].how == Carriage.SAME_TEXT
    assert after["art_8"].confirmed_by is None
    event = Event.objects.get(verb="version.published", object_id=str(draft.pk))
    assert event.data["confirmed"] == ["art_17", "art_18", "art_20"]


def test_accepted_proposals_say_that_nobody_confirmed_them(draft: Version) -> None:
    publish_version(version=draft, by=None, accept_doubtful=True)

    rows = current_lineages(draft)
    assert {rows[eid].how for eid in ANSWERS} == {Carriage.ACCEPTED}
    assert {rows[eid].confirmed_by for eid in ANSWERS} == {None}


def test_a_split_and_a_merge_are_told_from_both_ends(old: Version, draft: Version) -> None:
    publish_version(version=draft, by=None, accept_doubtful=True)

    assert [(k.provision.eid, k.keeps_identity) for k in successors(_at(old, "art_16"))] == [
        ("art_18", True),
        ("art_17", False),
    ]
    assert [(k.provision.eid, k.keeps_identity) for k in predecessors(_at(draft, "art_20"))] == [
        ("art_19", True),
        ("art_18", False),
    ]
    assert [(k.provision.eid, k.keeps_identity) for k in successors(_at(old, "art_18"))] == [
        ("art_20", False)
    ]
    assert successors(_at(old, "art_22")) == []
    assert predecessors(_at(draft, "art_5")) == []
    assert predecessors_in(draft)["art_20"] == ["art_19", "art_18"]


def test_no_two_provisions_of_a_version_have_one_identity(draft: Version) -> None:
    publish_version(version=draft, by=None, accept_doubtful=True)
    uids = [row.uid for row in current_lineages(draft).values()]

    assert len(uids) == len(set(uids))


def test_an_answer_that_names_no_article_is_refused(draft: Version) -> None:
    unfit: list[dict[str, list[str]]] = [{"art_99": []}, {"art_17": ["art_99"]}, {"supp_1": []}]
    for answers in unfit:
        with pytest.raises(PublicationRefused, match="없는 조문"):
            publish_version(version=draft, by=None, confirmations=answers)


def test_what_was_confirmed_of_another_text_is_refused(draft: Version, secretariat: Any) -> None:
    seen = state_of(draft)
    Version.objects.filter(pk=draft.pk).update(
        source_text=draft.source_text.replace("매년", "2년마다", 1)
    )

    with pytest.raises(PublicationRefused, match="바뀌어"):
        publish_version(version=draft, by=secretariat, confirmations=ANSWERS, seen=seen)

    draft.refresh_from_db()
    publish_version(version=draft, by=secretariat, confirmations=ANSWERS, seen=state_of(draft))


def test_a_person_may_say_that_a_proposal_is_wrong(old: Version, draft: Version) -> None:
    answers = {**ANSWERS, "art_17": [], "art_20": ["art_18"]}
    publish_version(version=draft, by=None, confirmations=answers)
    before, after = current_lineages(old), current_lineages(draft)

    assert after["art_17"].predecessor is None
    assert after["art_17"].how == Carriage.CONFIRMED
    assert after["art_20"].uid == before["art_18"].uid
    assert successors(_at(old, "art_19")) == []


@pytest.fixture
def published(draft: Version) -> Version:
    return publish_version(version=draft, by=None, accept_doubtful=True)


def test_a_published_lineage_is_mended_by_adding_rows(
    old: Version, published: Version, secretariat: Any
) -> None:
    later = make_version(published.bill, "0.4", text=text_of("0.3"), date=LATE)
    count = Lineage.objects.count()
    part, wrong = _at(published, "art_17"), uid_of(_at(published, "art_17"))

    written = reconfirm_lineage(
        provision=part, predecessors_now=[_at(old, "art_22")], by=secretariat
    )

    assert written > 1
    assert Lineage.objects.count() == count + written
    assert uid_of(part) == uid_of(_at(old, "art_22"))
    assert uid_of(_at(later, "art_17")) == uid_of(part)  # what came of it goes along
    assert wrong is not None
    assert identity_now(wrong) == uid_of(part)
    assert _eids(successors(_at(old, "art_16"))) == ["art_18"]
    assert _eids(successors(_at(old, "art_22"))) == ["art_17"]
    assert current_lineages(published)["art_17"].confirmed_by == secretariat
    assert list(breaches(published.bill)) == []
    event = Event.objects.get(verb="lineage.reconfirmed")
    assert (event.data["was"], event.data["now"]) == (["art_16"], ["art_22"])


def test_an_identity_taken_away_goes_to_the_other_part(
    old: Version, published: Version, secretariat: Any
) -> None:
    reconfirm_lineage(provision=_at(published, "art_18"), predecessors_now=[], by=secretariat)

    assert uid_of(_at(published, "art_17")) == uid_of(_at(old, "art_16"))
    assert predecessors(_at(published, "art_18")) == []
    uids = [row.uid for row in current_lineages(published).values()]
    assert len(uids) == len(set(uids))


def test_only_articles_of_the_version_before_can_be_named(
    old: Version, published: Version, secretariat: Any
) -> None:
    article = _at(published, "art_17")
    for provision, named, said in (
        (_at(old, "art_1"), [], "앞 판이 있는"),
        (article, [_at(published, "art_1")], "바로 앞 판"),
        (_at(published, "art_3__item_1"), [], "조와 별표"),
        (article, [_at(old, "art_16")], "같습니다"),
    ):
        with pytest.raises(ValidationError, match=said):
            reconfirm_lineage(provision=provision, predecessors_now=named, by=secretariat)
    assert not Event.objects.filter(verb="lineage.reconfirmed").exists()


@pytest.mark.parametrize(
    "door",
    [
        lambda: Forebear.objects.update(score=0.1),
        lambda: Forebear.objects.all().delete(),
    ],
)
def test_a_recorded_merge_cannot_be_changed(door: Any, published: Version) -> None:
    assert Forebear.objects.count() == 1
    with pytest.raises(DatabaseError, match="고치거나 지울 수 없습니다"), transaction.atomic():
        door()
    assert Forebear.objects.count() == 1


def test_kin_cost_the_same_however_many_there_are(
    old: Version, published: Version, django_assert_max_num_queries: Any
) -> None:
    assert Bill.objects.count() == 1
    with django_assert_max_num_queries(4):
        predecessors(_at(published, "art_20"))
    with django_assert_max_num_queries(4):
        successors(_at(old, "art_16"))
