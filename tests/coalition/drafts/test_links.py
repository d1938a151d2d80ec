"""ClauseLinks: two people, an allow list, and what a new version makes of them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, transaction

from coalition.drafts.actions import (
    confirm_link,
    decline_link,
    propose_link,
    reconfirm_lineage,
    withdraw_link,
)
from coalition.drafts.links import Placed, Standing, lines_then, links_in
from coalition.drafts.models import ClauseLink, LinkState, LinkStep, Provision, Version
from coalition.drafts.targets import shown_targets
from tests.factories import make_bill, make_case, make_question, make_version
from tests.generators.statutes import bill

pytestmark = pytest.mark.django_db
EARLY, LATE = dt.date(2026, 3, 2), dt.date(2026, 9, 1)


@pytest.fixture
def versions() -> tuple[Version, Version]:
    made = make_bill()
    old = make_version(made, "0.2", text=bill("0.2"), date=EARLY)
    return old, make_version(made, "0.3", text=bill("0.3"), date=LATE)


@pytest.fixture
def people(secretariat: Any, colleague: Any) -> tuple[Any, Any]:
    return secretariat, colleague


def _at(version: Version, eid: str) -> Provision:
    return Provision.objects.select_related("version__bill").get(version=version, eid=eid)


def _propose(version: Version, eid: str, by: Any, **fields: Any) -> ClauseLink:
    values = {"thing": make_question(), "kind": "need", "note": "물은 까닭", **fields}
    return propose_link(provision=_at(version, eid), by=by, **values)


def _linked(version: Version, eid: str, people: tuple[Any, Any], **fields: Any) -> ClauseLink:
    link = _propose(version, eid, people[0], **fields)
    return confirm_link(link=link, provision=_at(version, eid), by=people[1])


def _told(version: Version) -> list[tuple[tuple[str, ...], Standing]]:
    return [(one.eids, one.standing) for one in links_in(version)]


def _only(version: Version) -> Placed:
    [found] = links_in(version)
    return found


@pytest.mark.parametrize(
    ("was", "now", "standing"),
    [
        ("art_1", ("art_1",), Standing.CONFIRMED),  # same
        ("art_7", ("art_8",), Standing.CONFIRMED),  # number
        ("art_6", ("art_7",), Standing.CONFIRMED),  # number and reference
        ("art_6__para_2", ("art_7__para_2",), Standing.CONFIRMED),
        ("art_3", ("art_3",), Standing.STALE),  # order
        ("art_10", ("art_11",), Standing.STALE),  # paragraphed
        ("art_12", ("art_13",), Standing.STALE),  # title
        ("art_16", ("art_17", "art_18"), Standing.STALE),  # split
        ("art_18", ("art_20",), Standing.STALE),  # merged
        ("art_20", ("art_21",), Standing.STALE),  # text
        ("art_22", (), Standing.GONE),  # deleted
        ("art_22__para_1", (), Standing.GONE),
    ],
)
def test_a_link_is_carried_silently_or_to_be_looked_at_again(
    was: str, now: tuple[str, ...], standing: Standing, versions: Any, people: Any
) -> None:
    old, new = versions
    _linked(old, was, people)

    assert _told(old) == [((was,), Standing.CONFIRMED)]
    assert _told(new) == [(now, standing)]


def test_a_paragraph_whose_words_stayed_is_carried_beside_one_that_changed(
    people: Any,
) -> None:
    made = make_bill()
    before = bill("0.3")
    told = "② 시장ㆍ군수ㆍ구청장은 제1항에 따른 사회적 대화"
    assert told in before
    old = make_version(made, "0.2", text=before, date=EARLY)
    changed = before.replace(told, f"{told}의 과정과 그")
    first, second = (
        _linked(old, f"art_13__para_{number}", people, note=f"{number}항") for number in (1, 2)
    )
    new = make_version(made, "0.3", text=changed, date=LATE)

    found = {one.link: one.standing for one in links_in(new)}

    assert found == {first: Standing.CONFIRMED, second: Standing.STALE}


def test_a_stale_link_shows_both_texts_and_is_confirmed_for_one_part(
    versions: Any, people: Any
) -> None:
    old, new = versions
    link = _linked(old, "art_16", people)
    assert lines_then(_only(new).seen, new)[0].startswith("① 시장")

    confirm_link(link=link, provision=_at(new, "art_18"), by=people[1])

    assert _told(new) == [(("art_18",), Standing.CONFIRMED)]
    assert _told(old) == [(("art_16",), Standing.CONFIRMED)]


def test_a_corrected_lineage_moves_the_link_at_once(versions: Any, people: Any) -> None:
    old, new = versions
    _linked(old, "art_22", people)

    reconfirm_lineage(
        provision=_at(new, "art_5"), predecessors_now=[_at(old, "art_22")], by=people[0]
    )

    assert _only(new).eids == ("art_5",)


def test_whoever_linked_never_confirms(versions: Any, people: Any) -> None:
    old, _ = versions
    link = _propose(old, "art_1", people[0])

    with pytest.raises(ValidationError, match="다른 사람"):
        confirm_link(link=link, provision=_at(old, "art_1"), by=people[0])
    with pytest.raises(ValidationError, match="다른 사람"):
        decline_link(link=link, because="아니다", by=people[0])
    with pytest.raises(IntegrityError, match="자기 연결"), transaction.atomic():
        LinkStep.objects.create(
            link=link, state="confirmed", provision=_at(old, "art_1"), by=people[0], office="x"
        )
    assert _only(old).standing == Standing.PROPOSED


def test_a_link_is_confirmed_for_its_own_clause_once(versions: Any, people: Any) -> None:
    old, new = versions
    link = _propose(old, "art_1", people[0])

    with pytest.raises(ValidationError, match="서 있는 조문이 아닙니다"):
        confirm_link(link=link, provision=_at(new, "art_2"), by=people[1])
    confirm_link(link=link, provision=_at(old, "art_1"), by=people[1])
    with pytest.raises(ValidationError, match="이미 확정"):
        confirm_link(link=link, provision=_at(new, "art_1"), by=people[1])


def test_a_withdrawn_link_is_nowhere_and_its_rows_stay(versions: Any, people: Any) -> None:
    old, new = versions
    link = _linked(old, "art_1", people)

    with pytest.raises(ValidationError, match="까닭"):
        withdraw_link(link=link, because=" ", by=people[0])
    withdraw_link(link=link, because="잘못 이었다", by=people[0])

    assert _told(old) == _told(new) == []
    states = list(link.steps.values_list("state", flat=True))
    assert states == [LinkState.PROPOSED, LinkState.CONFIRMED, LinkState.WITHDRAWN]
    with pytest.raises(ValidationError, match="거둔 연결"):
        confirm_link(link=link, provision=_at(new, "art_1"), by=people[1])
    with pytest.raises(IntegrityError, match="아무것도 더할 수 없습니다"), transaction.atomic():
        LinkStep.objects.create(
            link=link, state="seconded", provision=_at(old, "art_1"), by=people[1], office="x"
        )


def test_a_withdrawn_link_may_be_made_again_and_a_standing_one_not_twice(
    versions: Any, people: Any
) -> None:
    old, _ = versions
    thing = make_question()
    link = _linked(old, "art_1", people, thing=thing)

    with pytest.raises(ValidationError, match="이미 이어져"):
        _propose(old, "art_1", people[0], thing=thing)
    withdraw_link(link=link, because="고쳐 쓰려고", by=people[0])

    assert _propose(old, "art_1", people[0], thing=thing).pk != link.pk


@pytest.mark.parametrize("eid", ["chp_1", "art_3__item_1"])
def test_only_articles_and_paragraphs_are_linked(eid: str, versions: Any, people: Any) -> None:
    with pytest.raises(ValidationError, match="조와 항"):
        _propose(versions[0], eid, people[0])


def test_only_what_is_on_the_allow_list_is_linked(versions: Any, people: Any) -> None:
    for thing in (people[0], versions[0].bill):
        with pytest.raises(ValidationError, match="이을 수 없는 것"):
            _propose(versions[0], "art_1", people[0], thing=thing)
    with pytest.raises(ValidationError, match="장애에만"):
        _propose(versions[0], "art_1", people[0], relation="resolves")
    with pytest.raises(ValidationError):
        _propose(versions[0], "art_1", people[0], kind="praise")


def test_a_link_knows_whose_thing_it_is(versions: Any, garam: Any, garam_editor: Any) -> None:
    link = _propose(versions[0], "art_1", garam_editor, thing=make_case(garam))

    assert link.municipality == garam
    assert link.steps.get().office == garam.name


def test_what_nobody_may_read_is_not_told(versions: Any, garam: Any, people: Any) -> None:
    hidden = _linked(versions[0], "art_1", people, thing=make_case(garam, "숨은 것", live=False))
    case = make_case(garam)
    link = _linked(versions[0], "art_2", people, thing=case)

    shown = shown_targets([hidden, link])

    assert list(shown) == [("case", case.pk)]
    assert shown["case", case.pk].title == case.title
    assert shown["case", case.pk].n == 24
    case.unpublish()
    assert not shown_targets([link])


def test_no_door_changes_a_link(versions: Any, people: Any) -> None:
    link = _linked(versions[0], "art_1", people)
    for change in (
        lambda: ClauseLink.objects.filter(pk=link.pk).update(note="다른 말"),
        lambda: LinkStep.objects.filter(link=link).update(state="withdrawn"),
        lambda: LinkStep.objects.filter(link=link).delete(),
    ):
        with pytest.raises(DatabaseError, match="조문 연결"), transaction.atomic():
            change()


def test_a_past_day_knows_nothing_of_later_steps(versions: Any, people: Any) -> None:
    from django.utils import timezone

    old, _ = versions
    _linked(old, "art_1", people)
    today = timezone.localdate()

    assert [one.standing for one in links_in(old, today)] == [Standing.CONFIRMED]
    assert links_in(old, today - dt.timedelta(days=1)) == []


def test_links_are_read_with_the_same_number_of_queries_however_many(
    versions: Any, people: Any, django_assert_num_queries: Any
) -> None:
    old, new = versions
    for number in range(1, 9):
        _linked(old, f"art_{number}", people)
    links_in(new)

    with django_assert_num_queries(2):
        links_in(new)
