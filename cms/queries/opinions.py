"""의견: what the list of a bill, an opinion's own page and a clause say of opinions and their replies."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from cms.as_of import AsOf
from cms.queries.clauses import Then
from cms.queries.law import Article, provision_address, version_address
from coalition.advocacy.models import AuthorKind, Opinion, OpinionReply, Verdict
from coalition.advocacy.opinions import (
    Carriage,
    Standing,
    newest_on,
    numbers,
    opinions_until,
    replies_of,
    standings_of,
    words_of,
)
from coalition.drafts.kinship import Kinship
from coalition.drafts.links import LINKED_KINDS, lines_now, lines_then
from coalition.drafts.models import Bill, Provision, Version
from coalition.drafts.queries import newest_published
from coalition.drafts.text.address import korean_from_eid
from coalition.members.queries import today

WHOLE = "법안 전체"
BESIDE_CLAUSE = 3
_LOOKS = {Verdict.ACCEPTED: "add", Verdict.PARTLY: "warn", Verdict.DECLINED: "del"}


@dataclass(frozen=True, slots=True)
class Place:
    """A clause with its name and address; the whole bill's leads to the version."""

    eid: str
    korean: str
    title: str
    address: str


@dataclass(frozen=True, slots=True)
class Told:
    """An opinion as it is shown: no address, and a name only when its author wanted it shown."""

    number: int
    address: str
    standing: Standing
    author: str
    paragraphs: list[str]
    places: list[Place]
    seen: Place
    seen_no: str
    verdict: str
    look: str
    reply: OpinionReply | None
    then: Then | None
    now: list[Then]
    comparison: str

    @property
    def row(self) -> Any:
        return self.standing.row

    @property
    def is_orphan(self) -> bool:
        return self.standing.carriage is Carriage.ORPHAN

    @property
    def is_stale(self) -> bool:
        return self.standing.carriage is Carriage.STALE

    @property
    def suspension_address(self) -> str:
        """Where somebody whose rights it violates asks that it be hidden; nothing while nobody can read it."""
        if not self.standing.readable:
            return ""
        return reverse("suspension_form", args=[self.row.version.bill.slug, self.number])

    @property
    def moved(self) -> bool:
        """Whether it is shown at another number than the one looked at."""
        return bool(self.places) and self.places[0].address != self.seen.address


@dataclass(slots=True)
class ClauseOpinions:
    """What stands beside one article."""

    number: int
    newest: list[Told] = field(default_factory=list)
    list_address: str = ""
    form_address: str = ""


def form_address(version: Version, eid: str = "") -> str:
    """Where an opinion on this clause is written."""
    address = reverse("opinion_form", args=[version.bill.slug, version.no])
    return f"{address}?clause={eid}" if eid else address


def _place(version: Version, eid: str, title: str = "") -> Place:
    if not eid:
        return Place("", WHOLE, "", version_address(version))
    return Place(eid, korean_from_eid(eid) or eid, title, provision_address(version, eid))


def author_of(row: Any) -> str:
    """How the author is called: by the name that they consented to, else by what they are."""
    name = row.signature.name if row.signature is not None else ""
    return name or str(AuthorKind(row.author_kind).label)


def told(
    one: Standing,
    now: Version,
    words: Mapping[int, str],
    replies: Mapping[int, OpinionReply],
    *,
    texts: bool = True,
) -> Told:
    """An opinion in the words and addresses of the page; `texts` with both texts when it is 재확인 필요."""
    row, seen = one.row, one.row.provision
    version = row.version
    seen_place = _place(version, seen.eid if seen else "", seen.title if seen else "")
    then, here = None, []
    if texts and seen is not None and one.carriage is not Carriage.CARRIED:
        name = f"v{version.no} {seen_place.korean}"
        then = Then(name, seen_place.address, lines_then(seen, now))
        here = [
            Then(
                f"v{now.no} {korean_from_eid(eid)}",
                provision_address(now, eid),
                lines_now(seen, now, eid),
            )
            for eid in one.eids
        ]
    compared = ""
    if seen is None and one.carriage is Carriage.STALE:
        compared = reverse("comparison", args=[now.bill.slug, f"v{version.no}...v{now.no}"])
    return Told(
        number=row.pk,
        address=reverse("opinion", args=[now.bill.slug, row.pk]),
        standing=one,
        author=author_of(row),
        paragraphs=[line for line in words.get(row.pk, "").split("\n") if line.strip()],
        places=[_place(now, eid) for eid in one.eids] if seen else [_place(now, "")],
        seen=seen_place,
        seen_no=version.no,
        verdict=str(Verdict(one.verdict).label) if one.verdict else "",
        look=_LOOKS[Verdict(one.verdict)] if one.verdict else "",
        reply=replies.get(row.pk),
        then=then,
        now=here,
        comparison=compared,
    )


