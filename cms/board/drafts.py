"""Tiles of the law text: links to clauses that wait for somebody, clauses without a reason, notes of old words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

from cms.board.tiles import Entry, Look, Tile
from cms.queries.links import DeskLink
from cms.queries.reasons import without_reasons
from coalition.drafts.beside import Standing, beside
from coalition.drafts.links import Standing as LinkStanding
from coalition.drafts.models import Bill, Version
from coalition.drafts.queries import newest_published
from coalition.drafts.text.address import korean_from_eid


def newest_versions() -> Iterator[Version]:
    """Of each bill the text that counts now."""
    for bill in Bill.objects.all():
        newest = newest_published(bill)
        if newest is not None:
            yield newest


def _standing(wanted: LinkStanding) -> Callable[[Look], list[DeskLink]]:
    return lambda look: [one for one in look.links if one.placed.standing == wanted]


def _hidden(look: Look) -> list[DeskLink]:
    proposed = LinkStanding.PROPOSED
    return [one for one in look.links if one.is_hidden and one.placed.standing != proposed]


def _link_entries(rows: Sequence[DeskLink]) -> list[Entry]:
    return [
        Entry(
            one.title,
            reverse("links_desk:detail", args=[one.key]),
            f"{one.version.bill.name} {', '.join(p.korean for p in one.places) or one.seen.korean}",
            place=one.placed.link.municipality,
        )
        for one in rows
    ]


@dataclass(frozen=True, slots=True)
class Bare:
    """A clause that nobody gave a reason for."""

    version: Version
    korean: str
    title: str


def _without(look: Look) -> list[Bare]:
    return [
        Bare(version, article.korean, article.provision.title)
        for version in newest_versions()
        for article in without_reasons(version)
    ]


def _bare_entry(row: Bare) -> Entry:
    asked: dict[str, str] = {"bill": str(row.version.bill_id), "clause": row.korean}
    return Entry(
        f"{row.korean} {row.title}".strip(),
        f"{reverse('links_desk:new')}?{urlencode(asked)}",
        f"{row.version.bill.name} v{row.version.no}",
    )


@dataclass(frozen=True, slots=True)
class Old:
    """Something beside a clause that was written for other words."""

    provision: int
    name: str
    detail: str


def _old_notes(look: Look) -> list[Old]:
    found = []
    for version in newest_versions():
        own = dict(version.provisions.values_list("eid", "pk"))
        for eid, one in beside(version).items():
            every: list[Standing[Any]] = [*one.notes, *one.counterparts]
            found += [
                Old(
                    own[eid],
                    f"{korean_from_eid(eid)} {each.row.get_kind_display()}",
                    f"{version.bill.name} v{version.no}",
                )
                for each in every
                if each.stale and eid in own
            ]
    return found


TILES = (
    Tile(
        "links-proposed",
        "검토할 조문 연결",
        "제안된 연결입니다. 이은 사람이 아닌 사람이 확정하거나 물리칩니다.",
        _standing(LinkStanding.PROPOSED),
        _link_entries,
    ),
    Tile(
        "links-stale",
        "재확인할 조문 연결",
        "조문의 글이 바뀌었습니다. 새 글에도 맞는지 다시 확정합니다.",
        _standing(LinkStanding.STALE),
        _link_entries,
    ),
    Tile(
        "links-gone",
        "조문이 없어진 연결",
        "새 판에 그 조문이 없습니다. 거두거나 다른 조문에 잇습니다.",
        _standing(LinkStanding.GONE),
        _link_entries,
    ),
    Tile(
        "links-hidden",
        "가리키는 것이 내려간 연결",
        "이은 사례나 근거가 공개되지 않아 장부에 나오지 않습니다.",
        _hidden,
        _link_entries,
    ),
    Tile(
        "clauses-without-reasons",
        "근거 없는 조문",
        "가장 새 판에서 필요성, 효과, 설계 근거가 하나도 없는 조문입니다.",
        _without,
        lambda rows: [_bare_entry(row) for row in rows],
    ),
    Tile(
        "notes-stale",
        "재확인할 풀이와 나란한 글",
        "조문의 글이 바뀐 뒤 고쳐 쓰지 않은 풀이, 입법 의도, 조례, 현행법입니다.",
        _old_notes,
        lambda rows: [
            Entry(row.name, reverse("clauses_desk:clause", args=[row.provision]), row.detail)
            for row in rows
        ],
    ),
)
