"""The PDF is opened again: its text, its fonts, its pages. Needs Debian's libpango and a Korean font."""

from __future__ import annotations

import io
import re
import subprocess
from collections.abc import Callable

import pypdf
import pytest

from coalition.drafts.exports import Edition, printing
from coalition.drafts.exports.paper import html_of
from tests.coalition.drafts.exports.conftest import make_demo_edition
from tests.services.pango import require_pango

MakeEdition = Callable[..., Edition]


@pytest.fixture(scope="module", autouse=True)
def _needs_pango() -> None:
    require_pango()


@pytest.fixture(scope="module")
def printed() -> pypdf.PdfReader:
    """The demo bill, printed once for this module."""
    data = printing.print_pdf(make_demo_edition(), seconds=120)
    return pypdf.PdfReader(io.BytesIO(data))


def test_the_text_of_all_pages_is_the_source(printed: pypdf.PdfReader, edition: Edition) -> None:
    found = "".join("".join(page.extract_text().split()) for page in printed.pages)
    for margin in (edition.citation, f"sha256 {edition.sha256}"):
        found = found.replace("".join(margin.split()), "")
    found = re.sub(rf"\d+/{len(printed.pages)}", "", found).replace("시연용초안", "")

    assert found == "".join(edition.source.split())


def test_every_page_says_version_hash_number_and_that_it_is_a_demo(
    printed: pypdf.PdfReader, edition: Edition
) -> None:
    assert len(printed.pages) > 3
    for number, page in enumerate(printed.pages, 1):
        words = "".join(page.extract_text().split())
        assert edition.sha256 in words
        assert "v0.3(2026.9.1.)[시연용초안]" in words
        assert f"{number}/{len(printed.pages)}" in words


def test_korean_fonts_are_embedded_and_there_are_no_others(printed: pypdf.PdfReader) -> None:
    names = set()
    for page in printed.pages:
        for font in page["/Resources"]["/Font"].values():
            (inner,) = font.get_object()["/DescendantFonts"]
            descriptor = inner.get_object()["/FontDescriptor"]
            assert {"/FontFile2", "/FontFile3"} & set(descriptor)
            names.add(font.get_object()["/BaseFont"])

    assert names
    assert all("CJK-KR" in name or "Nanum" in name or "KR" in name for name in names)


def test_it_is_tagged_titled_korean_and_has_an_outline(
    printed: pypdf.PdfReader, edition: Edition
) -> None:
    root = printed.trailer["/Root"]

    assert root["/Lang"] == "ko"
    assert root["/MarkInfo"]["/Marked"]
    assert printed.metadata is not None
    assert printed.metadata.title == edition.citation
    titles = str(printed.outline)
    assert "제1장 총칙" in titles
    assert "제1조(목적)" in titles


def test_markup_in_a_text_is_text(make_edition: MakeEdition) -> None:
    edition = make_edition(
        '</style><img src="http://127.0.0.1:9/x">\n제1조(목적) <b>&amp;</b>\n',
        title='</style>"<script>',
        fictional=False,
    )

    assert "<img" not in html_of(edition)
    assert "<script" not in html_of(edition)
    (page,) = pypdf.PdfReader(io.BytesIO(printing.print_pdf(edition, seconds=120))).pages
    assert "<b>&amp;</b>" in page.extract_text()
    assert "시연용" not in page.extract_text()


def test_what_takes_too_long_is_stopped(edition: Edition) -> None:
    with pytest.raises(printing.PrintingFailed, match="제때"):
        printing.print_pdf(edition, seconds=0.01)


def test_a_printer_that_breaks_is_told_in_words(
    edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> subprocess.CompletedProcess[bytes]:
        return subprocess.CompletedProcess([], 1, b"", b"OSError: cannot load library")

    monkeypatch.setattr(printing.subprocess, "run", broken)

    with pytest.raises(printing.PrintingFailed, match="cannot load library"):
        printing.print_pdf(edition, seconds=5)
