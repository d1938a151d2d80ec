"""An editor without training: paste from 한글, mend, compare, confirm who is who, publish; and from files."""

from __future__ import annotations

import io
import re
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest

from tests.factories.bills import TEXT
from tests.factories.hwpx import make_hwpx

PASTE = """([html, plain]) => {
  const area = document.querySelector("[name=source_text]");
  area.focus();
  area.select();
  const board = new DataTransfer();
  board.setData("text/html", html);
  board.setData("text/plain", plain);
  area.dispatchEvent(new ClipboardEvent("paste", { clipboardData: board, bubbles: true, cancelable: true }));
}"""
#: What 한글 puts on the clipboard of a page of 40 letters: every line a paragraph of its own.
WIDTH = 40


def _wrapped(text: str) -> list[str]:
    lines = []
    for line in text.splitlines():
        rest = line
        while len(rest) > WIDTH:
            cut = rest.rfind(" ", 0, WIDTH + 1)
            lines.append(rest[:cut])
            rest = rest[cut + 1 :]
        lines.append(rest)
    return lines


def _html(text: str) -> str:
    rows = "".join(
        f'<p class="HStyle0" style="line-height:160%"><span style="font-family:함초롬바탕">'
        f"{line.replace(')', ')&nbsp;', 1) if line.startswith('제') else line}</span></p>"
        for line in _wrapped(text)
    )
    return f"<html><head><style>p.HStyle0 {{}}</style></head><body><!--StartFragment-->{rows}</body></html>"


def _docx(text: str) -> bytes:
    document, file = docx.Document(), io.BytesIO()
    for line in text.splitlines():
        document.add_paragraph(line.strip())
    document.save(file)
    return file.getvalue()


def _new_bill(desk: Any) -> str:
    slug = f"law-{secrets.token_hex(3)}"
    desk.goto("/admin/bills/add/")
    desk.fill("[name=title]", "가상 시험 지원법안")
    desk.fill("[name=slug]", slug)
    desk.check("[name=fictional]")
    desk.get_by_role("button", name="만들고 첫 판 쓰기").click()
    desk.wait_for_load_state()
    return slug


def _confirm_all(desk: Any) -> None:
    """By keyboard: every box is reached with the focus and ticked with the space bar."""
    for box in desk.locator(".confirm input[type=checkbox]").all():
        box.focus()
        desk.keyboard.press("Space")
    button = desk.get_by_role("button", name="발행", exact=True)
    button.focus()
    with desk.expect_navigation():
        desk.keyboard.press("Enter")


#: The later text: 제4조 was rewritten under its title, so that a person is asked about it.
LATER = re.sub(
    r"제4조\(시험의 실시\).*",
    "제4조(시험의 실시) 장관은 다섯 해마다 결과를 널리 알리고 위원회의 의견을 들어야 한다.",
    TEXT,
)


