"""Amended Acts with a known truth: what was inserted, deleted, moved and reworded.

`amend` takes a real Act, deletes, moves and inserts articles, replaces every tenth word of some,
numbers everything anew and corrects the citations, so that `compare` can be held against what was
really done. The same seed gives the same amendment.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from coalition.drafts.compare import Comparison
from coalition.drafts.text.parse import parse
from coalition.drafts.text.references import references
from coalition.drafts.text.tree import walk

#: Shares of the articles that are touched.
DELETED = 0.04
MOVED = 0.04
INSERTED = 0.06
REWORDED = 0.3
#: Share of the words that are replaced in a reworded article.
WORDS = 0.1

_HEAD = re.compile(r"^(\s*)제\d+조(?:의\d+)*")
_CITED_ARTICLE = re.compile(r"제(\d+)조((?:의\d+)*)")
_WORD = re.compile(r"[가-힣]{2,}")


@dataclass
class Amended:
    """Two texts and what happened between them, by eIds of the first and of the second."""

    before: str
    after: str
    became: dict[str, str] = field(default_factory=dict)
    deleted: set[str] = field(default_factory=set)
    inserted: set[str] = field(default_factory=set)
    moved: set[str] = field(default_factory=set)
    reworded: set[str] = field(default_factory=set)


@dataclass
class Verdict:
    """How a comparison did: articles in all, classed right, and pairs that never belonged."""

    articles: int = 0
    right: int = 0
    wrong_pairs: int = 0
    missed: list[str] = field(default_factory=list)

    def add(self, other: Verdict) -> None:
        self.articles += other.articles
        self.right += other.right
        self.wrong_pairs += other.wrong_pairs
        self.missed.extend(other.missed)


@dataclass
class _Article:
    """An article's source lines; `old` is its eId in the text before, '' for a new one."""

    old: str
    lines: list[str]
    heading: list[str] = field(default_factory=list)


def body_of(source: str) -> str:
    """The Act without its 부칙 and 별표."""
    tree = parse(source).tree
    ends = [node.line for node in tree.children if node.kind in ("supplement", "annex")]
    lines = source.split("\n")
    return "\n".join(lines[: ends[0] - 1] if ends else lines).rstrip("\n") + "\n"


def amend(source: str, pool: Sequence[str], seed: int) -> Amended:
    """Amend the body of an Act; new articles come from the Acts of `pool`."""
    chance = random.Random(seed)
    before = body_of(source)
    articles = _articles(before)
    amended = Amended(before, "")
    numbers = _new_order(articles, pool, chance, amended)
    renamed = {article.old: f"art_{at}" for at, article in enumerate(numbers, 1) if article.old}
    amended.became = renamed
    amended.deleted = {article.old for article in articles} - set(renamed)
    cited = _corrected_lines(before, renamed)
    words = _WORD.findall(before)
    lines = [before.split("\n")[0]]
    for at, article in enumerate(numbers, 1):
        lines.extend(article.heading)
        own = article.lines
        if article.old:
            own = cited[article.old]
            if chance.random() < REWORDED and not article.lines[0].rstrip().endswith(">"):
                own = _reworded(own, words, chance)
                if own != cited[article.old]:
                    amended.reworded.add(article.old)
        else:
            amended.inserted.add(f"art_{at}")
        lines.append(_HEAD.sub(rf"\g<1>제{at}조", own[0]))
        lines.extend(own[1:])
    amended.after = "\n".join(lines) + "\n"
    return amended


def _articles(source: str) -> list[_Article]:
    """The articles of a body in order, each with the 장 and 절 headings right before it."""
    lines = source.split("\n")
    found: list[_Article] = []
    heading: list[str] = []
    for node in walk(parse(source).tree):
        if node.kind in ("part", "chapter", "section", "subsection"):
            heading.append(lines[node.line - 1])
        elif node.kind == "article" and not node.deleted:
            found.append(_Article(node.eid, lines[node.line - 1 : node.last_line], heading))
            heading = []
    return found


