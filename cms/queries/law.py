"""Law text as reading needs it: headings, articles, and under them flat units in reading order, their words cut
at citations and defined terms.

Everything but the rows of the provisions is computed from a published text, which never changes; so each
version is cut once per process and remembered by its hash.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import Http404
from django.urls import reverse

from coalition.drafts.models import Provision, Version
from coalition.drafts.queries import provisions_in_order
from coalition.drafts.text.address import korean_from_eid
from coalition.drafts.text.parse import parse
from coalition.drafts.text.segments import Segment, Segmented, in_lines, segmented
from coalition.drafts.text.terms import Term

HEADINGS = frozenset({"part", "chapter", "section", "subsection", "supplement", "annex"})
DEPTH = {"article": 0, "paragraph": 1, "item": 2, "subitem": 3, "subsubitem": 4, "note": 1}


@dataclass(frozen=True, slots=True)
class Word:
    """Some words as they stand on the page: plain, or a link of one `kind` (ref, statute, term) with a hint."""

    text: str
    kind: str = ""
    address: str = ""
    hint: str = ""
    term: int = 0


@dataclass(frozen=True, slots=True)
class Unit:
    """One 항·호·목, or the text of an article that has no 항. `depth` says how far it hangs in; `place` is its
    name within the article (제2항제1호)."""

    eid: str
    kind: str
    marker: str
    lines: list[list[Word]]
    marks: list[str]
    depth: int
    marked: bool
    deleted: bool
    address: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Meaning:
    """A defined term of an article: its number there, what it means, and where that is said."""

    number: int
    word: str
    lines: tuple[str, ...]
    address: str
    korean: str


@dataclass(frozen=True, slots=True)
class Backlink:
    """A provision that cites this article: where it stands, and what of the article it cites."""

    address: str
    korean: str
    title: str
    cited: str


@dataclass(slots=True)
class Article:
    """제N조 with its units. A 부칙 of one sentence is shown like an article without a number."""

    provision: Provision
    units: list[Unit] = field(default_factory=list)
    address: str = ""
    korean: str = ""
    meanings: list[Meaning] = field(default_factory=list)
    cited_by: list[Backlink] = field(default_factory=list)
    # Put here by cms.queries.clauses, which stands above this module.
    notes: list[Any] = field(default_factory=list)
    columns: str = ""
    # And here by cms.queries.reasons and cms.queries.opinions.
    ledger: Any = None
    opinions: Any = None


@dataclass(slots=True)
class Heading:
    """편·장·절·관, 부칙, 별표, and the articles until the next heading."""

    provision: Provision | None
    articles: list[Article] = field(default_factory=list)


def get_version(slug: str, no: str) -> Version:
    """A published version, or 404."""
    version = (
        Version.objects.select_related("bill")
        .filter(bill__slug=slug, no=no, published_at__isnull=False)
        .first()
    )
    if version is None:
        raise Http404("발행되지 않은 판입니다.")
    return version


def get_version_among(slug: str, no: str) -> tuple[Version, list[Version]]:
    """A published version, or 404, and all of its bill, newest first: one query that reads no text."""
    rows = Version.objects.filter(bill__slug=slug, published_at__isnull=False)
    versions = list(rows.select_related("bill").defer("source_text").order_by("-order"))
    found = next((version for version in versions if version.no == no), None)
    if found is None:
        raise Http404("발행되지 않은 판입니다.")
    return found, versions


def version_address(version: Version) -> str:
    return reverse("version", args=[version.bill.slug, version.no])


def provision_address(version: Version, eid: str) -> str:
    return reverse("provision", args=[version.bill.slug, version.no, eid])


_SEGMENTED: dict[str, Segmented] = {}
_REMEMBERED = 64


def segments_of(version: Version) -> Segmented:
    """A published version cut at its citations and terms; the text is read once per process."""
    found = _SEGMENTED.get(version.sha256)
    if found is None:
        if len(_SEGMENTED) >= _REMEMBERED:
            _SEGMENTED.clear()
        found = _SEGMENTED[version.sha256] = segmented(parse(version.source_text).tree)
    return found


def contents(version: Version) -> list[Heading]:
    """Headings and articles, for lists of contents."""
    return _grouped(provisions_in_order(version), _Reader(version_address(version), {}, None, ""))


@dataclass(frozen=True, slots=True)
class Law:
    """A whole version, ready to be read."""

    version: Version
    provisions: dict[str, Provision]
    headings: list[Heading]
    reader: _Reader

    @property
    def pairs(self) -> list[tuple[Heading, Article]]:
        """Every article with the heading that it stands under, in order."""
        return [(heading, article) for heading in self.headings for article in heading.articles]

    def cited_by(self, eid: str) -> list[Backlink]:
        """Who cites this provision, something below it, or the whole that it stands in."""
        return self.reader.citing_one(eid)


def law_text(version: Version, marked: str = "") -> Law:
    """The whole version in one query. `marked` is the eId that the reader asked for: when it stands in an article,
    only that one's units are made."""
    rows = provisions_in_order(version)
    known = {provision.eid: provision for provision in rows if provision.eid}
    reader = _Reader(version_address(version), known, segments_of(version), marked)
    headings = _grouped(rows, reader)
    reader.put_beside([article for heading in headings for article in heading.articles])
    return Law(version, known, headings, reader)


