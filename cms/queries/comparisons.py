"""What the comparison of two versions shows, and how the two are chosen."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.http import Http404
from django.urls import reverse

from cms.queries.comparison_cells import Entry, Side
from cms.queries.comparison_rows import Entries, official_entries
from coalition.drafts.compare import KOREAN, Change, Kind
from coalition.drafts.compare.counting import TOLD, counted, is_touched, told
from coalition.drafts.comparisons import Compared, compared
from coalition.drafts.models import Bill, Version
from coalition.drafts.text import marks
from coalition.drafts.text.render import render
from coalition.drafts.text.tree import STRUCTURE, Node, index, walk
from coalition.particles import topic

VIEWS = {"table": "두 단으로", "inline": "한 단으로"}
#: Kinds that are folded while the reader has not asked for them.
QUIET: frozenset[Kind] = frozenset({"same", "number"})
#: Not a kind of change, but a filter all the same.
DOUBTFUL = "doubtful"
_WRITTEN = re.compile(r"(?:(?P<slug>[-a-zA-Z0-9_]+)/)?v(?P<no>\d+(?:\.\d+)*)")
_CHOSEN = re.compile(r"(?P<slug>[-a-zA-Z0-9_]{1,40}):v?(?P<no>\d+(?:\.\d+)*)")
_SHOWN_IN_FOLD = 3


@dataclass(frozen=True, slots=True)
class Choice:
    """A filter or a view to choose; its address is only the question behind the page's own."""

    label: str
    address: str
    is_current: bool = False
    count: int = 0


@dataclass(frozen=True, slots=True)
class Shelf:
    """The published versions of one bill, as a group of the form: what it sends, and the version."""

    bill: Bill
    versions: tuple[tuple[str, Version], ...]


@dataclass(frozen=True, slots=True)
class Fold:
    """Neighbouring changes that are told in one line until they are opened."""

    kind: Kind
    word: str
    label: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Renamed:
    """A heading (장, 절) that only one of the versions has under this name."""

    was: str
    now: str


def written(slug: str, versions: str) -> list[tuple[str, str]]:
    """`v0.2...v0.3`, `v0.2...other/v0.1`, three of them: bill and number of each."""
    parts = [_WRITTEN.fullmatch(part) for part in versions.split("...")]
    return [(part["slug"] or slug, part["no"]) for part in parts if part is not None]


def address(versions: Sequence[Version], query: str = "", ending: str = "/") -> str:
    """The permanent address of a comparison: the first version's bill, and who else is named."""
    first = versions[0].bill
    path = "...".join(
        f"v{version.no}" if version.bill_id == first.pk else f"{version.bill.slug}/v{version.no}"
        for version in versions
    )
    place = reverse("comparison", args=[first.slug, path]).rstrip("/")
    return f"{place}{ending}{f'?{query}' if query else ''}"


def published(named: Sequence[tuple[str, str]]) -> list[Version]:
    """The named versions in their order, in one query, or 404."""
    wanted = Q()
    for slug, no in named:
        wanted |= Q(bill__slug=slug, no=no)
    found = Version.objects.filter(wanted, published_at__isnull=False).select_related("bill")
    by_name = {(one.bill.slug, one.no): one for one in found.defer("source_text")}
    for slug, no in named:
        if (slug, no) not in by_name:
            raise Http404(f"‘{slug}’의 {topic(f'v{no}')} 없거나 발행되지 않은 판입니다.")
    return [by_name[name] for name in named]


def chosen(value: str) -> tuple[str, str] | None:
    """`sjsa:0.3`, as the form sends it."""
    found = _CHOSEN.fullmatch(value.strip())
    return (found["slug"], found["no"]) if found else None


def value_of(version: Version) -> str:
    """What the form sends for a version."""
    return f"{version.bill.slug}:{version.no}"


def shelves() -> list[Shelf]:
    """All published versions to choose from, by bill, newest first, in one query."""
    rows = (
        Version.objects.filter(published_at__isnull=False)
        .select_related("bill")
        .defer("source_text")
        .order_by("bill__slug", "-order")
    )
    by_bill: dict[int, list[Version]] = {}
    for one in rows:
        by_bill.setdefault(one.bill_id, []).append(one)
    return [
        Shelf(versions[0].bill, tuple((value_of(one), one) for one in versions))
        for versions in by_bill.values()
    ]