def _new_order(
    articles: list[_Article], pool: Sequence[str], chance: random.Random, amended: Amended
) -> list[_Article]:
    """The articles in their new order: some gone, some moved, some new."""
    count = len(articles)
    order = list(articles)
    for article in chance.sample(articles, max(1, round(DELETED * count))):
        _take_out(order, article)
    for article in chance.sample(order, min(len(order), max(1, round(MOVED * count)))):
        _take_out(order, article)
        order.insert(chance.randrange(len(order) + 1), article)
        amended.moved.add(article.old)
    strangers = [article for source in pool for article in _articles(body_of(source))]
    for stranger in chance.sample(strangers, min(len(strangers), max(1, round(INSERTED * count)))):
        new = _Article("", stranger.lines)
        order.insert(chance.randrange(len(order) + 1), new)
    return order


def _take_out(order: list[_Article], article: _Article) -> None:
    """Remove an article; its heading stays for the next one."""
    at = next(at for at, each in enumerate(order) if each is article)
    if article.heading and at + 1 < len(order):
        order[at + 1].heading = article.heading + order[at + 1].heading
    order.pop(at)
    article.heading = []


def _corrected_lines(source: str, renamed: dict[str, str]) -> dict[str, list[str]]:
    """The lines of each article with citations of own articles under their new numbers."""
    tree = parse(source).tree
    lines = source.split("\n")
    cited = sorted(references(tree).internal, key=lambda r: (r.line, r.column), reverse=True)
    for reference in cited:
        if reference.to:
            start = reference.column - 1
            line = lines[reference.line - 1]
            new = _corrected(reference.text, renamed)
            lines[reference.line - 1] = line[:start] + new + line[start + len(reference.text) :]
    nodes = [node for node in walk(tree) if node.kind == "article"]
    return {node.eid: lines[node.line - 1 : node.last_line] for node in nodes}


def _corrected(text: str, renamed: dict[str, str]) -> str:
    """제8조제1항 → 제9조제1항; a range by both of its ends."""

    def new_number(match: re.Match[str]) -> str:
        eid = f"art_{match[1]}" + match[2].replace("의", "-")
        return f"제{renamed[eid].removeprefix('art_')}조" if eid in renamed else match.group()

    return _CITED_ARTICLE.sub(new_number, text)


def _reworded(lines: list[str], words: list[str], chance: random.Random) -> list[str]:
    """Every tenth word replaced by one from elsewhere in the Act; heads and markers stay."""
    changed = []
    for line in lines:
        head = _HEAD.match(line)
        keep = line.find(")", head.end()) + 1 if head and "(" in line[: head.end() + 1] else 0
        parts = re.split(r"(\s+)", line[keep:])
        for at, part in enumerate(parts):
            if _is_plain(part) and chance.random() < WORDS:
                parts[at] = chance.choice(words)
        changed.append(line[:keep] + "".join(parts))
    return changed


def _is_plain(word: str) -> bool:
    """No marker, no citation, no mark."""
    return _WORD.search(word) is not None and not any(sign in word for sign in "제「<")


def judge(comparison: Comparison, amended: Amended) -> Verdict:
    """Hold a comparison against the truth.

    An article is classed right when it was paired with what it became (or found to be new or gone)
    and when 바뀜 is said of it exactly if it was reworded.
    """
    verdict = Verdict()
    for change in comparison.changes:
        ours = [unit.node.eid for unit in change.a]
        theirs = [unit.node.eid for unit in change.b]
        if ours and theirs:
            verdict.wrong_pairs += sum(1 for a in ours if amended.became.get(a) not in theirs)
    for eid in {*amended.became, *amended.deleted}:
        verdict.articles += 1
        change = next(c for c in comparison.changes if any(u.node.eid == eid for u in c.a))
        if _is_right(change.kinds, [u.node.eid for u in change.b], eid, amended):
            verdict.right += 1
        else:
            verdict.missed.append(eid)
    for eid in amended.inserted:
        verdict.articles += 1
        change = next(c for c in comparison.changes if any(u.node.eid == eid for u in c.b))
        if change.kinds == ("inserted",):
            verdict.right += 1
        else:
            verdict.missed.append(f"+{eid}")
    return verdict


def _is_right(kinds: tuple[str, ...], theirs: list[str], eid: str, amended: Amended) -> bool:
    if eid in amended.deleted:
        return kinds == ("deleted",)
    if theirs != [amended.became[eid]]:
        return False
    return ("text" in kinds) == (eid in amended.reworded)
