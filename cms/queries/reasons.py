"""조문 근거 장부: why each clause is there, what speaks against it, and which clauses nobody gave a reason for.

A reason is a confirmed link of 필요성, 효과 or 설계 근거 whose target anybody may read and whose clause says what
was looked at. 주의, 반론 and 시민 질문 stand beside them and are counted on their own; what has to be looked at
again is shown and counted apart. Everything is counted from the links each time, nothing is typed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from cms.queries.barriers import unanswered
from cms.queries.law import Article, contents, version_address
from cms.queries.links import LinkRow, public_rows, rows_of
from coalition.drafts.kinship import Kinship
from coalition.drafts.links import Standing, article_of, links_in
from coalition.drafts.models import LinkKind, Relation, Version
from coalition.drafts.queries import published_versions
from coalition.drafts.targets import visible_targets
from coalition.evidence.level import NAMES as LEVELS

#: What says that the clause should be there as it is.
REASONS = (LinkKind.NEED, LinkKind.EFFECT, LinkKind.DESIGN)
#: What speaks against it; as prominent as what speaks for it.
AGAINST = (LinkKind.CAUTION, LinkKind.OBJECTION)


@dataclass(frozen=True, slots=True)
class Group:
    """The lines of one kind."""

    kind: str
    label: str
    rows: list[LinkRow]

    @property
    def is_against(self) -> bool:
        return self.kind in AGAINST


@dataclass(frozen=True, slots=True)
class Tick:
    """A line that is only counted."""

    kind: str
    is_stale: bool


@dataclass(slots=True)
class Ledger:
    """Everything that is tied to one 조 and its 항; `ticks` in place of `rows` where nothing but counts is shown."""

    eid: str
    rows: list[LinkRow] = field(default_factory=list)
    ticks: list[Tick] = field(default_factory=list)

    def count(self, *kinds: str) -> int:
        """Lines of these kinds that hold for the text as it is."""
        return sum(row.kind in kinds and not row.is_stale for row in self._lines)

    @property
    def _lines(self) -> list[LinkRow | Tick]:
        return [*self.rows, *self.ticks]

    @property
    def reasons(self) -> int:
        return self.count(*REASONS)

    @property
    def cautions(self) -> int:
        return self.count(LinkKind.CAUTION)

    @property
    def objections(self) -> int:
        return self.count(LinkKind.OBJECTION)

    @property
    def questions(self) -> int:
        return self.count(LinkKind.CITIZEN)

    @property
    def stale(self) -> int:
        """재확인 필요."""
        return sum(row.is_stale for row in self._lines)

    @property
    def groups(self) -> list[Group]:
        """By kind, in the order of the ledger; an empty kind is told too, so that a gap is seen as one."""
        return [
            Group(kind, str(label), [row for row in self.rows if row.kind == kind])
            for kind, label in LinkKind.choices
        ]


def ledgers(
    version: Version,
    on: dt.date | None = None,
    net: Kinship | None = None,
    *,
    only: str = "",
) -> dict[str, Ledger]:
    """The ledger of every article that has one, by eId; a link to a 항 stands in its 조's. `only` that article."""
    if not only:
        return ledgers_of(public_rows(version, on, net))
    here = [
        one for one in links_in(version, on, net) if any(article_of(e) == only for e in one.eids)
    ]
    return ledgers_of(rows_of(here, version))


def ledgers_of(rows: Iterable[LinkRow]) -> dict[str, Ledger]:
    """The same of rows that are read already."""
    found: dict[str, Ledger] = {}
    for row in rows:
        if row.relation != Relation.UNRELATED:
            for eid in dict.fromkeys(article_of(place.eid) for place in row.places):
                found.setdefault(eid, Ledger(eid)).rows.append(row)
    return found


def tallies(
    version: Version, net: Kinship | None = None, on: dt.date | None = None
) -> dict[str, Ledger]:
    """The ledgers of a version as counts only, whatever their length in two questions; with `on` of that day."""
    counted = [one for one in links_in(version, on, net) if one.is_reason]
    visible = visible_targets(one.link for one in counted)
    found: dict[str, Ledger] = {}
    for one in counted:
        if (one.link.target, one.link.object_id) in visible:
            tick = Tick(one.link.kind, one.standing != Standing.CONFIRMED)
            for eid in dict.fromkeys(map(article_of, one.eids)):
                found.setdefault(eid, Ledger(eid)).ticks.append(tick)
    return found


def put_reasons(articles: Iterable[Article], found: dict[str, Ledger]) -> None:
    """Give the articles their ledgers, for the line beside each."""
    for article in articles:
        article.ledger = found.get(article.provision.eid)


@dataclass(frozen=True, slots=True)
class Cell:
    """How many lines of one column; `shade` 0 to 4 for the map, the number says the same."""

    count: int
    against: bool = False

    @property
    def shade(self) -> int:
        return min(self.count, 4)

    @property
    def opacity(self) -> str:
        return f"{self.shade * 0.22:.2f}"