def form_details(values: dict[str, str], slug: str) -> dict[str, Any]:
    """The form's own page; of one bill (or of the first) its two newest versions are proposed."""
    found = shelves()
    own = [shelf for shelf in found if slug in ("", shelf.bill.slug)]
    if slug and not own:
        raise Http404("발행된 판이 없습니다.")
    newest = [value for value, _ in own[0].versions[:2]] if own else []
    return {
        "shelves": found,
        "a_value": values["a"] or next(iter(newest[1:]), ""),
        "b_value": values["b"] or next(iter(newest), ""),
        "c_value": values["c"],
        "bill": own[0].bill if slug else None,
    }


def comparison_details(
    a: Version, b: Version, *, view: str, kinds: Sequence[str], form: str
) -> dict[str, Any]:
    """Everything of the page of two versions."""
    _refuse_unknown(b, view, kinds, form)
    found = compared(a, b)
    changes = found.comparison.changes
    shown = [change for change in changes if _is_wanted(change, kinds)]
    sides = (
        Side(name_among(one, (a, b)), version_address(one), index(tree))
        for one, tree in ((a, found.a_tree), (b, found.b_tree))
    )
    entries = Entries(*sides)
    return {
        **_frame(a, b),
        "view": view,
        "view_choices": _views(view, kinds),
        "filters": _filters(found, view, kinds),
        "filtered": bool(kinds),
        "items": list(_items(shown, entries, folded=not kinds)),
        "told": _told(found),
        "headings": _renamed(found) if not kinds else [],
        "nothing": _nothing(found),
        "may_be_official": amends(b.bill),
        "official": official_entries(shown, entries) if form else [],
    }


def _refuse_unknown(b: Version, view: str, kinds: Sequence[str], form: str) -> None:
    """404 in words for a question that no link of the page asks."""
    if view not in VIEWS:
        raise Http404(f"{topic(f'‘{view[:20]}’')} 없는 보기입니다.")
    if unknown := [kind for kind in kinds if kind not in {*TOLD, DOUBTFUL}]:
        raise Http404(f"{topic(f'‘{unknown[0][:20]}’')} 없는 갈래입니다.")
    if form not in ("", "official"):
        raise Http404(f"{topic(f'‘{form[:20]}’')} 없는 꼴입니다.")
    if form and not amends(b.bill):
        raise Http404("신ㆍ구조문대비표의 꼴은 개정법률안에만 씁니다.")


def amends(bill: Bill) -> bool:
    """Whether the bill amends an Act, as its title must say (○○법 일부개정법률안)."""
    return "개정법률안" in _letters(bill.title)


def _frame(a: Version, b: Version) -> dict[str, Any]:
    """What every comparison page says around the comparison."""
    return {
        "a": a,
        "b": b,
        "two_bills": a.bill_id != b.bill_id,
        "a_name": name_among(a, (a, b)),
        "b_name": name_among(b, (a, b)),
        "backwards": a.bill_id == b.bill_id and (a.order or 0) > (b.order or 0),
        "is_fictional": a.bill.fictional or b.bill.fictional,
        "swapped": address([b, a]),
        "json_address": address([a, b], ending=".json"),
        "shelves": shelves(),
        "a_value": value_of(a),
        "b_value": value_of(b),
    }


def same_details(version: Version) -> dict[str, Any]:
    """The page of a version against itself: there is nothing to compare."""
    return {**_frame(version, version), "is_same": True}


def comparison_json(a: Version, b: Version) -> dict[str, Any]:
    """The form of the command line's `compare`, with what was compared."""
    sides = {
        name: {
            "bill": one.bill.slug,
            "no": one.no,
            "date": one.date.isoformat(),
            "sha256": one.sha256,
            "url": version_address(one),
        }
        for name, one in (("a", a), ("b", b))
    }
    fictional = a.bill.fictional or b.bill.fictional
    return {"fictional": fictional, **sides, **compared(a, b).comparison.as_json()}


def name_among(version: Version, versions: Sequence[Version]) -> str:
    """v0.3, with its bill where several bills are compared."""
    is_alone = all(one.bill_id == version.bill_id for one in versions)
    return f"v{version.no}" if is_alone else f"{version.bill.name} v{version.no}"


def version_address(version: Version) -> str:
    return reverse("version", args=[version.bill.slug, version.no])


def _is_wanted(change: Change, kinds: Sequence[str]) -> bool:
    if not kinds:
        return True
    return bool({*told(change)} & {*kinds}) or (DOUBTFUL in kinds and change.needs_confirmation)


