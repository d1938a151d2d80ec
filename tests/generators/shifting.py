"""Long texts, and what shifts or replaces all of them.

A new article in front of all others: every number and every citation of an own article grows by one.
"""

from __future__ import annotations

import random
import re

from coalition.drafts.text.parse import parse
from coalition.drafts.text.references import references
from coalition.drafts.text.tree import articles
from tests.generators.amendments import body_of
from tests.generators.statutes import newest

NEW = "제1조(시민의 참여) 시민은 이 법에 따른 시책에 관하여 질문하고 의견을 낼 수 있다."

_HEAD = re.compile(r"\s*(?:제\d+[조장절관](?:의\d+)*|[가-하]\.|\d+\.)")
_WORD = re.compile(r"[가-힣]{2,}")
_ARTICLE = re.compile(r"제(\d+)조")
_SUBJECTS = ("국가는", "지방자치단체는", "고용노동부장관은", "시ㆍ도지사는", "시장ㆍ군수ㆍ구청장은")
_DUTIES = ("계획의 수립", "실태의 조사", "결과의 공개", "비용의 지원", "교육의 실시")


def first_articles(source: str, count: int) -> str:
    """The first articles of a text's body; fewer when it has fewer."""
    text = body_of(source)
    found = list(articles(parse(text).tree))
    if len(found) > count:
        text = "\n".join(text.split("\n")[: found[count].line - 1]) + "\n"
    return text


def act_of(count: int) -> str:
    """So many articles of the newest 지방자치법, in its own words."""
    return first_articles(newest()["지방자치법"], count)


def bill_of(count: int) -> str:
    """A bill of so many articles that may be published: each has its own words, every third cites another."""
    lines = ["가상 긴 지원법안"]
    for number in range(1, count + 1):
        who, what = _SUBJECTS[number % 5], _DUTIES[number // 5 % 5]
        field = f"{number}분야"
        lines.append(
            f"제{number}조({field} {what}) ① {who} 매년 {field}에 관한 {what}에 필요한 시책을 마련하여야 한다."
        )
        cited = f"제{number - 2}조제1항" if number % 3 == 0 else "제1항"
        lines.append(f"② {who} {cited}에 따른 시책을 {field} 누리집에 알려야 한다.")
    lines += ["부칙", "제1조(시행일) 이 법은 공포 후 6개월이 경과한 날부터 시행한다."]
    return "\n".join(lines) + "\n"


def with_new_first_article(source: str) -> str:
    """The text with `NEW` as its first article, its numbers and citations corrected."""
    tree = parse(source).tree
    lines = source.split("\n")
    cited = sorted(references(tree).internal, key=lambda r: (r.line, r.column), reverse=True)
    for reference in cited:
        at, line = reference.column - 1, lines[reference.line - 1]
        end = at + len(reference.text)
        if reference.to and not reference.to[0].startswith("supp_"):
            lines[reference.line - 1] = (
                line[:at] + _ARTICLE.sub(_one_more, line[at:end]) + line[end:]
            )
    own = [node for node in articles(tree) if not node.eid.startswith("supp_")]
    for node in own:
        lines[node.line - 1] = _ARTICLE.sub(_one_more, lines[node.line - 1], count=1)
    lines.insert(own[0].line - 1, NEW)
    return "\n".join(lines)


def rewritten(source: str, seed: int = 0) -> str:
    """Every word and title replaced by words from elsewhere in the text; numbers and levels stay."""
    chance = random.Random(seed)
    words = _WORD.findall(source)
    lines = []
    for line in source.split("\n"):
        head = _HEAD.match(line)
        start = head.end() if head else 0
        changed = _WORD.sub(lambda _: chance.choice(words), line[start:])
        lines.append(line[:start] + changed)
    return "\n".join(lines)


def _one_more(match: re.Match[str]) -> str:
    return f"제{int(match[1]) + 1}조"
