"""The search pages: what they show, what they cost, and that nothing on them comes from a draft."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from cms.actions import add_tag, merge_tags
from cms.models import Tag
from tests.factories import make_bill, make_case, make_news, make_version, publish

pytestmark = pytest.mark.django_db
ADDRESSES = ["/search/", "/search/?q=폐배터리", "/cases/", "/data/", "/search/?q=없는낱말꾸러미"]


def _text(client: Client, address: str, **data: Any) -> str:
    response = client.get(address, data)
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def _titles(html: str) -> list[str]:
    found = re.findall(r'<h3 class="item__title"><a href="[^"]*">(.*?)</a>', html)
    return [re.sub(r"</?mark>", "", title) for title in found]


@pytest.fixture(scope="module")
def shelf(places: tuple[Any, Any]) -> Any:
    """Cases of two municipalities, a piece of news, a bill. The first municipality."""
    from coalition.record.jobs import run_until_idle

    garam, nuri = places
    for number in range(12):
        make_case(garam, f"폐배터리 재활용 {number}")
    make_case(nuri, "폐배터리 수거함", phase="stopped")
    make_news(nuri, "폐배터리 모으는 날")
    make_version(make_bill())
    run_until_idle()
    return garam


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_search_page_may_be_indexed(address: str, client: Client, shelf: Any) -> None:
    response = client.get(address)

    assert response.headers["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex' in response.content.decode()


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_needs_no_inline_script_or_style(address: str, client: Client, shelf: Any) -> None:
    html = _text(client, address)

    assert not re.search(r"<script(?![^>]*\bsrc=)", html)
    assert "<style" not in html
    assert not re.search(r'\s(style|on[a-z]+)="', html)


def test_without_a_question_the_page_says_how_to_ask(client: Client) -> None:
    html = _text(client, "/search/")

    assert "이렇게 찾아 보세요" in html
    assert "찾는 법" in html


def test_results_are_grouped_by_kind_with_a_way_to_all_of_them(client: Client, shelf: Any) -> None:
    html = _text(client, "/search/", q="폐배터리")

    assert "사례 13건 모두 보기" in html
    assert len(_titles(html)) == 4
    assert re.search(r'aria-current="page">모두 <small>14</small>', html)
    assert "사례 <small>13</small>" in html


def test_one_kind_is_a_list_with_pages(
    client: Client, shelf: Any, run_jobs: Callable[[], int]
) -> None:
    for number in range(12, 24):
        make_case(shelf, f"폐배터리 재활용 {number}")
    run_jobs()

    first = _text(client, "/search/", q="폐배터리", kind="case")
    second = _text(client, "/search/", q="폐배터리", kind="case", page="2")

    assert len(_titles(first)) == 20
    assert len(_titles(second)) == 5
    assert not {*_titles(first)} & {*_titles(second)}
    assert 'aria-label="쪽"' in first


def test_few_results_stand_in_one_list(client: Client, shelf: Any) -> None:
    html = _text(client, "/search/", q="폐배터리 수거함")

    assert _titles(html)[0] == "폐배터리 수거함"
    assert "중단" in html


def test_news_say_whose_they_are_and_that_they_are_news(client: Client, shelf: Any) -> None:
    html = _text(client, "/search/", q="폐배터리 모으는 날", kind="page")

    above = html[: html.index("/news/")].rpartition('class="item__meta item__meta--top"')[2]
    assert re.search(r'class="kind">누리군', above)
    assert "<span>소식</span>" in above


def test_a_front_page_says_what_it_is_because_its_title_says_whose(
    client: Client, shelf: Any
) -> None:
    html = _text(client, "/search/", q="누리군", kind="page")

    assert re.search(r'class="kind">지방정부', html)


def test_a_choice_is_a_chip_that_can_be_taken_away(client: Client, shelf: Any) -> None:
    html = _text(client, "/cases/", q="폐배터리", region="X0002")

    assert _titles(html) == ["폐배터리 수거함"]
    assert "지역: 누리군" in html
    assert re.search(r'class="chip" href="/cases/\?q=%ED%8F%90%EB%B0%B0%ED%84%B0%EB%A6%AC"', html)


def test_the_finder_of_cases_lists_all_of_them_newest_first(client: Client, shelf: Any) -> None:
    html = _text(client, "/cases/")

    assert _titles(html)[0] == "폐배터리 수거함"
    assert "13건" in html
    assert "폐배터리 모으는 날" not in html


def test_zero_results_offer_a_way_on(client: Client, shelf: Any) -> None:
    html = _text(client, "/search/", q="없는낱말꾸러미", region="X0001")

    assert "찾지 못했습니다" in html
    assert "모두 지우고" in html


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("vPqoxjfl", "한/영 자판"),
        ("페배터리", "비슷한 낱말"),
        ("폐배터리 블록체인", "모든 낱말이 맞는 결과는 없습니다"),
    ],
)
def test_the_page_says_what_was_searched_instead(
    written: str, said: str, client: Client, shelf: Any
) -> None:
    assert said in _text(client, "/search/", q=written)


def test_topics_are_known_by_address_and_by_name(
    client: Client, shelf: Any, secretariat: Any, run_jobs: Callable[[], int]
) -> None:
    tag = add_tag(name="청년 주거", by=secretariat)
    page = make_case(shelf, "빈집을 고친 목수단")
    page.tags.add(tag)
    publish(page)
    run_jobs()

    by_address = _text(client, "/cases/", tag=tag.slug)
    by_name = _text(client, "/cases/", tag="청년 주거")

    assert _titles(by_address) == _titles(by_name) == ["빈집을 고친 목수단"]
    assert "주제어: 청년 주거" in by_name


def test_a_merged_topic_leads_to_the_one_that_stayed(
    client: Client, shelf: Any, secretariat: Any
) -> None:
    old, new = add_tag(name="일터", by=secretariat), add_tag(name="직장", by=secretariat)
    merge_tags(tag=old, into=Tag.objects.get(pk=new.pk), by=secretariat)

    for written in ("일터", old.slug):
        response = client.get("/cases/", {"tag": written, "q": "돌봄"})
        assert response.status_code == 301
        assert response.headers["Location"].startswith("/cases/?")
        assert client.get(response.headers["Location"]).status_code == 200


def test_the_search_box_of_the_site_leads_here(client: Client, shelf: Any) -> None:
    html = _text(client, "/search/", q='"돌봄" <b>')

    assert 'value="&quot;돌봄&quot; &lt;b&gt;"' in html
    assert 'action="/search/"' in html
