"""The commands: build, check, ask."""

from __future__ import annotations

from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

from search.checks import drifts
from search.models import SearchDocument, SearchTerm
from tests.factories import make_case

pytestmark = pytest.mark.django_db


def _run(name: str, *args: str) -> str:
    out = StringIO()
    call_command(name, *args, stdout=out, stderr=StringIO())
    return out.getvalue()


def _what() -> set[str]:
    return {drift.what for drift in drifts()}


def test_building_finds_everything_and_building_again_changes_nothing(
    garam: Any, titles: Callable[..., list[str]]
) -> None:
    make_case(garam, "폐배터리 작업장")

    first, second = _run("search_build"), _run("search_build")

    assert "바뀐 문서 0건" not in first
    assert "바뀐 문서 0건" in second
    assert titles("폐배터리") == ["폐배터리 작업장"]


def test_a_whole_index_passes_the_check(garam: Any) -> None:
    make_case(garam)
    _run("search_build")

    assert "같습니다" in _run("search_check")


def test_the_check_names_what_is_missing(garam: Any) -> None:
    _run("search_build")
    make_case(garam, "폐배터리 작업장")

    out = StringIO()
    with pytest.raises(SystemExit) as stopped:
        call_command("search_check", stdout=out)

    assert stopped.value.code == 1
    assert "검색에 없음: case:" in out.getvalue()


def test_the_check_names_every_kind_of_drift(garam: Any, nuri: Any) -> None:
    page = make_case(garam, "폐배터리 작업장")
    other = make_case(nuri, "폐배터리 수거함")
    _run("search_build")
    assert _what() == set()

    SearchDocument.objects.filter(owner_id=page.pk).update(whole_hash="x")
    assert _what() == {"stale"}
    SearchDocument.objects.filter(owner_id=page.pk).update(analyser="old")
    assert _what() == {"stale", "analyser"}
    type(other).objects.filter(pk=other.pk).update(live=False)
    assert _what() == {"stale", "analyser", "extra"}
    SearchTerm.objects.filter(term="폐배터리").update(documents=7)
    assert _what() == {"stale", "analyser", "extra", "terms"}

    _run("search_build")
    assert _what() == {"analyser"} - {"analyser"}


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL keeps its column itself")
def test_a_broken_index_is_noticed_and_mended(garam: Any, titles: Callable[..., list[str]]) -> None:
    make_case(garam, "폐배터리 작업장")
    _run("search_build")
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO search_fts(search_fts) VALUES ('delete-all')")
    assert _what() == {"index"}

    _run("search_build")

    assert _what() == set()
    assert titles("폐배터리") == ["폐배터리 작업장"]


def test_a_rebuild_from_stored_terms_needs_no_analysis(
    garam: Any, kiwi: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from search.projection import project_everything, recount_terms
    from search.triggers import rebuild_index

    make_case(garam)
    _run("search_build")
    asked: list[str] = []
    monkeypatch.setattr(type(kiwi), "units_of", lambda self, texts, **_: asked.extend(texts) or [])

    rebuild_index(connection)
    project_everything()
    recount_terms()

    assert asked == []


def test_asking_from_the_shell_shows_what_a_reader_sees(garam: Any) -> None:
    make_case(garam, "폐배터리 작업장")
    _run("search_build")

    said = _run("search_find", "폐배터리")

    assert "[exact, embedded] 1건" in said
    assert "폐배터리 작업장" in said


def test_searching_needs_no_row_at_all(titles: Callable[..., list[str]]) -> None:
    SearchDocument.objects.all().delete()

    assert titles("돌봄") == []
