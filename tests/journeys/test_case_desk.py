"""A case at a municipality's desk: by keyboard alone, on a telephone, and by two people at once."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode, urlsplit
from urllib.request import Request, urlopen

import pytest

from cms.models.base import slug_from_title
from tests.forms import case_form

MOST_TABS = 400


def _tab_to(page: Any, selector: str) -> None:
    """Press Tab until the thing has the focus, as somebody without a mouse does."""
    for _ in range(MOST_TABS):
        if page.evaluate("one => document.activeElement?.matches(one) ?? false", selector):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"글쇠로 닿지 않습니다: {selector}")


def _log_in_by_keyboard(page: Any, name: str) -> None:
    page.goto("/admin/login/")
    _tab_to(page, "[name=username]")
    page.keyboard.type(name)
    _tab_to(page, "[name=password]")
    page.keyboard.type(name)
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/")


def _settle(page: Any) -> None:
    page.wait_for_load_state("networkidle")


def test_a_case_is_written_handed_in_and_approved_by_keyboard_alone(
    new_page: Callable[..., Any],
) -> None:
    title = f"글쇠로 쓴 사례 {secrets.token_hex(3)}"
    editor = new_page()
    _log_in_by_keyboard(editor, "garam-editor")
    _tab_to(editor, "a[href*='/pages/add/cms/casepage/']")
    editor.keyboard.press("Enter")
    editor.wait_for_url("**/pages/add/cms/casepage/**")
    _settle(editor)
    assert "0/9" in editor.locator("[data-case-sum]").inner_text()

    _tab_to(editor, "[name=title]")
    editor.keyboard.type(title)
    _tab_to(editor, "[name=summary]")
    editor.keyboard.type("어르신 열두 명이 빨래방을 열었습니다.")
    _tab_to(editor, "[data-contentpath=problem] [contenteditable=true]")
    editor.keyboard.type("빨래하기 어려웠습니다.")
    # The meter counts on by itself.
    editor.wait_for_function("document.querySelector('[data-case-sum]').textContent === '1/9'")
    _tab_to(editor, "[data-contentpath=limits] [contenteditable=true]")
    editor.keyboard.type("석 달의 결과입니다.")
    editor.wait_for_function("document.querySelector('[data-case-sum]').textContent === '2/9'")
    _tab_to(editor, "button[name=action-submit]")
    with editor.expect_navigation():
        editor.keyboard.press("Enter")

    approver = new_page()
    _log_in_by_keyboard(approver, "garam-approver")
    link = approver.locator(".desk-pile a", has_text=title).first
    address = link.get_attribute("href")
    _tab_to(approver, f".desk-pile a[href='{address}']")
    approver.keyboard.press("Enter")
    approver.wait_for_url(f"**{address}")
    _settle(approver)
    _tab_to(approver, "button[data-workflow-action-name=approve]")
    with approver.expect_navigation():
        approver.keyboard.press("Enter")

    reader = new_page()
    assert reader.goto(f"/municipalities/garam/cases/{slug_from_title(title)}/").status == 200
    assert editor.faults + approver.faults == []


PHONE = 390


def _fits(page: Any) -> bool:
    """Nothing has to be pushed sideways to be read."""
    return bool(page.evaluate("document.documentElement.scrollWidth") <= PHONE)


def test_a_case_is_written_checked_approved_and_published_on_a_telephone(
    log_in: Callable[..., Any], new_page: Callable[..., Any]
) -> None:
    title = f"전화기로 쓴 사례 {secrets.token_hex(3)}"
    editor = log_in("garam-editor", width=PHONE)
    assert _fits(editor)
    editor.get_by_role("link", name="새 사례 쓰기").click()
    _settle(editor)
    editor.get_by_role("textbox", name="제목").first.fill(title)
    editor.fill("[name=summary]", "이웃 열 명이 함께 돌봅니다.")
    editor.select_option("[name=target]", "older")
    assert _fits(editor)
    with editor.expect_navigation():
        editor.get_by_role("button", name="임시 저장").first.click()
    _settle(editor)
    assert editor.locator("[name=title]").input_value() == title
    assert _fits(editor)
    # What is still empty is told before it is handed in.
    assert "1/9" in editor.locator("[data-case-sum]").inner_text()
    with editor.expect_navigation():
        editor.locator("button[name=action-submit]").click()

    approver = log_in("garam-approver", width=PHONE)
    assert _fits(approver)
    approver.locator(".desk-pile a", has_text=title).first.click()
    _settle(approver)
    assert _fits(approver)
    with approver.expect_navigation():
        approver.get_by_role("button", name="승인", exact=True).click()

    reader = new_page(width=PHONE)
    assert reader.goto(f"/municipalities/garam/cases/{slug_from_title(title)}/").status == 200
    assert _fits(reader)


def test_a_button_pressed_while_a_new_page_saves_itself_makes_no_second_page(
    log_in: Callable[..., Any],
) -> None:
    title = f"느린 길의 사례 {secrets.token_hex(3)}"
    editor = log_in("garam-editor")
    saved = []

    def slowly(route: Any) -> None:
        if "application/json" not in route.request.headers.get("accept", ""):
            route.continue_()
            return
        answer = route.fetch()
        saved.append(answer.status)
        editor.get_by_role("button", name="임시 저장").first.click(no_wait_after=True)
        route.fulfill(response=answer)

    editor.get_by_role("link", name="새 사례 쓰기").click()
    _settle(editor)
    index = editor.url.partition("?")[0].rstrip("/").split("/")[-1]
    editor.route("**/pages/add/**", slowly)
    editor.fill("[name=title]", title)
    editor.wait_for_timeout(1500)
    editor.fill("[name=summary]", "저장되는 사이에 단추를 누릅니다.")
    editor.locator(".messages", has_text="저장했습니다").wait_for(timeout=60_000)

    assert saved == [200]
    editor.goto(f"/admin/pages/{index}/?ordering=-latest_revision_created_at")
    assert editor.locator("tr", has_text=title).count() == 1


def test_two_browsers_at_one_page_lose_nothing(log_in: Callable[..., Any]) -> None:
    title = f"함께 고친 사례 {secrets.token_hex(3)}"
    first = log_in("garam-editor")
    first.get_by_role("link", name="새 사례 쓰기").click()
    _settle(first)
    first.fill("[name=title]", title)
    first.fill("[name=summary]", "처음 글")
    with first.expect_navigation():
        first.get_by_role("button", name="임시 저장").first.click()
    _settle(first)
    second = log_in("garam-approver")
    second.goto(first.url)
    _settle(second)

    first.fill("[name=summary]", "먼저 저장한 글")
    with first.expect_navigation():
        first.get_by_role("button", name="임시 저장").first.click()
    # Without its script, as when the network was away: the browser's own warning is not what saves us.
    second.evaluate(
        """() => {
            const form = document.querySelector('#page-edit-form');
            form.querySelector('[name=summary]').value = '나중에 쓴 글';
            HTMLFormElement.prototype.submit.call(form);
        }"""
    )
    second.wait_for_selector("table.sides")

    shown = second.locator("table.sides").inner_text()
    assert "먼저 저장한 글" in shown
    assert "나중에 쓴 글" in shown
    with second.expect_navigation():
        second.get_by_role("button", name="내 글로 저장").click()
    assert second.locator("[name=summary]").input_value() == "나중에 쓴 글"
    second.goto(second.url.replace("/edit/", "/history/"))
    assert second.locator("table tbody tr").count() >= 3


def test_two_who_write_at_the_same_time_meet_no_locked_database(
    log_in: Callable[..., Any], hub: str
) -> None:
    """The hub of the journeys stands on a file of SQLite, the worker writing beside them."""
    writers = [_writer(log_in(name), hub) for name in ("garam-editor", "nuri-editor")]
    faults: list[str] = []

    def write(send: Callable[..., str], address: str) -> None:
        for turn in range(6):
            said = send(address, case_form(title="함께 쓰는 때", summary=f"{turn}째 글"))
            if f"{turn}째 글" not in said:
                faults.append(said[:500])

    threads = [threading.Thread(target=write, args=writer) for writer in writers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)

    assert not faults


def _writer(page: Any, hub: str) -> tuple[Callable[..., str], str]:
    """What sends as who is logged in on this page, and the address of a new draft of theirs."""
    page.get_by_role("link", name="새 사례 쓰기").click()
    _settle(page)
    page.fill("[name=title]", f"함께 쓰는 때의 사례 {secrets.token_hex(3)}")
    with page.expect_navigation():
        page.get_by_role("button", name="임시 저장").first.click()
    cookies = {one["name"]: one["value"] for one in page.context.cookies()}
    address = urlsplit(page.url).path
    page.goto("about:blank")  # its own autosave would write as well
    headers = {
        "Cookie": "; ".join(f"{k}={v}" for k, v in cookies.items()),
        "X-CSRFToken": cookies["csrftoken"],
    }

    def send(path: str, data: dict[str, str]) -> str:
        request = Request(f"{hub}{path}", urlencode(data).encode(), headers)
        with urlopen(request, timeout=60) as answer:
            return str(answer.read().decode())

    return send, address
