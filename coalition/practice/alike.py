"""우리와 비슷한 곳: places with something in common with one, and what that is. Nothing is weighted in secret.

One reason, one point: the same kind of local government (시·군·구), a division of the same name, a model of the
same agenda, a model or pilot for the same people.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from coalition.dialogue.queries import divisions
from coalition.members.models import Municipality
from coalition.members.queries import existing
from coalition.practice.models import JobModel, Pilot, TargetGroup


@dataclass(frozen=True, slots=True)
class Alike:
    """A place, and why it is like the other."""

    municipality: Municipality
    reasons: list[str]


@dataclass(slots=True)
class _Traits:
    divisions: set[str]
    agendas: set[str]
    groups: set[str]


def alike(place: Municipality, limit: int = 5) -> list[Alike]:
    """The places of today that tried something, most in common first. Five queries, however many there are."""
    traits = _traits()
    here = traits.pop(place.pk, _Traits(set(), set(), set()))
    others = existing().select_related("region").filter(pk__in=traits)
    found = []
    for other in others:
        reasons = _reasons(place, other, here, traits[other.pk])
        # The same kind alone says little: every 구 is like every other.
        if len(reasons) > (other.kind == place.kind):
            found.append(Alike(other, reasons))
    found.sort(key=lambda one: (-len(one.reasons), one.municipality.code))
    return found[:limit]


def _traits() -> dict[int, _Traits]:
    """What is known of every place that has a model or a pilot."""
    found: dict[int, _Traits] = defaultdict(lambda: _Traits(set(), set(), set()))
    for pk, agenda, group in JobModel.objects.values_list("municipality", "agenda", "target_group"):
        found[pk].agendas.add(agenda)
        found[pk].groups.add(group)
    for pk, group in Pilot.objects.values_list("municipality", "target_group"):
        found[pk].groups.add(group)
    adopted = JobModel.objects.filter(adoptions__withdrawn_at__isnull=True)
    for pk, agenda, group in adopted.values_list("adoptions__adopter", "agenda", "target_group"):
        if pk is not None:
            found[pk].agendas.add(agenda)
            found[pk].groups.add(group)
    for pk, name in (
        divisions().filter(body__municipality__in=found).values_list("body__municipality", "name")
    ):
        found[pk].divisions.add(name)
    return found


def _reasons(place: Municipality, other: Municipality, here: _Traits, there: _Traits) -> list[str]:
    reasons = [f"같은 {place.kind}"] if place.kind == other.kind else []
    for what, ours, theirs in (
        ("분과", here.divisions, there.divisions),
        ("의제", here.agendas, there.agendas),
        (
            "대상",
            {str(TargetGroup(one).label) for one in here.groups if one},
            {str(TargetGroup(one).label) for one in there.groups if one},
        ),
    ):
        reasons += [f"{what} 「{name}」" for name in sorted((ours & theirs) - {""})]
    return reasons
