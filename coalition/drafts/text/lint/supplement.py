"""L14 and L15: 부칙 and the day on which the Act takes effect."""

from __future__ import annotations

import re
from collections.abc import Iterator

from coalition.drafts.text.diagnostics import Diagnostic, Level
from coalition.drafts.text.lint.draft import Draft, at_node, full_text
from coalition.drafts.text.tree import STRUCTURE, Node, walk

#: The order of 부칙; a title is of the first kind that fits.
_ORDER = (
    ("다른 법령과의 관계", re.compile(r"다른 ?(?:법령|법률)과의 ?관계"), 8),
    ("다른 법률의 개정", re.compile(r"다른 ?(?:법률|법령)의 ?개정"), 7),
    ("시행일", re.compile(r"^시행일"), 0),
    ("유효기간", re.compile(r"유효 ?기간"), 1),
    ("경과조치", re.compile(r"경과 ?조치$|경과 ?조치 등$"), 6),
    ("적용례", re.compile(r"적용례$|적용례 등$"), 4),
    ("특례", re.compile(r"특례$|특례 등$"), 5),
    ("폐지", re.compile(r"폐지$"), 2),
    ("준비행위", re.compile(r"준비 ?행위|설립 ?준비|시행 ?준비"), 3),
)
_TAKES_EFFECT = re.compile(r"부터 시행한다|날에 시행한다")
_AT_ONCE = re.compile(r"공포한 날부터 시행한다")
_AFTER = re.compile(r"공포 후 (\d{1,3}) ?(일|개월|년)")
_DELEGATES = re.compile(r"(?:대통령령|총리령|[가-힣]{2,10}부령)(?:으로|이) 정하")
_FEWEST_DAYS = 180
_DAYS = {"일": 1, "개월": 30, "년": 365}


def layout(draft: Draft) -> Iterator[Diagnostic]:
    """L14: there is a 부칙, its articles stand in their order and in no 장."""
    if draft.law:
        return
    supplements = draft.own_supplements()
    has_any = any(node.kind == "supplement" for node in draft.tree.children)
    if not has_any and any(draft.body_articles()):
        message = "부칙이 없습니다. 마지막에 「부칙」을 두고 시행일을 정하세요."
        yield Diagnostic(_last_line(draft.tree), 1, "L14", Level.WARNING, message)
    for supplement in supplements:
        yield from _no_chapters(supplement)
        yield from sequence(supplement)


def _last_line(tree: Node) -> int:
    return max(node.last_line for node in walk(tree))


def _no_chapters(supplement: Node) -> Iterator[Diagnostic]:
    for child in supplement.children:
        if child.kind in STRUCTURE:
            message = "부칙은 장이나 절로 나누지 않습니다. 제1조부터 조만 두세요."
            yield at_node(child, "L14", Level.WARNING, message)


def sequence(supplement: Node) -> Iterator[Diagnostic]:
    """Each provision of a 부칙 that stands behind one it should precede."""
    highest, highest_name, highest_node = -1, "", supplement
    for node in supplement.children:
        if node.kind not in ("article", "paragraph") or not node.title:
            continue
        rank, name = _rank(node.title)
        if rank < 0:
            continue
        if rank < highest:
            message = (
                f"부칙의 순서가 어긋납니다. {name}({node.label})는 "
                f"{highest_name}({highest_node.label})보다 앞에 두세요."
            )
            yield at_node(node, "L14", Level.WARNING, message)
        else:
            highest, highest_name, highest_node = rank, name, node


def _rank(title: str) -> tuple[int, str]:
    for name, pattern, rank in _ORDER:
        if pattern.search(title.strip()):
            return rank, name
    return -1, ""


def effect(draft: Draft) -> Iterator[Diagnostic]:
    """L15: the Act says when it takes effect, and leaves time for the decrees it needs."""
    if draft.law:
        return
    supplements = draft.own_supplements()
    if not supplements:
        return
    node = next(_effective(supplements[0]), None)
    if node is None:
        message = "부칙에 시행일이 없습니다. 제1조(시행일)를 두세요."
        yield at_node(supplements[0], "L15", Level.WARNING, message)
    elif _days(node.text) < _FEWEST_DAYS and _needs_decrees(draft):
        message = (
            "하위법령에 위임한 사항이 있습니다. 시행일을 공포 후 6개월 이상 지난 날로 정하세요."
        )
        yield at_node(node, "L15", Level.WARNING, message)


def _effective(supplement: Node) -> Iterator[Node]:
    return (node for node in walk(supplement) if _TAKES_EFFECT.search(node.text))


def _days(text: str) -> int:
    """How many days after promulgation; a fixed date counts as enough."""
    if _AT_ONCE.search(text):
        return 0
    after = _AFTER.search(text)
    return int(after[1]) * _DAYS[after[2]] if after is not None else _FEWEST_DAYS


def _needs_decrees(draft: Draft) -> bool:
    return any(_DELEGATES.search(full_text(article)) for article in draft.body_articles())
