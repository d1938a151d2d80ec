"""The personal-data gate before a page: what its texts hold, field by field.

A number that identifies for life keeps a page from being saved at all, through every door, so that it
stands in no revision either; a way to reach somebody is told to the author and to who approves.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from modelcluster.models import get_all_child_relations
from wagtail.fields import StreamField
from wagtail.models import Page

from coalition.record.privacy import Hit, Level, find_personal_data

_TAG = re.compile(r"<[^>]*>")
_ENDS_A_LINE = re.compile(r"</(?:p|li|h\d|td|th|div)>|<br\s*/?>", re.IGNORECASE)
# What a machine wrote: addresses, keys, choices.
_NO_TEXT = frozenset({"slug", "url_path", "path", "content_type", "locale", "translation_key"})


@dataclass(frozen=True, slots=True)
class Found:
    """A hit in a field. It says where and what it looks like, never the number."""

    field: str
    label: str
    line: int
    hit: Hit

    def __str__(self) -> str:
        return f"‘{self.label}’ {self.line}째 줄: {self.hit.reason}"


def search_page(page: Page) -> list[Found]:
    """Every hit in what people wrote on this page, its numbers and blocks included."""
    return [
        Found(name, label, text.count("\n", 0, hit.start) + 1, hit)
        for name, label, text in _texts(page)
        for hit in find_personal_data(text)
    ]


def refuse_identity_numbers(page: Page) -> None:
    """Called by HubPage.clean. Raises ValidationError by field when a number of the stopping kind stands there."""
    stopped: dict[str, list[str]] = {}
    for found in search_page(page):
        if found.hit.level is Level.STOP:
            stopped.setdefault(found.field, []).append(
                f"{found} 저장하지 않았습니다. 번호를 지우거나 가린 뒤 다시 저장하세요."
            )
    if stopped:
        asked = _asked_fields(page)
        raise ValidationError(
            {name: said for name, said in stopped.items() if name in asked}
            or [line for said in stopped.values() for line in said]
        )


def warnings_of(page: Page) -> list[str]:
    """What the author and who approves should look at before it goes out."""
    own = [str(found) for found in search_page(page) if found.hit.level is Level.WARN]
    return own + page.doubts() if hasattr(page, "doubts") else own


def warn_the_author(request: HttpRequest, page: Page) -> None:
    """Hook after an edit: said beside the saved draft. Autosave asks every few seconds and is left alone."""
    if "application/json" in request.headers.get("Accept", ""):
        return
    for said in warnings_of(page):
        messages.warning(request, f"{said} 공개해도 되는 것인지 확인하세요.")


def _asked_fields(page: Page) -> set[str]:
    """The fields that stand in the page's form: an error beside another would be lost."""
    options = type(page).get_edit_handler().get_form_options()
    return {*options.get("fields", [])}


def _texts(page: Page) -> Iterator[tuple[str, str, str]]:
    """(field, its label, plain text) for every field that a person fills in."""
    yield from _texts_of_row(page)
    # Children that are saved with the page (InlinePanel): the form holds them before the database does.
    for relation in get_all_child_relations(type(page)):
        name = relation.get_accessor_name()
        kind = relation.related_model._meta.verbose_name
        for child in getattr(page, name).all():
            for _, label, text in _texts_of_row(child):
                yield name, f"{kind} – {label}", text


def _texts_of_row(row: models.Model) -> Iterator[tuple[str, str, str]]:
    for field in row._meta.get_fields():
        if getattr(field, "name", "") in _NO_TEXT:
            continue
        if isinstance(field, StreamField):
            blocks = _strings(getattr(row, field.name).get_prep_value())
            yield field.name, str(field.verbose_name), "\n".join(map(_plain, blocks))
        elif isinstance(field, (models.CharField, models.TextField)):
            yield field.name, str(field.verbose_name), _plain(field.value_from_object(row) or "")


def _strings(value: Any) -> Iterator[str]:
    """Every text inside a block's value; keys, ids and types are none."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for part in value:
            yield from _strings(part)
    elif isinstance(value, dict):
        for key, part in value.items():
            if key not in ("id", "type"):
                yield from _strings(part)


def _plain(text: str) -> str:
    return html.unescape(_TAG.sub("", _ENDS_A_LINE.sub("\n", text)))
