"""Archives that were made to hurt are refused before anything of them is unpacked."""

from __future__ import annotations

import io
import struct
import time
import tracemalloc
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coalition.drafts.files import FileRefused, read_law_file, text_of_html
from coalition.drafts.files.archive import MOST_ENTRIES
from coalition.drafts.files.markup import read_xml
from tests.factories.archives import packed
from tests.factories.hwpx import footnote, make_hwpx, paragraph, parts

GOOD = make_hwpx("제1조(목적) 이 법은", "제2조(정의) 이 법에서")


def _with(**more: bytes) -> bytes:
    return packed(parts(paragraph("글")) | more)


def _edited(edit: Callable[[zipfile.ZipInfo], None], content: bytes = b"x") -> bytes:
    """A good document with one more entry, changed by `edit` before it is written."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in parts(paragraph("글")).items():
            archive.writestr(name, data)
        info = zipfile.ZipInfo("more")
        edit(info)
        archive.writestr(info, content)
    return buffer.getvalue()


def _named(name: str) -> bytes:
    return _edited(lambda info: setattr(info, "filename", name))


def _symlink(info: zipfile.ZipInfo) -> None:
    info.external_attr = 0o120777 << 16


def _flagged(bit: int) -> bytes:
    """Sets a flag in every central header."""
    data = bytearray(GOOD)
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        data[at + 8] |= bit
        at = data.find(b"PK\x01\x02", at + 4)
    return bytes(data)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def _twice() -> bytes:
    buffer = io.BytesIO(GOOD)
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("contents/SECTION0.xml", "<a/>")
    return buffer.getvalue()


def _overlapping() -> bytes:
    """Two central entries that share one local file."""
    data = bytearray(_with(a1=b"q" * 50, a2=b"q" * 50))
    first, second = data.rfind(b"a1"), data.rfind(b"a2")
    data[second - 4 : second] = data[first - 4 : first]
    return bytes(data)


def _end_record(entries: int, size: int) -> bytes:
    return (
        b"PK\x03\x04"
        + bytes(60)
        + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, entries, entries, size, 64, 0)
    )


@pytest.mark.parametrize(
    ("data", "said"),
    [
        pytest.param(lambda: _with(bomb=bytes(8 * 1024 * 1024)), "지나치게 커짐", id="ratio"),
        pytest.param(
            lambda: _with(**{f"b{n}": b"\x00" * 15_000_000 for n in range(7)}),
            "지나치게 커짐",
            id="total",
        ),
        pytest.param(lambda: _with(**{"inner.zip": GOOD}), "압축 파일 속에", id="nested"),
        pytest.param(
            lambda: _with(**{"BinData/inner.HWPX": GOOD}), "압축 파일 속에", id="nested document"
        ),
        pytest.param(lambda: _named("../../etc/passwd"), "바깥을", id="traversal"),
        pytest.param(lambda: _named("/etc/passwd"), "바깥을", id="absolute"),
        pytest.param(lambda: _named("C:/x"), "바깥을", id="drive"),
        pytest.param(lambda: _named("..\\x"), "바깥을", id="backslash"),
        pytest.param(lambda: _named("a\x00b"), "바깥을", id="nul"),
        pytest.param(lambda: _edited(_symlink), "바로가기", id="symlink"),
        pytest.param(lambda: _flagged(1), "암호", id="encrypted"),
        pytest.param(
            lambda: _edited(lambda info: setattr(info, "compress_type", zipfile.ZIP_LZMA)),
            "압축 방식",
            id="method",
        ),
        pytest.param(_twice, "두 번", id="duplicate"),
        pytest.param(_overlapping, "겹침", id="overlap"),
        pytest.param(lambda: _end_record(65_535, 100), "너무 많음", id="zip64"),
        pytest.param(lambda: _end_record(3, 10**9), "너무 많음", id="directory"),
        pytest.param(lambda: GOOD[:-1], "잘렸거나", id="cut by one"),
        pytest.param(lambda: GOOD[: len(GOOD) // 2], "잘렸거나", id="cut in the middle"),
        pytest.param(lambda: GOOD + b"x", "잘렸거나", id="something behind"),
        pytest.param(lambda: b"MZ" + GOOD, ".docx나 .hwpx 문서가 아닙니다", id="something before"),
        pytest.param(lambda: b"GIF89a", ".docx나 .hwpx 문서가 아닙니다", id="magic"),
        pytest.param(lambda: b"PK\x03\x04", "잘렸거나", id="only a beginning"),
        pytest.param(
            lambda: b"PK\x05\x06" + bytes(18), ".docx나 .hwpx 문서가 아닙니다", id="empty"
        ),
    ],
)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_each_attack_is_refused_with_its_reason(data: Callable[[], bytes], said: str) -> None:
    for name in ("a.hwpx", "a.docx"):
        with pytest.raises(FileRefused) as refused:
            read_law_file(name, data())
        assert said in refused.value.message


def test_a_million_entries_are_refused_in_no_time_and_no_memory() -> None:
    entry = (
        struct.pack(
            "<4s4B4H3L5H2L", b"PK\x01\x02", 20, 0, 20, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0
        )
        + b"a"
    )
    count = 300_000  # what fits into 20 MB; the end record may only speak of 65,535
    directory = entry * count
    data = b"PK\x03\x04" + bytes(60) + directory
    data += struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 9, 9, len(directory), 64, 0)
    tracemalloc.start()
    started = time.perf_counter()
    with pytest.raises(FileRefused, match="너무 많음"):
        read_law_file("a.hwpx", data)
    spent, (_, peak) = time.perf_counter() - started, tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert spent < 0.5
    assert peak < 1_000_000


def test_a_few_thousand_small_entries_are_too_many() -> None:
    with pytest.raises(FileRefused, match="너무 많음"):
        read_law_file("a.hwpx", _with(**{f"a{n}": b"" for n in range(MOST_ENTRIES)}))


_LAUGHS = '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
_OUTSIDE = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    "declared", [_LAUGHS, _OUTSIDE, '<!DOCTYPE a SYSTEM "http://127.0.0.1:9/x.dtd">']
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-7"])
@pytest.mark.parametrize(
    "part", ["Contents/section0.xml", "Contents/header.xml", "Contents/content.hpf"]
)
def test_a_document_type_is_refused_in_every_part_and_encoding(
    part: str, declared: str, encoding: str
) -> None:
    written = f'<?xml version="1.0" encoding="{encoding}"?>{declared}<a>&x;</a>'
    if encoding == "utf-7":
        written = written.replace(declared, declared.replace("<", "+ADw-").replace("!", "+ACE-"))

    with pytest.raises(FileRefused):
        read_law_file(
            "a.hwpx",
            packed(
                parts(paragraph("글"))
                | {part: written.encode("ascii" if encoding == "utf-7" else encoding)}
            ),
        )


@pytest.mark.parametrize(
    "xml",
    [
        "<a>" * 5_000,
        "<sec>" + "<p>" * 300 + "</p>" * 300 + "</sec>",
        "<sec>" + "<p/>" * 900_000 + "</sec>",
        "<sec " + " ".join(f'a{n}=""' for n in range(1_100_000)) + "/>",
    ],
    ids=["open", "deep", "many", "attributes"],
)
def test_xml_without_measure_is_refused(xml: str) -> None:
    with pytest.raises(FileRefused):
        read_xml(xml.encode())


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_a_document_with_flipped_bytes_is_read_or_refused_and_nothing_else(
    data: st.DataObject,
) -> None:
    broken = bytearray(GOOD)
    for _ in range(data.draw(st.integers(1, 4))):
        broken[data.draw(st.integers(0, len(broken) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(broken)))
    for name, each in (
        ("a.hwpx", bytes(broken)),
        ("a.docx", bytes(broken)),
        ("a.hwpx", bytes(broken[:cut])),
    ):
        try:
            read_law_file(name, each)
        except FileRefused as refused:
            assert refused.message


_TAGS = [
    *(
        "p",
        "run",
        "t",
        "tbl",
        "tr",
        "tc",
        "subList",
        "ctrl",
        "footNote",
        "rect",
        "drawText",
        "secPr",
    ),
    *(
        "compose",
        "deleteBegin",
        "deleteEnd",
        "lineBreak",
        "cellAddr",
        "cellSpan",
        "autoNum",
        "caption",
    ),
]
_XML = st.recursive(
    st.sampled_from(["글", "", "①"]),
    lambda inner: st.tuples(
        st.sampled_from(_TAGS),
        st.sampled_from(
            ["", ' paraPrIDRef="2"', ' colAddr="99999999999"', ' rowSpan="-5" composeText="²"']
        ),
        st.lists(inner, max_size=3),
    ).map(lambda made: f"<{made[0]}{made[1]}>{''.join(made[2])}</{made[0]}>"),
    max_leaves=25,
)


@settings(max_examples=300, deadline=None)
@given(_XML)
def test_any_nesting_of_a_documents_elements_is_read_or_refused(inside: str) -> None:
    made = packed(
        parts("x") | {"Contents/section0.xml": f"<sec><p><run>{inside}</run></p>{inside}</sec>"}
    )
    try:
        read_law_file("a.hwpx", made)
    except FileRefused as refused:
        assert refused.message


def _hwpx_of(count: int) -> bytes:
    lines = [paragraph(f"조문 {number}", shape=1 + number % 3) for number in range(count)]
    return make_hwpx(*lines, *[paragraph(before=footnote("각주")) for _ in range(count // 4)])


def _deep_lists(count: int) -> str:
    return ("<ol><li>" * 100 + "가" * 20 + "</li></ol>" * 100) * (count // 50)


def _seconds(work: Callable[[], object]) -> float:
    """The best of three, in processor time."""
    spent = []
    for _ in range(3):
        started = time.process_time()
        work()
        spent.append(time.process_time() - started)
    return min(spent)


@pytest.mark.parametrize(
    "work",
    [
        lambda count: read_law_file("a.hwpx", _hwpx_of(count)),
        lambda count: text_of_html(_deep_lists(count)),
        lambda count: text_of_html("<p>가&nbsp;</p>" * count * 5),
        lambda count: read_law_file("a.txt", b"\x1b\n" * count * 50 + "가".encode()),
    ],
    ids=["hwpx", "lists", "paragraphs", "controls"],
)
def test_time_grows_with_the_length_and_no_faster(work: Callable[[int], object]) -> None:
    count = 2_000
    work(count)

    once, twice = _seconds(lambda: work(count)), _seconds(lambda: work(2 * count))

    assert twice < 3 * once + 0.05
