"""연혁: one clause through all versions, with what was split from it and merged into it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from cms.queries.bills import cite
from cms.queries.law import provision_address, version_address
from coalition.drafts.compare import KOREAN, Change, diff
from coalition.drafts.compare.counting import is_touched, told
from coalition.drafts.compare.table import Piece, section_of
from coalition.drafts.comparisons import compared
from coalition.drafts.kinship import Kinship, Member, kinship
from coalition.drafts.models import Provision, Version
from coalition.drafts.queries import published_versions
from coalition.drafts.text.address import korean_from_eid

#: How the word for what happened is coloured; the word itself says it.
LOOK = {
    "신설": "add",
    "삭제": "del",
    "나뉨": "move",
    "합침": "move",
    "옮김": "move",
    "순서": "move",
}


@dataclass(frozen=True, slots=True)
class Place:
    """A provision in one version: its name, its title and its address."""

    korean: str
    title: str
    address: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class Told:
    """A word for what happened, with its look."""

    word: str
    look: str


@dataclass(frozen=True, slots=True)
class Stage:
    """A clause in one version. `events` say what happened since the version before; `places` is empty where the
    clause does not stand."""

    version: Version
    address: str
    places: tuple[Place, ...]
    events: tuple[Told, ...]
    is_here: bool
    comparison: str = ""
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One 항·호·목 in the inline difference: added, taken out or changed words are marked."""

    marker: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """What became of one article (or of several) between two versions."""

    was: str
    now: str
    note: str
    lines: tuple[Line, ...]


def stages(
    version: Version,
    provision: Provision,
    net: Kinship | None = None,
    on: dt.date | None = None,
    versions: Sequence[Version] | None = None,
) -> list[Stage]:
    """Where the provision, its forebears and its heirs stand in each version (of that day), newest first: four
    queries, or none with the `net` and the published `versions` at hand."""
    net = net or kinship(version.bill, provision.kind)
    family = net.line(provision.pk)
    if versions is None:
        versions = list(published_versions(version.bill, on).defer("source_text"))
    elif on is not None:
        versions = [one for one in versions if one.date <= on]
    found = [
        Stage(
            one,
            version_address(one),
            tuple(_place(member, one, provision) for member in net.at(family, one)),
            tuple(_events(net, family, one, before)),
            one.pk == version.pk,
            _comparison(before, one),
        )
        for one, before in _pairs(versions)
    ]
    return _trimmed(found)


def _pairs(versions: Sequence[Version]) -> Iterator[tuple[Version, Version | None]]:
    """Each version, newest first, with the one before it."""
    for at, one in enumerate(versions):
        yield one, versions[at + 1] if at + 1 < len(versions) else None


def _trimmed(found: list[Stage]) -> list[Stage]:
    """Without the versions before the clause came and after it went."""
    standing = [at for at, stage in enumerate(found) if stage.places or stage.events]
    return found[standing[0] : standing[-1] + 1] if standing else []


def _place(member: Member, version: Version, provision: Provision) -> Place:
    korean = korean_from_eid(member.eid) or member.label
    address = provision_address(version, member.eid)
    return Place(korean, member.title, address, member.pk == provision.pk)


def _events(
    net: Kinship, family: set[int], version: Version, before: Version | None
) -> Iterator[Told]:
    """What the lineage alone tells: came, went, was split, was merged, got another number."""
    here = net.at(family, version)
    if before is None:
        return
    there = net.at(family, before)
    if there and not here:
        yield _told("삭제")
    if here and not there:
        yield _told("신설")
    if any(len(net.forebears.get(member.pk, [])) > 1 for member in here):
        yield _told("합침")
    if any(len(_own_heirs(net, member.pk, version)) > 1 for member in there):
        yield _told("나뉨")
    if len(here) == len(there) == 1 and here[0].eid != there[0].eid:
        yield _told("번호 바뀜")
    if len(here) == len(there) == 1 and here[0].title != there[0].title:
        yield _told("제목")


def _own_heirs(net: Kinship, pk: int, version: Version) -> list[Member]:
    return net.at(net.heirs.get(pk, []), version)


def _told(word: str) -> Told:
    return Told(word, LOOK.get(word, ""))


def _comparison(before: Version | None, version: Version) -> str:
    if before is None:
        return ""
    return reverse("comparison", args=[version.bill.slug, f"v{before.no}...v{version.no}"])


def history_details(version: Version, eid: str) -> dict[str, Any] | None:
    """Everything of the page of one clause's history, or None when this version has no such provision."""
    provision = version.provisions.filter(eid=eid).first()
    if provision is None:
        return None
    found = stages(version, provision)
    by_pk = {stage.version.pk: stage for stage in found}
    versions = [stage.version for stage in found]
    shown = [
        _with_differences(by_pk[one.pk], by_pk[before.pk]) if before is not None else by_pk[one.pk]
        for one, before in _pairs(versions)
    ]
    return {
        "bill": version.bill,
        "version": version,
        "provision": provision,
        "korean": korean_from_eid(eid),
        "address": provision_address(version, eid),
        "stages": shown,
        "citation": cite(version, eid),
    }


def _with_differences(stage: Stage, before: Stage) -> Stage:
    """The stage with the words that changed, and with what the comparison tells beyond the lineage."""
    own, older = _articles(stage), _articles(before)
    changes = [
        change
        for change in compared(before.version, stage.version).comparison.changes
        if {unit.node.eid for unit in change.a} & older
        or {unit.node.eid for unit in change.b} & own
    ]
    words = [KOREAN[kind] for change in changes for kind in told(change) if kind != "same"]
    words = [event.word for event in stage.events if event.word != "번호 바뀜"] + words
    if not words:
        words = [KOREAN["same"]]
    return Stage(
        stage.version,
        stage.address,
        stage.places,
        tuple(_told(word) for word in dict.fromkeys(words)),
        stage.is_here,
        stage.comparison,
        tuple(_difference(change, own, older) for change in changes if is_touched(change)),
    )


def _articles(stage: Stage) -> set[str]:
    """eIds of the articles in which the places stand."""
    eids = [place.address.rstrip("/").rpartition("/")[2] for place in stage.places]
    return {_article(eid) for eid in eids}


def _article(eid: str) -> str:
    steps = eid.split("__")
    at = next((at for at, step in enumerate(steps, 1) if step.startswith("art_")), len(steps))
    return "__".join(steps[:at])


def _difference(change: Change, own: set[str], older: set[str]) -> Difference:
    was = {unit.node.eid: korean_from_eid(unit.node.eid) or unit.node.label for unit in change.a}
    now = {unit.node.eid: korean_from_eid(unit.node.eid) or unit.node.label for unit in change.b}
    confirmed = (own & set(now) and not older & set(was) and was) or (
        older & set(was) and not own & set(now) and now
    )
    note = "견주기는 이렇게 짝지었으나, 사람이 확인한 이어짐은 다릅니다." if confirmed else ""
    return Difference(", ".join(was.values()), ", ".join(now.values()), note, tuple(_lines(change)))


def _lines(change: Change) -> Iterator[Line]:
    for row in section_of(change).rows:
        cell = row.b or row.a
        if cell is None:
            continue
        if row.a is not None and row.b is not None:
            pieces = tuple(
                Piece(sign, text) for sign, text in diff.segments(row.a.text, row.b.text)
            )
        else:
            pieces = cell.pieces
        yield Line(cell.marker, pieces)
