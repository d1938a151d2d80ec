"""Every kind of public page: accessible, unbroken at 320 px, readable without JavaScript, alone on its host."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
CASE = "/municipalities/garam/cases/"

KINDS = {
    "home": "/",
    "municipalities": "/municipalities/",
    "municipality": "/municipalities/garam/",
    "a real municipality": "/municipalities/gwangsan/",
    "cases of one": CASE,
    "data of one": "/municipalities/garam/data/",
    "a dataset": "/municipalities/garam/data/ilmaru-sangdam/",
    "news of one": "/municipalities/garam/news/",
    "cases": "/cases/",
    "data": "/data/",
    "search": "/search/?q=돌봄+일자리",
    "search without hits": "/search/?q=없는낱말뭉치",
    "search that begins": "/search/",
    "search of one kind": "/search/?q=돌봄&kind=page&region=X0001",
    "search that says too much": f"/search/?q={'돌봄+' * 400}",
    "bills": "/bills/",
    "bill": "/bills/sjsa/",
    "version": "/bills/sjsa/v0.3/",
    "provision": "/bills/sjsa/v0.3/art_15__para_2__item_1/",
    "article with notes": "/bills/sjsa/v0.3/art_13/",
    "history of a clause": "/bills/sjsa/v0.3/art_17/history/",
    "three columns": "/bills/sjsa/v0.3/columns/",
    "positions": "/bills/sjsa/positions/",
    "council resolutions": "/bills/sjsa/resolutions/",
    "road of a bill": "/bills/sjsa/road/",
    "form for following": "/follow/?kind=bill&key=sjsa",
    "reasons": "/bills/sjsa/v0.3/reasons/",
    "clause with reasons": "/bills/sjsa/v0.3/art_17/",
    "trail": "/trail/garam-green/3/",
    "trail back": "/trail/bills/sjsa/v0.3/art_17/",
    "provision that is gone": "/bills/sjsa/v0.2/art_26/",
    "choosing two versions": "/bills/compare/",
    "comparison": "/bills/sjsa/compare/v0.2...v0.3/",
    "comparison in one column": "/bills/sjsa/compare/v0.2...v0.3/?view=inline",
    "comparison of one kind, backwards": "/bills/sjsa/compare/v0.3...v0.2/?kind=number",
    "comparison of three": "/bills/sjsa/compare/v0.2...v0.3...v0.2/",
    "version against itself": "/bills/sjsa/compare/v0.3...v0.3/",
    "models": "/models/",
    "model": "/models/garam-care-coordinator/",
    "pilots": "/pilots/",
    "pilot": "/pilots/garam-care-2026/",
    "spread": "/spread/",
    "spread of a place": "/spread/garam/",
    "methods": "/methods/",
    "dialogue": "/dialogue/",
    "body": "/dialogue/garam/",
    "body on a past day": "/dialogue/garam/?on=2025-10-21",
    "dialogue event": "/dialogue/garam/events/3/",
    "meetings": "/meetings/",
    "meeting": "/meetings/garam/4/",
    "questions": "/questions/",
    "questions without an answer": "/questions/?state=unanswered",
    "paper": "/questions/garam-green/",
    "core question": "/questions/garam-green/core/3/",
    "question": "/questions/garam-green/15/",
    "question that is left out": "/questions/garam-green/61/",
    "news": "/news/",
    "privacy": "/privacy/",
    "accessibility": "/accessibility/",
}


def _first(page: Any, listing: str, selector: str) -> str:
    page.goto(listing)
    return str(page.locator(selector).first.get_attribute("href"))


@pytest.fixture(scope="session")
def addresses(chromium: Any, hub: str) -> dict[str, str]:
    """The kinds, with a case and a piece of news that are found on their lists."""
    context = chromium.new_context(base_url=hub)
    page = context.new_page()
    found = {
        **KINDS,
        "case": _first(page, CASE, ".item__title a"),
        "similar cases": _first(page, "/cases/", "a[href^='/search/similar/']"),
        "piece of news": _first(page, "/municipalities/garam/news/", ".item__title a"),
    }
    context.close()
    return found


ALL = [*KINDS, "case", "similar cases", "piece of news"]


@dataclass(frozen=True, slots=True)
class Visit:
    """What one look at a page showed: with scripts at three widths, and once without."""

    violations: dict[int, list[dict[str, Any]]]
    width_at_320: int
    faults: list[str]
    text: str
    text_without: str
    headings_without: int


@pytest.fixture(scope="session")
def visits() -> dict[str, Visit]:
    """Every page is opened for all of its tests at once: loading is what costs."""
    return {}


@pytest.fixture
def visit(
    kind: str, addresses: dict[str, str], new_page: Callable[..., Any], visits: dict[str, Visit]
) -> Visit:
    """The look at this kind's page."""
    if kind not in visits:
        visits[kind] = _look(addresses[kind], new_page)
    return visits[kind]


