"""`compare`: any two texts, article by article."""

from __future__ import annotations

import time
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Sequence

from coalition.drafts.compare import diff, kinds
from coalition.drafts.compare.align import Match, align
from coalition.drafts.compare.citations import Counterparts
from coalition.drafts.compare.result import Change, Comparison, Kind
from coalition.drafts.compare.supplements import paired
from coalition.drafts.compare.units import Unit, Units, units
from coalition.drafts.text.tree import Node
from coalition.pause import collector_paused

Scope = tuple[list[Unit], list[Unit]]


def compare(a_tree: Node, b_tree: Node) -> Comparison:
    """Compare two texts, of one bill or of any two, and say what became of every article."""
    started = time.perf_counter()
    with collector_paused():
        changes = _compare(a_tree, b_tree)
    return Comparison(changes, (time.perf_counter() - started) * 1000)


def _compare(a_tree: Node, b_tree: Node) -> list[Change]:
    scopes = _scopes(units(a_tree), units(b_tree))
    aligned = [(scope, align(*scope)) for scope in scopes]
    counterparts = Counterparts(a_tree, b_tree)
    for (before, after), matches in aligned:
        for match in matches:
            counterparts.add(
                [before[at].node.eid for at in match.a], [after[at].node.eid for at in match.b]
            )
    changes: list[Change] = []
    for (before, after), matches in aligned:
        changes.extend(_changes(before, after, matches, counterparts))
    return changes


def _scopes(a: Units, b: Units) -> list[Scope]:
    """What is aligned by itself: the body, each pair of 부칙, the 별표."""
    scopes = [(a.body, b.body)]
    for old, new in paired(a.tree, b.tree):
        scopes.append((a.of_supplement(old), b.of_supplement(new)))
    if a.annexes or b.annexes:
        scopes.append((a.annexes, b.annexes))
    return scopes


def _changes(
    before: list[Unit], after: list[Unit], matches: list[Match], counterparts: Counterparts
) -> list[Change]:
    """The changes of one scope, in the order of the newer text."""
    moved = _moved(before, after, matches)
    by_first_b: dict[int, Change] = {}
    home_of_a: dict[int, int] = {}
    for match in matches:
        first = match.b[0]
        by_first_b[first] = _change(before, after, match, counterparts, moved=first in moved)
        home_of_a.update(dict.fromkeys(match.a, first))
    paired_b = {at for match in matches for at in match.b}
    inserted = [at for at in range(len(after)) if at not in paired_b]
    deleted = [at for at in range(len(before)) if at not in home_of_a]
    gone, new = [before[at] for at in deleted], [after[at] for at in inserted]
    doubtful = _perhaps_replaced(gone, new, len(before), len(after))
    for at, unit in zip(inserted, new, strict=True):
        by_first_b[at] = _alone("inserted", unit, doubtful=doubtful(unit))
    alone = {
        at: _alone("deleted", unit, doubtful=doubtful(unit))
        for at, unit in zip(deleted, gone, strict=True)
    }
    return _in_order(by_first_b, home_of_a, alone, len(before))


def _perhaps_replaced(
    gone: list[Unit], new: list[Unit], before: int, after: int
) -> Callable[[Unit], bool]:
    """Whether an article without a partner may be a rewritten one, which no likeness tells.

    It may when one under its title stands on the other side as alone as it does, and all may when
    half of both texts has no partner: then the text was rewritten, not amended.
    """
    if gone and new and 2 * len(gone) >= before and 2 * len(new) >= after:
        return lambda _: True
    titles = {unit.title for unit in gone if unit.title} & {unit.title for unit in new}
    return lambda unit: unit.title in titles


def _in_order(
    by_first_b: dict[int, Change],
    home_of_a: dict[int, int],
    alone: dict[int, Change],
    before: int,
) -> list[Change]:
    """Changes by their place in the newer text; a deleted article behind the one before it."""
    behind: dict[int, list[Change]] = {}
    home = -1
    for at in range(before):
        if at in alone:
            behind.setdefault(home, []).append(alone[at])
        else:
            home = home_of_a[at]
    changes = list(behind.get(-1, ()))
    for first in sorted(by_first_b):
        changes.append(by_first_b[first])
        changes.extend(behind.get(first, ()))
    return changes


def _alone(kind: Kind, unit: Unit, *, doubtful: bool) -> Change:
    """An article that only one of the texts has."""
    text = unit.text
    if kind == "inserted":
        return Change((kind,), (), (unit,), 0.0, doubtful, (("+", text),) if text else ())
    return Change((kind,), (unit,), (), 0.0, doubtful, (("-", text),) if text else ())


def _change(
    before: list[Unit],
    after: list[Unit],
    match: Match,
    counterparts: Counterparts,
    *,
    moved: bool,
) -> Change:
    a = tuple(before[at] for at in match.a)
    b = tuple(after[at] for at in match.b)
    old = [line for unit in a for line in unit.lines]
    new = [line for unit in b for line in unit.lines]
    one_to_one = len(a) == len(b) == 1
    found = kinds.of_pair(a[0], b[0], counterparts, moved=moved) if one_to_one else _of_parts(a, b)
    return Change(found, a, b, match.score, match.doubtful, diff.of_lines(old, new))


def _of_parts(a: Sequence[Unit], b: Sequence[Unit]) -> tuple[Kind, ...]:
    """나뉨 or 합침, with 바뀜 when the words are not simply distributed."""
    kind: Kind = "split" if len(b) > len(a) else "merged"
    old = "".join(unit.neutral for unit in a)
    new = "".join(unit.neutral for unit in b)
    return (kind,) if old == new else ("text", kind)


def _moved(before: list[Unit], after: list[Unit], matches: list[Match]) -> set[int]:
    """The pairs (by their place in `after`) that are in another 장, or out of the common order."""
    pairs = sorted((m.a[0], m.b[0]) for m in matches if len(m.a) == len(m.b) == 1)
    in_order = _longest_rise([b for _, b in pairs])
    homes = _homes(before, after, pairs)
    return {
        b for a, b in pairs if b not in in_order or _changed_chapter(before[a], after[b], homes)
    }


def _changed_chapter(a: Unit, b: Unit, homes: dict[str, str]) -> bool:
    if not a.chapter or not b.chapter:
        return False
    return homes.get(a.chapter, b.chapter) != b.chapter


def _homes(before: list[Unit], after: list[Unit], pairs: list[tuple[int, int]]) -> dict[str, str]:
    """For each old 장 the new one that has most of its articles; equal eIds win a tie."""
    votes: dict[str, Counter[str]] = {}
    for a, b in pairs:
        votes.setdefault(before[a].chapter, Counter())[after[b].chapter] += 1
    return {
        old: max(counted, key=lambda new: (counted[new], new == old, new))
        for old, counted in votes.items()
    }


def _longest_rise(row: list[int]) -> set[int]:
    """A longest rising subsequence: the articles that kept their order."""
    tails: list[int] = []
    tail_at: list[int] = []
    previous: list[int] = []
    for at, value in enumerate(row):
        place = bisect_left(tails, value)
        previous.append(tail_at[place - 1] if place else -1)
        if place == len(tails):
            tails.append(value)
            tail_at.append(at)
        else:
            tails[place] = value
            tail_at[place] = at
    kept: set[int] = set()
    at = tail_at[-1] if tail_at else -1
    while at >= 0:
        kept.add(row[at])
        at = previous[at]
    return kept
