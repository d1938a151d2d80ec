"""공동 사례집: which cases may stand in it, what is printed of each, and the editions that were made."""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.formats import date_format
from wagtail.models import Page

from cms.blocks import METHOD_LABELS
from cms.models import CaseBookEdition, CaseBookEntry, CaseBookState, CasePage
from cms.templatetags.hub import amount, won
from cms.tenancy import municipality_slug
from cms.visibility import public
from coalition.advocacy.packets.sheet import Part, Table, html_of, text_of
from coalition.members.models import Municipality

_BREAK = re.compile(r"</(?:p|li|h\d|blockquote)>|<br\s*/?>|<hr\s*/?>")
_TAG = re.compile(r"<[^>]*>")


def takeable() -> QuerySet[CasePage]:
    """Public cases that the 사무국 confirmed last and whose municipality still offers them."""
    decided = CaseBookEntry.objects.filter(page=OuterRef("pk")).exclude(state=CaseBookState.WAITING)
    last = decided.order_by("-decided_at", "-pk").values("state")[:1]
    pages: QuerySet[CasePage] = public(CasePage.objects.filter(in_case_book=True))
    return (
        pages.annotate(verdict=Subquery(last)).filter(verdict=CaseBookState.TAKEN).order_by("path")
    )


@dataclass(frozen=True, slots=True)
class Book:
    """A case book that is about to be printed: what stands in it, and the hash of that."""

    title: str
    foreword: str
    number: int
    pages: list[CasePage]
    owners: list[Municipality]
    parts: list[Part]

    @property
    def sha256(self) -> str:
        """Of the words and of the texts that they were taken from; the number of the edition is none of them."""
        told = text_of(f"{self.title}\n{self.foreword}", self.parts)
        told += "\n".join(f"{page.pk} {page.live_revision_id}" for page in self.pages)
        return hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()

    @property
    def fictional(self) -> bool:
        return any(owner.fictional for owner in self.owners)

    def as_html(self, day: str) -> str:
        """The whole book, for the printer."""
        notice = "시연용: 지어낸 사례가 들어 있습니다" if self.fictional else ""
        footer = f"{self.title} 제{self.number}판 ({day})\n내용 sha256 {self.sha256}"
        return html_of(
            f"{self.title} 제{self.number}판",
            self.parts,
            notice=notice,
            footer=footer,
            book=True,
            foreword=_paragraphs_of_text(self.foreword),
        )


def book_of(*, title: str, foreword: str, number: int, pages: Sequence[CasePage]) -> Book:
    """A book of these cases in this order."""
    owners = _owners(pages)
    kept = [page for page in pages if page.pk in owners]
    return Book(
        title.strip(),
        foreword.strip(),
        number,
        kept,
        [owners[page.pk] for page in kept],
        [_chapter(page, owners[page.pk]) for page in kept],
    )


def _owners(pages: Iterable[CasePage]) -> dict[int, Municipality]:
    slugs = {page.pk: municipality_slug(page) or "" for page in pages}
    rows = Municipality.objects.select_related("region").filter(slug__in=slugs.values())
    found = {row.slug: row for row in rows}
    return {pk: found[slug] for pk, slug in slugs.items() if slug in found}


def _chapter(page: CasePage, owner: Municipality) -> Part:
    place = f"{owner.full_name}{' (가상)' if owner.fictional else ''}"
    return Part(f"{page.title} – {place}", tuple(_lines(page, place)))


def _lines(page: CasePage, place: str) -> Iterator[str | Table]:
    yield from _facts(page, place)
    if page.result_line:
        yield f"# {page.result_line}"
    yield from _numbers(page)
    told: tuple[tuple[str, Sequence[str | Table]], ...] = (
        ("문제", paragraphs(page.problem)),
        ("제도적 장애", [_barrier(row) for row in page.barriers.all()]),
        ("대화", [_dialogue(block.value) for block in page.dialogue]),
        ("모델", paragraphs(page.approach)),
        ("공공일자리와 다른 점", list(_differences(page))),
        ("과정", [_step(block.value) for block in page.process]),
        ("결과", paragraphs(page.result)),
        ("한계", paragraphs(page.limits) or ["한계가 아직 적히지 않았습니다."]),
        ("전이조건", [_condition(block.value) for block in page.conditions]),
        ("더 할 이야기", list(_story(page))),
        ("출처", _sources(page, place)),
    )
    for heading, lines in told:
        if lines:
            yield f"# {heading}"
            yield from lines


def _facts(page: CasePage, place: str) -> Iterator[str]:
    period = "–".join(date_format(day) if day else "" for day in (page.period_from, page.period_to))
    target = ": ".join(part for part in (page.get_target_display(), page.target_note) if part)
    told = (
        ("지방정부", place),
        ("단계", page.get_phase_display()),
        ("기간", period.strip("–") and period),
        ("대상", target),
        ("예산", " ".join(part for part in (won(page.budget), page.budget_note) if part)),
    )
    yield " | ".join(f"{label} {value}" for label, value in told if value)