def _items(changes: Sequence[Change], entries: Entries, *, folded: bool) -> Iterator[Entry | Fold]:
    """The changes in the order of the newer text; quiet neighbours of one kind in one fold."""
    waiting: list[Entry] = []
    for change in changes:
        entry = entries.entry(change)
        kind = entry.kinds[0]
        quiet = folded and kind in QUIET and not change.needs_confirmation
        if waiting and (not quiet or waiting[0].kinds[0] != kind):
            yield _fold(waiting)
            waiting = []
        if quiet:
            waiting.append(entry)
        else:
            yield entry
    if waiting:
        yield _fold(waiting)


def _fold(entries: list[Entry]) -> Fold:
    kind = entries[0].kinds[0]
    was, now = _listed([one.was for one in entries]), _listed([one.now for one in entries])
    label = now if was == now else f"{was} → {now}"
    return Fold(kind, KOREAN[kind], label, tuple(entries))


def _listed(names: list[str]) -> str:
    """제1조, 제2조; 제5조 – 제9조 of many."""
    return ", ".join(names) if len(names) < _SHOWN_IN_FOLD else f"{names[0]} – {names[-1]}"


def _query(view: str, kinds: Sequence[str]) -> str:
    pairs = [("view", view)] if view != "table" else []
    return "?" + urlencode(pairs + [("kind", kind) for kind in kinds])


def _views(view: str, kinds: Sequence[str]) -> list[Choice]:
    return [Choice(label, _query(name, kinds), name == view) for name, label in VIEWS.items()]


def _filters(found: Compared, view: str, kinds: Sequence[str]) -> list[Choice]:
    """The summary line: each kind that occurs, with how many, as a link that shows only these."""
    changes = found.comparison.changes
    doubtful = sum(change.needs_confirmation for change in changes)
    choices = [Choice("모두", _query(view, []), not kinds, len(changes))]
    for kind, count in counted(found.comparison).items():
        choices.append(Choice(KOREAN[kind], _query(view, [kind]), kind in kinds, count))
    if doubtful:
        is_current = DOUBTFUL in kinds
        choices.append(Choice("확인 필요", _query(view, [DOUBTFUL]), is_current, doubtful))
    return choices


def _told(found: Compared) -> dict[str, int]:
    """The figures of the sentence above the summary line."""
    changes = found.comparison.changes
    return {
        "a_articles": _articles(found.a_tree),
        "b_articles": _articles(found.b_tree),
        "touched": sum(map(is_touched, changes)),
        "following": sum(told(change) == ("number",) for change in changes),
        "same": sum(told(change) == ("same",) for change in changes),
        "doubtful": sum(change.needs_confirmation for change in changes),
    }


def _articles(tree: Node) -> int:
    """Articles of the body."""
    return sum(node.kind == "article" and node.eid.startswith("art_") for node in walk(tree))


def _nothing(found: Compared) -> str:
    """Why there is nothing to see, when every article stayed the same; '' when there is something."""
    if any(told(change) != ("same",) for change in found.comparison.changes):
        return ""
    a, b = render(found.a_tree), render(found.b_tree)
    if a == b:
        return "두 글은 한 글자까지 같습니다."
    if _letters(a) == _letters(b):
        return "띄어쓰기와 줄바꿈만 다릅니다. 이런 차이는 바뀐 것으로 세지 않습니다."
    if _letters(marks.strip(a)) == _letters(marks.strip(b)):
        return "띄어쓰기와 개정 표시(<개정 …>)만 다릅니다. 이런 차이는 바뀐 것으로 세지 않습니다."
    return "조문의 글은 모두 같고, 조문 밖의 글(이름, 장ㆍ절의 제목, 덧붙인 말)만 다릅니다."


def _letters(text: str) -> str:
    return "".join(text.split())


def _renamed(found: Compared) -> list[Renamed]:
    """편, 장, 절, 관 that changed their number or name, came or went."""
    a, b = _headings(found.a_tree), _headings(found.b_tree)
    by_title = {_letters(node.title): eid for eid, node in a.items()}
    pairs: list[tuple[Node | None, Node | None]] = []
    left = dict(a)
    for node in b.values():
        was = by_title.get(_letters(node.title), "")
        pairs.append((left.pop(was if was in left else "", None), node))
    for at, (old, new) in enumerate(pairs):
        if old is None and new is not None:
            pairs[at] = (left.pop(new.eid, None), new)
    pairs += [(node, None) for node in left.values()]
    named = [(_heading(old), _heading(new)) for old, new in pairs]
    return [Renamed(was, now) for was, now in named if _letters(was) != _letters(now)]


def _headings(tree: Node) -> dict[str, Node]:
    return {node.eid: node for node in walk(tree) if node.kind in STRUCTURE}


def _heading(node: Node | None) -> str:
    return f"{node.label} {node.title}".strip() if node is not None else ""
