"""확산: adoptions as rows of a table and as a tree, from the same rows."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q

from cms.queries.genealogy import Tree, tree
from coalition.evidence.suppression import shown_n
from coalition.members.heritage import UNSETTLED
from coalition.members.models import Municipality
from coalition.members.queries import today
from coalition.practice.alike import alike
from coalition.practice.cases import public_cases
from coalition.practice.models import Adoption, AdoptionEvent, AdoptionOutcome, AdoptionState
from coalition.practice.queries import (
    Difference,
    Taken,
    adoptions,
    changed_parameters,
    taken_models,
    terms_given,
    zones_told_at,
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it; the n of fewer than five people is not told."""

    outcome: AdoptionOutcome
    n: int | None


@dataclass(frozen=True, slots=True)
class AdoptionRow:
    """An adoption as the table shows it."""

    adoption: Any
    what: str
    address: str
    state: str
    state_label: str
    over: bool
    events: list[AdoptionEvent]
    changed: list[Difference]
    outcomes: list[Outcome]

    @property
    def anchor(self) -> str:
        return f"adoption-{self.adoption.pk}"


def adoption_rows(rows: Any) -> list[AdoptionRow]:
    """These adoptions (from `adoptions()`). A case that is not public any more is named and not linked."""
    listed = list(rows.prefetch_related("events", "outcomes"))
    cases = public_cases((one.case_type_id, one.case_id) for one in listed)
    taken = taken_models(listed)
    return [_row(one, cases, taken) for one in listed]


def _row(one: Adoption, cases: dict[tuple[int, int], Any], taken: Taken) -> AdoptionRow:
    what, address = one.ordinance, ""
    if one.model is not None:
        what, address = one.model.name, f"/models/{one.model.slug}/"
    elif one.case_id is not None:
        case = cases.get((one.case_type_id or 0, one.case_id))
        what, address = (case.title, case.address) if case else ("공개하지 않는 사례", "")
    state = AdoptionState(one.state) if one.state else AdoptionState.REVIEW  # type: ignore[attr-defined]
    return AdoptionRow(
        adoption=one,
        what=what,
        address=address,
        state=state.value,
        state_label=str(state.label),
        over=state in (AdoptionState.STOPPED, AdoptionState.ENDED),
        events=list(one.events.all()),
        changed=changed_parameters(terms_given(one, taken), one) if one.model is not None else [],
        outcomes=[Outcome(told, shown_n(told.n)) for told in one.outcomes.all()],
    )


def state_counts(rows: Iterable[AdoptionRow]) -> list[tuple[str, int]]:
    """How many are in which state, in the order of the states; a state that nobody is in says nothing."""
    counted = Counter(row.state for row in rows)
    return [(str(state.label), counted[state]) for state in AdoptionState if counted[state]]


@dataclass(frozen=True, slots=True)
class Donor:
    """What a municipality gave away, by itself or on from others: each thing with its tree."""

    municipality: Municipality
    trees: list[tuple[str, str, Tree]]
    rows: list[AdoptionRow]


def spread() -> dict[str, Any]:
    """Everything of `/spread/`."""
    rows = adoption_rows(adoptions().order_by("donor__code", "pk"))
    given: dict[int, list[list[AdoptionRow]]] = defaultdict(list)
    places: dict[int, Municipality] = {}
    for group in _by_thing(rows):
        first = _first(group)
        places[first.pk] = first
        given[first.pk].append(group)
    return {
        "donors": [_donor(places[pk], groups) for pk, groups in given.items()],
        "states": state_counts(rows),
        "total": len(rows),
    }


def _by_thing(rows: Iterable[AdoptionRow]) -> list[list[AdoptionRow]]:
    """The rows of each model, case or ordinance, whoever gave it on."""
    things: dict[tuple[Any, ...], list[AdoptionRow]] = defaultdict(list)
    for row in rows:
        one = row.adoption
        things[one.model_id, one.case_type_id, one.case_id, one.ordinance].append(row)
    return list(things.values())


def _first(group: list[AdoptionRow]) -> Municipality:
    """Who made the thing: the model's municipality, else the giver who took it from nobody."""
    model = group[0].adoption.model
    if model is not None:
        place: Municipality = model.municipality
        return place
    takers = {row.adoption.adopter_id for row in group}
    givers: list[Municipality] = [row.adoption.donor for row in group]
    return next((one for one in givers if one.pk not in takers), givers[0])


def _donor(place: Municipality, groups: list[list[AdoptionRow]]) -> Donor:
    day = today()
    trees = [
        (group[0].what, group[0].address, drawn)
        for group in groups
        if (drawn := tree(place.name, place.pk, group[0].what, group, day)) is not None
    ]
    return Donor(place, trees, [row for group in groups for row in group])


def place_spread(place: Municipality) -> dict[str, Any]:
    """Everything of a municipality's page of spread: taken, given, alike, and the 특구 checklist."""
    rows = adoption_rows(adoptions().filter(Q(adopter=place) | Q(donor=place)))
    zones = zones_told_at(place)
    return {
        "place": place,
        "taken": [row for row in rows if row.adoption.adopter_id == place.pk],
        "given": [row for row in rows if row.adoption.donor_id == place.pk],
        "alike": alike(place),
        "zone": zones.own,
        "zone_has": sum(line.has for line in zones.own),
        "zones_before": zones.before,
        "unsettled": UNSETTLED,
    }


def adoptions_of_case(type_id: int, pk: int) -> list[AdoptionRow]:
    """Who took this case over."""
    return adoption_rows(adoptions().filter(case_type=type_id, case_id=pk))


def adopted_case(type_id: int, pk: int) -> Exists:
    """The condition, inside another query, that somebody took this case over."""
    return Exists(adoptions().filter(case_type=type_id, case_id=pk))


def has_taken() -> Exists:
    """The condition, inside a query of municipalities, that it took something over."""
    return Exists(adoptions().filter(adopter=OuterRef("pk")))


def taken_by(place: Municipality, on: dt.date | None = None) -> list[AdoptionRow]:
    """What this municipality took over; with `on` by that day, as it stood then."""
    rows: Any = adoptions(on).filter(adopter=place)
    return adoption_rows(rows if on is None else rows.filter(since__isnull=False))
