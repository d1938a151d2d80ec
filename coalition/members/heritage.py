"""승계: what a municipality's ledgers say, and what those said of which it is the heir.

The rows stay whose they are, a past day would change otherwise. At the heir they are read with the name of
before; whether it holds to them nobody has said.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import OuterRef, Q, QuerySet, Subquery

from coalition.members.models import Fact, Municipality, Succession
from coalition.members.queries import today

UNSETTLED = "승계 여부 미확인"


def told_at(municipality: Municipality, on: dt.date | None = None) -> Q:
    """Rows of this municipality, and of those of which it was the heir by that day."""
    before = Succession.objects.filter(
        successor=municipality, on__lte=on or today(), predecessor__isnull=False
    )
    return Q(municipality=municipality) | Q(municipality__in=before.values("predecessor"))


def told_at_outer() -> Q:
    """The same inside a query of municipalities, of whatever day."""
    return Q(municipality=OuterRef("pk")) | Q(municipality__successors__successor=OuterRef("pk"))


def heir(on: dt.date) -> Subquery:
    """The key of the municipality that stands for the one of an outer row on that day; NULL while it is itself."""
    rows = Succession.objects.filter(predecessor=OuterRef("municipality"), on__lte=on)
    return Subquery(rows.order_by("on", "pk").values("successor")[:1])


def heirs(keys: Iterable[int | None]) -> dict[int, Municipality]:
    """The heirs of these keys; nothing is asked where there are none."""
    known = {key for key in keys if key}
    return Municipality.objects.select_related("region").in_bulk(known) if known else {}


def facts_told_at(municipality: Municipality, until: dt.date | None = None) -> QuerySet[Fact]:
    """What publications said of it and of those before it; with a day what was out by then."""
    rows = Fact.objects.filter(told_at(municipality, until)).select_related(
        "source", "municipality__region"
    )
    if until is not None:
        day = Q(source__published_on__isnull=True) | Q(source__published_on__lte=until)
        rows = rows.filter(day)
    return rows.order_by("municipality", "pk")
