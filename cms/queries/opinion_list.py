"""의견: the list of a bill's opinions, narrowed by clause and state, and what is taken along of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import QueryDict

from cms.as_of import AsOf
from cms.queries.dialogue import Addresses
from cms.queries.opinions import WHOLE, all_told, form_address
from coalition.advocacy.models import AuthorKind, Verdict
from coalition.advocacy.opinions import Carriage, Standing, Tally, on_bill, tally
from coalition.drafts.links import article_of
from coalition.drafts.models import Bill, Version
from coalition.drafts.queries import newest_published
from coalition.drafts.text.address import korean_from_eid

ROWS_A_PAGE = 20
#: Words of the address; the last four say where it stands, not what was answered.
STATES = {
    "waiting": "답변 기다림",
    **{value: str(label) for value, label in Verdict.choices},
    "stale": "재확인 필요",
    "orphan": "없어진 조문",
    "hidden": "가려짐",
    "withdrawn": "거둠",
}
FILTERS = ("clause", "state")


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a filter."""

    label: str
    address: str
    number: int
    current: bool


def opinions_details(bill: Bill, day: AsOf, path: str, data: QueryDict) -> dict[str, Any] | None:
    """Everything of `/bills/<slug>/opinions/`; None when the bill had no published version that day."""
    now = newest_published(bill, day.day)
    if now is None:
        return None
    every = on_bill(bill, now, day.day)
    asked = {name: data.get(name, "").strip()[:200] for name in FILTERS}
    shown = [one for one in every if is_asked(one, asked)]
    addresses = Addresses(path, data, "on", *FILTERS)
    page = Paginator(shown, ROWS_A_PAGE).get_page(data.get("page", "1")[:9])
    return {
        "bill": bill,
        "version": now,
        "as_of": day,
        "tally": tally(every),
        "verdicts": _verdicts(tally(every)),
        "opinions": all_told(list(page.object_list), now),
        "every": len(every),
        "shown": len(shown),
        "states": _state_choices(every, asked, addresses),
        "clauses": _clause_choices(every, asked, addresses),
        "clear": addresses.with_(clause="", state=""),
        "pages": addresses.pages(page),
        "export": addresses.with_().partition("?")[2],
        "form_address": form_address(now),
    }


def _verdicts(found: Tally) -> list[tuple[str, int]]:
    return [(str(Verdict(value).label), number) for value, number in found.verdicts.items()]


def is_asked(one: Standing, asked: Mapping[str, str]) -> bool:
    """Whether an opinion passes the filters."""
    clause, state = asked.get("clause", ""), asked.get("state", "")
    if clause and clause not in _clauses_of(one):
        return False
    return not state or state in _states_of(one)


def _clauses_of(one: Standing) -> list[str]:
    """Words of the filter: the articles where it stands now, `whole`, or `gone`."""
    if one.row.provision_id is None:
        return ["whole"]
    return list(dict.fromkeys(article_of(eid) for eid in one.eids)) or ["gone"]


def _states_of(one: Standing) -> list[str]:
    found = [one.verdict] if one.verdict else ["waiting"] if one.waiting is not None else []
    if one.carriage is not Carriage.CARRIED:
        found.append(str(one.carriage))
    if one.veil is not None:
        found.append("hidden")
    return [*found, "withdrawn"] if one.withdrawn else found


def _state_choices(
    every: Sequence[Standing], asked: Mapping[str, str], addresses: Addresses
) -> list[Choice]:
    told_of = [state for one in every for state in _states_of(one)]
    choices = [
        Choice(label, addresses.with_(state=value), told_of.count(value), asked["state"] == value)
        for value, label in STATES.items()
        if value in told_of or asked["state"] == value
    ]
    return [Choice("모두", addresses.with_(state=""), len(every), not asked["state"]), *choices]


def _clause_choices(
    every: Sequence[Standing], asked: Mapping[str, str], addresses: Addresses
) -> list[Choice]:
    counts: dict[str, int] = {}
    order: dict[str, tuple[int, ...]] = {"whole": (0,), "gone": (2,)}
    for one in every:
        for name in _clauses_of(one):
            counts[name] = counts.get(name, 0) + 1
            order.setdefault(name, (1, *_numbers_in(name)))
    choices = [
        Choice(
            _clause_label(name), addresses.with_(clause=name), counts[name], asked["clause"] == name
        )
        for name in sorted(counts, key=order.__getitem__)
    ]
    return [Choice("모두", addresses.with_(clause=""), len(every), not asked["clause"]), *choices]


def _numbers_in(eid: str) -> tuple[int, ...]:
    """art_5-2 → 0, 5, 2: clauses in the order of the text, 부칙 last."""
    digits = "".join(c if c.isdigit() else " " for c in eid)
    return (int(eid.startswith("supp")), *map(int, digits.split()))


def _clause_label(name: str) -> str:
    return {"whole": WHOLE, "gone": "없어진 조문"}.get(name) or korean_from_eid(name) or name


def rows_to_export(
    bill: Bill, now: Version, day: AsOf, asked: Mapping[str, str]
) -> list[dict[str, Any]]:
    """The filtered list as plain values, one per opinion: no name, not even a consented one."""
    shown = [one for one in on_bill(bill, now, day.day) if is_asked(one, asked)]
    rows = []
    for one in all_told(shown, now, texts=False):
        veil, reply = one.standing.veil, one.reply
        rows.append(
            {
                "번호": str(one.number),
                "조문": "없어진 조문"
                if one.is_orphan
                else ", ".join(place.korean for place in one.places),
                "보고 쓴 글": f"v{one.seen_no} {one.seen.korean}",
                "이어짐": STATES.get(str(one.standing.carriage), ""),
                "누구로서": str(AuthorKind(one.row.author_kind).label),
                "받은 날": one.row.on.isoformat(),
                "의견": "\n".join(one.paragraphs),
                "가린 까닭": veil.reason
                if veil
                else "쓴 사람이 거둠"
                if one.standing.withdrawn
                else "",
                "답변": one.verdict,
                "답변의 까닭": reply.reason if reply else "",
                "답한 날": reply.on.isoformat() if reply else "",
                "답변 없이 며칠": str(one.standing.waiting)
                if one.standing.waiting is not None
                else "",
                "가상": "예" if bill.fictional else "",
            }
        )
    return rows
