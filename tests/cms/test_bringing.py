"""한글·워드 문서에서 가져오기: tables, ①② and 「」 stay, looks go, and nothing is made before somebody looked."""

from __future__ import annotations

import io
from typing import Any

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cms.bringing import sort_out
from cms.models import CasePage, HubDocument
from coalition.drafts.files import (
    FileRefused,
    Heading,
    Paragraph,
    Table,
    prose_of_html,
    read_prose_file,
)
from tests.factories.hwpx import make_hwpx, paragraph, table
from tests.forms import case_form

pytestmark = pytest.mark.django_db
ADDRESS = "/admin/bring/garam/"
HWP_HTML = """<html><head><style>P.HStyle0 {font-family:"함초롬바탕"}</style></head><body>
<P CLASS=HStyle0 STYLE='line-height:160%;'><SPAN STYLE='font-size:15pt;font-weight:bold'>마을 돌봄 코디 보고</SPAN></P>
<P CLASS=HStyle0><SPAN STYLE='font-family:"함초롬바탕"'>□&nbsp;추진 배경</SPAN></P>
<P CLASS=HStyle0><SPAN STYLE='color:#ff0000'>①&nbsp;「청년기본법」에 따른 일자리ㆍ주거 지원(2025∼2026)</SPAN></P>
<P CLASS=HStyle0><SPAN>② 돌봄이 끊긴 가구 &lt;script&gt;</SPAN></P>
<P CLASS=HStyle0>□ 참여자</P><P CLASS=HStyle0>&lt;표 1&gt; 동별 참여자</P>
<TABLE border="1" STYLE='border-collapse:collapse'><TR><TD bgcolor="#eee"><P>동</P></TD><TD><P>명</P></TD></TR>
<TR><TD><P>가람1동</P></TD><TD><TABLE><TR><TD><P>남 3</P></TD><TD><P>여 9</P></TD></TR></TABLE></TD></TR></TABLE>
<P>□ 한계</P><P>비교집단이 없다.</P></body></html>"""


@pytest.fixture
def editor(garam_editor: Any, login: Any) -> Client:
    client: Client = login(garam_editor)
    return client


def _word(*rows: tuple[str, ...]) -> bytes:
    document = docx.Document()
    document.add_paragraph("돌봄 코디 결과")
    run = document.add_paragraph().add_run("③ 여섯 달 동안 24명이 일했다.")
    run.bold, run.font.name = True, "HY헤드라인M"
    made = document.add_table(0, len(rows[0]))
    for cells in rows:
        for cell, text in zip(made.add_row().cells, cells, strict=True):
            cell.text = text
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def test_pasted_hwp_html_equals_the_typed_text() -> None:
    prose = prose_of_html(HWP_HTML)

    assert prose.blocks == [
        Paragraph("마을 돌봄 코디 보고"),
        Heading("추진 배경"),
        Paragraph("① 「청년기본법」에 따른 일자리·주거 지원(2025~2026)"),
        Paragraph("② 돌봄이 끊긴 가구 <script>"),
        Heading("참여자"),
        Paragraph("<표 1> 동별 참여자"),
        Table([["동", "명"], ["가람1동", "남 3 / 여 9"]]),
        Heading("한계"),
        Paragraph("비교집단이 없다."),
    ]


def test_a_hwpx_and_a_docx_keep_their_tables() -> None:
    made = make_hwpx(
        "제목", "ㆍ 첫째", paragraph(inside="").replace("<hp:t/>", table(("가", "나"), ("1", "2")))
    )
    assert read_prose_file("a.hwpx", made).blocks == [
        Paragraph("제목"), Paragraph("· 첫째"), Table([["가", "나"], ["1", "2"]])
    ]  # fmt: skip
    word = read_prose_file("a.docx", _word(("동", "명"), ("가람1동", "12")))
    assert word.blocks[1:] == [
        Paragraph("③ 여섯 달 동안 24명이 일했다."), Table([["동", "명"], ["가람1동", "12"]])
    ]  # fmt: skip


