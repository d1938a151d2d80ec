"""Every kind of public page: accessible, unbroken at 320 px, readable without JavaScript, alone on its host."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest

from tests.public import FOUND, FOUND_FILES, PAGES, STATUS, found

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ALL = [*PAGES, *(kind for kind in FOUND if kind not in FOUND_FILES)]


def _read(address: str, hub: str) -> str:
    with urllib.request.urlopen(f"{hub}{address}", timeout=20) as answer:
        return str(answer.read().decode())


@dataclass(frozen=True, slots=True)
class Visit:
    """What one look at a page showed: with scripts at three widths, and once without."""

    status: int
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
def visit(kind: str, hub: str, new_page: Callable[..., Any], visits: dict[str, Visit]) -> Visit:
    """The look at this kind's page."""
    if kind not in visits:
        address = PAGES.get(kind) or found(kind, lambda listing: _read(listing, hub))
        visits[kind] = _look(address, new_page)
    return visits[kind]


def _look(address: str, new_page: Callable[..., Any]) -> Visit:
    without = new_page(javascript=False)
    without.goto(address)
    page = new_page()
    answer = page.goto(address)
    text = page.locator("main").inner_text()
    # Under the page's own policy no foreign script runs, so axe is handed over by the debugger.
    page.evaluate(AXE)
    violations = {1280: _violations(page)}
    page.set_viewport_size({"width": 390, "height": 900})
    violations[390] = _violations(page)
    page.set_viewport_size({"width": 320, "height": 900})
    return Visit(
        status=answer.status,
        violations=violations,
        width_at_320=page.evaluate("document.documentElement.scrollWidth"),
        faults=page.faults,
        text=text,
        text_without=without.locator("main").inner_text(),
        headings_without=without.locator("h1").count(),
    )


#: Pages with charts, trees, maps and marked text: where colours carry the most.
COLOURED = [
    "home", "municipalities", "pilot", "pilot that ended", "model", "spread", "body", "trail", "case",
    "version", "comparison", "positions", "search",
]  # fmt: skip


@pytest.mark.parametrize("kind", COLOURED)
def test_colours_stand_out_on_a_dark_page(kind: str, new_page: Callable[..., Any]) -> None:
    page = new_page()
    page.emulate_media(color_scheme="dark")
    page.goto(PAGES[kind])
    page.evaluate(AXE)

    assert not _violations(page), kind


def test_drawings_of_a_dark_page_print_on_white(new_page: Callable[..., Any]) -> None:
    page = new_page()
    page.emulate_media(color_scheme="dark", media="print")

    page.goto("/municipalities/")
    land, ink = page.evaluate(
        "['.map path', 'body'].map((at, i) => getComputedStyle(document.querySelector(at))[i ? 'color' : 'fill'])"
    )
    assert (land, ink) == ("rgb(221, 226, 230)", "rgb(0, 0, 0)")

    page.goto("/pilots/garam-care-2026/")
    halo = page.evaluate("getComputedStyle(document.querySelector('.figure text')).stroke")
    assert halo == "rgb(255, 255, 255)"


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
def test_the_page_is_there(kind: str, visit: Visit) -> None:
    assert visit.status == STATUS.get(kind, 200)


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
