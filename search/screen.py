"""Everything that a search page shows, ready for its template: tabs, facets, chips, groups, notices."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.http import QueryDict

from search import fruitless
from search.backends.base import FEW, Sort
from search.facets import COUNTED, Entry
from search.finding import Outcome, find
from search.forms import DEEPEST, DEFAULT_RESULTS, FACET_NAMES, MOST_EXPORTED, Asked
from search.models import Kind
from search.repair import Step
from search.results import Result, results_of
from search.saved import key_of

PER_GROUP = 3
_SHOWN_ENTRIES = 12  # of a facet before 「더」; a chosen one is always shown
_PAGES_AROUND = 2
SORT_NAMES = {
    Sort.RELEVANCE: "가까운 순",
    Sort.NEWEST: "새로운 순",
    Sort.EVIDENCE: "근거 수준 순",
}
EXAMPLES = ("돌봄 일자리", "청년 주거", "제17조", '"사회적 대화"', "지역:가상도 돌봄")


@dataclass(frozen=True, slots=True)
class Link:
    """A way to another view of the same search."""

    label: str
    address: str
    count: int | None = None
    current: bool = False


@dataclass(frozen=True, slots=True)
class FacetEntry:
    """A box to tick. `inner` hangs below the one before it (시군구 below 시도)."""

    value: str
    label: str
    count: int
    selected: bool
    inner: bool = False


@dataclass(frozen=True, slots=True)
class Facet:
    """One foldable group of boxes; `more` are those that are folded away further."""

    name: str
    label: str
    entries: list[FacetEntry]
    more: list[FacetEntry]
    open: bool


@dataclass(frozen=True, slots=True)
class Group:
    """The first results of one kind, and the way to all of them."""

    kind: str
    label: str
    count: int
    address: str
    results: list[Result]


@dataclass(slots=True)
class Screen:
    """What the template shows; it computes nothing itself."""

    asked: Asked
    outcome: Outcome
    kind: str = ""  # a finder's fixed kind
    tabs: list[Link] = field(default_factory=list)
    facets: list[Facet] = field(default_factory=list)
    chips: list[Link] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    full: list[Result] = field(default_factory=list)
    partial: list[Result] = field(default_factory=list)
    pages: list[Link] = field(default_factory=list)
    sorts: list[Link] = field(default_factory=list)
    # Hidden fields: what the form of facets, and that of the order, take along.
    kept: list[tuple[str, str]] = field(default_factory=list)
    asked_pairs: list[tuple[str, str]] = field(default_factory=list)
    clear: str = ""
    # The whole filtered result to take along.
    exports: list[Link] = field(default_factory=list)
    exported: int | None = None  # results that a file holds, where it can't hold all
    literal: str = ""
    # The same search to be told of, and as a feed; empty where it can't be kept.
    follow: str = ""
    feed: str = ""

    @property
    def total(self) -> int:
        return self.outcome.answer.total

    @property
    def partial_total(self) -> int:
        return self.outcome.answer.total_partial

    @property
    def written(self) -> str:
        return self.asked.wanted.query.written

    @property
    def found_nothing(self) -> bool:
        return not self.total and not self.partial_total

    @property
    def step(self) -> str:
        """How it was found, if not as it was asked."""
        return "" if self.outcome.step is Step.EXACT else str(self.outcome.step)


class Addresses:
    """Addresses of the same search with something changed. The page number is dropped by every change."""

    def __init__(self, path: str, data: QueryDict) -> None:
        self._path = path
        self._pairs = [
            (name, value)
            for name in data
            if name in _KEPT
            for value in data.getlist(name)
            if value.strip()
        ]

    def with_(self, **changes: str) -> str:
        """The address with these parameters in the place of what they were; an empty one goes."""
        kept = [pair for pair in self._pairs if pair[0] not in changes and pair[0] != "page"]
        return self._address([*kept, *((n, v) for n, v in changes.items() if v)])

    def without(self, name: str, value: str) -> str:
        """The address with one value taken away."""
        kept = [p for p in self._pairs if p != (name, value) and p[0] != "page"]
        return self._address(kept)

    def without_facets(self, also: Iterable[str] = ()) -> str:
        """The address with the question alone."""
        kept = [pair for pair in self._pairs if pair[0] in {"q", "sort", *also}]
        return self._address(kept)

    def others(self, *names: str) -> list[tuple[str, str]]:
        """Hidden fields of a form that has these names itself."""
        return [pair for pair in self._pairs if pair[0] not in {*names, "page"}]

    def elsewhere(self, path: str, *, kind: str) -> str:
        """Another address with the same search."""
        kept = [p for p in self._pairs if p[0] != "page" and not (kind and p[0] == "kind")]
        return f"{path}?{urlencode([*kept, *([('kind', kind)] if kind else [])])}"

    def _address(self, pairs: Sequence[tuple[str, str]]) -> str:
        return f"{self._path}?{urlencode(pairs)}" if pairs else self._path


_KEPT = frozenset({"q", "sort", "from", "to", *FACET_NAMES, "page"})


def screen(path: str, data: QueryDict, asked: Asked, *, kind: str = "") -> Screen:
    """Search, and lay out what was found. `kind` is fixed on the finders."""
    outcome = find(asked.wanted)
    answer, addresses = outcome.answer, Addresses(path, data)
    if not answer.total and not answer.total_partial and asked.wanted.query.asks:
        fruitless.note(asked.wanted.query.text or asked.wanted.query.written)
    shown = Screen(asked, outcome, kind)
    # With few results a division into kinds would only spread them; with one kind there is none.
    grouped = bool(asked.wanted.group) and answer.total >= FEW and len(answer.groups) > 1
    first_of_each = [hit for group in answer.groups for hit in group]
    results = results_of(first_of_each if grouped else answer.hits, outcome.plan)
    if grouped:
        shown.groups = list(_groups(results, answer.facets["kind"], addresses))
    else:
        shown.full = [result for result in results if result.full]
        shown.partial = [result for result in results if not result.full]
        shown.pages = _pages(asked, answer.total + answer.total_partial, addresses)
    fixed = frozenset({"kind"}) if kind else frozenset()
    shown.tabs = [] if kind else _tabs(asked, answer.facets["kind"], addresses)
    shown.facets = list(_facets(answer.facets))
    shown.chips = list(_chips(asked, answer.facets, addresses, fixed | {"kind"}))
    shown.sorts = [
        Link(label, sort.value, current=sort is asked.wanted.sort)
        for sort, label in SORT_NAMES.items()
        if sort is not Sort.RELEVANCE or asked.wanted.query.asks
    ]
    shown.kept = addresses.others(*COUNTED[1:], "from", "to")
    shown.exports = [
        Link(name, addresses.elsewhere(f"/search/export.{name.lower()}", kind=kind))
        for name in ("CSV", "JSON")
    ]
    if answer.total + answer.total_partial > MOST_EXPORTED:
        shown.exported = MOST_EXPORTED
    if key := key_of(data, kind=kind):
        shown.follow = f"/follow/?{urlencode({'kind': 'query', 'key': key})}"
        shown.feed = f"/feeds/search/?{key}"
    shown.asked_pairs = addresses.others("sort")
    shown.clear = addresses.without_facets(also=("kind",) if not kind else ())
    if outcome.also:
        words = (f'"{word}"' for word in asked.wanted.query.text.split())
        phrases = (f'"{phrase}"' for phrase in asked.wanted.query.phrases)
        shown.literal = addresses.with_(q=" ".join((*words, *phrases)))
    return shown


def _groups(results: list[Result], kinds: list[Entry], addresses: Addresses) -> Iterator[Group]:
    counts = {entry.value: entry.count for entry in kinds}
    for kind in dict.fromkeys(result.kind for result in results):
        own = [result for result in results if result.kind == kind]
        label = str(Kind(kind).label)
        yield Group(kind, label, counts.get(kind, len(own)), addresses.with_(kind=kind), own)


def _tabs(asked: Asked, kinds: list[Entry], addresses: Addresses) -> list[Link]:
    chosen = asked.chosen.get("kind", frozenset())
    every = Link("모두", addresses.with_(kind=""), sum(e.count for e in kinds), not chosen)
    return [
        every,
        *(
            Link(str(Kind(e.value).label), addresses.with_(kind=e.value), e.count, e.selected)
            for e in kinds
        ),
    ]


def _facets(found: dict[str, list[Entry]]) -> Iterator[Facet]:
    for name in COUNTED:
        entries = found.get(name, [])
        if name == "kind" or not entries:
            continue
        made = [
            FacetEntry(e.value, e.label, e.count, e.selected, name == "region" and len(e.value) > 2)
            for e in entries
        ]
        first = [e for i, e in enumerate(made) if i < _SHOWN_ENTRIES or e.selected]
        rest = [e for e in made if e not in first]
        is_open = name in ("division", "evidence", "region") or any(e.selected for e in made)
        yield Facet(name, FACET_NAMES[name], first, rest, is_open)


def _chips(
    asked: Asked, found: dict[str, list[Entry]], addresses: Addresses, hidden: frozenset[str]
) -> Iterator[Link]:
    """What narrows the results, each with the address that takes it away."""
    for facet, values in asked.chosen.items():
        if facet in hidden:
            continue
        names = {entry.value: entry.label for entry in found.get(facet, ())}
        for value in sorted(values):
            label = f"{FACET_NAMES[facet]}: {names.get(value, value)}"
            yield Link(label, addresses.without(facet, value))
    for name, day, label in (("from", asked.since, "부터"), ("to", asked.until, "까지")):
        if day.strip():
            yield Link(f"{day}{label}", addresses.without(name, day))


def _pages(asked: Asked, results: int, addresses: Addresses) -> list[Link]:
    """The first, the last and those around the current page; an empty address is a gap."""
    last = min(-(-results // DEFAULT_RESULTS), DEEPEST // DEFAULT_RESULTS)
    if last < 2:
        return []
    here = asked.page
    near = range(here - _PAGES_AROUND, here + _PAGES_AROUND + 1)
    wanted = sorted({1, last, *(page for page in near if 1 <= page <= last)})
    links = [Link("앞", addresses.with_(page=str(here - 1)))] if 1 < here <= last else []
    before = 0
    for page in wanted:
        if page > before + 1:
            links.append(Link("…", ""))
        links.append(Link(str(page), addresses.with_(page=str(page)), current=page == here))
        before = page
    if here < last:
        links.append(Link("다음", addresses.with_(page=str(here + 1))))
    return links
