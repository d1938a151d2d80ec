"""A search as somebody keeps it: the parameters of its address, always the same for the same search."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.http import QueryDict

from coalition.advocacy.models.follow import LONGEST_KEY
from coalition.advocacy.searches import SavedSearch
from coalition.record.privacy import find_personal_data
from search import catalog
from search.forms import FACET_NAMES, FACETS, Asked, BadParameter, read
from search.models import Kind
from search.query import parse

#: What says what is looked for; how it is ordered and on which page one stands is nobody's search.
PARAMETERS = ("q", *FACETS, "from", "to")
_LONGEST_LABEL = 120


def read_saved(written: str) -> SavedSearch:
    """The search of these parameters. Raises ValidationError with what to mend."""
    data = QueryDict(written)
    try:
        asked = read(data, size=1)
    except BadParameter as error:
        raise ValidationError(error.detail) from error
    pairs = _pairs(data)
    if not pairs:
        raise ValidationError("무엇을 찾을지 먼저 쓰거나 고르세요.")
    if any(find_personal_data(value) for _, value in pairs):
        raise ValidationError(
            "개인정보로 보이는 것이 들어 있어 저장하지 않습니다. 빼고 다시 찾으세요."
        )
    key = urlencode(pairs)
    if len(key) > LONGEST_KEY:
        raise ValidationError("찾는 말과 조건이 너무 깁니다. 줄인 뒤에 알림을 받으세요.")
    return SavedSearch(key, label_of(asked), f"/search/?{key}", f"/feeds/search/?{key}")


def key_of(data: QueryDict, *, kind: str = "") -> str:
    """The same search as a key; empty where it can't be kept. `kind` is that of a finder."""
    pairs = _pairs(data)
    if kind:
        pairs = sorted({*(pair for pair in pairs if pair[0] != "kind"), ("kind", kind)}, key=_place)
    key = urlencode(pairs)
    kept = 0 < len(key) <= LONGEST_KEY
    return key if kept and not any(find_personal_data(value) for _, value in pairs) else ""


def _pairs(data: QueryDict) -> list[tuple[str, str]]:
    """What is asked, in one order, each once, without blanks that mean nothing."""
    given: Iterable[tuple[str, str]] = (
        (name, parse(value).written) for name in PARAMETERS for value in data.getlist(name)
    )
    return sorted({pair for pair in given if pair[1]}, key=_place)


def _place(pair: tuple[str, str]) -> tuple[int, str]:
    return PARAMETERS.index(pair[0]), pair[1]


def parameters(key: str) -> QueryDict:
    """A key as an address has it."""
    return QueryDict(key)


def label_of(asked: Asked) -> str:
    """검색 ‘돌봄’ (지역: 가람시, 종류: 사례)."""
    names = {("kind", kind.value): str(kind.label) for kind in Kind}
    names |= {(label.facet, label.value): label.name for label in catalog.fresh().book.labels}
    narrowed = [
        f"{FACET_NAMES[facet]}: {names.get((facet, value), value)}"
        for facet in FACETS
        for value in sorted(asked.chosen.get(facet, ()))
    ]
    narrowed += [f"{asked.since.strip()}부터"] if asked.since.strip() else []
    narrowed += [f"{asked.until.strip()}까지"] if asked.until.strip() else []
    written = asked.wanted.query.written
    said = f"검색 ‘{written}’" if written else "검색"
    label = f"{said} ({', '.join(narrowed)})" if narrowed else said
    return label if len(label) <= _LONGEST_LABEL else f"{label[: _LONGEST_LABEL - 1]}…"