def test_a_bill_is_pasted_mended_compared_confirmed_and_published(
    log_in: Callable[..., Any], new_page: Callable[..., Any], tmp_path: Path
) -> None:
    desk = log_in("secretariat")
    slug = _new_bill(desk)
    desk.fill("[name=no]", "0.1")
    desk.fill("[name=date]", "2026-03-02")

    # She pastes from 한글: nothing goes in before she has seen what would be mended.
    faulty = TEXT.replace("제4조(", "제5조(")
    desk.evaluate(PASTE, [_html(faulty), "\n".join(_wrapped(faulty))])
    panel = desk.locator("[data-pasted] .desk-panel")
    panel.wait_for()
    assert "끊긴 문장" in panel.inner_text()
    assert desk.locator("[name=source_text]").input_value() == ""
    panel.get_by_role("button", name="적용", exact=True).click()
    text = desk.locator("[name=source_text]").input_value()
    assert "시험의 지원에 필요한 사항을 규정함으로써 시험의 발전에" in text
    assert "\u00a0" not in text

    # The fault stands beside the text; its line is one press away.
    line = text[: text.index("제5조(시험의 실시)")].count("\n") + 1
    fault = desk.locator(".law-fault--error", has_text=f"{line}행")
    fault.wait_for()
    fault.locator("a").click()
    marked = desk.evaluate(
        "() => { const t = document.querySelector('[name=source_text]');"
        " return t.value.slice(t.selectionStart, t.selectionEnd); }"
    )
    assert marked.startswith("제5조(시험의 실시)")
    desk.keyboard.type(marked.replace("제5조(", "제4조("))
    desk.locator(".law-fault--error").first.wait_for(state="detached")

    # Leaving now would lose it: the browser asks.
    asked: list[str] = []

    def stay(dialog: Any) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    desk.on("dialog", stay)
    desk.evaluate("() => window.location.assign('/admin/bills/')")
    desk.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    with desk.expect_navigation():
        desk.get_by_role("button", name="저장", exact=True).click()
    with desk.expect_navigation():
        desk.get_by_role("button", name="저장하고 발행으로").click()
    assert asked == ["beforeunload"]  # saving is no leaving
    _confirm_all(desk)
    reader = new_page()
    assert reader.goto(f"/bills/{slug}/v0.1/").status == 200

    # The next version comes from a Word file; it is compared before it is saved.
    desk.goto("/admin/bills/")
    row = desk.locator("section", has=desk.locator(f"a[href='/bills/{slug}/v0.1/']"))
    row.get_by_role("link", name="새 판 쓰기").click()
    desk.fill("[name=no]", "0.2")
    desk.fill("[name=date]", "2026-09-01")
    file = tmp_path / "둘째 판.docx"
    file.write_bytes(_docx(LATER))
    desk.locator("summary", has_text="파일에서 가져오기").click()
    desk.set_input_files("[name=file]", file)
    desk.get_by_role("button", name="가져와서 보기").click()
    desk.locator("#brought").wait_for()
    desk.locator("#brought").get_by_role("button", name="적용").first.click()
    desk.wait_for_load_state()
    assert "위원회의 의견을" in desk.locator("[name=source_text]").input_value()
    desk.get_by_role("button", name="비교 미리보기").click()
    desk.locator("#comparison ins").first.wait_for()
    with desk.expect_navigation():
        desk.get_by_role("button", name="저장", exact=True).click()

    # Who is who is asked, and answered.
    with desk.expect_navigation():
        desk.get_by_role("button", name="저장하고 발행으로").click()
    assert desk.locator(".doubt").count() == 1
    assert "제4조(시험의 실시)" in desk.locator(".doubt h3").inner_text()
    with desk.expect_navigation():
        desk.get_by_role("button", name="발행", exact=True).click()
    assert "아직 발행하지 않았습니다" in desk.locator("[role=alert]").inner_text()
    _confirm_all(desk)
    assert reader.goto(f"/bills/{slug}/v0.2/art_4/").status == 200
    assert desk.faults == []


@pytest.mark.parametrize("width", [390])
def test_without_javascript_a_draft_comes_from_a_file_and_is_published_on_a_phone(
    width: int, log_in: Callable[..., Any], tmp_path: Path
) -> None:
    desk = log_in("secretariat", width=width, javascript=False)
    slug = _new_bill(desk)
    desk.fill("[name=no]", "0.1")
    desk.fill("[name=date]", "2026-03-02")

    old = tmp_path / "옛 안.hwp"
    old.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512)
    desk.locator("summary", has_text="파일에서 가져오기").click()
    desk.set_input_files("[name=file]", old)
    desk.get_by_role("button", name="가져와서 보기").click()
    desk.wait_for_load_state()
    assert "HWPX 문서" in desk.locator("[role=alert]").inner_text()

    file = tmp_path / "새 안.hwpx"
    file.write_bytes(make_hwpx(*TEXT.splitlines()))
    desk.set_input_files("[name=file]", file)
    desk.get_by_role("button", name="가져와서 보기").click()
    desk.wait_for_load_state()
    desk.locator("#brought").get_by_role("button", name="적용").first.click()
    desk.wait_for_load_state()
    desk.get_by_role("button", name="미리보기", exact=True).click()
    desk.wait_for_load_state()
    assert "제3조(시험계획의 수립ㆍ공개)" in desk.locator(".law-print").inner_text()
    with desk.expect_navigation():
        desk.get_by_role("button", name="저장", exact=True).click()
    with desk.expect_navigation():
        desk.get_by_role("button", name="저장하고 발행으로").click()
    for box in desk.locator(".tick input").all():
        box.check()
    with desk.expect_navigation():
        desk.get_by_role("button", name="발행", exact=True).click()

    assert desk.goto(f"/bills/{slug}/v0.1/art_3__para_2/").status == 200


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_the_desk_of_a_bill_never_scrolls_sideways(width: int, log_in: Callable[..., Any]) -> None:
    desk = log_in("secretariat", width=width)
    _new_bill(desk)
    desk.fill("[name=no]", "0.1")
    desk.fill("[name=date]", "2026-03-02")
    desk.fill("[name=source_text]", TEXT)

    for press in ("미리보기", "비교 미리보기", "저장", "저장하고 발행으로"):
        desk.get_by_role("button", name=press, exact=True).click()
        desk.wait_for_load_state()
        assert desk.evaluate("document.documentElement.scrollWidth") <= width, press
