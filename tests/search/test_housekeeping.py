"""The secretariat's screen: what was looked for in vain becomes a synonym, and works at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from search import actions, fruitless, korean, retokenising
from search.models import FruitlessQuery, SearchDocument, SearchWord
from tests.factories import make_case

pytestmark = pytest.mark.django_db
DESK = "/admin/search-desk/"


@pytest.fixture(autouse=True)
def _var(tmp_path: Path, settings: Any) -> None:
    settings.VAR_DIR = tmp_path


def test_words_that_find_nothing_are_counted_without_a_trace_of_who_asked(
    client: Client, garam: Any, run_jobs: Callable[[], int]
) -> None:
    make_case(garam, "폐배터리 작업장")
    run_jobs()
    client.get("/search/", {"q": "쓰레기통로봇"}, REMOTE_ADDR="203.0.113.9")
    client.get("/cases/", {"q": "쓰레기통로봇"})
    client.get("/search/", {"q": "폐배터리"})
    written = "".join(p.read_text("utf-8") for p in fruitless.folder().iterdir())
    run_jobs()

    row = FruitlessQuery.objects.get()
    assert (row.text, row.times) == ("쓰레기통로봇", 2)
    assert "203.0.113.9" not in written
    assert list(fruitless.folder().iterdir()) == []


@pytest.mark.parametrize(
    "asked", ["800101-1234567 홍길동전", "010-1234-5678 누구네", "a@b.kr 편지"]
)
def test_personal_data_is_not_kept(asked: str, client: Client) -> None:
    client.get("/search/", {"q": asked})

    assert not fruitless.folder().exists()


def test_a_file_that_was_taken_by_a_killed_worker_is_not_lost(run_jobs: Callable[[], int]) -> None:
    fruitless.note("느티나무")
    (path,) = fruitless.folder().iterdir()
    path.rename(path.with_suffix(".taken"))
    fruitless.note("반딧불")
    with (fruitless.folder() / "x.jsonl").open("ab") as file:
        file.write(b'{broken\n"\xff"\n')
    run_jobs()

    assert set(FruitlessQuery.objects.values_list("text", flat=True)) >= {"느티나무", "반딧불"}


def test_one_click_makes_a_synonym_and_the_next_search_finds_by_it(
    client: Client, garam: Any, secretariat: Any, login: Any, run_jobs: Callable[[], int]
) -> None:
    make_case(garam, "폐배터리 작업장")
    run_jobs()
    assert client.get("/api/v1/search", {"q": "밧데리통"}).json()["total"] == 0
    client.get("/search/", {"q": "밧데리통"})
    run_jobs()
    desk = login(secretariat)
    assert "밧데리통" in desk.get(DESK).content.decode()
    rows = list(SearchDocument.objects.values_list("pk", "seq"))

    desk.post(f"{DESK}add/", {"asked": "밧데리통", "written": "폐배터리"})

    answer = client.get("/api/v1/search", {"q": "밧데리통"}).json()
    assert (answer["total"], answer["step"]) == (1, "synonym")
    assert list(SearchDocument.objects.values_list("pk", "seq")) == rows  # nothing was built anew
    assert not FruitlessQuery.objects.filter(text="밧데리통").exists()

    desk.post(f"{DESK}remove/{SearchWord.objects.get().pk}/")
    assert client.get("/api/v1/search", {"q": "밧데리통"}).json()["total"] == 0


def test_a_term_is_learned_and_what_is_stored_is_taken_apart_anew(
    garam: Any, secretariat: Any, kiwi: Any, run_jobs: Callable[[], int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    page = make_case(garam, "다누리모아드림 작업장")
    run_jobs()
    row = SearchDocument.objects.get(kind="case", key=str(page.pk))
    assert "다누리모아드림" not in row.tokens_title.split()[: row.words_title]
    seen: list[int] = []
    real = retokenising.project_patiently
    monkeypatch.setattr(retokenising, "_AT_ONCE", 1)
    monkeypatch.setattr(
        retokenising,
        "project_patiently",
        lambda source, owners: (seen.append(retokenising.left()), real(source, owners))[1],
    )
    try:
        actions.add_term(written="다누리모아드림", by=secretariat)
        run_jobs()

        row.refresh_from_db()
        assert "다누리모아드림" in row.tokens_title.split()[: row.words_title]
        assert seen == sorted(seen, reverse=True)
        assert retokenising.left() == 0
        assert retokenising.retokenise() == 0
    finally:
        korean._instance = kiwi


def test_a_term_reaches_a_process_that_only_answers(
    garam: Any, secretariat: Any, kiwi: Any, run_jobs: Callable[[], int], titles: Any,
    monkeypatch: pytest.MonkeyPatch, django_assert_max_num_queries: Any,
) -> None:  # fmt: skip
    """Another process has the secretariat's desk and the worker; this one shows search pages only."""
    make_case(garam, "다누리모아드림 작업장")
    run_jobs()
    assert titles("다누리모아드림") == ["다누리모아드림 작업장"]
    word = actions.add_term(written="다누리모아드림", by=secretariat)
    try:
        assert korean.loaded() is kiwi
        assert titles("다누리모아드림") == ["다누리모아드림 작업장"]  # and begins to learn
        assert korean._renewing is not None
        korean._renewing.join(timeout=120)
        taught = korean.loaded()
        assert taught is not kiwi
        assert taught is not None
        assert [u.term for u in taught.units("다누리모아드림", asked=True)] == ["다누리모아드림"]
        first = korean._renewing
        with django_assert_max_num_queries(4):
            titles("다누리모아드림")
        assert korean._renewing is first  # nothing more to learn

        actions.remove_word(word=word, by=secretariat)
        titles("다누리모아드림")
        assert korean._renewing is not first
        korean._renewing.join(timeout=120)
        assert "다누리모아드림" not in (korean.loaded() or kiwi).words
    finally:
        korean._instance = kiwi


