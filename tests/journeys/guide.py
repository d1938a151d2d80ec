"""Takes the pictures of docs/editing.md from a hub that runs with the demo.

    make start                                              # in one window
    .venv/bin/python -m tests.journeys.guide                # in another; an address may follow

What is made for the pictures (one case, one review link) stays on that hub; it is the demo's.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PIL import Image

from tests.journeys.conftest import ARGUMENTS, CHROMIUM, ROOT

FOLDER = ROOT / "docs" / "editing"
TITLE = "골목 빨래방을 함께 꾸린 어르신들"
WIDTH, HEIGHT, COLOURS = 1100, 760, 64


def main(address: str) -> None:
    """Every picture, in the order of the guide."""
    from playwright.sync_api import sync_playwright

    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        with _desk(browser, address, "garam-editor") as editor:
            page = _write(editor)
        with _desk(browser, address, "garam-approver") as approver:
            _approve(approver, page)
        browser.close()


@contextmanager
def _desk(browser: Any, address: str, name: str) -> Iterator[Any]:
    context = browser.new_context(
        viewport={"width": WIDTH, "height": HEIGHT},
        locale="ko-KR",
        timezone_id="Asia/Seoul",
        base_url=address,
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.set_default_timeout(120_000)  # a busy machine still gets its pictures
    page.goto("/admin/login/")
    page.fill("[name=username]", name)
    page.fill("[name=password]", name)
    page.click("button[type=submit]")
    page.wait_for_url("**/admin/")
    yield page
    context.close()


def _take(page: Any, name: str, before: Callable[[], None] | None = None) -> None:
    """One picture of what is on the screen, in few colours: a page of the guide stays light."""
    page.wait_for_load_state("networkidle")
    if before is not None:
        before()
    page.wait_for_timeout(800)
    file = FOLDER / f"{name}.png"
    page.screenshot(path=file)
    with Image.open(file) as picture:
        picture.convert("RGB").quantize(COLOURS).save(file, optimize=True)
    sys.stdout.write(f"{file.relative_to(ROOT)}: {file.stat().st_size // 1000} KB\n")


def _write(page: Any) -> str:
    """The editor's pictures; the address of the case that was handed in."""
    _take(page, "1-home")
    page.get_by_role("link", name="새 사례 쓰기").click()
    page.wait_for_load_state("networkidle")
    page.get_by_role("link", name="어르신이 나누어 맡은").click()
    page.wait_for_load_state("networkidle")
    page.fill("[name=title]", TITLE)
    _take(page, "2-steps", lambda: page.evaluate("scrollTo(0, 0)"))
    page.fill("[name=summary]", "어르신 열두 명이 동네 빨래방을 함께 꾸렸습니다.")
    problem = page.locator("[data-contentpath=problem] [contenteditable=true]").first
    problem.click()
    page.keyboard.type("혼자 사는 어르신이 빨래를 하기 어려웠습니다.")
    _take(page, "3-problem")
    with page.expect_navigation():
        page.get_by_role("button", name="임시 저장").first.click()
    page.wait_for_load_state("networkidle")
    edit = page.url
    page.goto(f"/admin/review-links/{edit.rstrip('/').split('/')[-2]}/")
    page.fill("[name=reader]", "노동연구원 검토자")
    page.get_by_role("button", name="링크 만들기").click()
    _take(
        page,
        "4-review-link",
        lambda: page.eval_on_selector(
            "#made-link", "one => { one.value = 'https://…/review/…/'; }"
        ),
    )
    page.goto("/admin/embed/")
    _take(page, "8-embed")
    page.goto(edit)
    _take(page, "5-hand-in")
    with page.expect_navigation():
        page.locator("button[name=action-submit]").click()
    return str(edit)


def _approve(page: Any, edit: str) -> None:
    _take(page, "6-approver")
    page.goto(edit.replace("/edit/", "/history/"))
    _take(page, "7-history")


if __name__ == "__main__":
    if not Path(CHROMIUM).exists():
        sys.exit("Chromium이 없습니다 (Debian: apt-get install chromium fonts-noto-cjk).")
    main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000")
