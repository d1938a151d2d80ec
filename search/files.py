"""Uploaded documents as findable parts: only those that a public page uses, read once by the worker.

A file is private until a public page names it (cms.references). That changes without an Event too, when a
page drops its link or Wagtail's reference index comes late, so the worker also compares what is shown with what
may be read. What must be gone at once is hidden in the transaction that takes it away.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import CharField, Exists, IntegerField, OuterRef, Q, QuerySet
from django.db.models.functions import Cast
from django.utils import timezone
from wagtail.models import Page, ReferenceIndex

from cms.models import HubDocument, MunicipalityPage
from coalition.members.models import Municipality
from coalition.record.models import Event
from search.extraction import Extract, extract
from search.models import DocumentText, Kind, SearchDocument, TextState
from search.pages import readable_pages
from search.source import Document, Label, Source, place_labels, year_label

logger = logging.getLogger(__name__)

NAME = "document"
_AT_ONCE = 50
_given_up: set[int] = set()


# ---- which documents -----------------------------------------------------------------------------------


def readable_documents() -> QuerySet[HubDocument]:
    """Those that a page names which anybody may read now."""
    page = Cast(OuterRef("object_id"), IntegerField())
    uses = ReferenceIndex.objects.filter(
        Exists(readable_pages().filter(pk=page)),
        base_content_type=ContentType.objects.get_for_model(Page),
        to_content_type=ContentType.objects.get_for_model(HubDocument),
        to_object_id=Cast(OuterRef("pk"), CharField()),
    )
    documents: QuerySet[HubDocument] = HubDocument.objects.filter(Exists(uses))
    return documents


def _affected(event: Event) -> Iterable[int]:
    """What the page of this Event, and every page below it, names."""
    page = Page.objects.filter(pk=event.object_id).first()
    if page is None:
        return []
    pages = page.get_descendants(inclusive=True).values_list("pk", flat=True)
    named = ReferenceIndex.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page),
        to_content_type=ContentType.objects.get_for_model(HubDocument),
        object_id__in=[str(pk) for pk in pages],
    )
    return sorted({int(pk) for pk in named.values_list("to_object_id", flat=True)})


def _everything() -> list[int]:
    return list(HubDocument.objects.order_by("pk").values_list("pk", flat=True))


# ---- documents -----------------------------------------------------------------------------------------


def _build(pks: Sequence[int]) -> Iterator[Document]:
    """The parts of every file that was read; a file that could not be read by its title alone."""
    found = readable_documents().filter(pk__in=pks).exclude(search_text__isnull=True)
    documents = found.exclude(search_text__state=TextState.WITHHELD)
    documents = documents.select_related("collection", "search_text").order_by("pk")
    places = _places() if documents else {}
    for document in documents:
        place = next((m for path, m in places.items() if _stands_in(document, path)), None)
        parts = document.search_text.parts or [[0, ""]]
        for number, (page, text) in enumerate(parts):
            yield _part(document, place, number, page, text)


def _part(
    document: HubDocument, place: Municipality | None, number: int, page: int, text: str
) -> Document:
    uploaded = timezone.localdate(document.created_at)
    labels = (
        Label("kind", Kind.DOCUMENT.value, str(Kind.DOCUMENT.label)),
        *place_labels(place),
        *year_label(uploaded.year),
    )
    said = [label.name for label in labels if label.facet == "region"]
    return Document(
        kind=Kind.DOCUMENT,
        key=f"{document.pk}/{number}" if number else str(document.pk),
        owner=document.pk,
        url=f"{document.url}#page={page}" if page else document.url,
        title=document.title,
        body=text,
        tags=() if number else (*said, *filter(None, (document.credit, document.filename))),
        labels=labels,
        municipality=place,
        note=f"{document.kind} {page}쪽" if page else document.kind,
        date=uploaded,
        fictional=place is not None and place.fictional,
        named=not number,
    )


def _places() -> dict[str, Municipality]:
    """Municipalities by the path of their collection."""
    pages = MunicipalityPage.objects.select_related("collection", "municipality__region")
    return {page.collection.path: page.municipality for page in pages if page.collection}


def _stands_in(document: HubDocument, path: str) -> bool:
    return bool(document.collection.path.startswith(path))


DOCUMENTS = Source(
    name=NAME,
    verbs=frozenset(
        {
            "page.published",
            "page.unpublished",
            "page.restricted",
            "page.unrestricted",
            "page.moved",
        }
    ),
    affected=_affected,
    build=_build,
    readable=readable_documents,
    everything=_everything,
    kinds=frozenset({Kind.DOCUMENT}),
    hides=frozenset({"page.unpublished", "page.restricted", "page.moved"}),
)


# ---- the worker's part ---------------------------------------------------------------------------------


def read_documents() -> int:
    """Read one file that nobody has read as it is now, then show and hide what changed; how many."""
    due = Q(search_text__isnull=True) | Q(search_text__stale=True)
    document = readable_documents().filter(due).order_by("pk").first()
    if document is not None:
        _keep(document, _read(document))
        _project([document.pk])
        return 1
    return _project(sorted(_differing())[:_AT_ONCE])


def _read(document: HubDocument) -> Extract:
    try:
        with document.open_file() as file:
            return extract(document.filename, file.read())
    except OSError:
        logger.warning("문서 %s의 파일을 열지 못했습니다", document.pk)
        return Extract(refused="파일을 열지 못했습니다.")


def _keep(document: HubDocument, found: Extract) -> None:
    state = TextState.READ
    if found.stopped or found.refused:
        state = TextState.WITHHELD if found.stopped else TextState.UNREADABLE
    DocumentText.objects.update_or_create(
        document_id=document.pk,
        defaults={
            "state": state,
            "parts": [[part.page, part.text] for part in found.parts],
            "stopped": [[each.kind, each.page] for each in found.stopped],
            "reason": found.refused[:300],
            "stale": False,
        },
    )
    _given_up.discard(document.pk)


def _differing() -> set[int]:
    """Documents that are shown and may not be, or the other way round."""
    rows = SearchDocument.objects.filter(owner_kind=NAME, deleted=False)
    shown = set(rows.values_list("owner_id", flat=True).distinct())
    wanted = readable_documents().filter(search_text__isnull=False)
    findable = wanted.exclude(search_text__state=TextState.WITHHELD)
    return (shown ^ set(findable.values_list("pk", flat=True))) - _given_up


def _project(pks: Sequence[int]) -> int:
    from search.projection import project_patiently

    if not pks:
        return 0
    changed = project_patiently(DOCUMENTS, pks)
    _given_up.update(_differing() & set(pks))  # told by the log; `search_check` goes on naming them
    return changed


# ---- at once -------------------------------------------------------------------------------------------


def mark_changed(instance: HubDocument, **kwargs: Any) -> None:
    """Receiver of post_save: the worker reads the file again."""
    DocumentText.objects.filter(document_id=instance.pk).update(stale=True)


def hide_deleted(instance: HubDocument, **kwargs: Any) -> None:
    """Receiver of post_delete on HubDocument: in the same transaction nothing of it is found any more."""
    _erase_rows(Q(owner_id=instance.pk))


def hide_orphans(instance: Page, **kwargs: Any) -> None:
    """Receiver of post_delete on Page: so is a document that no other public page uses."""
    _erase_rows(~Q(owner_id__in=readable_documents().values("pk")))


def _erase_rows(condition: Q) -> None:
    from search.clock import Clock
    from search.projection import erase

    rows = SearchDocument.objects.filter(condition, owner_kind=NAME)
    if not rows.exclude(title="").exists():
        return
    with transaction.atomic():
        clock = Clock.locked()
        if erase(clock, rows):
            clock.save()
