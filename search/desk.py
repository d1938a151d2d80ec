"""What the editing desk is searched by: every page, image and document with its drafts, in the hub's own terms.

A change only marks its row (search.backends.desk); the worker analyses, so that saving never waits for
Kiwi and a lost task loses nothing. What the public may find is another table (search.projection).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import DatabaseError, models, transaction
from modelsearch.backends.base import get_model_root
from modelsearch.index import RelatedFields, SearchField, get_indexed_models
from wagtail.models import Page

from search import korean
from search.models import DeskText
from search.names import registry_names
from search.pages import page_text
from search.projection import MOST_TEXT, digest
from search.tokens import tokens_of

_AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class Written:
    """What one state of a thing says: live or draft."""

    title: str
    tags: str = ""
    body: str = ""


def family(model: type[models.Model]) -> str:
    """The name under which a model's things are kept: that of its root, so that a page is one thing."""
    return str(get_model_root(model)._meta.label_lower)


# ---- marking -------------------------------------------------------------------------------------------


def mark(model: type[models.Model], pks: Iterable[int]) -> None:
    """These things changed: the worker looks at them again."""
    label = family(model)
    rows = [DeskText(model=label, object_id=pk, stale=True) for pk in pks]
    DeskText.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["model", "object_id", "draft"],
        update_fields=["stale"],
    )


def remove(model: type[models.Model], pk: int) -> None:
    """This thing is gone."""
    DeskText.objects.filter(model=family(model), object_id=pk).delete()


def mark_everything() -> int:
    """Mark what has no row, and drop the rows of what is no more; how many rows were touched."""
    touched = 0
    for root in _roots():
        rows = DeskText.objects.filter(model=family(root))
        known = set(rows.values_list("object_id", flat=True))
        there = set(root._default_manager.values_list("pk", flat=True))
        rows.filter(object_id__in=known - there).delete()
        rows.filter(draft=False).update(stale=True)
        mark(root, sorted(there - known))
        touched += len(known ^ there)
    return touched


def missing() -> Iterator[str]:
    """Things that have no row, rows of things that are no more, and rows that wait to be analysed."""
    for root in _roots():
        rows = DeskText.objects.filter(model=family(root))
        known = set(rows.values_list("object_id", flat=True))
        there = set(root._default_manager.values_list("pk", flat=True))
        unread = set(rows.filter(stale=True).values_list("object_id", flat=True))
        yield from (f"{family(root)}:{pk}" for pk in sorted((known ^ there) | unread))


def waiting() -> int:
    """How many things wait to be analysed."""
    return DeskText.objects.filter(stale=True, draft=False).count()


def _roots() -> list[Any]:
    return list(dict.fromkeys(get_model_root(model) for model in get_indexed_models()))


# ---- the worker's part ---------------------------------------------------------------------------------


def write_stale() -> int:
    """Analyse a portion of what was marked; how many rows."""
    rows = list(DeskText.objects.filter(stale=True, draft=False).order_by("pk")[:_AT_ONCE])
    if not rows:
        return 0
    analyser = korean.load(registry_names)
    for row in rows:
        _write(row, analyser)
    return len(rows)


def _write(row: DeskText, analyser: korean.Korean) -> None:
    """The row's terms, and beside it a second row while there is a draft that says something else."""
    model = apps.get_model(row.model)
    thing = model._default_manager.filter(pk=row.object_id).first()
    if thing is None:
        DeskText.objects.filter(model=row.model, object_id=row.object_id).delete()
        return
    states = list(_states(thing))
    with transaction.atomic():
        for draft, written in enumerate(states):
            _write_state(row, written, analyser, draft=bool(draft))
        if len(states) == 1:
            same = DeskText.objects.filter(model=row.model, object_id=row.object_id)
            same.filter(draft=True).delete()


def _write_state(row: DeskText, written: Written, analyser: korean.Korean, *, draft: bool) -> None:
    digested = digest([analyser.version, written.title, written.tags, written.body])
    same = DeskText.objects.filter(model=row.model, object_id=row.object_id, draft=draft)
    if same.filter(text_hash=digested).update(stale=False):
        return
    title, tags = (
        tokens_of(analyser.units(text, heading=True)).text for text in (written.title, written.tags)
    )
    values = {
        "tokens_title": title,
        "tokens_tags": tags,
        "tokens_body": tokens_of(analyser.units(written.body[:MOST_TEXT])).text,
        "text_hash": digested,
        "stale": False,
    }
    DeskText.objects.update_or_create(
        model=row.model, object_id=row.object_id, draft=draft, defaults=values
    )


def _states(thing: Any) -> Iterator[Written]:
    """As it stands, and then as its newest draft has it."""
    if not isinstance(thing, Page):
        yield _by_fields(thing)
        return
    page = thing.specific
    yield _page(page)
    if page.has_unpublished_changes and page.latest_revision_id:
        yield _page(page.get_latest_revision_as_object())


def _page(page: Any) -> Written:
    text = page_text(page)
    if text is None:
        return _by_fields(page)
    return Written(text.title, "\n".join(text.tags), text.body)


def _by_fields(thing: Any) -> Written:
    """What the model itself names as its search fields; a document is found by its file's name too."""
    title = str(getattr(thing, "title", thing))
    said: list[str] = []
    for field in type(thing).get_search_fields():
        if isinstance(field, SearchField) and field.field_name != "title":
            said.append(str(field.get_value(thing) or ""))
        elif isinstance(field, RelatedFields):
            said += _related(field, thing)
    return Written(title, "\n".join([*said, str(getattr(thing, "filename", "") or "")]))


def _related(field: RelatedFields, thing: Any) -> list[str]:
    value: Any = field.get_value(thing) or getattr(thing, field.field_name, None)
    rows = value.all() if hasattr(value, "all") else [value] if value is not None else []
    names = [f.field_name for f in field.fields if isinstance(f, SearchField)]
    return [str(getattr(row, name, "") or "") for row in rows for name in names]


def write_patiently() -> int:
    """`write_stale` for the worker: a thing that can't be read is told once and not asked for again."""
    try:
        return write_stale()
    except DatabaseError:
        raise
    except Exception:
        row = DeskText.objects.filter(stale=True, draft=False).order_by("pk").first()
        if row is not None:
            DeskText.objects.filter(pk=row.pk).update(stale=False)
        raise
