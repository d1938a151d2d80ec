"""Word documents: the text as it is, automatic numbers written out or missed in words, nothing silent."""

from __future__ import annotations

import io
import unicodedata
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given, settings
from hypothesis import strategies as st

from coalition.drafts.files import FileRefused, LawFile, read_law_file
from tests.factories.archives import packed, unpacked
from tests.factories.bills import TEXT

W = nsdecls("w")
LAW_LIST = [("decimal", "제%1조", "nothing"), ("decimalEnclosedCircle", "%2", "space"), ("decimal", "%3.", "tab"),
            ("ganada", "%4.", "tab")]  # fmt: skip


def _saved(document: Any) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _read(document: Any) -> LawFile:
    return read_law_file("초안.docx", _saved(document))


def _said(read: LawFile, words: str) -> list[int]:
    return [note.line for note in read.notes if words in note.message]


def _document(*paragraphs: str) -> Any:
    """A document whose paragraphs are texts or, when they begin with `<w:p`, XML."""
    document = docx.Document()
    for each in paragraphs:
        if each.startswith("<w:p"):
            document.element.body.insert_element_before(
                parse_xml(each.replace("<w:p>", f"<w:p {W}>", 1)), "w:sectPr"
            )
        else:
            document.add_paragraph(each)
    return document


def _with_list(document: Any, levels: list[tuple[str, str, str]], *, start: str = "") -> Any:
    """Lists 91 and 92 of one definition; 92 begins anew when `start` is given."""
    numbering = document.part.numbering_part.element
    inside = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:suff w:val="{joiner}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for depth, (kind, text, joiner) in enumerate(levels)
    )
    abstract = parse_xml(f'<w:abstractNum {W} w:abstractNumId="90">{inside}</w:abstractNum>')
    numbering.insert(0, abstract)
    override = (
        f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{start}"/></w:lvlOverride>'
        if start
        else ""
    )
    for number, extra in ((91, ""), (92, override)):
        numbering.append(
            parse_xml(f'<w:num {W} w:numId="{number}"><w:abstractNumId w:val="90"/>{extra}</w:num>')
        )
    return document


def _item(text: str, depth: int, list_id: int = 91) -> str:
    return (
        f'<w:p><w:pPr><w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{list_id}"/></w:numPr></w:pPr>'
        f"<w:r><w:t>{text}</w:t></w:r></w:p>"
    )


def test_a_document_of_plain_paragraphs_gives_its_text_and_no_note() -> None:
    read = _read(_document(*TEXT.rstrip("\n").split("\n")))

    assert read.text == TEXT
    assert read.notes == []


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.text(
            alphabet=st.one_of(
                st.sampled_from("제1조의2항①②가.나() 「」ㆍ\"'<>&\t\u00a0\u3000|"),
                st.characters(exclude_categories=["Cs", "Cc", "Cn", "Zl", "Zp"]),
            ),
            max_size=40,
        ),
        min_size=1,
        max_size=12,
    )
)
def test_any_text_written_to_a_document_comes_back(lines: list[str]) -> None:
    text = unicodedata.normalize("NFC", "\n".join(lines)).rstrip("\n") + "\n"
    if not text.strip():
        return
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)

    assert _read(document).text == text


def test_automatic_numbers_are_written_out_and_said() -> None:
    document = _with_list(
        _document(
            _item("(목적) 이 법은", 0), _item("국가는", 1), _item("첫째", 2), _item("작게", 3),
            _item("둘째", 2), _item("지방자치단체는", 1), _item("하나", 2), _item("(정의)", 0), _item("항", 1),
        ),
        LAW_LIST,
    )  # fmt: skip
    read = _read(document)

    assert read.text.rstrip("\n").split("\n") == [
        "제1조(목적) 이 법은", "① 국가는", "1. 첫째", "가. 작게", "2. 둘째", "② 지방자치단체는", "1. 하나",
        "제2조(정의)", "① 항",
    ]  # fmt: skip
    (note,) = read.notes
    assert "자동 번호 9개(제1조, ①, 1., 가., 2. …)" in note.message


def test_lists_of_one_definition_count_on_unless_told_to_begin_anew() -> None:
    items = (_item("가", 0), _item("나", 0, 92), _item("다", 0))

    assert (
        _read(_with_list(_document(*items), [("decimal", "%1.", "space")])).text
        == "1. 가\n2. 나\n3. 다\n"
    )
    anew = _with_list(_document(*items), [("decimal", "%1.", "space")], start="7")
    assert _read(anew).text.split("\n")[1] == "7. 나"


def test_numbers_that_come_from_a_style_are_found() -> None:
    read = _read_styles("List Number", "첫째", "둘째")

    assert read.text == "1. 첫째\n2. 둘째\n"
    assert _said(read, "자동 번호 2개") == [1]
    bullets = _read_styles("List Bullet", "첫째")
    assert bullets.text == "첫째\n"
    assert _said(bullets, "글머리표 1개") == [1]


def _read_styles(style: str, *texts: str) -> LawFile:
    document = docx.Document()
    for text in texts:
        document.add_paragraph(text, style=style)
    return _read(document)


@pytest.mark.parametrize("kind", ["cardinalText", "bahtText"])
def test_numbers_of_an_unknown_kind_are_missed_with_their_lines(kind: str) -> None:
    read = _read(_with_list(_document("제1조(목적)", _item("가", 0)), [(kind, "%1.", "space")]))

    assert read.text == "제1조(목적)\n가\n"
    assert _said(read, "알 수 없어 빠졌습니다") == [2]
    assert "손으로" in read.notes[0].remedy


