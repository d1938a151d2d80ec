"""Letters and resolutions as files: the same words give the same bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

FACE = "바탕"
_WHEN = (1980, 1, 1, 0, 0, 0)


def text_of(title: str, lines: Sequence[str], notice: str = "") -> bytes:
    """The letter as plain text."""
    head = [f"[{notice}]", ""] if notice else []
    return "\n".join([*head, title, "", *lines, ""]).encode("utf-8")


def docx_of(title: str, lines: Sequence[str], notice: str = "") -> bytes:
    """The letter as .docx: a title and a paragraph for every line; a line that begins with # is a heading."""
    document: Any = docx.Document()
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FACE, Pt(11)
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FACE)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    if notice:
        section.header.paragraphs[0].text = notice
    head = document.add_paragraph()
    head.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = head.add_run(title)
    run.bold, run.font.size = True, Pt(16)
    for line in lines:
        paragraph = document.add_paragraph()
        run = paragraph.add_run(line.removeprefix("# "))
        run.bold = line.startswith("# ")
    properties = document.core_properties
    properties.title, properties.author, properties.language = title[:255], "", "ko-KR"
    written = io.BytesIO()
    document.save(written)
    with zipfile.ZipFile(io.BytesIO(written.getvalue())) as package:
        members = {name: package.read(name) for name in package.namelist()}
    return zipped(members)


def zipped(members: Mapping[str, bytes]) -> bytes:
    """A ZIP whose members are sorted and have one fixed time: equal contents are equal bytes."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as package:
        for name in sorted(members):
            info = zipfile.ZipInfo(name, _WHEN)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            package.writestr(info, members[name])
    return written.getvalue()
