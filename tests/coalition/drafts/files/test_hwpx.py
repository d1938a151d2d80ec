"""한글 documents: the text as it is, automatic numbers written out or missed in words, nothing silent."""

from __future__ import annotations

import io

import pytest
from hwpx.document import HwpxDocument

from coalition.drafts.files import FileRefused, LawFile, read_law_file
from tests.factories.archives import packed
from tests.factories.bills import TEXT
from tests.factories.hwpx import footnote, make_hwpx, paragraph, parts, table


def _read(*paragraphs: str, **options: object) -> LawFile:
    return read_law_file("초안.hwpx", make_hwpx(*paragraphs, **options))  # type: ignore[arg-type]


def _said(read: LawFile, words: str) -> list[int]:
    return [note.line for note in read.notes if words in note.message]


def test_a_document_of_plain_paragraphs_gives_its_text_and_no_note() -> None:
    read = _read(*TEXT.rstrip("\n").split("\n"))

    assert read.text == TEXT
    assert read.notes == []


def test_a_document_by_another_program_gives_its_text() -> None:
    """python-hwpx begins with the package of a document that 한글 made."""
    first, *lines = TEXT.rstrip("\n").split("\n")
    document = HwpxDocument.new()
    document.paragraphs[0].text = first
    for line in lines:
        document.add_paragraph(line)
    buffer = io.BytesIO()
    document.save_to_stream(buffer)

    assert read_law_file("a.hwpx", buffer.getvalue()).text == TEXT


def test_automatic_numbers_are_written_out_and_said() -> None:
    read = _read(
        paragraph("(목적) 이 법은 다음을 목적으로 한다.", shape=1),
        paragraph("국가는 다음 각 호를 지원한다.", shape=2),
        paragraph("첫째", shape=3),
        paragraph("둘째", shape=3),
        paragraph("지방자치단체는 따른다.", shape=2),
        paragraph("하나", shape=3),
        paragraph("(정의) 이 법에서", shape=1),
        paragraph("새 항", shape=2),
    )

    assert read.text.split("\n") == [
        "제1조(목적) 이 법은 다음을 목적으로 한다.",
        "① 국가는 다음 각 호를 지원한다.",
        "1. 첫째",
        "2. 둘째",
        "② 지방자치단체는 따른다.",
        "1. 하나",
        "제2조(정의) 이 법에서",
        "① 새 항",
        "",
    ]
    (note,) = read.notes
    assert "자동 번호 8개(제1조, ①, 1., 2., ② …)" in note.message
    assert "확인" in note.remedy


def test_a_level_that_was_skipped_is_counted_as_hangul_counts_it() -> None:
    """Seen in a document of 한글: 4., 4.1.1.1., 4.1.1.2., then 4.1.2."""
    path = tuple((f"^{'n' if level > 1 else 1}.", "DIGIT") for level in (1, 2, 3))
    read = _read(
        paragraph("가", shape=1), paragraph("나", shape=3), paragraph("다", shape=2), numbering=path
    )

    assert read.text == "1. 가\n1.1.1. 나\n1.2. 다\n"


def test_many_tables_are_said_together() -> None:
    read = _read(*[paragraph(before=table(("가", "나"))) for _ in range(7)])

    assert len(_said(read, "표(1줄 2칸)")) == 5
    assert _said(read, "표 2개를 더") == [6]


def test_outline_numbers_follow_the_definition_that_the_section_names() -> None:
    read = _read(
        paragraph("총칙", shape=4), paragraph("보칙", shape=4), numbering=(("제^1장", "DIGIT"),)
    )

    assert read.text == "제1장 총칙\n제2장 보칙\n"


def test_numbers_without_a_definition_and_bullets_are_missed_with_their_lines() -> None:
    read = _read("제1조(목적) 다음과 같다.", paragraph("가나", shape=6), paragraph("다라", shape=5))

    assert read.text == "제1조(목적) 다음과 같다.\n가나\n다라\n"
    assert _said(read, "알 수 없어 빠졌습니다") == [2]
    assert _said(read, "글머리표") == [3]


def test_tracked_changes_are_read_as_accepted_and_said() -> None:
    struck = '<hp:deleteBegin Id="1" TcId="1"/>낡은<hp:deleteEnd Id="1" TcId="1" paraend="0"/>'
    added = '<hp:insertBegin Id="2" TcId="2"/>새<hp:insertEnd Id="2" TcId="2" paraend="0"/>'
    joined_end = '<hp:deleteBegin Id="3" TcId="3"/>끝<hp:deleteEnd Id="3" TcId="3" paraend="1"/>'
    read = _read(
        paragraph("제1조 ", inside=f"{struck}{added} 글"), paragraph("앞", inside=joined_end), "뒤"
    )

    assert read.text == "제1조 새 글\n앞뒤\n"
    assert _said(read, "변경 내용 추적 3곳") == [1]


