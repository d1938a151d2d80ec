"""Reads of bodies and divisions, as of any day."""

from __future__ import annotations

import datetime as dt

from django.db.models import Prefetch, Q, QuerySet

from coalition.dialogue.models import Body, Division
from coalition.members.models import Municipality
from coalition.members.queries import today


def divisions(on: dt.date | None = None) -> QuerySet[Division]:
    """The divisions of that day. An unknown beginning counts as always, an unknown end as never."""
    day = on or today()
    return Division.objects.filter(
        Q(valid_from__isnull=True) | Q(valid_from__lte=day),
        Q(valid_to__isnull=True) | Q(valid_to__gt=day),
    )


def bodies(on: dt.date | None = None) -> QuerySet[Body]:
    """Every body with the divisions that it has on that day, under `current`."""
    current = Prefetch("divisions", queryset=divisions(on), to_attr="current")
    return Body.objects.select_related("municipality__region", "source").prefetch_related(current)


def division_choices(municipality: Municipality | None) -> QuerySet[Division]:
    """What a case of this municipality can belong to: its own divisions of today."""
    if municipality is None:
        return Division.objects.none()
    return divisions().filter(body__municipality=municipality).select_related("body")
