"""확산: adoptions as rows of a table and as a tree, from the same rows."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q

from coalition.evidence.suppression import shown_n
from coalition.members.models import Municipality
from coalition.practice.alike import alike
from coalition.practice.cases import public_cases
from coalition.practice.models import Adoption, AdoptionEvent, AdoptionOutcome, AdoptionState
from coalition.practice.queries import (
    Difference,
    adoptions,
    changed_parameters,
    zone_lines,
)

_STEP, _INDENT, _TOP = 34, 26, 20


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
    return [_row(one, cases) for one in listed]


def _row(one: Adoption, cases: dict[tuple[int, int], Any]) -> AdoptionRow:
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
        changed=changed_parameters(one.model, one) if one.model is not None else [],
        outcomes=[Outcome(told, shown_n(told.n)) for told in one.outcomes.all()],
    )


def state_counts(rows: Iterable[AdoptionRow]) -> list[tuple[str, int]]:
    """How many are in which state, in the order of the states; a state that nobody is in says nothing."""
    counted = Counter(row.state for row in rows)
    return [(str(state.label), counted[state]) for state in AdoptionState if counted[state]]


@dataclass(frozen=True, slots=True)
class Node:
    """A place in the tree, as numbers of the drawing."""

    label: str
    x: int
    y: int
    line: str
    over: bool


@dataclass(frozen=True, slots=True)
class Tree:
    """Who took over from whom, drawn. Every fact of it stands in the table too."""

    nodes: list[Node]
    height: int
    told: str

    @property
    def view_box(self) -> str:
        return f"0 0 360 {self.height}"


def tree(root: str, rows: list[AdoptionRow]) -> Tree | None:
    """A donor and those who took over from it, one below the other; nothing without any."""
    if not rows:
        return None
    nodes = [Node(root, 4, _TOP, "", over=False)]
    for place, row in enumerate(rows, start=1):
        y = _TOP + _STEP * place
        label = f"{row.adoption.adopter.name} · {row.state_label}"
        nodes.append(
            Node(label, 4 + _INDENT, y, f"M10 {_TOP + 8}V{y - 4}H{_INDENT}", over=row.over)
        )
    told = ", ".join(f"{row.adoption.adopter.name} {row.state_label}" for row in rows)
    return Tree(nodes, _TOP + _STEP * len(rows) + 16, f"{root}에서 {told}")


@dataclass(frozen=True, slots=True)
class Donor:
    """What a municipality gave away: each thing with its tree."""

    municipality: Municipality
    trees: list[tuple[str, str, Tree]]
    rows: list[AdoptionRow]


def spread() -> dict[str, Any]:
    """Everything of `/spread/`."""
    rows = adoption_rows(adoptions().order_by("donor__code", "pk"))
    given: dict[int, list[AdoptionRow]] = defaultdict(list)
    for row in rows:
        given[row.adoption.donor_id].append(row)
    return {
        "donors": [_donor(group) for group in given.values()],
        "states": state_counts(rows),
        "total": len(rows),
    }


def _donor(rows: list[AdoptionRow]) -> Donor:
    things: dict[tuple[str, str], list[AdoptionRow]] = defaultdict(list)
    for row in rows:
        things[row.what, row.address].append(row)
    donor = rows[0].adoption.donor
    trees = [
        (what, address, drawn)
        for (what, address), group in things.items()
        if (drawn := tree(donor.name, group)) is not None
    ]
    return Donor(donor, trees, rows)


def place_spread(place: Municipality) -> dict[str, Any]:
    """Everything of a municipality's page of spread: taken, given, alike, and the 특구 checklist."""
    rows = adoption_rows(adoptions().filter(Q(adopter=place) | Q(donor=place)))
    lines = zone_lines(place)
    return {
        "place": place,
        "taken": [row for row in rows if row.adoption.adopter_id == place.pk],
        "given": [row for row in rows if row.adoption.donor_id == place.pk],
        "alike": alike(place),
        "zone": lines,
        "zone_has": sum(line.has for line in lines),
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


def taken_by(place: Municipality) -> list[AdoptionRow]:
    """What this municipality took over."""
    return adoption_rows(adoptions().filter(adopter=place))