@pytest.mark.parametrize("written", ["", "집세", " , ", "# 집세, 월세", "=>", "가" * 300 + ", 나"])
def test_a_line_that_says_nothing_is_refused(written: str, secretariat: Any) -> None:
    with pytest.raises(ValidationError):
        actions.add_synonym(written=written, by=secretariat)


@pytest.mark.parametrize("written", ["", "가", "마을!돌봄", "a" * 21, "돌\u0000봄"])
def test_a_term_that_can_not_be_one_is_refused(written: str, secretariat: Any) -> None:
    with pytest.raises(ValidationError):
        actions.add_term(written=written, by=secretariat)


def test_bad_input_is_told_and_never_a_fault(secretariat: Any, login: Any) -> None:
    desk = login(secretariat)
    for data in (
        {},
        {"written": "\u0000"},
        {"kind": "term"},
        {"asked": "a,b", "written": "c" * 500},
    ):
        response = desk.post(f"{DESK}add/", data, follow=True)
        assert response.status_code == 200
    assert desk.post(f"{DESK}remove/999/").status_code == 404
    assert desk.get(f"{DESK}add/").status_code == 405
    assert not SearchWord.objects.exists()


def test_only_the_secretariat_keeps_house(
    garam_editor: Any, make_user: Any, login: Any, client: Client
) -> None:
    stranger = make_user("stranger")
    query = FruitlessQuery.objects.create(text="느티나무", times=1, last_on="2026-01-01")

    for reader in (login(garam_editor), login(stranger), client):
        for path in ("", "add/", f"dismiss/{query.pk}/"):
            response = reader.post(f"{DESK}{path}") if path else reader.get(DESK)
            assert response.status_code in (302, 403, 404)
            assert "느티나무" not in response.content.decode()
    assert FruitlessQuery.objects.filter(pk=query.pk).exists()