@dataclass(frozen=True, slots=True)
class MapRow:
    """One clause of the map: its reasons by evidence level, what speaks against it, what must be looked at."""

    korean: str
    title: str
    address: str
    anchor: str
    cells: tuple[Cell, ...]
    y: int

    @property
    def is_empty(self) -> bool:
        return not any(cell.count for cell in self.cells)


COLUMNS = (
    "수준 없음",
    *(f"{n} {label}" for n, label in enumerate(LEVELS)),
    "주의",
    "반론",
    "재확인",
)
ROW_HEIGHT = 26
_LEFT, _WIDTH = 92, 26


@dataclass(frozen=True, slots=True)
class Drawing:
    """The measures of the map as SVG: the text of a table stands beside it."""

    width: int
    height: int
    columns: list[tuple[int, str]]
    rows: list[tuple[MapRow, list[tuple[int, Cell]]]]


def _cells(ledger: Ledger | None) -> tuple[Cell, ...]:
    rows = [row for row in ledger.rows if not row.is_stale] if ledger else []
    reasons = [row for row in rows if row.kind in REASONS]
    levels = [None, *range(len(LEVELS))]
    return (
        *(Cell(sum(row.shown.level == level for row in reasons)) for level in levels),
        Cell(ledger.cautions if ledger else 0, against=True),
        Cell(ledger.objections if ledger else 0, against=True),
        Cell(ledger.stale if ledger else 0),
    )


def _drawing(rows: Sequence[MapRow]) -> Drawing:
    at = [_LEFT + i * (_WIDTH + 2) for i in range(len(COLUMNS))]
    return Drawing(
        at[-1] + _WIDTH + 2,
        ROW_HEIGHT * (len(rows) + 1) + 4,
        [
            (x + _WIDTH // 2, name.split()[0] if name[0].isdigit() else name[:2])
            for x, name in zip(at, COLUMNS, strict=True)
        ],
        [(row, list(zip(at, row.cells, strict=True))) for row in rows],
    )


@dataclass(frozen=True, slots=True)
class Chapter:
    """An article of the ledger page."""

    article: Article
    ledger: Ledger


def _own_articles(version: Version) -> list[Article]:
    """The articles of the body; a 부칙 says when and how, and nobody asks it why."""
    return [
        article
        for heading in contents(version)
        for article in heading.articles
        if article.provision.kind == "article"
        and not article.provision.eid.startswith("supp_")
        and not article.provision.deleted
    ]


def reasons_details(version: Version, on: dt.date | None = None) -> dict[str, Any]:
    """Everything of `/bills/<slug>/v<no>/reasons/`."""
    rows = public_rows(version, on)
    found = ledgers_of(rows)
    articles = _own_articles(version)
    base = version_address(version)
    table = [
        MapRow(
            article.korean,
            article.provision.title,
            article.address,
            f"#{article.provision.eid}" if article.provision.eid in found else article.address,
            _cells(found.get(article.provision.eid)),
            ROW_HEIGHT * (order + 1),
        )
        for order, article in enumerate(articles)
    ]
    without = [a for a in articles if not _has_reason(found.get(a.provision.eid))]
    return {
        "bill": version.bill,
        "version": version,
        "versions": list(published_versions(version.bill, on).defer("source_text")),
        "columns": COLUMNS,
        "table": table,
        "drawing": _drawing(table),
        "without": [(article, found.get(article.provision.eid)) for article in without],
        "chapters": [
            Chapter(article, found[article.provision.eid])
            for article in articles
            if article.provision.eid in found
        ],
        "unanswered": unanswered(rows),
        "gone": [row for row in rows if not row.places],
        "article_count": len(articles),
        "with_reason": len(articles) - len(without),
        "counts": [
            (str(label), sum(row.kind == kind and not row.is_stale for row in _reasons(rows)))
            for kind, label in LinkKind.choices
        ],
        "stale": sum(row.is_stale for row in _reasons(rows)),
        "base": base,
    }


def _reasons(rows: Iterable[LinkRow]) -> list[LinkRow]:
    return [row for row in rows if row.relation != Relation.UNRELATED]


def _has_reason(ledger: Ledger | None) -> bool:
    return ledger is not None and ledger.reasons > 0


def clause_ledger(eid: str, found: dict[str, Ledger]) -> Ledger:
    """The ledger of the article in which a provision stands; empty where nobody tied anything."""
    whole = article_of(eid)
    return found.get(whole) or Ledger(whole)


def without_reasons(version: Version) -> list[Article]:
    """근거 없는 조문 of a version."""
    found = ledgers(version)
    return [a for a in _own_articles(version) if not _has_reason(found.get(a.provision.eid))]