def test_a_deletion_may_go_on_through_runs_and_paragraphs() -> None:
    read = _read(
        paragraph("가", inside='<hp:deleteBegin Id="1" TcId="1"/>나'),
        paragraph("다"),
        paragraph("라", inside='<hp:deleteEnd Id="1" TcId="1"/>마'),
    )

    assert "".join(read.text.split()) == "가마"


def test_signs_in_a_run_become_characters() -> None:
    inside = (
        '<hp:tab width="1"/>가<hp:nbSpace/>나<hp:fwSpace/>다<hp:lineBreak/>라<hp:markpenEnd/>마'
    )

    assert _read(paragraph("①", inside=inside)).text == "①\t가 나 다\n라마\n"


def test_a_circled_number_made_of_two_signs_is_one_sign() -> None:
    made = (
        '<hp:compose circleType="SHAPE_CIRCLE" charSz="0" composeType="SPREAD" composeText="21"/>'
    )
    assert _read(paragraph(" 스물한째 항", before=made)).text == "㉑ 스물한째 항\n"


def test_footnotes_pictures_comments_and_headers_are_left_out_and_said() -> None:
    header = (
        '<hp:ctrl><hp:header id="1"><hp:subList id="">'
        + paragraph("머리말")
        + "</hp:subList></hp:header></hp:ctrl>"
    )
    memo = '<hp:ctrl><hp:fieldBegin id="1" type="MEMO" name=""/></hp:ctrl>'
    read = _read(
        paragraph("제1조(목적) 이 법은", before=header),
        paragraph("제2조(정의) 이 법에서", before=footnote("출처는 공청회")),
        paragraph("제3조(책무) 국가는", before=f'<hp:pic id="1"/>{memo}'),
    )

    assert read.text == "제1조(목적) 이 법은\n제2조(정의) 이 법에서\n제3조(책무) 국가는\n"
    assert _said(read, "‘출처는 공청회’") == [2]
    assert _said(read, "그림 1개") == [3]
    assert _said(read, "메모 1개") == [3]
    assert _said(read, "머리말") == [0]


def test_a_table_becomes_a_line_per_row_and_a_frame_of_one_cell_its_lines() -> None:
    read = _read(
        paragraph(before=table(("지원법안",))),
        paragraph("별표"),
        paragraph(before=table(("구분", "금액"), ("1급\n2급", "100만원"))),
    )

    assert read.text == "지원법안\n별표\n| 구분 | 금액 |\n| 1급 / 2급 | 100만원 |\n"
    assert _said(read, "표(1줄 1칸)") == [1]
    assert _said(read, "표(2줄 2칸)") == [3]


def test_a_box_with_text_becomes_lines_behind_its_paragraph() -> None:
    box = f'<hp:rect id="1"><hp:drawText><hp:subList id="">{paragraph("상자 글")}</hp:subList></hp:drawText></hp:rect>'
    read = _read(paragraph("제1조(목적) 이 법은", before=box))

    assert read.text == "제1조(목적) 이 법은\n상자 글\n"
    assert _said(read, "글상자") == [2]


def test_sections_come_in_the_order_of_the_spine() -> None:
    made = packed(parts(paragraph("첫 구역"), paragraph("둘째 구역")))

    assert read_law_file("a.hwpx", made).text == "첫 구역\n둘째 구역\n"


@pytest.mark.parametrize(
    ("part", "content", "said"),
    [
        ("mimetype", "application/zip", "이름만 .hwpx"),
        ("Contents/content.hpf", "<a/>", "이름만 .hwpx"),
        ("Contents/section0.xml", "<a/>", "이름만 .hwpx"),
        ("Contents/section0.xml", "<sec", "망가졌습니다"),
        ("Contents/header.xml", "<head>", "망가졌습니다"),
        (
            "META-INF/manifest.xml",
            '<manifest><file-entry full-path="a"><encryption-data/></file-entry></manifest>',
            "암호",
        ),
    ],
)
def test_what_is_no_readable_document_is_refused(part: str, content: str, said: str) -> None:
    made = packed(parts(paragraph("글")) | {part: content})

    with pytest.raises(FileRefused, match=said):
        read_law_file("a.hwpx", made)


def test_a_document_without_text_is_refused() -> None:
    with pytest.raises(FileRefused, match="글이 없습니다"):
        _read("")
