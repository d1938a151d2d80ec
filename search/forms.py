"""Parameters of a search address, checked. What can't be meant is refused with a sentence, never guessed.

The same rules hold for the pages and for the API; docs/architecture.md has the list.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from coalition.particles import topic
from search.backends.base import Sort
from search.backends.embedded import ordinal
from search.finding import Wanted
from search.models import Kind
from search.query import LONGEST, parse

FACETS = (
    "kind",
    "region",
    "division",
    "phase",
    "evidence",
    "method",
    "target",
    "clause",
    "year",
    "tag",
)
FACET_NAMES = {
    "kind": "종류",
    "region": "지역",
    "division": "분과",
    "evidence": "근거 수준",
    "year": "연도",
    "tag": "주제어",
    "phase": "단계",
    "method": "방법",
    "target": "대상",
    "clause": "조문",
}
MOST_RESULTS = 100
DEFAULT_RESULTS = 20
MOST_EXPORTED = 2_000  # results in one file: each is looked at in the database once more
DEEPEST = 10_000  # results; nobody reads further, and an offset costs what it skips
_MOST_VALUES = 50
_LONGEST_VALUE = 100


class BadParameter(ValueError):
    """A parameter that can't be meant. `detail` says in Korean what would do."""

    def __init__(self, parameter: str, detail: str) -> None:
        super().__init__(detail)
        self.parameter = parameter
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Asked:
    """A search address, read. `page` counts from 1."""

    wanted: Wanted
    page: int
    chosen: Mapping[str, frozenset[str]]
    since: str = ""
    until: str = ""


def read(data: QueryDict, *, size: int | None = None, group: int = 0) -> Asked:
    """Read an address. `size` fixes the number of results. Raises BadParameter."""
    written = data.get("q", "")
    if len(written) > LONGEST:
        raise BadParameter(
            "q", f"검색어가 너무 깁니다. {LONGEST}자까지 쓸 수 있습니다(지금 {len(written):,}자)."
        )
    limit = size or _number(data, "size", DEFAULT_RESULTS, MOST_RESULTS)
    page = _number(data, "page", 1, DEEPEST)
    if (page - 1) * limit >= DEEPEST:
        raise BadParameter(
            "page", f"앞의 {DEEPEST:,}건까지만 넘겨 볼 수 있습니다. 조건을 더해 좁혀 주세요."
        )
    query = parse(written)
    chosen = {facet: values for facet in FACETS if (values := _values(data, facet))}
    since, until = _day(data, "from"), _day(data, "to")
    wanted = Wanted(
        query=query,
        chosen=chosen,
        since=ordinal(since),
        until=ordinal(until),
        sort=_sort(data, Sort.RELEVANCE if query.asks else Sort.NEWEST),
        offset=(page - 1) * limit,
        limit=limit,
        group=group,
    )
    return Asked(wanted, page, chosen, data.get("from", ""), data.get("to", ""))


def _number(data: QueryDict, name: str, default: int, most: int) -> int:
    written = data.get(name, "").strip()
    if not written:
        return default
    if not written.isascii() or not written.isdecimal() or len(written) > 9:
        raise BadParameter(name, f"{topic(name)} 1부터 {most:,}까지의 정수로 쓰세요.")
    if not 1 <= int(written) <= most:
        raise BadParameter(name, f"{topic(name)} 1부터 {most:,}까지의 정수로 쓰세요.")
    return int(written)


def _values(data: QueryDict, facet: str) -> frozenset[str]:
    values = frozenset(value.strip() for value in data.getlist(facet) if value.strip())
    if len(values) > _MOST_VALUES or any(len(value) > _LONGEST_VALUE for value in values):
        raise BadParameter(facet, f"{facet}에 너무 많거나 긴 값이 있습니다.")
    rule = _RULES.get(facet)
    if rule is not None:
        is_right, detail = rule
        for value in values:
            if not is_right(value):
                raise BadParameter(facet, detail)
    return values


_RULES: dict[str, tuple[Any, str]] = {
    "kind": (Kind.values.__contains__, f"kind는 {', '.join(Kind.values)} 가운데 하나로 쓰세요."),
    "region": (
        lambda v: len(v) in (2, 5) and v.isascii() and v.isalnum(),
        "region은 행정코드 두 자리(시도) 또는 다섯 자리(시군구)로 쓰세요.",
    ),
    "evidence": (set("01234").__contains__, "evidence는 0부터 4까지의 근거 수준으로 쓰세요."),
    "year": (
        lambda v: len(v) == 4 and v.isascii() and v.isdecimal(),
        "year는 2026처럼 네 자리로 쓰세요.",
    ),
}


def _day(data: QueryDict, name: str) -> dt.date | None:
    written = data.get(name, "").strip()
    if not written:
        return None
    try:
        return dt.date.fromisoformat(written)
    except ValueError as error:
        raise BadParameter(name, f"{topic(name)} 2026-09-01처럼 쓰세요.") from error


def _sort(data: QueryDict, default: Sort) -> Sort:
    written = data.get("sort", "").strip()
    if not written:
        return default
    try:
        return Sort(written)
    except ValueError as error:
        raise BadParameter("sort", f"sort는 {', '.join(Sort)} 가운데 하나로 쓰세요.") from error
