"""A body on any day: its divisions, how they came about, and who sat in it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from coalition.dialogue.actions import (
    LineageLine,
    end_seat,
    found_body,
    give_seat,
    ground_body,
    open_term,
    reorganise_divisions,
    revise_body,
    revise_division,
    revise_seat,
    revise_term,
    take_seat_away,
    tell_lineage,
)
from coalition.dialogue.models import Body, Division, DivisionLineage, Seat
from coalition.dialogue.queries import (
    bodies,
    body_term,
    composition,
    divisions,
    reorganisations,
    seats,
)
from coalition.members.models import Municipality, Region
from coalition.record.models import Event, Source

pytestmark = pytest.mark.django_db
FOUNDED, CHANGED, TODAY = dt.date(2024, 11, 12), dt.date(2026, 1, 20), dt.date(2026, 11, 22)
SIX = ["산업단지", "공공서비스", "골목상권", "마을", "녹색 전환", "돌봄"]
LINES = [
    LineageLine("산업단지", "청년", "split"),
    LineageLine("녹색 전환", "녹색 전환", "succeeded"),
    LineageLine("돌봄", "돌봄", "merged"),
    LineageLine("공공서비스", "돌봄", "merged"),
    LineageLine("마을", "마을", "merged"),
    LineageLine("골목상권", "", "unknown"),
]


@pytest.fixture
def body(garam: Municipality) -> Body:
    return found_body(
        municipality=garam, name="가람시 일자리회", slug="garam", summary="", divisions=SIX,
        since=FOUNDED, source=None, by=None,
    )  # fmt: skip


@pytest.fixture
def real_body(db: None) -> Body:
    source = Source.objects.create(title="기사", publisher="신문", published_on=FOUNDED)
    real = Municipality.objects.create(
        code="99999", name="시험구", region=Region.objects.create(code="99", name="시험도"),
        kind="구", level="basic", slug="real-place", source=source,
    )  # fmt: skip
    return found_body(
        municipality=real, name="일자리회", slug="real", summary="", divisions=[],
        since=FOUNDED, source=source, by=None,
    )  # fmt: skip


def reorganise(body: Body, lines: list[LineageLine] = LINES) -> list[Division]:
    return reorganise_divisions(
        body=body,
        on=CHANGED,
        divisions=["청년", "돌봄", "녹색 전환", "마을"],
        lineage=lines,
        by=None,
    )


def names(body: Body, on: dt.date) -> set[str]:
    return {division.name for division in divisions(on).filter(body=body)}


def test_six_divisions_become_four_and_each_day_shows_its_own(body: Body) -> None:
    reorganise(body)

    assert names(body, FOUNDED) == set(SIX)
    assert names(body, CHANGED - dt.timedelta(days=1)) == set(SIX)
    assert names(body, CHANGED) == {"청년", "돌봄", "녹색 전환", "마을"}
    assert names(body, FOUNDED - dt.timedelta(days=1)) == set()
    assert not bodies(FOUNDED - dt.timedelta(days=1)).exists()


def test_a_reorganisation_is_told_line_by_line_and_not_before_its_day(body: Body) -> None:
    reorganise(body)

    (told,) = reorganisations(body, TODAY)

    assert (told.on, told.before, told.after) == (CHANGED, 6, 4)
    assert [line.kind for line in told.lines].count("merged") == 3
    assert reorganisations(body, CHANGED - dt.timedelta(days=1)) == []


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (LINES[:-1], "골목상권"),
        (LINES[1:], "산업단지, 청년"),
        ([*LINES, LineageLine("없는 분과", "청년", "split")], "없는 분과"),
        ([*LINES[:-1], LineageLine("골목상권", "마을", "eaten")], "가운데 하나"),
    ],
)
def test_a_division_left_without_a_line_is_refused(
    body: Body, lines: list[LineageLine], message: str
) -> None:
    with pytest.raises(ValidationError, match=message):
        reorganise(body, lines)

    assert names(body, CHANGED) == set(SIX)


def test_what_was_unknown_gives_way_to_what_a_source_says_later(body: Body) -> None:
    unknown = [
        *(LineageLine(name, name, "unknown") for name in ("마을", "녹색 전환", "돌봄")),
        *(LineageLine(name, "", "unknown") for name in ("산업단지", "공공서비스", "골목상권")),
        LineageLine("", "청년", "unknown"),
    ]
    reorganise(body, unknown)
    old = {division.name: division for division in body.divisions.filter(valid_to=CHANGED)}
    new = {division.name: division for division in body.divisions.filter(valid_from=CHANGED)}

    tell_lineage(before=old["마을"], after=new["마을"], kind="succeeded", by=None)
    tell_lineage(before=old["산업단지"], after=new["청년"], kind="split", by=None)
    tell_lineage(before=old["산업단지"], after=new["녹색 전환"], kind="split", by=None)

    (told,) = reorganisations(body, TODAY)
    lines = [(str(line.before or ""), str(line.after or ""), line.kind) for line in told.lines]
    assert lines == [
        ("녹색 전환", "녹색 전환", "unknown"),  # where the old one went, nobody has said
        ("돌봄", "돌봄", "unknown"),
        ("공공서비스", "", "unknown"),
        ("골목상권", "", "unknown"),
        ("마을", "마을", "succeeded"),
        ("산업단지", "청년", "split"),
        ("산업단지", "녹색 전환", "split"),
    ]
    assert DivisionLineage.objects.count() == 10, "the ledger keeps what was not known"
    assert (told.before, told.after) == (6, 4)


@pytest.mark.parametrize(
    ("before", "after", "kind", "message"),
    [
        ("", "", "unknown", "하나는 고르세요"),
        ("마을", "", "merged", "모두 고르세요"),
        ("마을", "마을", "new", "뒤 분과만"),
        ("마을", "돌봄", "merged", "이미 적은"),
    ],
)
def test_a_line_that_joins_nothing_or_stands_is_refused(
    body: Body, before: str, after: str, kind: str, message: str
) -> None:
    reorganise(body, [*LINES, LineageLine("마을", "돌봄", "merged")])
    ends = (
        body.divisions.filter(name=before, valid_to=CHANGED).first(),
        body.divisions.filter(name=after, valid_from=CHANGED).first(),
    )

    with pytest.raises(ValidationError, match=message):
        tell_lineage(before=ends[0], after=ends[1], kind=kind, by=None)


def test_only_divisions_of_one_day_follow_each_other(body: Body) -> None:
    reorganise(body)
    now = body.divisions.get(name="청년")

    with pytest.raises(ValidationError, match="없어진 날에 생긴"):
        tell_lineage(before=now, after=now, kind="merged", by=None)


def test_mistakes_are_mended_and_say_what_they_were(body: Body) -> None:
    seat = give_seat(body=body, sector="labour", since=FOUNDED, by=None)
    revise_seat(seat=seat, told={"sector": "business", "until": CHANGED}, by=None)
    assert composition(body, FOUNDED).sectors == [("기업", 1)]
    assert composition(body, CHANGED).total == 0
    with pytest.raises(ValidationError, match="까닭"):
        take_seat_away(seat=seat, because=" ", by=None)
    take_seat_away(seat=seat, because="두 번 적음", by=None)
    assert composition(body, FOUNDED).total == 0
    event = Event.objects.get(verb="seat.taken_away")
    assert (event.data["because"], event.data["sector"]) == ("두 번 적음", "business")

    village = body.divisions.get(name="마을")
    revise_division(division=village, name="마을 자치", order=4, begins=FOUNDED, by=None)
    assert "마을 자치" in names(body, FOUNDED)
    with pytest.raises(ValidationError, match="같은 이름"):
        revise_division(division=village, name="돌봄", order=4, begins=FOUNDED, by=None)

    first = open_term(body=body, number=1, begins=FOUNDED, ends=CHANGED, by=None)
    open_term(body=body, number=2, begins=CHANGED + dt.timedelta(days=1), ends=TODAY, by=None)
    with pytest.raises(ValidationError, match="겹칩니다"):
        revise_term(term=first, number=1, begins=FOUNDED, ends=TODAY, by=None)
    with pytest.raises(ValidationError, match="제2기는 이미"):
        revise_term(term=first, number=2, begins=FOUNDED, ends=CHANGED, by=None)

    revise_body(body=body, name="가람시 일자리 대화회", begins=CHANGED, by=None)
    assert not bodies(FOUNDED).exists()
    with pytest.raises(ValidationError, match="뒤의 날"):
        revise_body(body=body, name="가", begins=CHANGED, ends=CHANGED, by=None)


def test_a_line_is_neither_changed_nor_deleted(body: Body) -> None:
    reorganise(body)
    for change in (
        lambda: DivisionLineage.objects.update(kind="unknown"),
        lambda: DivisionLineage.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_divisions_of_two_bodies_are_not_related(body: Body, nuri: Municipality) -> None:
    other = found_body(
        municipality=nuri, name="누리군 일자리회", slug="nuri", summary="", divisions=["마을"],
        since=FOUNDED, source=None, by=None,
    )  # fmt: skip
    mine, theirs = body.divisions.get(name="마을"), other.divisions.get()

    with pytest.raises(DatabaseError), transaction.atomic():
        DivisionLineage.objects.create(before=mine, after=theirs, kind="merged")


def test_seats_are_counted_by_sector_on_any_day(body: Body) -> None:
    chair = give_seat(body=body, sector="labour", role="civil-chair", since=FOUNDED, by=None)
    for _ in range(2):
        give_seat(body=body, sector="citizen", since=FOUNDED, by=None)
    end_seat(seat=chair, on=CHANGED, by=None)
    give_seat(body=body, sector="citizen", role="civil-chair", since=CHANGED, by=None)

    before, after = composition(body, FOUNDED), composition(body, CHANGED)

    assert (before.total, before.sectors) == (3, [("시민", 2), ("노동", 1)])
    assert (after.total, after.sectors) == (3, [("시민", 3)])
    assert [c.sector for c in before.chairs] == ["labour"]
    assert not seats(body, FOUNDED - dt.timedelta(days=1)).exists()


def test_a_seat_ends_once_and_after_it_began(body: Body) -> None:
    seat = give_seat(body=body, sector="labour", since=CHANGED, by=None)
    with pytest.raises(ValidationError):
        end_seat(seat=seat, on=CHANGED, by=None)

    end_seat(seat=seat, on=TODAY, by=None)

    with pytest.raises(ValidationError, match="이미"):
        end_seat(seat=seat, on=TODAY, by=None)


def test_terms_do_not_overlap_and_the_day_chooses(body: Body) -> None:
    open_term(body=body, number=1, begins=FOUNDED, ends=CHANGED, by=None)
    with pytest.raises(ValidationError, match="겹칩니다"):
        open_term(body=body, number=2, begins=CHANGED, ends=TODAY, by=None)

    found = body_term(body, CHANGED)

    assert found is not None
    assert found.number == 1
    assert body_term(body, TODAY) is None


def test_a_real_body_says_nothing_without_a_source(real_body: Body) -> None:
    for say in (
        lambda: ground_body(body=real_body, basis="조례", on=None, by=None),
        lambda: open_term(body=real_body, number=1, begins=FOUNDED, ends=TODAY, by=None),
        lambda: give_seat(body=real_body, sector="labour", since=FOUNDED, by=None),
        lambda: reorganise_divisions(
            body=real_body, on=CHANGED, divisions=["마을"],
            lineage=[LineageLine("", "마을", "unknown")], by=None,
        ),
    ):  # fmt: skip
        with pytest.raises(ValidationError, match="출처"):
            say()


def test_a_citizen_s_name_never_stands_in_a_real_body(real_body: Body) -> None:
    source = real_body.source
    with pytest.raises(ValidationError, match="공직"):
        give_seat(
            body=real_body, sector="citizen", since=FOUNDED, name="홍길동", source=source, by=None
        )
    with pytest.raises(DatabaseError), transaction.atomic():
        Seat.objects.create(
            body=real_body, sector="citizen", since=FOUNDED, name="홍길동", source=source
        )

    seat = give_seat(
        body=real_body, sector="office", role="office-chair", since=FOUNDED, name="홍길동",
        post="부구청장", source=source, by=None,
    )  # fmt: skip

    assert seat.pk
