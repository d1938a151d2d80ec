"""Two versions side by side: what changed, where it stands, and addresses that last."""

from __future__ import annotations

import datetime as dt
import json
import re
import time
from collections import Counter
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from coalition.drafts.models import Bill, Version
from coalition.drafts.queries import current_lineages
from tests.factories import make_bill, make_version
from tests.factories.bills import TEXT
from tests.generators.shifting import act_of, bill_of, rewritten, with_new_first_article
from tests.generators.statutes import DATA, bill

pytestmark = pytest.mark.django_db
LATER = dt.date(2026, 9, 1)
SJSA = "/bills/sjsa/compare/v0.2...v0.3/"


def _two(before: str, after: str, slug: str = "test", title: str = "가상 시험 지원법안") -> str:
    """A bill with two published versions; the address of their comparison."""
    found = make_bill(slug, title)
    make_version(found, "0.1", text=before)
    make_version(found, "0.2", text=after, date=LATER)
    return f"/bills/{slug}/compare/v0.1...v0.2/"


def _soup(client: Client, address: str) -> BeautifulSoup:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return BeautifulSoup(answer.content, "html.parser")


def _filters(soup: BeautifulSoup) -> dict[str, int]:
    """The summary line as a reader sees it."""
    links = [link.get_text(" ", strip=True) for link in soup.select(".cmp-filter a")]
    return {label: int(count) for label, _, count in (one.rpartition(" ") for one in links)}


EXPECTED = json.loads((DATA / "bills/sjsa/expected-0.2-0.3.json").read_text("utf-8"))


def test_the_demo_bill_gives_exactly_the_expected_comparison_as_data(
    sjsa: Bill, client: Client
) -> None:
    found = client.get("/bills/sjsa/compare/v0.2...v0.3.json").json()

    assert found["fictional"] is True
    assert (found["a"]["no"], found["b"]["url"]) == ("0.2", "/bills/sjsa/v0.3/")
    assert found["summary"] == EXPECTED["summary"]
    assert [
        (change["kinds"], [u["eid"] for u in change["a"]], [u["eid"] for u in change["b"]])
        for change in found["changes"]
    ] == [(change["kinds"], change["a"], change["b"]) for change in EXPECTED["changes"]]


def test_the_demo_bill_gives_exactly_the_expected_comparison_on_the_page(
    sjsa: Bill, client: Client
) -> None:
    """Filtered by each kind the page shows exactly the articles that the oracle has of it."""
    words = {
        "inserted": "신설", "deleted": "삭제", "text": "바뀜", "title": "제목", "order": "순서",
        "paragraphed": "항 나눔", "split": "나뉨", "merged": "합침", "moved": "옮김",
        "number": "번호만", "same": "그대로",
    }  # fmt: skip
    wanted: dict[str, list[dict[str, Any]]] = {kind: [] for kind in words}
    for change in EXPECTED["changes"]:
        kinds = [kind for kind in change["kinds"] if kind not in ("number", "reference")]
        for kind in kinds or ["number"]:
            wanted[kind].append(change)

    filters = _filters(_soup(client, SJSA))
    assert filters == {"모두": 28} | {words[kind]: len(found) for kind, found in wanted.items()}
    for kind, changes in wanted.items():
        soup = _soup(client, f"{SJSA}?kind={kind}")
        shown = soup.select("tbody[id]")
        assert len(shown) == len(changes), kind
        for body, change in zip(shown, changes, strict=True):
            links = {link["href"] for link in body.select(".h a")}
            assert links == {
                *(f"/bills/sjsa/v0.2/{eid}/" for eid in change["a"]),
                *(f"/bills/sjsa/v0.3/{eid}/" for eid in change["b"]),
            }
            assert words[kind] in [tag.get_text() for tag in body.select(".kindrow .tag")]


