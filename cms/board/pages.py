"""Tiles of pages: what waits for an answer, cases that say nothing of what came of them, links that lead nowhere."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.models import Page, ReferenceIndex

from cms.board.tiles import Entry, Look, Tile
from cms.models import CaseBookEntry, CasePage, Phase, TagProposal
from cms.models.tags import ProposalState
from cms.queries.case_book import ShownEdition, editions
from cms.queries.desks import WAITING, in_state
from cms.reviews import waiting_entries
from cms.tenancy import municipality_slug
from cms.visibility import public
from coalition.members.models import Municipality
from coalition.members.queries import today

#: An approval that nobody gave for so long is asked about.
SLOW_AFTER = dt.timedelta(days=7)


def owners_of(pages: Sequence[Any]) -> dict[int, Municipality]:
    """Whose each page is, in one query."""
    slugs = {page.pk: municipality_slug(page) for page in pages}
    rows = Municipality.objects.select_related("region").filter(
        slug__in=filter(None, slugs.values())
    )
    by_slug = {row.slug: row for row in rows}
    return {pk: by_slug[slug] for pk, slug in slugs.items() if slug in by_slug}


def _where(page: Any) -> str:
    """The folder of the page: there the secretariat sees it, and who may edit it finds the button."""
    parent = page.get_parent()
    return reverse("wagtailadmin_explore", args=[parent.pk if parent else page.pk])


def _page_entries(pages: Sequence[Any], *, detail: str, since: str) -> list[Entry]:
    owners = owners_of(pages)
    return [
        Entry(
            page.get_admin_display_title(),
            _where(page),
            detail,
            _day(getattr(page, since, None)),
            owners.get(page.pk),
        )
        for page in pages
    ]


def _day(moment: dt.datetime | dt.date | None) -> dt.date | None:
    return timezone.localdate(moment) if isinstance(moment, dt.datetime) else moment


def _slow(look: Look) -> Any:
    waiting = in_state(Page.objects.all(), WAITING)
    return waiting.filter(waiting__lt=timezone.now() - SLOW_AFTER)


def _proposals(look: Look) -> Any:
    return TagProposal.objects.filter(state=ProposalState.WAITING).select_related("municipality")


def _offered(look: Look) -> Any:
    return waiting_entries()


def _offered_entries(rows: Sequence[CaseBookEntry]) -> list[Entry]:
    owners = owners_of([row.page for row in rows])
    return [
        Entry(
            row.page.title,
            f"{reverse('case_book:index')}#entry-{row.pk}",
            "사례집에 낸 사례",
            _day(row.offered_at),
            owners.get(row.page_id),
        )
        for row in rows
    ]


def cases_without_outcome(look: Look | None = None) -> Any:
    """Public cases that are over, or should be, and do not say what came of them."""
    over = Q(phase__in=(Phase.ENDED, Phase.STOPPED)) & (Q(result="") | Q(result_line=""))
    late = Q(phase__in=(Phase.PLANNED, Phase.RUNNING), period_to__lt=today())
    return public(CasePage.objects.filter(over | late)).order_by("period_to", "pk")


def _silent_entries(pages: Sequence[CasePage]) -> list[Entry]:
    owners = owners_of(pages)
    return [
        Entry(
            page.title,
            _where(page),
            "결과가 비어 있습니다" if page.is_finished else "끝난 날이 지났는데 결과가 없습니다",
            page.period_to,
            owners.get(page.pk),
        )
        for page in pages
    ]


def dead_references(look: Look | None = None) -> list[ReferenceIndex]:
    """Of public pages the places that name a page which nobody may read, or a file that is gone."""
    files = get_document_model()
    page_type = ContentType.objects.get_for_model(Page)
    file_type = ContentType.objects.get_for_model(files)
    readable = {str(pk) for pk in public(Page.objects.all()).values_list("pk", flat=True)}
    kept = {str(pk) for pk in files.objects.values_list("pk", flat=True)}
    alive = {page_type.pk: readable, file_type.pk: kept}
    rows = ReferenceIndex.objects.filter(
        base_content_type=page_type, to_content_type__in=(page_type, file_type)
    )
    return [
        row
        for row in rows.order_by("object_id", "pk")
        if row.object_id in readable and row.to_object_id not in alive[row.to_content_type_id]
    ]


def _dead_entries(rows: Sequence[ReferenceIndex]) -> list[Entry]:
    pages = Page.objects.in_bulk({int(row.object_id) for row in rows})
    owners = owners_of(list(pages.values()))
    file_type = ContentType.objects.get_for_model(get_document_model())
    return [
        Entry(
            pages[int(row.object_id)].title,
            _where(pages[int(row.object_id)]),
            "지워진 문서를 가리킵니다"
            if row.to_content_type_id == file_type.pk
            else "공개되지 않은 쪽을 가리킵니다",
            place=owners.get(int(row.object_id)),
        )
        for row in rows
    ]


def broken_editions(look: Look | None = None) -> list[ShownEdition]:
    """The newest case book, when a case in it went: until another edition is made it can't be had."""
    return [one for one in editions()[:1] if not one.is_whole]


TILES = (
    Tile(
        "approvals",
        "늦어지는 결재",
        "이레 넘게 결재를 기다리는 글입니다. 그 지방정부의 결재자가 승인하거나 돌려보냅니다.",
        _slow,
        lambda rows: _page_entries(rows, detail="결재 대기", since="waiting"),
    ),
    Tile(
        "case-book",
        "사례집 확인",
        "공개된 사례를 읽고 공동 사례집에 실을지 정합니다.",
        _offered,
        _offered_entries,
    ),
    Tile(
        "case-book-editions",
        "내려간 사례가 든 사례집",
        "가장 새 판에 실은 사례가 내려가 내려받을 수 없습니다. 새 판을 만듭니다.",
        broken_editions,
        lambda rows: [
            Entry(str(one.row), reverse("case_book:make"), since=one.row.on) for one in rows
        ],
    ),
    Tile(
        "tag-proposals",
        "주제어 제안",
        "받아들이거나 까닭을 적어 답합니다.",
        _proposals,
        lambda rows: [
            Entry(row.name, reverse("tags_desk:index"), row.reason, place=row.municipality)
            for row in rows
        ],
    ),
    Tile(
        "cases-without-outcome",
        "결과 없는 사례",
        "끝났거나 끝날 날이 지났는데 결과가 적히지 않은 사례입니다.",
        cases_without_outcome,
        _silent_entries,
    ),
    Tile(
        "dead-links",
        "끊어진 링크",
        "공개된 쪽이 내려간 쪽이나 지워진 문서를 가리킵니다. 그 쪽을 고쳐 다시 공개합니다.",
        dead_references,
        _dead_entries,
    ),
)
