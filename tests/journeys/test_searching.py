"""The search page on a phone and on a wide screen: what is found, and what narrows it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def test_on_a_phone_without_javascript_the_results_come_before_what_narrows_them(
    new_page: Callable[..., Any],
) -> None:
    phone = new_page(width=390, javascript=False)
    phone.goto("/search/?q=돌봄")
    narrowing = phone.locator("details.drawer form")

    assert not narrowing.is_visible()
    assert phone.locator("#results li").first.bounding_box()["y"] < 844
    phone.locator("details.drawer > summary").click()
    narrowing.get_by_role("button", name="거르기").scroll_into_view_if_needed()
    assert narrowing.get_by_role("button", name="거르기").is_visible()


def test_on_a_wide_screen_what_narrows_the_results_stands_beside_them(
    new_page: Callable[..., Any],
) -> None:
    for javascript in (True, False):
        page = new_page(javascript=javascript)
        page.goto("/search/?q=돌봄")

        assert page.locator("details.drawer form button").is_visible()
        assert not page.locator("details.drawer > summary").is_visible()
