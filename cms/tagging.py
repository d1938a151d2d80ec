"""Moves what carries one tag to another, drafts included."""

from __future__ import annotations

from typing import Any

from wagtail.models import Page, Revision

from cms.models import CaseTag, NewsTag, Tag

# How a page's revision names its rows of the through model.
_RELATIONS: dict[Any, str] = {CaseTag: "case_tags", NewsTag: "news_tags"}


def retag(tag: Tag, into: Tag) -> None:
    """Give everything that carries `tag` the tag `into` instead, once."""
    for through in _RELATIONS:
        doubles = through.objects.filter(tag=into).values("content_object")
        through.objects.filter(tag=tag, content_object__in=doubles).delete()
        through.objects.filter(tag=tag).update(tag=into)
    _retag_drafts(tag, into)


def _retag_drafts(tag: Tag, into: Tag) -> None:
    """The newest revision of a page is what its editor opens next: it must not name a tag that is gone."""
    newest = Page.objects.filter(latest_revision__isnull=False).values("latest_revision")
    for revision in Revision.objects.filter(pk__in=newest).iterator():
        changed = False
        for relation in _RELATIONS.values():
            rows: list[dict[str, Any]] = revision.content.get(relation) or []
            if any(row["tag"] == tag.pk for row in rows):
                revision.content[relation] = _replaced(rows, tag.pk, into.pk)
                changed = True
        if changed:
            Revision.objects.filter(pk=revision.pk).update(content=revision.content)


def _replaced(rows: list[dict[str, Any]], old: int, new: int) -> list[dict[str, Any]]:
    kept: dict[int, dict[str, Any]] = {}
    for row in rows:
        key = new if row["tag"] == old else row["tag"]
        kept.setdefault(key, {**row, "tag": key})
    return list(kept.values())
