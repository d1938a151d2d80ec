"""DOCX: every line of the source is a paragraph with a style; headings are real headings.

The body holds the source and nothing else, so that what is read back is what was published. Title, version,
hash and page number stand in the footer.
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import Any

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from coalition.drafts.exports.edition import Edition, writable
from coalition.drafts.exports.layout import Line, lines_of

SERIF, SANS = "바탕", "맑은 고딕"
_STYLES = {
    "article": ("조", 0), "paragraph": ("항", 0), "item": ("호", 5), "subitem": ("목", 10),
    "subsubitem": ("세목", 15), "note": ("주", 0), "text": ("이어지는 줄", 0),
}  # fmt: skip
_OUTLINE_OF_ARTICLES = "5"
_WHEN = (1980, 1, 1, 0, 0, 0)


def write(edition: Edition) -> bytes:
    document = docx.Document()
    _prepare_styles(document)
    _prepare_page(document, edition)
    _describe(document, edition)
    style_ids = {style.name: style.style_id for style in document.styles}
    for line in lines_of(edition.source):
        _add(document, style_ids, line)
    buffer = io.BytesIO()
    document.save(buffer)
    return _without_times(buffer.getvalue())


def _add(document: Any, style_ids: dict[str, str], line: Line) -> None:
    """A paragraph; its style is set by id, because python-docx would search all styles for each."""
    paragraph = document.add_paragraph()
    if line.kind == "bill":
        name = "Title"
    elif line.level:
        name = f"Heading {min(line.level, 6) - 1}"
    else:
        name = _STYLES[line.kind][0]
        if line.text[:1] in (" ", "\t", "\u3000"):
            paragraph.paragraph_format.left_indent = Mm(0)  # the source brings its own blanks
    paragraph._p.style = style_ids[name]  # noqa: SLF001
    if line.head and not line.level:
        paragraph.add_run(line.head).bold = True
        paragraph.add_run(line.rest)
    else:
        paragraph.add_run(line.text)


def _prepare_styles(document: Any) -> None:
    styles = document.styles
    _set_font(styles["Normal"], SERIF, 10.5)
    styles["Normal"].paragraph_format.line_spacing = 1.5
    styles["Normal"].paragraph_format.space_after = Pt(2)
    _set_font(styles["Title"], SANS, 17, bold=True)
    styles["Title"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    borders = styles["Title"].element.find(f".//{qn('w:pBdr')}")
    if borders is not None:
        borders.getparent().remove(borders)
    for level in range(1, 6):
        _set_font(styles[f"Heading {level}"], SANS, 14 - level, bold=True)
    for name, indent in _STYLES.values():
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = styles["Normal"]
        style.quick_style = True
        style.paragraph_format.left_indent = Mm(indent)
    outline = OxmlElement("w:outlineLvl")  # articles show in Word's navigation, under their chapter
    outline.set(qn("w:val"), _OUTLINE_OF_ARTICLES)
    styles[_STYLES["article"][0]].element.get_or_add_pPr().append(outline)


def _set_font(style: Any, face: str, size: float, *, bold: bool = False) -> None:
    style.font.name = face
    style.font.size = Pt(size)
    style.font.bold = bold
    style.font.italic = False
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:eastAsia"), face)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "ko-KR")
    language.set(qn("w:eastAsia"), "ko-KR")
    style.element.get_or_add_rPr().append(language)


def _prepare_page(document: Any, edition: Edition) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(25)
    section.top_margin = section.bottom_margin = Mm(25)
    if edition.notice:
        section.header.paragraphs[0].text = edition.notice
    footer = section.footer.paragraphs[0]
    footer.style.font.size = Pt(8)
    footer.add_run(writable(edition.citation))
    footer.add_run(f"\nsha256 {edition.sha256}\n")
    _add_field(footer, "PAGE")
    footer.add_run(" / ")
    _add_field(footer, "NUMPAGES")


def _add_field(paragraph: Any, name: str) -> None:
    """A number that Word computes."""
    for kind, text in (("begin", ""), ("", name), ("separate", ""), ("text", "1"), ("end", "")):
        run = paragraph.add_run()
        if kind == "text":
            run.text = text
            continue
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        run._r.append(element)  # noqa: SLF001 (python-docx has no fields)


def _describe(document: Any, edition: Edition) -> None:
    properties = document.core_properties
    properties.title = writable(edition.citation)[:255]
    properties.subject = edition.notice
    properties.author = ""
    properties.comments = ""
    properties.keywords = f"sha256 {edition.sha256}"
    properties.version = edition.no
    properties.identifier = edition.address[:255]
    properties.language = "ko-KR"
    midnight = dt.datetime.combine(edition.date, dt.time(), dt.UTC)
    properties.created = properties.modified = midnight
    properties.last_modified_by = ""


def _without_times(data: bytes) -> bytes:
    """The same package with one fixed time on each part: the same edition gives the same bytes."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as read,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as written,
    ):
        for info in read.infolist():
            fixed = zipfile.ZipInfo(info.filename, _WHEN)
            fixed.compress_type = zipfile.ZIP_DEFLATED
            fixed.external_attr = 0o600 << 16
            written.writestr(fixed, read.read(info.filename))
    return buffer.getvalue()
