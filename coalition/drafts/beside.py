"""What stands beside a clause and is no law: notes and counterparts, and whether they still hold.

The rule (design/drafts.md): they hang on uid + the version whose text was looked at. They are carried silently
while the clause is the same or only its number, its citations' numbers or its place changed; for every other
change they are shown as 재확인 필요, with the text that they were written for.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, QuerySet

from coalition.drafts.compare import Kind
from coalition.drafts.comparisons import compared
from coalition.drafts.kinship import Kinship, kinship
from coalition.drafts.models import (
    Counterpart,
    CounterpartKind,
    NoteKind,
    Provision,
    ProvisionNote,
    Version,
)
from coalition.drafts.queries import uid_of
from coalition.drafts.text.tree import Node, index, walk
from coalition.members.models import Municipality
from coalition.record.models import User
from coalition.record.sources import Cited

Row = TypeVar("Row", ProvisionNote, Counterpart)

#: Changes after which what was written still holds.
SILENT: frozenset[Kind] = frozenset({"same", "number", "reference", "moved"})


@dataclass(frozen=True, slots=True)
class Standing(Generic[Row]):
    """A row beside a clause of one version. `stale` (재확인 필요): it was written for other words, `then`."""

    row: Row
    stale: bool
    then: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside one clause."""

    notes: list[Standing[ProvisionNote]] = field(default_factory=list)
    counterparts: list[Standing[Counterpart]] = field(default_factory=list)


def beside(
    version: Version, net: Kinship | None = None, on: dt.date | None = None
) -> dict[str, Beside]:
    """What stands beside each article of a published version, by eId; with `on` as of that day. Later versions'
    rows are not told. `net` is the bill's, when it is at hand."""
    written, later = (
        ProvisionNote.objects.all(),
        Counterpart.objects.filter(replaces=OuterRef("pk")),
    )
    placed = Counterpart.objects.exclude(text="")
    if on is not None:
        written, later = (
            written.filter(written_at__date__lte=on),
            later.filter(entered_at__date__lte=on),
        )
        placed = placed.filter(entered_at__date__lte=on)
    notes = list(_until(version, written))
    placed = placed.exclude(Exists(later))
    counterparts = list(_until(version, placed.select_related("source", "municipality__region")))
    if not notes and not counterparts:
        return {}
    net = net or kinship(version.bill)
    found: dict[str, Beside] = {}
    for pk, member in net.members.items():
        if member.version_id == version.pk:
            own_notes = list(_notes(notes, net, pk))
            own_counterparts = _in_line(counterparts, net, pk)
            if own_notes or own_counterparts:
                found[member.eid] = Beside(
                    [_standing(each, version, member.eid) for each in own_notes],
                    [_standing(each, version, member.eid) for each in own_counterparts],
                )
    return found


def _until(version: Version, rows: QuerySet[Row]) -> QuerySet[Row]:
    return rows.filter(
        provision__version__bill=version.bill_id, provision__version__order__lte=version.order
    ).select_related("provision__version__bill")


def _notes(rows: Sequence[ProvisionNote], net: Kinship, pk: int) -> Iterator[ProvisionNote]:
    """Of each kind the note that counts; one for each forebear where several were merged."""
    for kind in NoteKind.values:
        newest = {
            row.provision_id: row for row in _newest([r for r in rows if r.kind == kind], net, pk)
        }
        yield from (row for row in newest.values() if not row.withdrawn)


def _newest(rows: Sequence[Row], net: Kinship, pk: int) -> list[Row]:
    """The rows on this clause and on what it comes from, those of the newest version they were written for."""
    own = _in_line(rows, net, pk)
    orders = [row.provision.version.order or 0 for row in own]
    return [row for row in own if (row.provision.version.order or 0) == max(orders)]


def _in_line(rows: Sequence[Row], net: Kinship, pk: int) -> list[Row]:
    """The rows on this clause and on what it comes from."""
    line = net.back(pk)
    return sorted((row for row in rows if row.provision_id in line), key=lambda row: row.pk)