@pytest.mark.parametrize("view", ["table", "inline"])
def test_every_change_has_its_own_anchor_and_every_link_resolves(
    view: str, sjsa: Bill, client: Client
) -> None:
    soup = _soup(client, f"{SJSA}?view={view}")

    ids = Counter(tag["id"] for tag in soup.select("main [id]"))
    assert not [one for one, count in ids.items() if count > 1]
    for change in EXPECTED["changes"]:
        anchor = change["b"][0] if change["b"] else f"old-{change['a'][0]}"
        assert soup.find(id=anchor) is not None, anchor
    assert soup.find(id="art_18") is not None  # the second part of a split
    for link in {a["href"] for a in soup.select("main a[href]")}:
        if link.startswith("/"):
            assert client.get(link).status_code == 200, link
        elif link.startswith("#"):
            assert soup.find(id=link[1:]) is not None, link


def test_words_are_marked_and_a_reordered_item_is_drawn_as_moved(
    sjsa: Bill, client: Client
) -> None:
    soup = _soup(client, SJSA)

    cost = soup.find(id="art_21")
    assert cost is not None
    assert [one.get_text() for one in cost.select("del")] == ["보조한다."]
    assert [one.get_text() for one in cost.select("ins")] == ["보조할 수 있다."]
    order = soup.find(id="art_3")
    assert order is not None
    assert not order.select("ins, del")
    assert [one.get_text() for one in order.select(".mv__note")] == [
        "제4호로 옮김 →", "← 제4호에서 옮겨 옴", "제3호로 옮김 →", "← 제3호에서 옮겨 옴",
    ]  # fmt: skip
    moved = soup.find(id="art_23")
    assert moved is not None
    assert "제5장" in moved.get_text()
    assert "아래에서 옮겨 옴" in moved.get_text()
    split = soup.find(id="art_17")
    assert split is not None
    assert "← 제16조제1항ㆍ제2항에서" in split.get_text()
    assert "← 제16조제3항ㆍ제4항ㆍ제5항ㆍ제6항에서" in split.get_text()


def test_an_article_in_front_of_a_hundred_lights_up_alone(client: Client) -> None:
    before = bill_of(100)
    address = _two(before, with_new_first_article(before), "long", "가상 긴 지원법안")

    soup = _soup(client, address)
    assert _filters(soup) == {"모두": 102, "신설": 1, "번호만": 100, "그대로": 1}
    assert [one["id"] for one in soup.select("tbody[id]")] == ["art_1"]
    cited = [row.get_text() for row in soup.select(".cmp-quiet .unit") if row.select("ins")]
    assert len(cited) == 33  # every third article cites another
    marked = [one.get_text() for one in soup.select(".cmp-quiet ins")]
    assert all(re.fullmatch(r"제\d+조제1항에", one) for one in marked)

    old, new = Version.objects.order_by("order")
    uids = {row.uid for eid, row in current_lineages(old).items() if eid.startswith("art_")}
    kept = {row.uid for eid, row in current_lineages(new).items() if eid.startswith("art_")}
    articles = set(old.provisions.filter(kind="article").values_list("eid", flat=True))
    assert len([eid for eid in articles if eid.startswith("art_")]) == 100
    assert uids <= kept
    there = {
        f"/bills/long/v{one.no}/{eid}/"
        for one in (old, new)
        for eid in one.provisions.values_list("eid", flat=True)
    }
    links = {a["href"] for a in soup.select("main .cmp a[href^='/bills/long/v']")}
    assert len(links) > 200
    assert links <= there
    for link in ("/bills/long/v0.1/art_100/", "/bills/long/v0.2/art_101__para_2/"):
        assert client.get(link).status_code == 200


def test_white_space_alone_is_no_change(client: Client) -> None:
    address = _two(TEXT, TEXT.replace("시험계획", "시험 계획").replace("매년", "매년 "))

    soup = _soup(client, address)

    assert _filters(soup) == {"모두": 5, "그대로": 5}
    assert "바뀐 조문이 없습니다." in soup.get_text()
    assert "띄어쓰기와 줄바꿈만 다릅니다." in soup.get_text()
    assert not soup.select(".cmp ins, .cmp del")


def test_a_mark_of_amendment_is_no_change(client: Client) -> None:
    line = "② 시험자는 제1항에 따라 수립한 시험계획을 공개하여야 한다."
    address = _two(TEXT, TEXT.replace(line, f"{line} <개정 2026. 9. 1.>"))

    text = _soup(client, address).get_text()

    assert "바뀐 조문이 없습니다." in text
    assert "개정 표시" in text


