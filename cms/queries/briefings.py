"""브리핑: one municipality on one page, on one day, for print and as PDF."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Count, Q, Window
from django.utils.formats import date_format
from django.utils.text import Truncator

from cms.as_of import AsOf
from cms.models import MunicipalityPage
from cms.queries.cases import case_items, live_cases
from cms.queries.positions import Told, municipality_positions
from cms.queries.resolutions import resolutions_of
from cms.queries.spread import has_taken, taken_by
from cms.queries.statements import names_of
from cms.tenancy import MUNICIPALITIES
from coalition.advocacy.models import Stance
from coalition.advocacy.packets.sheet import Part, html_of
from coalition.members.contacts import contacts_of
from coalition.members.heritage import UNSETTLED
from coalition.members.models import MembershipState, Municipality
from coalition.members.queries import with_membership

#: How many lines of each kind one page has room for; the rest is counted.
MOST = {"cases": 5, "positions": 8, "resolutions": 4, "taken": 4, "joined": 3, "contacts": 3}
_SHORT = 110


@dataclass(frozen=True, slots=True)
class Block:
    """A part of the briefing: what is shown of it, and how many are left out."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    more: int
    empty: str


def briefing_details(slug: str, day: AsOf) -> dict[str, Any] | None:
    """Everything of `/municipalities/<slug>/briefing/`; None where there is no public page."""
    page = (
        MunicipalityPage.objects.select_related("municipality__region")
        .filter(Q(municipality__slug=slug), live=True)
        .first()
    )
    if page is None:
        return None
    place: Any = (
        with_membership(day.day).annotate(has_taken=has_taken()).get(pk=page.municipality_id)
    )
    told = _ledgers(page, place, day)
    since = place.since if place.state == MembershipState.APPROVED else None
    return {
        "as_of": day,
        "page": page,
        "place": place,
        "address": f"/{MUNICIPALITIES}/{place.slug}/",
        "membership": f"{date_format(since)}부터 참여" if since else "이날 참여하고 있지 않음",
        "counted": counted(told["positions"]),
        "blocks": list(_blocks(told, page)),
    }


def _ledgers(page: MunicipalityPage, place: Any, day: AsOf) -> dict[str, Any]:
    """What the briefing is made of: no more is asked than it shows."""
    out = live_cases().descendant_of(page)
    if day.until is not None:
        out = out.filter(first_published_at__date__lte=day.until)
    cases = list(out.annotate(total=Window(Count("pk")))[: MOST["cases"]])
    return {
        "cases": case_items(cases, [place]),
        "case_count": cases[0].total if cases else 0,
        "positions": municipality_positions(place, day.until),
        "resolutions": resolutions_of(place, day),
        "joined": names_of(place, day),
        "taken": taken_by(place, day.until) if place.has_taken else [],
        "contacts": [
            (post, post.municipality.full_name if post.municipality_id != place.pk else "")
            for post in contacts_of(place, day.until)
        ],
    }


def counted(positions: list[Told]) -> str:
    """지지 3건, 조건부 1건; positions that are not counted are told apart."""
    found = [
        (str(label), sum(one.row.stance == value and not one.state for one in positions))
        for value, label in Stance.choices
    ]
    aside = sum(bool(one.state) for one in positions)
    words = [f"{label} {number}건" for label, number in found if number]
    return ", ".join([*words, *([f"세지 않음 {aside}건"] if aside else [])])


def _blocks(told: dict[str, Any], page: MunicipalityPage) -> Iterator[Block]:
    yield _block(
        "사례",
        "cases",
        ("사례", "단계", "결과"),
        [(one.title, one.phase_label, _short(one.text)) for one in told["cases"]],
        told["case_count"],
        "이날까지 공개한 사례가 없습니다.",
    )
    yield _block(
        "법안에 대한 입장",
        "positions",
        ("보고 정한 글", "입장", "무엇으로"),
        [_position(one) for one in told["positions"]],
        len(told["positions"]),
        "이날까지 등록한 입장이 없습니다.",
    )
    yield _block(
        "의회 결의",
        "resolutions",
        ("이름", "의회", "어디까지"),
        [
            (
                one.row.title,
                f"{one.row.council}{_before(one.formerly)}",
                f"{one.stage} {_day(one.since)}".strip(),
            )
            for one in told["resolutions"]
        ],
        len(told["resolutions"]),
        "이날까지 등록한 의회 결의가 없습니다.",
    )
    yield _block(
        "함께한 성명",
        "joined",
        ("성명", "함께한 날"),
        [
            (f"{one.row.statement.title}{_before(one.formerly)}", _day(one.row.on))
            for one in told["joined"]
        ],
        len(told["joined"]),
        "",
    )
    yield _block(
        "도입",
        "taken",
        ("가져온 것", "준 곳", "상태"),
        [
            (one.what, one.adoption.donor.full_name if one.adoption.donor else "", one.state_label)
            for one in told["taken"]
        ],
        len(told["taken"]),
        "이날까지 가져온 모델이나 사례가 없습니다.",
    )
    contacts = [
        (f"{c.post}{_before(whose)}", c.telephone, c.email) for c, whose in told["contacts"]
    ]
    if not contacts and page.contact_post:
        contacts = [(page.contact_post, page.contact_phone, "")]
    yield _block(
        "연락처",
        "contacts",
        ("부서", "전화", "전자우편"),
        contacts,
        len(contacts),
        "적힌 연락처가 없습니다.",
    )


def _block(
    title: str, kind: str, head: tuple[str, ...], rows: list[Any], whole: int, empty: str
) -> Block:
    shown = tuple(tuple(str(cell) for cell in row) for row in rows[: MOST[kind]])
    return Block(title, head, shown, max(0, whole - len(shown)), empty)


def _position(one: Told) -> tuple[str, str, str]:
    stance = one.row.get_stance_display() + (f" [{one.state}]" if one.state else "")
    return (one.seen, stance, f"{one.row.get_act_display()} {date_format(one.row.acted_on)}")


def _before(name: str) -> str:
    """What one that came into this municipality said, with its name."""
    return f" [앞선 {name}, {UNSETTLED}]" if name else ""


def _day(day: Any) -> str:
    return date_format(day) if day else ""


def _short(text: str) -> str:
    return str(Truncator(text).chars(_SHORT, truncate="…"))


def briefing_html(told: dict[str, Any]) -> str:
    """The same as one printed page."""
    place: Municipality = told["place"]
    day: AsOf = told["as_of"]
    parts = [Part("참여", tuple(_opening(told)))]
    for block in told["blocks"]:
        if not block.rows and not block.empty:
            continue
        lines = [] if block.rows else [block.empty]
        tables = ((block.head, *block.rows),) if block.rows else ()
        title = f"{block.title} (그 밖에 {block.more}건)" if block.more else block.title
        parts.append(Part(title, tuple(lines), tables))
    return html_of(
        f"{place.full_name} 브리핑",
        parts,
        notice="시연용: 지어낸 지방정부입니다" if place.fictional else "",
        footer=f"{settings.HUB_BASE_URL}{told['address']}\n기준일 {day.day.isoformat()}",
        leaf=True,
    )


def _opening(told: dict[str, Any]) -> Iterator[str]:
    place: Municipality = told["place"]
    yield f"{told['membership']}. 행정코드 {place.code}, {place.region.name}"
    if told["page"].intro:
        yield told["page"].intro
    if told["counted"]:
        yield f"입장: {told['counted']}"
