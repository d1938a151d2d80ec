"""What 한글, Word and browsers put on the clipboard as HTML becomes lines of law text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coalition.drafts.files import FileRefused, LawFile, text_of_html
from coalition.drafts.text.parse import parse
from coalition.drafts.text.tree import walk
from tests.factories.bills import TEXT

#: The shape of HTML that 한글 makes: capital names, a class per style, a span per run, &nbsp; for blanks.
HWP = """<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.0 Transitional//EN">
<HTML><HEAD><META NAME="Generator" CONTENT="Hancom HWP 8.5"><META HTTP-EQUIV="Content-Type" CONTENT="text/html;
charset=utf-8"><TITLE></TITLE><STYLE type="text/css"><!--p.HStyle0 {margin-left:0.0pt;}--></STYLE></HEAD>
<BODY><!--StartFragment-->%s<!--EndFragment--></BODY></HTML>"""
HWP_LINE = """<P CLASS=HStyle0 STYLE='line-height:160%%;'><SPAN STYLE='font-size:10.0pt;font-family:"함초롬바탕";
line-height:160%%;'>%s</SPAN></P>"""


def _hwp(*lines: str) -> LawFile:
    return text_of_html(HWP % "\n".join(HWP_LINE % line for line in lines))


def _said(read: LawFile, words: str) -> list[int]:
    return [note.line for note in read.notes if words in note.message]


def test_a_bill_copied_from_hangul_is_the_bill_that_was_typed() -> None:
    """Acceptance E4: the difference to the typed text is empty."""
    lines = TEXT.rstrip("\n").replace("&", "&amp;").replace("  ", "&nbsp;&nbsp;").split("\n")
    read = _hwp(*lines)

    assert read.text == TEXT
    assert read.notes == []


def test_blanks_signs_and_empty_lines_survive_and_looks_do_not() -> None:
    read = _hwp(
        "<B>제1조</B>(목적)<SPAN STYLE='color:#ff0000'>&nbsp;① 「법」&lt;개정&gt; 시ㆍ도</SPAN>",
        "&nbsp;",
        "끝",
    )

    assert read.text == "제1조(목적) ① 「법」<개정> 시ㆍ도\n\n끝\n"


def test_line_ends_of_the_markup_are_blanks_and_forced_breaks_are_lines() -> None:
    read = text_of_html(
        "<p>제1조(목적) 이 법은\n   목적으로\n한다.<br>둘째 줄</p><div>셋째</div>넷째<br><br>다섯째"
    )

    assert read.text == "제1조(목적) 이 법은 목적으로 한다.\n둘째 줄\n셋째\n넷째\n\n다섯째\n"


def test_word_lists_keep_the_number_that_word_writes_as_text() -> None:
    read = text_of_html(
        "<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span lang=EN-US>"
        "<span style='mso-list:Ignore'>①<span style='font:7.0pt \"Times New Roman\"'>&nbsp; </span></span></span>"
        "<![endif]>이 법은<o:p></o:p></p><!--[if gte mso 9]><xml><w:WordDocument/></xml><![endif]-->"
    )

    assert read.text.replace("  ", " ").replace("  ", " ") == "① 이 법은\n"


def test_numbers_that_only_the_browser_paints_are_written_out_and_said() -> None:
    read = text_of_html(
        "<ol start=3><li>셋째<ol style='list-style-type: hangul'><li>가목</li><li>나목</li></ol></li>"
        "<li value=7>일곱째</li></ol><ol><li>1. 이미 번호가 있음</li></ol><ul><li>점</li></ul>"
        "<ol style='list-style-type:armenian'><li>모름</li></ol>"
    )

    assert read.text.split("\n") == [
        "3. 셋째", "가. 가목", "나. 나목", "7. 일곱째", "1. 이미 번호가 있음", "점", "모름", "",
    ]  # fmt: skip
    assert _said(read, "자동 번호 2개(3., 7.)") == [1]
    assert _said(read, "자동 번호 2개(가., 나.)") == [2]
    assert _said(read, "글머리표 1개") == [6]
    assert _said(read, "알 수 없어") == [7]


def test_tables_become_readable_lines() -> None:
    read = text_of_html(
        "<p>별표</p><TABLE><TBODY><TR><TD><P>구분</P></TD><TD>금액</TD></TR><TR><TD><P>1급</P><P>2급</P></TD>"
        "<TD><TABLE><TR><TD>100</TD><TD>만원</TD></TR></TABLE></TD></TR></TBODY></TABLE>"
        "<table><tr><td><p>한 칸</p><p>두 줄</p></td></tr></table>"
    )

    assert read.text == "별표\n| 구분 | 금액 |\n| 1급 / 2급 | 100 / 만원 |\n한 칸\n두 줄\n"
    assert _said(read, "표(2줄 2칸)") == [2]


def test_scripts_styles_hidden_and_struck_text_never_come_in() -> None:
    read = text_of_html(
        "<script>alert(1)</script><style>p{}</style><iframe src=x>틀</iframe><p onclick=x()>글<del>낡은</del>"
        "<span style='display:none'>숨음</span><span style='mso-hide:all'>숨음</span><img src=x></p>"
        "<p>출처<a href='#_ftn1'>[1]</a></p><div style='mso-element:footnote' id=ftn1><p>각주 글</p></div>"
    )

    assert read.text == "글\n출처\n"
    assert _said(read, "변경 내용") == [1]
    assert _said(read, "숨은 글 2곳") == [1]
    assert _said(read, "그림 1개") == [1]
    assert _said(read, "‘각주 글’") == [2]


def test_the_clipboard_head_of_windows_is_no_text() -> None:
    head = "Version:0.9\r\nStartHTML:0000000105\r\nEndHTML:0000000200\r\nSourceURL:file:///C:/a.htm\r\n"

    assert text_of_html(f"{head}<html><body><!--StartFragment--><p>글</p>").text == "글\n"


def test_what_was_pasted_parses_like_the_typed_text() -> None:
    lines = TEXT.rstrip("\n").split("\n")
    pasted = parse(_hwp(*[line.strip() for line in lines]).text)

    assert [n.eid for n in walk(pasted.tree)] == [n.eid for n in walk(parse(TEXT).tree)]


@pytest.mark.parametrize(
    "html",
    [
        "",
        "  ",
        "<p></p>",
        "<script>x</script>",
        "<div>" * 1_000 + "글",
        "<p/>" * 900_000,
        "가" * 6_000_000,
    ],
    ids=["empty", "blank", "paragraph", "script", "deep", "many", "long"],
)
def test_what_cannot_be_read_is_refused(html: str) -> None:
    with pytest.raises(FileRefused) as refused:
        text_of_html(html)
    assert refused.value.message


_PIECES = st.sampled_from(
    ["<p>", "</p>", "<ol>", "<ul>", "<li>", "</li>", "</ol>", "<table>", "<tr>", "<td>", "</td>", "</table>", "<br>",
     "<pre>", "</pre>", "<div style='mso-element:footnote'>", "</div>", "<del>", "</del>", "<!--", "-->", "<![if x]>",
     "&nbsp;", "&#0;", "&#xD800;", "제1조(목적)", "①", "\n", "\x00", "\ud800", "<ol start=-9 type=hangul>", "<", ">"]
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.lists(_PIECES, max_size=40))
def test_any_html_is_read_or_refused_and_nothing_else(pieces: list[str]) -> None:
    try:
        read = text_of_html("".join(pieces))
    except FileRefused as refused:
        assert refused.message
    else:
        assert "<p>" not in read.text
        assert read.text.endswith("\n")