def test_versions_of_one_text_are_the_same_to_the_letter(client: Client) -> None:
    assert "한 글자까지 같습니다" in _soup(client, _two(TEXT, TEXT)).get_text()


def test_a_renamed_chapter_is_shown_though_no_article_changed(client: Client) -> None:
    soup = _soup(client, _two(TEXT, TEXT.replace("제2장 시험의 실시", "제2장 시험의 시행")))

    assert "조문 밖의 글" in soup.get_text()
    assert [one.get_text(" ", strip=True) for one in soup.select(".cmp-heads li")] == [
        "이름·번호 제2장 시험의 실시 → 제2장 시험의 시행"
    ]


def test_a_total_rewrite_ends_in_time_and_asks_for_a_person(client: Client) -> None:
    before = act_of(185)
    found = make_bill("law", "가상 긴 법안")
    for number, text in enumerate((before, rewritten(before)), 1):
        # Published without its provisions: a text that cites what is not there could not be otherwise.
        draft = make_version(found, str(number), text=text, live=False)
        Version.objects.filter(pk=draft.pk).update(
            order=number, published_at=timezone.now(), sha256=f"{number:064d}"
        )
    started = time.process_time()

    answer = client.get("/bills/law/compare/v1...v2/")

    assert time.process_time() - started < 10
    soup = BeautifulSoup(answer.content, "html.parser")
    assert _filters(soup)["확인 필요"] == 370
    assert "370곳은 확인이 필요합니다." in soup.get_text()
    assert (
        len(_soup(client, "/bills/law/compare/v1...v2/?kind=doubtful").select("tbody[id]")) == 370
    )


def test_versions_of_two_bills_are_compared_under_both_their_names(
    sjsa: Bill, client: Client
) -> None:
    other = make_version(
        make_bill("anseo", "가상 다른 법안", short_title="다른 법"), "1", text=bill("0.3")
    )

    address = "/bills/sjsa/compare/v0.2...anseo/v1/"
    soup = _soup(client, address)
    text = soup.get_text()

    assert "지속가능 일자리 지원법안 v0.2" in text
    assert "다른 법 v1" in text
    assert _filters(soup)["나뉨"] == 1
    assert soup.select_one("a[href='/bills/anseo/v1/art_18/']") is not None
    assert client.get("/bills/sjsa/compare/v0.2...anseo/v1.json").json()["b"]["bill"] == "anseo"
    chosen = client.get("/bills/compare/", {"a": "sjsa:0.2", "b": "anseo:1"})
    assert (chosen.status_code, chosen["Location"]) == (302, address)
    assert other.bill.name == "다른 법"


def test_a_bill_named_twice_has_one_permanent_address(sjsa: Bill, client: Client) -> None:
    answer = client.get("/bills/sjsa/compare/v0.2...sjsa/v0.3/?view=inline")

    assert answer.status_code == 301
    assert answer["Location"] == f"{SJSA}?view=inline"


def test_the_other_way_round_is_shown_and_said(sjsa: Bill, client: Client) -> None:
    soup = _soup(client, "/bills/sjsa/compare/v0.3...v0.2/")

    notice = soup.select_one(".notice--warn")
    assert notice is not None
    assert "v0.3이 뒤에 놓은 v0.2보다 나중에 발행된 판입니다" in notice.get_text()
    assert notice.select_one(f"a[href='{SJSA}']") is not None
    assert soup.find(id="old-art_5") is not None


def test_a_version_against_itself_is_a_plain_page(sjsa: Bill, client: Client) -> None:
    soup = _soup(client, "/bills/sjsa/compare/v0.2...v0.2/")

    assert "같은 판입니다" in soup.h1.get_text()  # type: ignore[union-attr]
    assert soup.select_one("form select[name=b]") is not None


