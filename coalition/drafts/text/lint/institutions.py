"""L8–L11: 위임, 위원회, 기본계획, 재정."""

from __future__ import annotations

import re
from collections.abc import Iterator

from coalition.drafts.text.diagnostics import Diagnostic, Level
from coalition.drafts.text.lint.draft import Draft, at_node, at_word, full_text
from coalition.drafts.text.tree import Node

_BLANKET = re.compile(
    r"이 법(?:의)? 시행(?:에 관하여|에 관한|을 위하여|에)? ?필요한 사항은 [가-힣]{2,12}령으로 정한다"
)
_SETS_UP = re.compile(r"[가-힣]*위원회(?:\([^()]*\))?를 (?:둔다|설치한다)\.")
_COMPOSED = re.compile(r"위원회는[^.]*위원으로[^.]*구성한다|위원회는[^.]*\d+명[^.]*구성한다")
_WITH_CHAIR = re.compile(r"위원장(?=[^.]{0,40}\d ?[명인])[^.]{0,40}포함")
_LASTS = re.compile(r"존속기(?:한|간)[^.]*?(\d{1,2})년")
_PLAN_TITLE = re.compile(r"(?:기본|종합|시행|추진)계획(?:의|을)? ?수립")
_PERIOD = re.compile(r"\d+년(?:마다|을 단위로|의 범위)|매년|해마다|연도별|\d+년 단위")
_MUST_SUBSIDISE = re.compile(r"보조(?:금을 (?:지급|교부))?(?:한다|하여야 한다)\.")
_FUND = re.compile(r"기금(?:\([^()]*\))?을 (?:설치한다|둔다)\.")
_LONGEST_COMMITTEE = 5


def delegation(draft: Draft) -> Iterator[Diagnostic]:
    """L8: no blanket delegation of whatever is needed to carry out the Act."""
    for words in draft.words:
        match = _BLANKET.search(words.text)
        if match is not None:
            message = "시행에 필요한 사항을 통째로 위임했습니다. 위임할 사항을 구체적으로 적으세요."
            yield at_word(words, match.start(), "L8", Level.WARNING, message)


def committees(draft: Draft) -> Iterator[Diagnostic]:
    """L9: how a committee is composed and how long it lasts."""
    for article in draft.body_articles():
        if not article.title.replace(" ", "").endswith(
            ("위원회", "위원회의설치", "위원회의설치등", "위원회등", "위원회의구성", "위원회설치")
        ):
            continue
        text = full_text(article)
        if _COMPOSED.search(text) and not _WITH_CHAIR.search(text):
            message = "위원의 수를 「위원장 1명을 포함하여 ○명 이내」로 적으세요."
            yield at_node(_composing(article), "L9", Level.WARNING, message)
        if not draft.law and _SETS_UP.search(text):
            yield from _duration(article, text)


def _composing(article: Node) -> Node:
    paragraphs = [child for child in article.children if _COMPOSED.search(child.text)]
    return paragraphs[0] if paragraphs else article


def _duration(article: Node, text: str) -> Iterator[Diagnostic]:
    lasts = _LASTS.search(text)
    if lasts is None:
        message = "새로 두는 위원회의 존속기한(5년 이내)이 없습니다. 존속기한을 적으세요."
        yield at_node(article, "L9", Level.INFO, message)
    elif int(lasts[1]) > _LONGEST_COMMITTEE:
        message = "위원회의 존속기한이 5년을 넘습니다. 5년 이내로 정하세요."
        yield at_node(article, "L9", Level.WARNING, message)


def plans(draft: Draft) -> Iterator[Diagnostic]:
    """L10: a plan says how often it is made."""
    if draft.law:
        return
    for article in draft.body_articles():
        if _PLAN_TITLE.search(article.title) and not _PERIOD.search(full_text(article)):
            message = "계획을 얼마마다 세우는지 없습니다. 「5년마다」처럼 주기를 적으세요."
            yield at_node(article, "L10", Level.INFO, message)


def finance(draft: Draft) -> Iterator[Diagnostic]:
    """L11: subsidies are a power, not a duty; a fund needs the 국가재정법 too."""
    for words in draft.words:
        match = _MUST_SUBSIDISE.search(words.text)
        if match is not None:
            message = "「보조한다」는 의무가 됩니다. 「보조할 수 있다」로 쓰세요."
            yield at_word(words, match.start(), "L11", Level.WARNING, message)
        fund = _FUND.search(words.text)
        if fund is not None and not draft.law:
            message = "기금을 새로 두려면 「국가재정법」 별표 2의 개정이 함께 필요합니다. 부칙을 확인하세요."
            yield at_word(words, fund.start(), "L11", Level.INFO, message)