def _standing(row: Row, version: Version, eid: str) -> Standing[Row]:
    provision = row.provision
    if provision.version_id == version.pk:
        return Standing(row, stale=False)
    found = compared(provision.version, version)
    for change in found.comparison.changes:
        if [unit.node.eid for unit in change.b] == [eid]:
            same = [unit.node.eid for unit in change.a] == [provision.eid]
            if same and set(change.kinds) <= SILENT:
                return Standing(row, stale=False)
    node = index(found.a_tree).get(provision.eid)
    return Standing(row, stale=True, then=tuple(_lines(node)) if node else ())


def _lines(article: Node) -> Iterator[str]:
    for node in walk(article):
        marker = node.lead.strip() if node is not article else ""
        if node.text:
            yield f"{marker} {node.text}".strip()


# What actions write


def new_note(
    provision: Provision, kind: str, text: str, seen: int | None, by: User | None
) -> ProvisionNote:
    """A note to be saved. Raises ValidationError when it can't be, or says what is said already.

    `seen` is the key of the note on this article that the writer was shown (0: none).
    """
    _require_article(provision)
    said = "\n".join(line.rstrip() for line in text.strip().splitlines())
    newest = provision.notes.filter(kind=kind).order_by("-pk").first()
    if seen is not None and seen != (newest.pk if newest else 0):
        raise ValidationError(
            "그 사이 다른 사람이 이 풀이를 고쳤습니다. 지금 글을 보고 다시 저장하세요."
        )
    if not said and (newest is None or newest.withdrawn):
        raise ValidationError("글을 쓰세요.")
    if newest is not None and newest.text == said:
        raise ValidationError("바뀐 것이 없습니다.")
    note = ProvisionNote(
        provision=provision,
        uid=uid_of(provision) or uuid.uuid4(),
        kind=kind,
        text=said,
        withdrawn=not said,
        written_by=by,
    )
    note.full_clean()
    return note


def new_counterpart(
    provision: Provision,
    kind: str,
    name: str,
    article: str,
    text: str,
    municipality: Municipality | None,
    cited: Cited | None,
    by: User | None,
) -> Counterpart:
    """A counterpart to be saved. Raises ValidationError when one of what it needs is missing."""
    _require_article(provision)
    if not text.strip():
        raise ValidationError("글을 쓰세요. 원문을 그대로 옮깁니다.")
    if kind == CounterpartKind.STATUTE and municipality is not None:
        raise ValidationError("현행법에는 지방정부를 고르지 않습니다.")
    if kind == CounterpartKind.ORDINANCE and municipality is None:
        raise ValidationError("어느 지방정부의 조례인지 고르세요.")
    if cited is None and not (municipality is not None and municipality.fictional):
        raise ValidationError(
            "출처를 쓰세요. 출처 없이 넣을 수 있는 것은 가상 지방정부의 조례뿐입니다."
        )
    counterpart = Counterpart(
        provision=provision,
        uid=uid_of(provision) or uuid.uuid4(),
        kind=kind,
        name=name.strip(),
        article=article.strip(),
        text="\n".join(line.rstrip() for line in text.strip().splitlines()),
        municipality=municipality,
        source=cited.source() if cited is not None else None,
        entered_by=by,
    )
    counterpart.full_clean()
    return counterpart


def taken_away(counterpart: Counterpart, by: User | None) -> Counterpart:
    """The row that takes a counterpart away. Raises ValidationError when it is away already."""
    if not counterpart.text or Counterpart.objects.filter(replaces=counterpart).exists():
        raise ValidationError("이미 거둔 글입니다.")
    return Counterpart(
        provision_id=counterpart.provision_id,
        uid=counterpart.uid,
        kind=counterpart.kind,
        name=counterpart.name,
        article=counterpart.article,
        municipality_id=counterpart.municipality_id,
        source_id=counterpart.source_id,
        replaces=counterpart,
        entered_by=by,
    )


def _require_article(provision: Provision) -> None:
    if provision.kind != "article" or not provision.version.is_published:
        raise ValidationError("발행된 판의 조에만 쓸 수 있습니다.")
