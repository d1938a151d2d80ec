"""Suggestions: from the first letters, with half a syllable, with initials only, on the wrong keyboard."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from cms.actions import add_tag
from search.suggest import MOST, suggest
from tests.factories import make_bill, make_case, make_version, publish

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def shelf(places: tuple[Any, Any]) -> None:
    """A case with a topic, and a bill."""
    from coalition.record.jobs import run_until_idle

    page = make_case(places[0], "지속가능 일자리를 위한 폐배터리 작업장")
    page.tags.add(add_tag(name="자원 순환", by=None))
    publish(page)
    make_version(make_bill())
    run_until_idle()


def _texts(written: str) -> list[str]:
    return [suggestion.text for suggestion in suggest(written)]


@pytest.mark.parametrize(
    "written",
    ["지속", "지소", "지ㅅ", "ㅈㅅㄱㄴ", "일자", "일자ㄹ", "ㅇㅈㄹ", "폐배터", "wlthr", "dlfwk", "지속가능 일"],
)  # fmt: skip
def test_a_title_is_suggested_from_any_of_its_first_words(written: str, shelf: None) -> None:
    assert _texts(written) == ["지속가능 일자리를 위한 폐배터리 작업장"]


@pytest.mark.parametrize(
    ("written", "text", "kind"),
    [
        ("자원", "자원 순환", "tag"),
        ("가람", "가상도 가람시", "municipality"),
        ("제3조", "제3조(시험계획의 수립ㆍ공개)", "provision"),
        ("시험계획", "제3조(시험계획의 수립ㆍ공개)", "provision"),
        ("개인정보", "개인정보 처리방침", "page"),
    ],
)
def test_topics_places_and_clauses_are_suggested(
    written: str, text: str, kind: str, shelf: None
) -> None:
    found = suggest(written)[0]

    assert (found.text, found.kind) == (text, kind)


def test_every_suggestion_leads_somewhere(shelf: None, client: Client) -> None:
    for written in ("지속", "자원", "가람", "제3조", "개인"):
        for found in suggest(written):
            assert client.get(found.url).status_code == 200, found


def test_the_answer_keeps_its_form(client: Client, shelf: None) -> None:
    body = client.get("/search/suggest/", {"q": "자원"}).json()

    assert body["query"] == "자원"
    assert body["suggestions"][0] == {
        "text": "자원 순환",
        "kind": "tag",
        "url": "/search/?tag=%EC%9E%90%EC%9B%90-%EC%88%9C%ED%99%98",
    }


def test_a_topic_of_hidden_pages_only_is_not_suggested(
    shelf: None, run_jobs: Callable[[], int]
) -> None:
    from cms.models import CasePage

    CasePage.objects.get(title__contains="폐배터리").unpublish()

    assert _texts("자원") == []
    assert _texts("폐배") == []


def test_a_changed_title_replaces_the_one_before(places: Any, run_jobs: Callable[[], int]) -> None:
    page = make_case(places[0], "느티나무 쉼터")
    run_jobs()
    assert _texts("느티") == ["느티나무 쉼터"]
    page.title = "은행나무 쉼터"
    publish(page)
    run_jobs()

    assert _texts("느티") == []
    assert _texts("은행") == ["은행나무 쉼터"]


def test_an_earlier_version_is_not_suggested(ground: None, run_jobs: Callable[[], int]) -> None:
    import datetime as dt

    bill = make_bill("other")
    make_version(bill, "0.1")
    make_version(bill, "0.2", date=dt.date(2026, 9, 1))
    run_jobs()

    found = [each.url for each in suggest("제4조") if "/other/" in each.url]
    assert found == ["/bills/other/v0.2/art_4/"]


def test_there_are_never_too_many(places: Any, run_jobs: Callable[[], int]) -> None:
    for number in range(MOST + 5):
        make_case(places[0], f"폐배터리 {number}")
    run_jobs()

    assert len(suggest("폐")) == MOST
    assert suggest("") == []


def test_a_suggestion_is_quick(shelf: None) -> None:
    suggest("가")
    begin = time.process_time()
    for written in ("지", "지속", "ㅈ", "일자", "dlf") * 20:
        suggest(written)

    assert (time.process_time() - begin) / 100 < 0.01