def _look(address: str, new_page: Callable[..., Any]) -> Visit:
    without = new_page(javascript=False)
    without.goto(address)
    page = new_page()
    page.goto(address)
    text = page.locator("main").inner_text()
    # Under the page's own policy no foreign script runs, so axe is handed over by the debugger.
    page.evaluate(AXE)
    violations = {1280: _violations(page)}
    page.set_viewport_size({"width": 390, "height": 900})
    violations[390] = _violations(page)
    page.set_viewport_size({"width": 320, "height": 900})
    return Visit(
        violations=violations,
        width_at_320=page.evaluate("document.documentElement.scrollWidth"),
        faults=page.faults,
        text=text,
        text_without=without.locator("main").inner_text(),
        headings_without=without.locator("h1").count(),
    )


def _violations(page: Any) -> list[dict[str, Any]]:
    found = page.evaluate(
        "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})"
        ".then(r => r.violations)",
        TAGS,
    )
    return [
        {"id": v["id"], "help": v["help"], "nodes": [n["html"][:200] for n in v["nodes"][:3]]}
        for v in found
    ]


@pytest.mark.parametrize("kind", ALL)
@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing(kind: str, width: int, visit: Visit) -> None:
    told = visit.violations[width]

    assert not told, json.dumps(told, ensure_ascii=False, indent=1)


@pytest.mark.parametrize("kind", ALL)
def test_nothing_breaks_and_nothing_is_asked_of_another_host(kind: str, visit: Visit) -> None:
    assert not visit.faults


@pytest.mark.parametrize("kind", ALL)
def test_nothing_scrolls_sideways_at_320_pixels(kind: str, visit: Visit) -> None:
    assert visit.width_at_320 <= 320


@pytest.mark.parametrize("kind", ALL)
def test_the_page_reads_the_same_without_javascript(kind: str, visit: Visit) -> None:
    assert visit.text_without == visit.text
    assert visit.headings_without == 1


def test_the_first_tab_reaches_the_skip_link_and_focus_is_seen(
    new_page: Callable[..., Any],
) -> None:
    page = new_page()
    page.goto("/")

    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    parent = page.evaluate(
        "getComputedStyle(document.activeElement.closest('.search') || document.activeElement).outlineStyle"
    )
    assert "solid" in (outline, parent)


def test_the_law_text_prints_without_navigation(new_page: Callable[..., Any]) -> None:
    page = new_page()
    page.goto("/bills/sjsa/v0.3/")

    page.emulate_media(media="print")

    assert not page.locator(".site-nav").is_visible()
    assert not page.locator(".toc").first.is_visible()
    assert page.locator(".art").first.is_visible()


def test_the_comparison_prints_in_two_columns_on_a4(new_page: Callable[..., Any]) -> None:
    page = new_page(width=658)  # what is left of 210 mm between the margins
    page.goto("/bills/sjsa/compare/v0.2...v0.3/")

    page.emulate_media(media="print")

    left, right = (page.locator("#art_21 .headrow td").nth(at).bounding_box() for at in (0, 1))
    assert left["y"] == right["y"]
    assert right["x"] >= left["x"] + left["width"] - 1
    assert not page.locator(".cmp-filter").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 658
