"""Reading the law with a keyboard and a clipboard, and what is left of it without JavaScript."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

VERSION = "/bills/sjsa/v0.3/"
QUOTED = "(가칭)「지속가능 일자리 지원법안」 v0.3 제15조제2항제1호 (2026. 9. 1.) [시연용 초안]"


@pytest.fixture
def page(new_page: Callable[..., Any]) -> Any:
    found = new_page()
    found.context.grant_permissions(["clipboard-read", "clipboard-write"])
    return found


def _clipboard(page: Any) -> str:
    return str(page.evaluate("navigator.clipboard.readText()"))


def _focus(page: Any) -> str:
    return str(page.evaluate("document.activeElement.id"))


def test_the_citation_of_any_clause_is_copied_from_beside_the_text(page: Any) -> None:
    page.goto(VERSION)
    page.locator("#art_15 .gut > summary").click()

    page.get_by_role("button", name="제15조제2항제1호 인용문 복사").click()
    page.get_by_role("status").filter(has_text="복사했습니다").wait_for(state="attached")
    assert _clipboard(page) == QUOTED
    page.get_by_role("button", name="제15조제2항제1호 주소 복사").click()
    page.get_by_role("status").filter(has_text="주소: 복사했습니다").wait_for(state="attached")

    assert _clipboard(page).endswith("/bills/sjsa/v0.3/art_15__para_2__item_1/")
    assert not page.faults


def test_the_page_of_a_clause_has_its_citation_to_copy_or_to_pick(
    page: Any, new_page: Callable[..., Any]
) -> None:
    address = f"{VERSION}art_15__para_2__item_1/"
    page.goto(address)
    page.get_by_role("button", name="인용문 복사").click()
    page.get_by_role("status").filter(has_text="복사했습니다").wait_for(state="attached")
    assert _clipboard(page) == QUOTED

    plain = new_page(javascript=False)
    plain.goto(address)
    assert plain.locator(".cite code").inner_text() == QUOTED


def test_the_keys_act_only_in_the_law_text_and_can_be_switched_off(page: Any) -> None:
    page.goto(VERSION)
    page.keyboard.press("KeyJ")
    assert _focus(page) == ""

    page.locator("#art_3 .art__no").focus()
    page.keyboard.press("KeyJ")
    assert _focus(page) == "art_4"
    page.keyboard.press("KeyJ")
    page.keyboard.press("KeyK")
    assert _focus(page) == "art_4"

    page.get_by_text("도움말").first.click()
    page.get_by_label("글쇠 쓰기").uncheck()
    page.locator("#art_3 .art__no").focus()
    page.keyboard.press("KeyJ")
    assert page.evaluate("document.activeElement.closest('article').id") == "art_3"
    page.reload()
    page.get_by_text("도움말").first.click()
    assert not page.get_by_label("글쇠 쓰기").is_checked()


def test_the_slash_leads_to_the_search(page: Any) -> None:
    page.goto(VERSION)
    page.locator("#art_3 .art__no").focus()

    page.keyboard.press("Slash")

    page.wait_for_url("**/search/**")


def test_a_meaning_opens_where_its_term_stands_and_escape_closes_it(page: Any) -> None:
    page.goto(VERSION)
    term = page.locator("#art_7 a.term", has_text="기본계획")
    page.locator("#art_7 .art__no").focus()
    for _ in range(2):
        page.keyboard.press("Tab")

    meaning = page.locator("#meaning")
    meaning.wait_for(state="visible")
    assert "5년마다 지속가능 일자리 기본계획" in meaning.inner_text()
    assert term.get_attribute("aria-describedby") == "meaning"
    page.keyboard.press("Escape")
    assert not meaning.is_visible()

    page.locator("#art_7 a.term", has_text="시범사업").hover()
    meaning.wait_for(state="visible")
    assert not page.faults


def test_a_meaning_is_read_without_javascript(new_page: Callable[..., Any]) -> None:
    page = new_page(javascript=False)
    page.goto(VERSION)

    page.locator("#art_7 .gut > summary").click()
    assert "합의하는 과정을 말한다" in page.locator("#art_7 .panel").inner_text()
    page.locator("#art_7 a.term", has_text="시범사업").click()

    assert page.url.endswith("/bills/sjsa/v0.3/art_3__item_4/")


def test_copied_law_text_is_the_law_and_nothing_else(page: Any) -> None:
    page.goto(f"{VERSION}art_18/")

    copied = page.evaluate(
        """() => {
          const range = document.createRange();
          range.selectNodeContents(document.querySelector('#art_18__para_2'));
          getSelection().removeAllRanges();
          getSelection().addRange(range);
          return getSelection().toString();
        }"""
    )

    assert "「개인정보 보호법」 제2조제1호에 따른 개인정보는 같은 법 제58조의2에 해당하는" in copied
    assert "↗" not in copied
