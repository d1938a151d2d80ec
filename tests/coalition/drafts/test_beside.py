"""Notes and counterparts follow their clause: silently while it says the same, else to be looked at again."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.db.models import Model

from coalition.drafts.actions import place_counterpart, take_counterpart_away, write_note
from coalition.drafts.beside import Cited, beside
from coalition.drafts.models import Counterpart, ProvisionNote, Version
from coalition.members.models import Municipality, Region
from coalition.record.models import Source
from tests.factories import make_bill, make_version
from tests.generators.statutes import bill

pytestmark = pytest.mark.django_db
EARLY, LATE = dt.date(2026, 3, 2), dt.date(2026, 9, 1)


@pytest.fixture
def versions() -> tuple[Version, Version]:
    made = make_bill()
    old = make_version(made, "0.2", text=bill("0.2"), date=EARLY)
    return old, make_version(made, "0.3", text=bill("0.3"), date=LATE)


def _note(version: Version, eid: str, text: str = "쉬운 말", kind: str = "plain") -> ProvisionNote:
    return write_note(provision=version.provisions.get(eid=eid), kind=kind, text=text, by=None)


def _told(version: Version, eid: str) -> list[tuple[str, bool]]:
    found = beside(version).get(eid)
    return [(one.row.text, one.stale) for one in found.notes] if found else []


@pytest.mark.parametrize(
    ("was", "now", "stale"),
    [
        ("art_1", "art_1", False),  # same
        ("art_5", "art_6", False),  # number
        ("art_6", "art_7", False),  # number and reference
        ("art_3", "art_3", True),  # order
        ("art_10", "art_11", True),  # paragraphed
        ("art_12", "art_13", True),  # title
        ("art_16", "art_17", True),  # split
        ("art_16", "art_18", True),  # split
        ("art_18", "art_20", True),  # merged
        ("art_19", "art_20", True),  # merged
    ],
)
def test_a_note_is_carried_silently_or_to_be_looked_at_again(
    was: str, now: str, stale: bool, versions: tuple[Version, Version]
) -> None:
    old, new = versions
    _note(old, was)

    assert _told(old, was) == [("쉬운 말", False)]
    assert _told(new, now) == [("쉬운 말", stale)]


def test_a_stale_note_shows_the_words_that_it_was_written_for(
    versions: tuple[Version, Version],
) -> None:
    old, new = versions
    _note(old, "art_16")

    [standing] = beside(new)["art_17"].notes

    assert standing.then[0] == f"① {old.provisions.get(eid='art_16__para_1').text}"


def test_the_notes_of_all_merged_clauses_are_shown(versions: tuple[Version, Version]) -> None:
    old, new = versions
    _note(old, "art_18", "하나")
    _note(old, "art_19", "둘")

    assert _told(new, "art_20") == [("하나", True), ("둘", True)]


def test_a_note_written_again_on_the_newer_text_counts(versions: tuple[Version, Version]) -> None:
    old, new = versions
    _note(old, "art_16", "옛말")
    _note(new, "art_17", "옛말")

    assert _told(new, "art_17") == [("옛말", False)]
    assert _told(new, "art_18") == [("옛말", True)]
    assert _told(old, "art_16") == [("옛말", False)]


def test_the_newest_note_of_its_kind_counts_and_all_are_kept(
    versions: tuple[Version, Version],
) -> None:
    old, _ = versions
    _note(old, "art_1", "첫째")
    _note(old, "art_1", "둘째")
    _note(old, "art_1", "의도", kind="intent")

    assert _told(old, "art_1") == [("둘째", False), ("의도", False)]
    assert ProvisionNote.objects.count() == 3


def test_a_note_that_was_withdrawn_is_shown_no_more(versions: tuple[Version, Version]) -> None:
    old, new = versions
    _note(old, "art_1")
    _note(old, "art_1", "  ")

    assert _told(old, "art_1") == _told(new, "art_1") == []


@pytest.mark.parametrize("eid", ["art_2__para_1", "chp_1", "supp_1"])
def test_only_articles_have_notes(eid: str, versions: tuple[Version, Version]) -> None:
    with pytest.raises(ValidationError, match="조에만"):
        _note(versions[0], eid)


def test_what_says_nothing_new_is_refused(versions: tuple[Version, Version]) -> None:
    with pytest.raises(ValidationError, match="글을 쓰세요"):
        _note(versions[0], "art_1", " \n")
    _note(versions[0], "art_1")
    with pytest.raises(ValidationError, match="바뀐 것이 없습니다"):
        _note(versions[0], "art_1", "쉬운 말 ")
    with pytest.raises(ValidationError):
        _note(versions[0], "art_1", kind="gossip")


def _place(version: Version, **changes: Any) -> Counterpart:
    given: dict[str, Any] = {
        "provision": version.provisions.get(eid="art_1"),
        "kind": "ordinance",
        "name": "가람시 일자리회 조례",
        "article": "제2조",
        "text": "가람시에 일자리회를 둔다.",
        "by": None,
    }
    return place_counterpart(**{**given, **changes})


def _real() -> Municipality:
    region = Region.objects.create(code="99", name="어느도")
    source = Source.objects.create(title="부호", publisher="행정안전부", published_on=EARLY)
    return Municipality.objects.create(
        code="99999",
        name="어느시",
        region=region,
        kind="시",
        level="basic",
        slug="eoneu",
        source=source,
    )


def test_a_counterpart_needs_what_its_kind_needs(
    versions: tuple[Version, Version], garam: Municipality
) -> None:
    old, _ = versions
    cited = Cited("지방자치법(법률 제21065호)", "법제처", EARLY)

    refused: list[tuple[dict[str, Any], str]] = [
        ({}, "어느 지방정부"),
        ({"municipality": garam, "text": " "}, "글을 쓰세요"),
        ({"kind": "statute"}, "출처를 쓰세요"),
        ({"kind": "statute", "municipality": garam, "cited": cited}, "고르지 않습니다"),
        ({"municipality": _real()}, "출처를 쓰세요"),
    ]
    for changes, said in refused:
        with pytest.raises(ValidationError, match=said):
            _place(old, **changes)
    assert _place(old, municipality=garam).source is None
    assert _place(old, kind="statute", cited=cited).source == Source.objects.get(title=cited.title)


def test_the_database_refuses_a_real_ordinance_without_a_source(
    versions: tuple[Version, Version], garam: Municipality
) -> None:
    placed = _place(versions[0], municipality=garam)
    placed.pk = None
    placed.municipality = _real()

    with pytest.raises(DatabaseError, match="출처가 있어야"), transaction.atomic():
        Counterpart.objects.bulk_create([placed])


def test_a_counterpart_is_carried_like_a_note_and_can_be_taken_away(
    versions: tuple[Version, Version], garam: Municipality
) -> None:
    old, new = versions
    placed = _place(old, municipality=garam, provision=old.provisions.get(eid="art_16"))
    _place(new, municipality=garam, provision=new.provisions.get(eid="art_17"), article="제9조")

    found = beside(new)["art_17"].counterparts
    assert [(one.row.article, one.stale) for one in found] == [("제2조", True), ("제9조", False)]
    take_counterpart_away(counterpart=placed, by=None)
    assert [one.row.article for one in beside(new)["art_17"].counterparts] == ["제9조"]
    with pytest.raises(ValidationError, match="이미"):
        take_counterpart_away(counterpart=placed, by=None)


@pytest.mark.parametrize("model", [ProvisionNote, Counterpart])
def test_no_door_changes_what_was_written(
    model: type[Model], versions: tuple[Version, Version], garam: Municipality
) -> None:
    _note(versions[0], "art_1")
    _place(versions[0], municipality=garam)
    table = model._meta.db_table

    for door in (
        lambda: model._default_manager.update(text="바꿈"),
        lambda: model._default_manager.all().delete(),
        lambda: _sql(f"UPDATE {table} SET text = 'x'"),  # noqa: S608 (a table of ours)
        lambda: _sql(f"DELETE FROM {table}"),  # noqa: S608 (a table of ours)
    ):
        with pytest.raises(DatabaseError, match="고치거나 지울 수 없습니다"), transaction.atomic():
            door()


def _sql(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