@pytest.mark.parametrize(
    "address",
    [
        "/bills/sjsa/compare/v0.2...v0.9/",
        "/bills/sjsa/compare/v0.3...v0.4/",
        "/bills/sjsa/compare/v0.2...none/v0.3/",
        "/bills/none/compare/v0.2...v0.3/",
        "/bills/none/compare/",
        "/bills/sjsa/compare/v0.3...v0.4.json",
        "/bills/sjsa/compare/v0.2..v0.3/",
        "/bills/sjsa/compare/0.2...0.3/",
        f"{SJSA}?kind=none",
        f"{SJSA}?kind=",
        f"{SJSA}?view=upside-down",
        f"{SJSA}?form=official",
        f"{SJSA}?form=%00",
    ],
)
def test_what_is_not_there_is_a_korean_404(address: str, sjsa: Bill, client: Client) -> None:
    make_version(sjsa, "0.4", date=LATER, live=False)

    answer = client.get(address)

    assert answer.status_code == 404
    assert "없" in answer.content.decode() or "않" in answer.content.decode()


@pytest.mark.parametrize(
    "query",
    [
        {"a": "sjsa:0.2", "b": "none"},
        {"a": "sjsa:0.2", "b": "sjsa:0.4"},
        {"a": "\x00", "b": "sjsa:0.3"},
        {"a": "sjsa:0.2" * 50, "b": "sjsa:0.3"},
    ],
)
def test_a_wrong_choice_is_said_beside_the_form(
    query: dict[str, str], sjsa: Bill, client: Client
) -> None:
    make_version(sjsa, "0.4", date=LATER, live=False)

    answer = client.get("/bills/compare/", query)

    text = answer.content.decode()
    assert answer.status_code == 400
    assert 'role="alert"' in text
    assert "<select" in text


def test_the_form_offers_published_versions_only_and_proposes_the_newest_two(
    sjsa: Bill, client: Client
) -> None:
    make_version(sjsa, "0.4", date=LATER, live=False)

    for address in ("/bills/compare/", "/bills/sjsa/compare/"):
        soup = _soup(client, address)
        values = [one["value"] for one in soup.select("select[name=a] option")]
        assert values == ["sjsa:0.3", "sjsa:0.2"]
        chosen = [one["value"] for one in soup.select("option[selected]")]
        assert chosen == ["sjsa:0.2", "sjsa:0.3"]


def test_no_bill_can_take_the_address_of_the_form(client: Client) -> None:
    with pytest.raises(ValidationError, match="다른 쪽이 쓰는 주소"):
        make_bill("compare")


def test_the_form_without_any_version_says_so(client: Client) -> None:
    assert "아직 발행된 판이 없습니다" in client.get("/bills/compare/").content.decode()


def test_the_official_table_is_for_amending_bills(client: Client) -> None:
    after = TEXT.replace("매년", "2년마다")
    address = _two(TEXT, after, "amend", "가상 시험 지원법 일부개정법률안")

    soup = _soup(client, f"{address}?form=official")

    cells = [cell.get_text() for cell in soup.select(".cmp tbody .cell")]
    assert soup.h1 is not None
    assert "신ㆍ구조문대비표" in soup.h1.get_text()
    assert "② (생 략)" in cells
    assert "② (현행과 같음)" in cells
    assert [one.get_text().strip() for one in soup.select(".cmp u")] == ["매년", "2년마다"]
    assert soup.select(f"a[href='{address}?form=official'], a[href='?form=official']")


def test_law_text_is_shown_as_text_and_never_as_markup(client: Client) -> None:
    evil = TEXT.replace("시험계획의 수립ㆍ공개", "<b>계획</b>").replace(
        "매년", "<script>alert(1)</script>"
    )

    for view in ("table", "inline"):
        text = client.get(f"{_two(TEXT, evil, f'evil-{view}')}?view={view}").content.decode()
        assert "<script>alert" not in text
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text


def test_the_number_of_queries_grows_with_nothing(client: Client) -> None:
    def asked(address: str) -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    small = asked(_two(TEXT, TEXT.replace("매년", "2년마다")))
    before = bill_of(60)
    long = _two(before, with_new_first_article(before), "long", "가상 긴 지원법안")
    for number in range(3):
        _two(TEXT, TEXT.replace("매년", "해마다"), f"more-{number}")

    with CaptureQueriesContext(connection) as queries:
        client.get(long)
    cold = len(queries)
    assert asked(long) == small <= 6
    assert cold == small + 1  # both texts, once per process
