"""What is shown beside a clause and is no law: notes, and the columns 조례 and 현행법."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from cms.queries.law import Article, Law, law_text, provision_address, version_address
from coalition.drafts.beside import Beside, Standing, beside
from coalition.drafts.kinship import Kinship
from coalition.drafts.models import Counterpart, CounterpartKind, ProvisionNote, Version
from coalition.drafts.text.address import korean_from_eid
from coalition.particles import object_
from coalition.record.models import Source


@dataclass(frozen=True, slots=True)
class Then:
    """재확인 필요: the words that something was written for, and where they stand."""

    name: str
    address: str
    lines: tuple[str, ...]

    @property
    def as_object(self) -> str:
        """v0.2 제12조를."""
        return object_(self.name)


@dataclass(frozen=True, slots=True)
class Note:
    """쉬운 말 풀이 or 입법 의도, as it is shown."""

    kind: str
    paragraphs: list[str]
    seen: str
    written_at: dt.datetime
    then: Then | None


@dataclass(frozen=True, slots=True)
class Quoted:
    """A text in force beside a clause, word for word."""

    key: int
    name: str
    article: str
    lines: list[str]
    owner: str
    fictional: bool
    source: Source | None
    then: Then | None


@dataclass(slots=True)
class Clause:
    """An article with what stands beside it."""

    article: Article
    notes: list[Note] = field(default_factory=list)
    ordinances: list[Quoted] = field(default_factory=list)
    statutes: list[Quoted] = field(default_factory=list)


def _then(one: Standing[ProvisionNote] | Standing[Counterpart]) -> Then | None:
    if not one.stale:
        return None
    provision = one.row.provision
    name = f"v{provision.version.no} {korean_from_eid(provision.eid) or provision.label}"
    return Then(name, provision_address(provision.version, provision.eid), one.then)


def _note(one: Standing[ProvisionNote]) -> Note:
    row = one.row
    paragraphs = [line for line in row.text.split("\n") if line.strip()]
    seen = object_(f"v{row.provision.version.no}")
    return Note(row.get_kind_display(), paragraphs, seen, row.written_at, _then(one))


def _quoted(one: Standing[Counterpart]) -> Quoted:
    row = one.row
    place = row.municipality
    return Quoted(
        row.pk,
        row.name,
        row.article,
        row.text.split("\n"),
        place.full_name if place else "",
        bool(place and place.fictional),
        row.source,
        _then(one),
    )


def clause_of(article: Article, found: Beside | None) -> Clause:
    """An article with what stands beside it, ready to be shown."""
    clause = Clause(article)
    if found is not None:
        clause.notes = [_note(one) for one in found.notes]
        for one in found.counterparts:
            is_ordinance = one.row.kind == CounterpartKind.ORDINANCE
            (clause.ordinances if is_ordinance else clause.statutes).append(_quoted(one))
    return clause


def put_beside(
    version: Version,
    articles: Iterable[Article],
    net: Kinship | None = None,
    on: dt.date | None = None,
) -> bool:
    """Give the articles their notes (of that day); whether the version has anything for the three columns."""
    found = beside(version, net, on)
    for article in articles:
        clause = clause_of(article, found.get(article.provision.eid))
        article.notes = clause.notes
        if clause.ordinances or clause.statutes:
            article.columns = f"{version_address(version)}columns/#{article.provision.eid}"
    return any(one.counterparts for one in found.values())


def columns_details(version: Version, on: dt.date | None = None) -> dict[str, Any]:
    """Everything of the page 조례 | 법률안 | 현행법."""
    law: Law = law_text(version)
    found = beside(version, on=on)
    clauses = [
        clause_of(article, found[article.provision.eid])
        for _, article in law.pairs
        if article.provision.eid in found
    ]
    return {
        "bill": version.bill,
        "version": version,
        "clauses": [clause for clause in clauses if clause.ordinances or clause.statutes],
    }
