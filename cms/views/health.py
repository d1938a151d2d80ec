"""Is it alive, and may it be sent readers? For machines; says no more than they need."""

from __future__ import annotations

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache

from coalition.record import triggers


@never_cache
def live(request: HttpRequest) -> JsonResponse:
    """The process answers."""
    return JsonResponse({"status": "ok"})


@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    """The database answers, is migrated, and keeps its rules."""
    faults = list(_faults())
    status = 503 if faults else 200
    return JsonResponse({"status": "unready" if faults else "ok", "faults": faults}, status=status)


def _faults() -> list[str]:
    try:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return ["migrations"]
        return ["triggers"] if triggers.missing(connection) else []
    except DatabaseError:
        return ["database"]