def test_headings_by_style_are_headings_and_their_text_finds_its_field() -> None:
    document = docx.Document()
    document.add_paragraph("골목 빨래방 여섯 달")
    document.add_heading("추진 배경", 1)
    document.add_paragraph("빨래하기 어려웠다.")
    document.add_heading("이 줄은 제목 꼴로 쓴 문장이다.", 2)
    buffer = io.BytesIO()
    document.save(buffer)

    word = read_prose_file("a.docx", buffer.getvalue())
    hangul = read_prose_file(
        "a.hwpx", make_hwpx("제목", paragraph("추진 배경", shape=4), "글이다.")
    )

    assert word.blocks[1:] == [
        Heading("추진 배경"),
        Paragraph("빨래하기 어려웠다."),
        Paragraph("이 줄은 제목 꼴로 쓴 문장이다."),
    ]
    assert sort_out(word).fields == {
        "problem": "<p>빨래하기 어려웠다.</p><p>이 줄은 제목 꼴로 쓴 문장이다.</p>"
    }
    assert [block for block in hangul.blocks if isinstance(block, Heading)], hangul.blocks


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.hwp", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "HWPX 문서(*.hwpx)"),
        ("a.pdf", b"%PDF-1.7", "PDF를 만든 원래 파일"),
        ("a.hwpx", b"PK\x03\x04", "잘렸거나"),
        ("a.xyz", b"x", "만 읽을 수 있습니다"),
        ("a.txt", "가".encode() * 200_001, "글이 너무 깁니다"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_says_what_to_do(name: str, data: bytes, said: str) -> None:
    with pytest.raises(
        FileRefused, match=said.replace("(", r"\(").replace(")", r"\)").replace("*", r"\*")
    ):
        read_prose_file(name, data)


def test_a_table_of_more_than_a_case_can_hold_is_refused() -> None:
    rows = "<tr><td>가</td><td>나</td></tr>" * 501
    with pytest.raises(FileRefused, match="자료로 올려"):
        prose_of_html(f"<table>{rows}</table>")


def test_a_document_is_looked_at_and_becomes_a_draft_with_its_original(
    editor: Client, garam: Any
) -> None:
    shown = editor.post(ADDRESS, {"text": "x", "html": HWP_HTML})
    text = shown.content.decode()
    for said in (
        "<h2>한계</h2>",
        "<h2>문제</h2>",
        "「청년기본법」",
        "남 3 / 여 9",
        "<h3>참여자</h3>",
    ):
        assert said in text, said
    assert "함초롬" not in text
    assert "<p>② 돌봄이 끊긴 가구 &lt;script&gt;</p>" in text
    assert not CasePage.objects.exists()

    from bs4 import BeautifulSoup

    blocks = BeautifulSoup(text, "html.parser").select_one("input[name=blocks]")
    assert blocks is not None
    original = SimpleUploadedFile("보고.hwp", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest")
    answer = editor.post(
        ADDRESS, {"blocks": blocks["value"], "title": "마을 돌봄 코디", "original": original}
    )

    page = CasePage.objects.get()
    assert answer["Location"] == f"/admin/pages/{page.pk}/edit/"
    assert (page.live, page.title, page.owner.username) == (False, "마을 돌봄 코디", "garam-editor")
    assert page.limits == "<p>비교집단이 없다.</p>"
    assert "「청년기본법」에 따른 일자리·주거" in page.problem
    kinds = [block.block_type for block in page.story]
    assert kinds == ["heading", "table", "file"]
    held = page.story[1].value
    assert held["caption"] == "동별 참여자"
    assert [list(row) for row in [[c.value for c in r] for r in held["table"].rows]] == [
        ["가람1동", "남 3 / 여 9"]
    ]
    document = HubDocument.objects.get()
    assert page.story[2].value["document"] == document
    assert document.collection == garam.page.collection
    assert Client().get(document.url).status_code == 404  # private while no public page uses it
    # The editor opens it; what was brought is what a form could have saved.
    assert editor.get(answer["Location"]).status_code == 200
    page.full_clean()


def test_a_forged_or_damaged_screen_makes_nothing(editor: Client, garam: Any) -> None:
    answer = editor.post(ADDRESS, {"blocks": "forged", "title": "가"}, follow=True)

    assert "깨진 화면입니다" in answer.content.decode()
    assert not CasePage.objects.exists()


def test_an_original_that_is_none_makes_nothing(editor: Client, garam: Any) -> None:
    from bs4 import BeautifulSoup

    text = editor.post(ADDRESS, {"text": "제목\n글이다."}).content.decode()
    blocks = BeautifulSoup(text, "html.parser").select_one("input[name=blocks]")
    assert blocks is not None
    original = SimpleUploadedFile("보고.hwp", b"MZ no hwp")

    answer = editor.post(ADDRESS, {"blocks": blocks["value"], "title": "가", "original": original})

    assert "내용이 그 형식이 아닙니다" in answer.content.decode()
    assert not CasePage.objects.exists()
    assert not HubDocument.objects.exists()


def test_a_number_for_life_stops_a_document_by_its_line(editor: Client, garam: Any) -> None:
    text = editor.post(ADDRESS, {"text": "제목\n담당 900101-1234568\n"}).content.decode()
    assert "2째 줄: 주민등록번호로 보이는 글이 있습니다." in text
    assert 'name="blocks"' not in text

    text = editor.post(ADDRESS, {"text": "제목\n담당 010-2345-6789\n"}).content.decode()
    assert "2째 줄: 휴대전화 번호로 보이는 글이 있습니다." in text
    assert 'name="blocks"' in text


def test_nothing_chosen_is_said(editor: Client, garam: Any) -> None:
    answer = editor.post(ADDRESS, {})

    assert answer.status_code == 400
    assert "문서를 고르거나 글을 붙여 넣으세요." in answer.content.decode()


def test_owner_neighbour_secretariat_and_stranger(
    garam_approver: Any, nuri_editor: Any, secretariat: Any, login: Any
) -> None:
    assert login(garam_approver).get(ADDRESS).status_code == 200
    assert login(nuri_editor).get(ADDRESS).status_code == 404
    assert login(nuri_editor).post(ADDRESS, {"text": "가"}).status_code == 404
    assert login(secretariat).post(ADDRESS, {"text": "가"}).status_code in (302, 403)
    assert Client().get(ADDRESS).status_code == 302
    assert not CasePage.objects.exists()


def test_the_rich_text_of_a_case_keeps_no_style_that_was_pasted(editor: Client, garam: Any) -> None:
    """Draftail sends what its features know; what a hand adds is left out on the server."""
    import json

    from tests.factories import make_case

    page = make_case(garam, live=False)
    address = f"/admin/pages/{page.pk}/edit/"
    problem = json.dumps(
        {"blocks": [{"key": "a", "type": "unstyled", "depth": 0, "text": "①「청년기본법」", "entityRanges": [],
                     "inlineStyleRanges": [{"offset": 0, "length": 2, "style": "color:#f00"}],
                     "data": {"style": "font-family:함초롬바탕"}}], "entityMap": {}}
    )  # fmt: skip
    editor.post(address, case_form(problem=problem))

    stored = CasePage.objects.get().get_latest_revision_as_object().problem
    assert "①「청년기본법」" in stored
    assert "style" not in stored.replace("block-key", "")
    assert "font" not in stored