def test_a_list_that_is_not_defined_is_missed() -> None:
    assert _said(_read(_document(_item("가", 0, 777))), "빠졌습니다") == [1]


def test_tracked_changes_are_read_as_accepted_and_said() -> None:
    read = _read(
        _document(
            '<w:p><w:r><w:t xml:space="preserve">제1조 </w:t></w:r><w:del w:id="1" w:author="a"><w:r><w:delText>낡은'
            '</w:delText></w:r></w:del><w:ins w:id="2" w:author="a"><w:r><w:t>새</w:t></w:r></w:ins></w:p>',
            '<w:p><w:pPr><w:rPr><w:del w:id="3" w:author="a"/></w:rPr></w:pPr><w:r><w:t>앞</w:t></w:r></w:p>',
            "뒤",
            '<w:p><w:moveFrom w:id="4" w:author="a"><w:r><w:t>옮긴 글</w:t></w:r></w:moveFrom>'
            "<w:r><w:t>끝</w:t></w:r></w:p>",
        )
    )

    assert read.text == "제1조 새\n앞뒤\n끝\n"
    assert _said(read, "변경 내용 추적 4곳") == [1]


def test_struck_table_rows_are_left_out() -> None:
    document = docx.Document()
    table = document.add_table(2, 2)
    for row, texts in zip(table.rows, (("가", "나"), ("다", "라")), strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    table.rows[0]._tr.get_or_add_trPr().append(parse_xml(f'<w:del {W} w:id="1" w:author="a"/>'))

    assert _read(document).text == "| 다 | 라 |\n"


def test_hidden_text_footnotes_comments_and_pictures_are_left_out_and_said() -> None:
    data = _saved(
        _document(
            "제1조(목적)",
            "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>숨은 글</w:t></w:r><w:r><w:t>글</w:t></w:r></w:p>",
            '<w:p><w:r><w:t>제2조</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r>'
            '<w:r><w:commentReference w:id="1"/></w:r><w:r><w:drawing/></w:r></w:p>',
            '<w:p><w:r><w:t>가</w:t><w:sym w:font="Wingdings" w:char="F0FC"/><w:br/><w:t>나</w:t><w:br w:type="page"/>'
            "<w:noBreakHyphen/></w:r></w:p>",
        )
    )
    words = "<w:p><w:r><w:t>공청회 의견</w:t></w:r></w:p>"
    footnotes = f'<w:footnotes {W}><w:footnote w:id="2">{words}</w:footnote></w:footnotes>'
    read = read_law_file(
        "a.docx", packed(unpacked(data) | {"word/footnotes.xml": footnotes.encode()})
    )

    assert read.text == "제1조(목적)\n글\n제2조\n가□\n나-\n"
    assert _said(read, "숨은 글 1곳") == [2]
    assert _said(read, "‘공청회 의견’") == [3]
    assert _said(read, "메모 1개") == [3]
    assert _said(read, "그림 1개") == [3]
    assert _said(read, "기호 글꼴") == [4]


def test_a_box_is_read_once_though_it_is_written_twice() -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>상자 글</w:t></w:r></w:p></w:txbxContent>"
    read = _read(
        _document(
            '<w:p xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
            f'{W}><w:r><w:t>본문</w:t><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>{box}</w:drawing>'
            f"</mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>",
        )
    )

    assert read.text == "본문\n상자 글\n"
    assert _said(read, "글상자 1개") == [2]


def test_links_fields_and_content_controls_give_their_text() -> None:
    read = _read(
        _document(
            '<w:p><w:hyperlink w:anchor="a"><w:r><w:t>「고용정책 기본법」</w:t></w:r></w:hyperlink>'
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF a</w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>제3조</w:t></w:r>'
            '<w:r><w:fldChar w:fldCharType="end"/></w:r><w:sdt><w:sdtContent><w:r><w:t>에 따른다.</w:t></w:r>'
            "</w:sdtContent></w:sdt></w:p>"
        )
    )

    assert read.text == "「고용정책 기본법」제3조에 따른다.\n"


def test_a_table_becomes_a_line_per_row_and_a_frame_of_one_cell_its_lines() -> None:
    document = docx.Document()
    document.add_table(1, 1).cell(0, 0).text = "지원법안"
    table = document.add_table(2, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "구분", "금액"
    table.cell(1, 0).text, table.cell(1, 1).text = "1급\n2급", "100만원"
    read = _read(document)

    assert read.text == "지원법안\n| 구분 | 금액 |\n| 1급 / 2급 | 100만원 |\n"
    assert _said(read, "표(2줄 2칸)") == [2]


def test_headers_are_said_once() -> None:
    document = _document("제1조(목적)")
    document.sections[0].header.paragraphs[0].text = "대외비"

    assert _said(_read(document), "머리말") == [0]


@pytest.mark.parametrize(
    ("part", "content"),
    [
        ("_rels/.rels", b"<Relationships/>"),
        ("[Content_Types].xml", None),
        ("word/document.xml", b"<a/>"),
        ("word/document.xml", b"<document"),
        ("word/document.xml", b""),
        ("word/numbering.xml", b"<"),
    ],
)
def test_what_is_no_readable_document_is_refused(part: str, content: bytes | None) -> None:
    made = unpacked(_saved(_document("글")))
    if content is None:
        del made[part]
    else:
        made[part] = content

    with pytest.raises(FileRefused):
        read_law_file("a.docx", packed(made))
