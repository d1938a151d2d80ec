"""Law text on the page: its links, its terms, who cites it, and how it is quoted."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags

from cms.queries import law
from coalition.drafts.models import Version
from tests.factories import make_bill, make_version
from tests.generators.statutes import bill

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12


@pytest.fixture
def version() -> Version:
    return make_version(make_bill(), "0.3", text=bill("0.3"))


def _page(client: Client, path: str = "") -> str:
    return client.get(f"/bills/test/v0.3/{path}").content.decode()


def _unit(page: str, eid: str) -> str:
    found = re.search(rf'<p class="unit[^>]* id="{eid}".*?</p>', page, re.DOTALL)
    assert found is not None, eid
    return found.group()


def test_a_citation_is_a_link_to_the_permanent_address_in_the_same_version(
    version: Version, client: Client
) -> None:
    unit = _unit(_page(client), "art_20__para_2")

    assert '<a class="ref" href="/bills/test/v0.3/art_19__para_2/"' in unit
    assert 'title="제19조(지속가능일자리특구의 지정)제3항">같은 조 제3항</a>' in unit
    assert ">제1항</a>에 따른 특구 지정의 변경" in unit


def test_every_link_of_the_text_leads_to_a_page(version: Version, client: Client) -> None:
    links = set(re.findall(r'<a class="(?:ref|term)" href="([^"]+)"', _page(client)))

    assert len(links) > 30
    assert {client.get(link).status_code for link in links} == {200}


def test_a_link_to_another_act_says_that_it_leaves(version: Version, client: Client) -> None:
    unit = _unit(_page(client), "art_18__para_2")

    assert "joNo=005802000" in unit
    assert unit.count('rel="external" title="국가법령정보센터(다른 누리집)로 갑니다"') == 2
    assert "target=" not in unit


def test_the_words_of_the_law_are_not_changed_by_its_links(
    version: Version, client: Client
) -> None:
    page = _page(client)

    for provision in version.provisions.filter(kind__in=["paragraph", "item", "subitem"]):
        shown = strip_tags(_unit(page, provision.eid)).replace("&quot;", '"')
        assert shown == f"{provision.marker} {provision.text}"


def test_a_term_leads_to_its_definition_and_the_definition_stands_beside(
    version: Version, client: Client
) -> None:
    page = _page(client)

    assert '<a class="term" href="/bills/test/v0.3/art_3__item_2/" data-term=' in _unit(
        page, "art_5__para_3"
    )
    article = page[page.index('id="art_5"') : page.index('id="art_6"')]
    assert "일자리에 관한 질문을 모으고 답을 찾아 합의하는 과정을 말한다." in article
    assert article.count('class="term"') == 2


def test_who_cites_an_article_is_listed_with_links(version: Version, client: Client) -> None:
    page = _page(client, "art_10/")
    listed = page[page.index("이 조문을 인용한 조문") :]

    for eid in ("art_7__para_3", "art_8__para_3", "art_19__para_3", "art_20__para_4"):
        assert f'href="/bills/test/v0.3/{eid}/"' in listed
    assert "이 조문을 인용한 조문" not in _page(client, "art_1/")


def test_who_cites_a_paragraph_may_stand_in_its_own_article(
    version: Version, client: Client
) -> None:
    found = law.law_text(version).cited_by("art_19__para_2")

    assert {(link.korean, link.cited) for link in found} == {
        ("제20조제2항", "제19조제2항"),
        ("제7조제2항제5호", "제19조"),
        ("제10조제2항제3호", "제19조"),
    }


def test_every_clause_has_its_citation_ready_to_be_picked(version: Version, client: Client) -> None:
    page = _page(client, "art_15__para_2__item_1/")

    quoted = "(가칭)「가상 시험 지원법안」 v0.3 제15조제2항제1호 (2026. 3. 2.) [시연용 초안]"
    assert f'<code data-copy="인용문">{quoted}</code>' in page
    assert "/bills/test/v0.3/art_15__para_2__item_1/</a>" in page
    places = _page(client)
    assert (
        '<a href="/bills/test/v0.3/art_9__para_2__item_2__subitem_3/">제2항제2호다목</a>' in places
    )


@pytest.mark.parametrize("path", ["", "art_20/", "art_20__para_3__item_1/", "chp_3/", "supp_1/"])
def test_a_page_of_law_text_asks_little(path: str, version: Version, client: Client) -> None:
    client.get(f"/bills/test/v0.3/{path}")

    with CaptureQueriesContext(connection) as asked:
        assert client.get(f"/bills/test/v0.3/{path}").status_code == 200

    assert len(asked) <= MOST_QUERIES, "\n".join(q["sql"][:160] for q in asked)


def test_a_version_is_cut_once(
    version: Version, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    _page(client)

    def again(*args: object) -> None:
        raise AssertionError("parsed again")

    monkeypatch.setattr(law, "parse", again)
    assert "제25조" in _page(client)
