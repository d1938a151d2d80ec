"""The ledger of positions: nothing is changed, only what is verified and still holds is counted, for ever."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import DatabaseError, connection, transaction

from coalition.advocacy.actions import file_position, verify_position, withdraw_position
from coalition.advocacy.filing import Votes
from coalition.advocacy.models import Position, PositionVerification
from coalition.advocacy.positions import Standing, ledger, on_article, positions_of
from coalition.drafts.models import Version
from coalition.members.actions import record_membership
from coalition.members.models import Municipality, Region, Succession
from tests.factories import make_bill, make_version
from tests.factories.positions import document, make_position

pytestmark = pytest.mark.django_db
Versions = tuple[Version, Version]
JULY, LATER = dt.date(2026, 7, 10), dt.date(2026, 10, 5)


def _ledger(version: Version, on: dt.date = LATER) -> list[Standing]:
    found = ledger(version.bill, on)
    assert found is not None
    return found.standings


def _total(version: Version, on: dt.date = LATER) -> int:
    found = ledger(version.bill, on)
    assert found is not None
    return found.count.total


@pytest.mark.parametrize(
    ("eid", "places", "state"),
    [
        ("art_1", ["art_1"], ""),  # same
        ("art_21", ["art_22"], ""),  # number only: silent
        ("art_20", ["art_21"], "재확인 필요"),  # 보조한다 → 보조할 수 있다
        ("art_16", ["art_17", "art_18"], "재확인 필요"),  # split
        ("art_18", ["art_20"], "재확인 필요"),  # merged
        ("", [], "재확인 필요"),  # the whole bill, which says something else now
    ],
)
def test_a_position_is_carried_silently_or_to_be_looked_at_again(
    eid: str, places: list[str], state: str, versions: Versions, garam: Any, secretariat: Any
) -> None:
    make_position(garam, versions[0], eid, by=secretariat, verified=JULY)

    (one,) = _ledger(versions[1])
    assert ([m.eid for m in one.places], one.state) == (places, state)
    (then,) = _ledger(versions[0], on=dt.date(2026, 8, 1))
    assert then.state == ""


def test_only_what_was_verified_by_a_document_is_counted(
    versions: Versions, garam: Any, nuri: Any, secretariat: Any
) -> None:
    make_position(garam, versions[1], "art_1", by=secretariat, on=LATER, verified=LATER)
    make_position(nuri, versions[1], "art_1", by=secretariat, on=LATER)
    undocumented = make_position(nuri, versions[1], "art_2", by=secretariat, on=LATER, file=None)

    found = ledger(versions[1].bill, LATER)
    assert found is not None
    assert (found.count.total, found.count.stances["support"]) == (1, 1)
    assert found.count.aside == {"확인 중": 2}
    with pytest.raises(ValidationError, match="문서가 없는"):
        verify_position(position=undocumented, accepted=True, by=secretariat)


def test_counts_of_a_past_day_are_the_same_whatever_comes_later(
    versions: Versions, garam: Any, nuri: Any, secretariat: Any
) -> None:
    """One position verified on the 10th, one on the 20th: then withdrawal, correction, leaving."""
    first = make_position(garam, versions[0], "art_1", by=secretariat, verified=JULY)
    make_position(nuri, versions[0], "art_1", by=secretariat, verified=dt.date(2026, 7, 20))
    days = [dt.date(2026, 7, day) for day in (9, 10, 19, 20, 31)]
    before = [_total(versions[0], day) for day in days]

    withdraw_position(position=first, reason="의회가 다시 논의한다", by=secretariat)
    make_position(
        nuri, versions[0], "art_1", by=secretariat, on=LATER, stance="opposed", verified=LATER
    )
    record_membership(municipality=nuri, state="left", on=LATER, by=secretariat)

    assert before == [0, 1, 1, 2, 2]
    assert [_total(versions[0], day) for day in days] == before


def test_leaving_the_coalition_removes_nothing(
    versions: Versions, garam: Any, secretariat: Any
) -> None:
    make_position(garam, versions[1], "art_1", by=secretariat, on=LATER, verified=LATER)
    record_membership(municipality=garam, state="approved", on=JULY, by=secretariat)
    record_membership(municipality=garam, state="left", on=LATER, by=secretariat)

    (one,) = _ledger(versions[1])
    assert (one.left, one.counts) == (True, True)


def test_a_correction_stands_beside_what_it_corrects_until_it_is_accepted(
    versions: Versions, garam: Any, secretariat: Any
) -> None:
    first = make_position(garam, versions[1], "art_1", by=secretariat, on=LATER, verified=LATER)
    second = make_position(garam, versions[1], "art_1", by=secretariat, on=LATER, stance="opposed")
    assert second.replaces == first
    assert [(s.row, s.state) for s in _ledger(versions[1])] == [(first, ""), (second, "확인 중")]

    verify_position(position=second, accepted=True, on=LATER, by=secretariat)
    assert [s.row for s in _ledger(versions[1])] == [second]
    third = make_position(garam, versions[1], "art_1", by=secretariat, on=LATER, stance="reserved")
    verify_position(position=third, accepted=False, note="다른 문서", on=LATER, by=secretariat)
    assert [s.row for s in _ledger(versions[1])] == [second]
    withdraw_position(position=third, reason="거둔다", by=secretariat)
    assert Position.objects.count() == 4
    on = Position.objects.latest("pk").on
    assert _ledger(versions[1], on) == []


def test_the_head_and_the_council_speak_each_for_themselves(
    versions: Versions, garam: Any, secretariat: Any
) -> None:
    make_position(garam, versions[1], "art_1", by=secretariat, on=LATER)
    council = make_position(
        garam, versions[1], "art_1", by=secretariat, on=LATER, act="council", stance="reserved",
        votes=Votes(24, 5, 2),
    )  # fmt: skip

    assert council.replaces is None
    assert len(_ledger(versions[1])) == 2


def test_a_position_of_a_term_that_ended_is_grey(
    versions: Versions, garam: Any, secretariat: Any
) -> None:
    make_position(
        garam,
        versions[0],
        "art_1",
        by=secretariat,
        on=dt.date(2026, 6, 1),
        verified=dt.date(2026, 6, 2),
    )

    assert [s.state for s in _ledger(versions[0], dt.date(2026, 6, 30))] == [""]
    assert [s.state for s in _ledger(versions[0], dt.date(2026, 7, 1))] == ["지난 임기"]


def test_a_merged_municipality_stands_under_its_successor_unconfirmed(
    versions: Versions, garam: Any, nuri: Any, secretariat: Any
) -> None:
    make_position(garam, versions[1], "art_1", by=secretariat, on=LATER, verified=LATER)
    merged = dt.date(2026, 11, 1)
    Succession.objects.create(
        successor=nuri, predecessor=garam, old_code="X0001", old_name="가람시", old_region_name="가상도",
        on=merged, kind="통합", event="통합",
    )  # fmt: skip

    assert [s.municipality for s in _ledger(versions[1], LATER)] == [garam]
    (one,) = _ledger(versions[1], merged)
    assert (one.municipality, one.state) == (nuri, "승계 여부 미확인")
    assert [s.row.municipality for s in positions_of(nuri, merged)] == [garam]
    assert positions_of(nuri, LATER) == []


def test_an_older_text_is_not_told_of_what_was_said_of_a_newer_one(
    versions: Versions, garam: Any, secretariat: Any
) -> None:
    make_position(garam, versions[1], "art_22", by=secretariat, on=LATER)

    assert on_article(versions[0].provisions.get(eid="art_21"), LATER) == []
    assert len(on_article(versions[1].provisions.get(eid="art_22"), LATER)) == 1


@pytest.mark.parametrize(
    ("told", "message"),
    [
        ({"stance": "maybe"}, "maybe"),
        ({"stance": "conditional"}, "조건을 쓰세요"),
        ({"acted_on": dt.date(2027, 1, 1)}, "늦습니다"),
        ({"acted_on": dt.date(2026, 1, 1)}, "앞서"),
        ({"votes": Votes(24, None)}, "찬성과 반대를 함께"),
        ({"reason": "담당 201231-3123456"}, "고유식별정보"),
        ({"file": ContentFile(b"<script>", name="a.pdf")}, "그 형식이 아닙니다"),
        ({"file": ContentFile(b"x", name="a.exe")}, "붙일 수 있습니다"),
    ],
)
def test_what_can_not_be_is_refused(
    told: dict[str, Any], message: str, versions: Versions, garam: Any, secretariat: Any
) -> None:
    with pytest.raises(ValidationError, match=message):
        make_position(garam, versions[0], "art_1", by=secretariat, **told)
    assert not Position.objects.exists()


def test_a_position_belongs_to_a_published_article_and_is_said_once(
    versions: Versions, garam: Any, secretariat: Any
) -> None:
    with pytest.raises(ValidationError, match="조를 고르세요"):
        make_position(garam, versions[0], "art_2__para_1", by=secretariat)
    draft = make_version(make_bill(), live=False)
    with pytest.raises(ValidationError, match="발행된 판"):
        make_position(garam, draft, by=secretariat)
    make_position(garam, versions[0], "art_1", by=secretariat, file=None)
    with pytest.raises(ValidationError, match="같습니다"):
        make_position(garam, versions[0], "art_1", by=secretariat, file=None)


@pytest.mark.parametrize("table", ["advocacy_position", "advocacy_positionverification"])
def test_no_row_of_the_ledger_is_changed_or_deleted(
    table: str, versions: Versions, garam: Any, secretariat: Any
) -> None:
    make_position(garam, versions[0], "art_1", by=secretariat, verified=JULY)

    for words in ("DELETE FROM {}", "UPDATE {} SET \"on\" = '2026-01-01'"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(words.format(table))
    for model in (Position, PositionVerification):
        with pytest.raises(DatabaseError), transaction.atomic():
            model.objects.all().delete()


def test_the_database_refuses_what_the_action_refuses(
    versions: Versions, garam: Any, nuri: Any, secretariat: Any
) -> None:
    made = make_position(garam, versions[0], "art_1", by=secretariat, file=None)
    region = Region.objects.create(code="99", name="참말도")
    real = Municipality(
        code="99999", name="참시", region=region, kind="시", level="basic", slug="cham",
        source_id=_source(),
    )  # fmt: skip
    real.save()

    def again(**changes: Any) -> None:
        row = Position.objects.get(pk=made.pk)
        row.pk = None
        for name, value in {"replaces": None, **changes}.items():
            setattr(row, name, value)
        row.save(force_insert=True)

    for changes in (
        {"municipality": real},  # no proof
        {"version": versions[1]},  # its clause stands in another version
        {"municipality": nuri, "replaces": made},  # another's
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            again(**changes)
    with pytest.raises(DatabaseError), transaction.atomic():
        PositionVerification.objects.create(position=made, accepted=True, on=LATER)


def _source() -> int:
    from coalition.record.models import Source

    return Source.objects.create(title="기사", publisher="신문", published_on=JULY).pk


def test_a_real_municipality_needs_a_document(
    versions: Versions, garam: Any, secretariat: Any
) -> None:
    region = Region.objects.create(code="99", name="참말도")
    real = Municipality.objects.create(
        code="99999", name="참시", region=region, kind="시", level="basic", slug="cham",
        source_id=_source(),
    )  # fmt: skip

    with pytest.raises(ValidationError, match="문서가 있어야"):
        make_position(real, versions[0], "art_1", by=secretariat, file=None)


def test_an_accepted_document_becomes_public_and_another_does_not(
    versions: Versions, garam: Any, secretariat: Any
) -> None:
    shown = make_position(garam, versions[0], "art_1", by=secretariat, verified=JULY)
    kept = file_position(
        municipality=garam, version=versions[0], provision=None, stance="support", act="office",
        acted_on=JULY, file=document(), on=JULY, by=secretariat,
    )  # fmt: skip
    verify_position(position=kept, accepted=True, show_document=False, on=JULY, by=secretariat)

    assert shown.document is not None
    shown.document.refresh_from_db()
    assert kept.document is not None
    kept.document.refresh_from_db()
    assert shown.document.public_since is not None
    assert kept.document.public_since is None
