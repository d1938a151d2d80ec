"""When the analyser has learned a word: what is stored is taken apart again, portion by portion.

The rows themselves say what is left, so it may be stopped and goes on where it was. Readers find all the while:
a row keeps its old terms until it has its new ones.
"""

from __future__ import annotations

from django.db.models import QuerySet

from search import desk, korean
from search.documents import SOURCES
from search.models import SearchDocument, SearchWord, WordKind
from search.names import is_outdated, registry_names
from search.projection import project_patiently

_AT_ONCE = 20
# Owners that this process could not analyse anew: they are named in the log and by `search_check`.
_given_up: set[tuple[str, str, int]] = set()


def left() -> int:
    """How many rows are still in the terms of an older analyser; 0 while no analyser is loaded."""
    analyser = korean.loaded()
    return _old(analyser.version).count() if analyser else 0


def retokenise() -> int:
    """The worker's job: learn new words, then a portion of the rows; how many were written."""
    analyser = korean.loaded()
    if analyser is None:
        return 0
    if _learn(analyser):
        desk.mark_everything()
        return 1
    for source in SOURCES:
        rows = _old(analyser.version).filter(owner_kind=source.name).order_by("pk")
        owners = dict.fromkeys(rows.values_list("owner_id", flat=True)[: _AT_ONCE * 10])
        known = (pk for pk in owners if (analyser.version, source.name, pk) not in _given_up)
        wanted = list(known)[:_AT_ONCE]
        if wanted:
            project_patiently(source, wanted)
            still = rows.filter(owner_id__in=wanted).values_list("owner_id", flat=True)
            _given_up.update((analyser.version, source.name, pk) for pk in still)
            return len(wanted)
    return 0


def _learn(analyser: korean.KiwiKorean) -> bool:
    """Load the analyser anew where the secretariat's terms are not those that it knows."""
    terms = SearchWord.objects.filter(kind=WordKind.TERM).values_list("written", flat=True)
    changed = is_outdated(analyser, frozenset(terms))
    if changed:
        korean.renew(registry_names)
    return changed


def _old(version: str) -> QuerySet[SearchDocument]:
    return SearchDocument.objects.filter(deleted=False).exclude(analyser=version)
