"""한글·워드 문서에서 가져오기: the blocks of a document become a case's draft, its original a file beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import transaction
from django.utils.html import escape
from wagtail.models import Page

from cms.models import CaseIndexPage, CasePage, HubDocument, MunicipalityPage
from coalition.drafts.files import Heading, Paragraph, Prose, Table
from coalition.drafts.originals import refuse_what_is_no_original
from coalition.members.models import Municipality
from coalition.record.actions import record_event
from coalition.record.models import User
from coalition.record.privacy import Level, find_personal_data

LONGEST_TITLE = 200
LONGEST_HEADING = 120
LONGEST_CAPTION = 150
#: Headings of a report whose text has a field of its own in the case.
FIELDS = {
    "problem": re.compile(r"(?:추진 ?)?배경|문제|필요성|현황과 문제|현황 및 문제점|문제점"),
    "result": re.compile(r"(?:주요 ?|추진 ?)?(?:성과|결과|효과)"),
    "limits": re.compile(r"한계|한계점|아쉬운 점|한계와 과제|한계 및 과제|문제점과 한계"),
}
_FIELD_NAMES = {"problem": "문제", "result": "결과", "limits": "한계"}
_NUMBER = re.compile(r"^(?:[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]|\d{1,2})\s*[.)]?\s+|^[가-하]\.\s*")
_CAPTION = re.compile(r"[<\[〈(]?\s*표\s*\d*[-–.]?\d*\s*[>\]〉).:]?\s*(?P<words>.*?)\s*[>\]〉]?")
_UNCAPTIONED = "표 {number}"


@dataclass(frozen=True, slots=True)
class Brought:
    """Where each part of a document goes in a case. `fields` are rich text, `story` StreamField blocks."""

    title: str
    fields: dict[str, str]
    story: list[dict[str, Any]]

    @property
    def field_labels(self) -> list[tuple[str, str]]:
        return [(_FIELD_NAMES[name], text) for name, text in self.fields.items()]


def sort_out(prose: Prose, filename: str = "") -> Brought:
    """The first line is the title; what stands below a heading of FIELDS goes there, all else into the story."""
    blocks = list(prose.blocks)
    title = filename.rpartition(".")[0].strip()
    first = blocks[0] if blocks else None
    if isinstance(first, Heading | Paragraph) and len(first.text) <= 100:
        title = first.text.replace("\n", " ")
        blocks.pop(0)
    fields: dict[str, str] = {}
    story: list[dict[str, Any]] = []
    for heading, below in _sections(blocks):
        name = _field_of(heading)
        plain = [block for block in below if isinstance(block, Paragraph)]
        if name and name not in fields and below and len(plain) == len(below):
            fields[name] = "".join(_paragraph(block.text) for block in plain)
            continue
        if heading:
            story.append({"type": "heading", "value": heading[:LONGEST_HEADING]})
        story += _story(below, sum(block["type"] == "table" for block in story))
    return Brought((title or "제목 없는 사례")[:LONGEST_TITLE], fields, story)


def personal_data(prose: Prose) -> tuple[list[str], list[str]]:
    """(what stops the document, what somebody should look at), by line of its text, never what was found."""
    stopped: list[str] = []
    held: list[str] = []
    for number, line in enumerate(prose.text.split("\n"), 1):
        for hit in find_personal_data(line):
            said = f"{number}째 줄: {hit.reason}"
            (stopped if hit.level is Level.STOP else held).append(said)
    return stopped, held


@transaction.atomic
def bring_case(
    *, brought: Brought, municipality: Municipality, original: File[bytes] | None, by: User
) -> CasePage:
    """A draft case of what was brought, with its original as a private document in the story's last block.

    Raises ValidationError when the original is no such file, or a number that must not be kept stands in it.
    """
    index = _case_index(municipality)
    story = list(brought.story)
    document = None
    if original is not None:
        document = _keep_original(original, municipality, brought.title, by)
        story.append({"type": "file", "value": {"document": document.pk, "note": "원본 문서"}})
    page = CasePage(title=brought.title, live=False, owner=by, **brought.fields)
    page.story = _stream(story)
    page = Page.objects.select_for_update().get(pk=index.pk).add_child(instance=page)
    page.save_revision(user=by, clean=False)
    record_event(
        "case.brought",
        page,
        by=by,
        municipality=municipality.code,
        original=document.pk if document else None,
    )
    return page


def _case_index(municipality: Municipality) -> CaseIndexPage:
    root = MunicipalityPage.objects.filter(municipality=municipality).first()
    index = CaseIndexPage.objects.child_of(root).first() if root else None
    if index is None:
        raise ValidationError(f"{municipality}의 사례 자리가 없습니다. 사무국에 알려 주세요.")
    return index


def _keep_original(
    file: File[bytes], municipality: Municipality, title: str, by: User
) -> HubDocument:
    name = (file.name or "").rpartition("/")[2]
    refuse_what_is_no_original(name, file.size, file)
    if find_personal_data(name):
        raise ValidationError(
            "원본 파일의 이름에 개인정보로 보이는 글이 있습니다. 이름을 바꾸세요."
        )
    document = HubDocument(
        title=f"{title[:180]} (원본)",
        collection=MunicipalityPage.objects.get(municipality=municipality).collection,
        uploaded_by_user=by,
        credit=municipality.full_name,
    )
    document.file.save(name, file, save=False)
    document._set_document_file_metadata()  # noqa: SLF001 (what Wagtail's own upload does)
    document.save()
    document.file.close()
    return document


def _stream(story: list[dict[str, Any]]) -> Any:
    field: Any = CasePage._meta.get_field("story")
    return field.stream_block.to_python(story)


def _sections(blocks: list[Any]) -> Iterator[tuple[str, list[Any]]]:
    heading = ""
    below: list[Any] = []
    for block in blocks:
        if isinstance(block, Heading):
            if heading or below:
                yield heading, below
            heading, below = block.text, []
        else:
            below.append(block)
    if heading or below:
        yield heading, below


def _field_of(heading: str) -> str:
    words = _NUMBER.sub("", heading).strip()
    return next((name for name, said in FIELDS.items() if said.fullmatch(words)), "")


def _story(blocks: list[Any], tables: int) -> Iterator[dict[str, Any]]:
    """Paragraphs that follow one another are one block; a table takes the line above it that names it."""
    running: list[str] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            running.append(block.text)
            continue
        tables += 1
        caption = ""
        if running and "\n" not in running[-1] and len(running[-1]) <= LONGEST_CAPTION:
            named = _CAPTION.fullmatch(running[-1])
            if named and named["words"]:
                caption = named["words"]
                running.pop()
        if running:
            yield {"type": "paragraph", "value": "".join(map(_paragraph, running))}
            running = []
        yield _table(block, caption or _UNCAPTIONED.format(number=tables))
    if running:
        yield {"type": "paragraph", "value": "".join(map(_paragraph, running))}


def _paragraph(text: str) -> str:
    return f"<p>{'<br/>'.join(escape(line) for line in text.split(chr(10)))}</p>"


def _table(table: Table, caption: str) -> dict[str, Any]:
    header, *rows = table.rows
    return {
        "type": "table",
        "value": {
            "caption": caption,
            "table": {
                "columns": [{"type": "text", "heading": name} for name in header],
                "rows": [{"values": row} for row in rows],
                "caption": "",
            },
            "source": "",
        },
    }