def all_told(shown: Sequence[Standing], now: Version, *, texts: bool = True) -> list[Told]:
    """Several in two queries more."""
    words, replies = words_of(shown), replies_of(shown)
    return [told(one, now, words, replies, texts=texts) for one in shown]


def words_for_desk(shown: Sequence[Standing]) -> dict[int, str]:
    """The words of all of them, hidden ones too: for the secretariat only."""
    rows = Opinion.objects.filter(pk__in=[one.row.pk for one in shown])
    return dict(rows.values_list("pk", "text"))


# One opinion, and what stands beside a clause


def opinion_details(bill: Bill, pk: int, day: AsOf) -> dict[str, Any] | None:
    """Everything of `/bills/<slug>/opinions/<n>/`; None for what was not told by that day."""
    now = newest_published(bill, day.day)
    row = opinions_until(day.day).filter(version__bill=bill, pk=pk).first()
    if now is None or row is None:
        return None
    shown = all_told(standings_of([row], now, day.day), now)
    return {"bill": bill, "version": now, "as_of": day, "opinion": shown[0]}


def own_details(opinion: Opinion) -> dict[str, Any]:
    """The author's own page: their words also while nobody else may read them, and what is kept of them."""
    now = newest_published(opinion.version.bill) or opinion.version
    row = opinions_until(today()).filter(pk=opinion.pk).first()
    shown = all_told(standings_of([row], now, today()), now) if row is not None else []
    seen = opinion.provision
    person, signature = opinion.person, opinion.signature
    return {
        "bill": opinion.version.bill,
        "version": opinion.version,
        "place": _place(opinion.version, seen.eid if seen else "", seen.title if seen else ""),
        "own": opinion,
        "paragraphs": [line for line in opinion.text.split("\n") if line.strip()],
        "opinion": shown[0] if shown else None,
        "keeps_email": person.erased_at is None and bool(person.email),
        "kept_until": person.retain_until,
        "keeps_name": signature is not None and signature.erased_at is None,
    }


def put_opinions(
    version: Version, articles: Iterable[Article], net: Kinship, on: dt.date | None = None
) -> None:
    """Give the articles the number of opinions on them (of that day): one query."""
    found = numbers(version, net, on)
    for article in articles:
        eid = article.provision.eid
        if eid and article.provision.kind == "article":
            article.opinions = _beside(version, eid, sum(n for _, n in found.get(eid, [])), on)


def clause_opinions(
    article: Article,
    provision: Provision,
    version: Version,
    net: Kinship,
    on: dt.date | None = None,
) -> ClauseOpinions | None:
    """The newest opinions on an article, for the clause's own page: one query. The form asks for what is looked at."""
    eid = article.provision.eid
    if not eid or article.provision.kind != "article":
        return None
    found = newest_on(eid, version, net, BESIDE_CLAUSE, on)
    beside = _beside(version, eid, found.number, on)
    if provision.kind in LINKED_KINDS:
        beside.form_address = form_address(version, provision.eid)
    beside.newest = [
        told(one, version, found.words, found.replies, texts=False) for one in found.standings
    ]
    return beside


def _beside(version: Version, eid: str, number: int, on: dt.date | None) -> ClauseOpinions:
    asked = {"clause": eid, **({"on": on.isoformat()} if on else {})}
    base = reverse("opinions", args=[version.bill.slug])
    return ClauseOpinions(
        number,
        list_address=f"{base}?{urlencode(asked)}",
        form_address=form_address(version, eid),
    )
