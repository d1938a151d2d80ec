"""Cases are written elsewhere (pages of the desk): this room knows them by type, number and a teller.

The room that writes them registers its type; a type that nobody registered can't be pointed to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError

from coalition.members.models import Municipality


@dataclass(frozen=True, slots=True)
class Case:
    """A case that anybody may read."""

    type_id: int
    pk: int
    title: str
    address: str
    municipality: Municipality


# Given numbers of cases, those among them that are public. It asks as often for one as for many.
Teller = Callable[[Iterable[int]], list[Case]]

_tellers: dict[str, Teller] = {}


def register_cases(label: str, teller: Teller) -> None:
    """Called once by the app whose cases these are; `label` is `app.model` in small letters."""
    _tellers[label] = teller


def public_cases(named: Iterable[tuple[int | None, int | None]]) -> dict[tuple[int, int], Case]:
    """The public ones of the cases named by type and number."""
    wanted: dict[int, set[int]] = {}
    for type_id, pk in named:
        if type_id is not None and pk is not None:
            wanted.setdefault(type_id, set()).add(pk)
    found = {}
    for type_id, numbers in wanted.items():
        kind = ContentType.objects.get_for_id(type_id)
        teller = _tellers.get(f"{kind.app_label}.{kind.model}")
        for case in teller(numbers) if teller else []:
            found[type_id, case.pk] = case
    return found


def case_of(case_type: ContentType, pk: int) -> Case:
    """The public case of that type and number. Raises ValidationError when there is none."""
    case = public_cases([(case_type.pk, pk)]).get((case_type.pk, pk))
    if case is None:
        raise ValidationError("공개된 사례가 아니거나 사례가 아닌 것을 골랐습니다.")
    return case
