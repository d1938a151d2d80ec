"""Reads of the notices to members, as of any day."""

from __future__ import annotations

import datetime as dt

from django.db.models import Exists, OuterRef, QuerySet

from coalition.members.models import Notice
from coalition.members.queries import today


def notices(on: dt.date | None = None) -> QuerySet[Notice]:
    """What was told and not taken back by that day, newest first."""
    day = on or today()
    later = Notice.objects.filter(replaces=OuterRef("pk"), on__lte=day)
    return (
        Notice.objects.filter(on__lte=day, withdrawn=False)
        .exclude(Exists(later))
        .select_related("entered_by")
        .prefetch_related("documents__document")
        .order_by("-on", "-pk")
    )