def _barrier(row: Any) -> str:
    rule = f" ({row.rule})" if row.rule else ""
    text = row.text.rstrip(".")
    return f"{row.get_kind_display()}: {text}{rule}. 확인: {row.proof} {row.address}".rstrip()


def _dialogue(value: Any) -> str:
    people = f", {value['people']}명" if value.get("people") else ""
    head = f"{METHOD_LABELS.get(value['method'], '')} {value.get('period') or ''}{people}".strip()
    return f"{head}: {value['text']}"


def _step(value: Any) -> str:
    told = (value["title"], value.get("text"), value.get("note"))
    return ". ".join(part.rstrip(".") for part in told if part)


def _condition(value: Any) -> str:
    return f"{value['what']}{': ' + value['why'] if value.get('why') else ''}"


def _story(page: CasePage) -> Iterator[str | Table]:
    for block in page.story:
        if block.block_type == "table":
            value = block.value
            yield f"{value['caption']}{' (출처: ' + value['source'] + ')' if value['source'] else ''}"
            head = tuple(str(column["heading"]) for column in value["table"].columns)
            yield (head, *(tuple(_cell(cell) for cell in row) for row in value["table"].rows))
        elif block.block_type == "quote":
            value = block.value
            told = ", ".join(part for part in (value["speaker"], value.get("source")) if part)
            yield f"“{value['text']}” – {told}"
        else:
            for text in block.block.get_searchable_content(block.value):
                yield from paragraphs(str(text))


def _cell(cell: Any) -> str:
    return amount(cell.value) if cell.value is not None else ""


def _sources(page: CasePage, place: str) -> list[str]:
    """Where every figure is from, how the case is quoted, and where it stands."""
    lines = list(dict.fromkeys(f"{row.label}: {row.source}" for row in page.numbers.all()))
    day = page.last_published_at or page.first_published_at
    lines.append(f"{place}, 「{page.title}」, {date_format(day) if day else ''}")
    lines.append(f"{settings.HUB_BASE_URL}{page.address}")
    return lines


def _numbers(page: CasePage) -> Iterator[Table]:
    numbers = list(page.numbers.all())
    if numbers:
        head = ("핵심 수치", "앞", "뒤", "n", "어떻게 쟀나")
        yield (head, *(_number(row) for row in numbers))


def _differences(page: CasePage) -> Iterator[Table]:
    if page.differences:
        aspects = ("견줄 것", "기존 공공일자리", "이 사례")
        rows = [block.value for block in page.differences]
        yield (aspects, *((row["aspect"], row["existing"], row["here"]) for row in rows))


def _number(row: Any) -> tuple[str, ...]:
    before = f"{amount(row.before)}{row.unit}" if row.before is not None else ""
    after = f"{amount(row.value)}{row.unit}"
    if row.hides_value:
        before, after = "가림" if before else "", "가림"
    n = "n<5" if row.hides_n else f"n={row.n:,}"
    measured = ", ".join(part for part in (row.respondents, row.measured) if part)
    return (row.label, before, after, n, measured)


def paragraphs(rich: str) -> list[str]:
    """The words of a rich text, a paragraph each."""
    bare = html.unescape(_TAG.sub("", _BREAK.sub("\n", rich))).replace("\xa0", " ")
    return [line.strip() for line in bare.split("\n") if line.strip()]


def _paragraphs_of_text(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


# Editions that were made


@dataclass(frozen=True, slots=True)
class ShownChapter:
    """A case of an edition. `address` is empty when nobody may read its page any more."""

    place: int
    title: str
    municipality: Municipality
    address: str


@dataclass(frozen=True, slots=True)
class ShownEdition:
    """An edition. It is given to readers as long as all its cases are public."""

    row: CaseBookEdition
    chapters: list[ShownChapter]

    @property
    def is_whole(self) -> bool:
        return all(chapter.address for chapter in self.chapters)


def editions() -> list[ShownEdition]:
    """Every edition, newest first, in three questions."""
    rows = list(
        CaseBookEdition.objects.select_related("document").prefetch_related(
            "chapters__municipality__region"
        )
    )
    keys = {chapter.page_key for row in rows for chapter in row.chapters.all()}
    pages = public(Page.objects.filter(pk__in=keys)).only("pk", "url_path", "depth")
    addresses = {page.pk: CasePage(url_path=page.url_path).address for page in pages}
    return [
        ShownEdition(
            row,
            [
                ShownChapter(
                    chapter.place,
                    chapter.title,
                    chapter.municipality,
                    addresses.get(chapter.page_key, ""),
                )
                for chapter in row.chapters.all()
            ],
        )
        for row in rows
    ]


def edition_numbered(number: int) -> ShownEdition | None:
    """One edition, or None."""
    return next((one for one in editions() if one.row.number == number), None)