def _grouped(provisions: Iterable[Provision], reader: _Reader) -> list[Heading]:
    headings: list[Heading] = []
    article: Article | None = None
    for provision in provisions:
        if provision.kind in HEADINGS:
            headings.append(Heading(provision))
            article = None
            if provision.text:
                article = reader.begin(headings, provision)
                article.units.append(reader.unit(provision, article, depth=0))
        elif provision.kind == "article" or article is None:
            article = reader.begin(headings, provision)
            if provision.text or provision.deleted:
                article.units.append(reader.unit(provision, article, depth=0))
        elif reader.wants(provision):
            article.units.append(reader.unit(provision, article, depth=DEPTH[provision.kind]))
    return headings


@dataclass(frozen=True, slots=True)
class _Reader:
    """Makes what is shown of one version; without `cut` only what lists of contents need."""

    base: str
    known: Mapping[str, Provision]
    cut: Segmented | None
    marked: str

    def address(self, eid: str) -> str:
        return f"{self.base}{eid}/"

    def wants(self, provision: Provision) -> bool:
        """Whether the units of the article in which the provision stands will be shown."""
        asked = self.article_of(self.marked) if self.marked else None
        return asked is None or provision.eid.startswith(f"{asked.eid}__")

    def begin(self, headings: list[Heading], provision: Provision) -> Article:
        if not headings:
            headings.append(Heading(None))
        article = Article(provision)
        if provision.eid:
            article.address = self.address(provision.eid)
            article.korean = korean_from_eid(provision.eid) or provision.label
        headings[-1].articles.append(article)
        return article

    def unit(self, provision: Provision, article: Article, *, depth: int) -> Unit:
        eid, whole = provision.eid, article.provision.eid
        below = eid.removeprefix(f"{whole}__") if eid != whole else ""
        return Unit(
            eid=eid,
            kind=provision.kind,
            marker=provision.marker,
            lines=self.lines(provision, whole),
            marks=provision.marks,
            depth=depth,
            marked=bool(self.marked) and eid == self.marked,
            deleted=provision.deleted,
            address=self.address(eid) if eid else "",
            place=(korean_from_eid(below) or "") if below and provision.kind != "note" else "",
        )

    def lines(self, provision: Provision, article: str) -> list[list[Word]]:
        if self.cut is None:
            return []
        terms = self.cut.terms.get(article, [])
        rows = in_lines(self.cut.words[provision.order - 1])
        return [[self.word(segment, terms) for segment in row] for row in rows]

    def word(self, segment: Segment, terms: list[Term]) -> Word:
        if segment.eid:
            return Word(segment.text, "ref", self.address(segment.eid), self.name(segment.eid))
        if segment.url:
            return Word(segment.text, "statute", segment.url)
        if segment.term is not None:
            number = terms.index(segment.term) + 1 if segment.term in terms else 0
            return Word(segment.text, "term", self.address(segment.term.eid), "", number)
        return Word(segment.text)

    def name(self, eid: str) -> str:
        """제9조(실태조사), 제3조(정의)제1호: as a citation with its title."""
        article = self.article_of(eid)
        whole = korean_from_eid(eid) or ""
        if article is None or not article.title:
            return whole
        head = korean_from_eid(article.eid) or article.label
        return f"{head}({article.title}){whole.removeprefix(head)}"

    def article_of(self, eid: str) -> Provision | None:
        steps = eid.split("__")
        for length in range(len(steps), 0, -1):
            found = self.known.get("__".join(steps[:length]))
            if found is not None and found.kind == "article":
                return found
        return None

    def put_beside(self, articles: Iterable[Article]) -> None:
        """What stands beside each article: meanings of its terms, and who cites it."""
        if self.cut is None:
            return
        citing = self.citing()
        for article in articles:
            eid = article.provision.eid
            article.cited_by = citing.get(eid, [])
            article.meanings = [
                Meaning(
                    number,
                    term.word,
                    term.meaning,
                    self.address(term.eid),
                    korean_from_eid(term.eid) or "",
                )
                for number, term in enumerate(self.cut.terms.get(eid, []), 1)
            ]

    def citing(self) -> dict[str, list[Backlink]]:
        """Citations from other articles, by the eId of the article that they cite."""
        found: dict[str, dict[tuple[str, str], Backlink]] = {}
        for reference in self.cut.references.internal if self.cut else []:
            home = self.article_of(reference.at)
            for eid in reference.to:
                cited = self.article_of(eid)
                if cited is not None and (home is None or home.eid != cited.eid):
                    links = found.setdefault(cited.eid, {})
                    links[reference.at, eid] = self.backlink(reference.at, eid)
        return {eid: list(links.values()) for eid, links in found.items()}

    def backlink(self, at: str, eid: str) -> Backlink:
        home = self.article_of(at)
        korean = korean_from_eid(at) or ""
        title = home.title if home else ""
        return Backlink(self.address(at), korean, title, korean_from_eid(eid) or "")

    def citing_one(self, eid: str) -> list[Backlink]:
        """Citations of this provision, of its parts and of the whole around it, but not from within it."""
        found: dict[tuple[str, str], Backlink] = {}
        for reference in self.cut.references.internal if self.cut else []:
            if not f"{reference.at}__".startswith(f"{eid}__"):
                for to in reference.to:
                    if f"{to}__".startswith(f"{eid}__") or f"{eid}__".startswith(f"{to}__"):
                        found[reference.at, to] = self.backlink(reference.at, to)
        return list(found.values())
