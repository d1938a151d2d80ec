"""Names of places for the analyser: what every municipality is and was called, from the registry."""

from __future__ import annotations

from django.db import connection

from coalition.members.models import Municipality, Region, Succession


def registry_names() -> list[str]:
    """Names of municipalities and regions of today and of before; none without a registry."""
    if Municipality._meta.db_table not in connection.introspection.table_names():
        return []
    now = Municipality.objects.values_list("name", flat=True)
    before = Succession.objects.values_list("old_name", flat=True)
    regions = Region.objects.values_list("name", flat=True)
    old_regions = Succession.objects.values_list("old_region_name", flat=True)
    return sorted({*now, *before, *regions, *old_regions})


def registry_names_in_thread() -> list[str]:
    """The same for a thread of its own, which gives its connection back."""
    try:
        return registry_names()
    finally:
        connection.close()
