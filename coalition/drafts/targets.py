"""What a clause may be tied to: the allow list, by content type and id.

The coalition knows no pages. Each room, and the desk above, says what its things are and how anybody may see
them; a link to what nobody may see is neither shown nor counted.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import CharField, Model, QuerySet, Value

from coalition.dialogue.models import Question
from coalition.dialogue.papers import public_questions, question_address
from coalition.drafts.models import ClauseLink, LinkTarget
from coalition.members.models import Municipality


@dataclass(frozen=True, slots=True)
class Shown:
    """A target as a ledger shows it: what it says, where, how sure (level 0–4) and of how many (n). Whose it is,
    the link knows."""

    title: str
    address: str
    level: int | None = None
    n: int | None = None
    fictional: bool = False


@dataclass(frozen=True, slots=True)
class Linkable:
    """One kind of target."""

    target: LinkTarget
    model: type[Model]
    #: Of these ids the rows that anybody may see.
    visible: Callable[[Collection[int]], QuerySet[Any]]
    #: The same rows as they are shown, by id.
    shown: Callable[[Collection[int]], dict[int, Shown]]
    #: Whose it is; asked when somebody links.
    owner: Callable[[Model], Municipality | None]


_allowed: dict[str, Linkable] = {}


def allow(linkable: Linkable) -> None:
    """Called once by each room's AppConfig.ready."""
    _allowed[linkable.target.value] = linkable


def linkable(target: str) -> Linkable:
    """How this kind of target is found. Raises ValidationError for what is not on the list."""
    if target not in _allowed:
        raise ValidationError("조문에 이을 수 없는 것입니다.")
    return _allowed[target]


def target_named(target: str, pk: int) -> Model:
    """The thing itself. Raises ValidationError when there is none."""
    found = linkable(target).model._default_manager.filter(pk=pk).first()
    if found is None:
        raise ValidationError("이을 것을 찾지 못했습니다.")
    return found


def kind_of(thing: Model) -> Linkable:
    """The entry of the allow list for a thing. Raises ValidationError when it has none."""
    for entry in _allowed.values():
        if isinstance(thing, entry.model):
            return entry
    raise ValidationError("조문에 이을 수 없는 것입니다.")


def shown_targets(links: Iterable[ClauseLink]) -> dict[tuple[str, int], Shown]:
    """What anybody may see of the links' targets, one question per kind, by (target, id)."""
    wanted: dict[str, set[int]] = {}
    for link in links:
        wanted.setdefault(link.target, set()).add(link.object_id)
    return {
        (target, pk): shown
        for target, pks in wanted.items()
        if target in _allowed
        for pk, shown in _allowed[target].shown(pks).items()
    }


def visible_targets(links: Iterable[ClauseLink]) -> set[tuple[str, int]]:
    """Which targets anybody may see, as (target, id) and in one question: for counts."""
    wanted: dict[str, set[int]] = {}
    for link in links:
        wanted.setdefault(link.target, set()).add(link.object_id)
    parts = [
        _allowed[target]
        .visible(pks)
        .order_by()
        .annotate(target_name=Value(target, output_field=CharField()))
        .values_list("target_name", "pk")
        for target, pks in wanted.items()
        if target in _allowed
    ]
    return set(parts[0].union(*parts[1:], all=True)) if parts else set()


def _visible_questions(pks: Collection[int]) -> QuerySet[Question]:
    return public_questions().filter(pk__in=pks)


def _questions(pks: Collection[int]) -> dict[int, Shown]:
    rows = _visible_questions(pks).select_related("paper")
    return {
        row.pk: Shown(row.text, question_address(row), fictional=row.paper.fictional)
        for row in rows
    }


def _asked_in(question: Model) -> Municipality | None:
    assert isinstance(question, Question)  # noqa: S101 (the allow list says so)
    return question.paper.body.municipality if question.paper.body else None


QUESTIONS = Linkable(LinkTarget.QUESTION, Question, _visible_questions, _questions, _asked_in)
