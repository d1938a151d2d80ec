"""L3–L6: 총칙, 목적, 정의와 약칭, 다른 법률과의 관계."""

from __future__ import annotations

import re
from collections.abc import Iterator

from coalition.drafts.text.diagnostics import Diagnostic, Level
from coalition.drafts.text.lint.draft import Draft, at_node, at_word, full_text
from coalition.drafts.text.tree import Node
from coalition.drafts.text.words import Words
from coalition.particles import object_

#: 총칙 in its order; only titles that are exactly of one kind are ranked.
_ORDER = (
    ("목적", re.compile(r"목적")),
    ("기본이념", re.compile(r"기본\s?이념")),
    ("정의", re.compile(r"(?:용어의\s?)?정의")),
    (
        "책무",
        re.compile(
            r"(?:국가|지방자치단체|정부|시민|국민|사업주|사업자)[가-힣ㆍ·\s]*(?:책무|의무|책임)"
        ),
    ),
    ("적용 범위", re.compile(r"적용\s?범위")),
    ("다른 법률과의 관계", re.compile(r"다른\s?(?:법률|법령)과의\s?관계")),
)
_PURPOSE = re.compile(r"이 (?:법|영|규칙|조례)은? .*목적으로 한다\.$", re.DOTALL)
_PURPOSE_IN_FULL = re.compile(r"으로써.*(?:함|됨|것)을 목적으로 한다\.$", re.DOTALL)
_SHORT_NAME = re.compile(r"\((이하|약칭)([^()\"“]{0,30})[\"“]([^\"”]{1,40})[\"”](?:이?라|으로)")
_LOCAL = re.compile(
    r"이\s?(?:조|항|호|목|장|절|관|편|단서|표)|같은\s?(?:조|항|호)|각\s?(?:호|목)|에서는?$|제\d"
)
_LEAD_IN = re.compile(
    r"이 (?:법|영|규칙|조례)에서 사용하는 용어의 뜻은 다음(?: 각 호)?(?:와|과) 같다\."
)
_TERM = re.compile(r"^[\"“]([^\"”(]{1,60})(?:\([^\"”]{0,40}\))?[\"”]")
_OPEN_MEANING = re.compile(r"(?: 등|그 밖의 것)을 말한다\.$")


def purpose(draft: Draft) -> Iterator[Diagnostic]:
    """L4: 제1조(목적) in one sentence of the set form, without 항, 호 or short names."""
    first = next(draft.body_articles(), None)
    if first is None or first.number != (1,):
        return
    if first.title.replace(" ", "") != "목적":
        if not draft.law:
            message = "제1조의 제목이 (목적)이 아닙니다. 제1조에는 법의 목적을 두세요."
            yield at_node(first, "L4", Level.WARNING, message)
        return
    if first.children:
        message = "목적 규정은 항이나 호로 나누지 않습니다. 한 문장으로 쓰세요."
        yield at_node(first, "L4", Level.WARNING, message)
        return
    text = first.text.replace("\n", " ")
    wanted = _PURPOSE if draft.law else _PURPOSE_IN_FULL
    if wanted.search(text) is None:
        message = "목적 규정은 「이 법은 …을 규정함으로써 …함을 목적으로 한다.」 꼴로 쓰세요."
        yield at_node(first, "L4", Level.WARNING, message)
    elif _SHORT_NAME.search(text):
        message = "목적 규정에는 약칭을 두지 않습니다. 약칭은 다음에 처음 나오는 곳에 두세요."
        yield at_node(first, "L4", Level.WARNING, message)


def sequence(draft: Draft) -> Iterator[Diagnostic]:
    """L3: the articles of 총칙 in their order."""
    highest = -1
    for article in _general_articles(draft):
        rank = _rank(article.title)
        if rank is None:
            continue
        if rank < highest:
            message = (
                f"총칙의 순서가 어긋납니다. 「{_ORDER[rank][0]}」 조는 「{_ORDER[highest][0]}」 조보다 "
                "앞에 두세요."
            )
            yield at_node(article, "L3", Level.WARNING, message)
        highest = max(highest, rank)


def _general_articles(draft: Draft) -> list[Node]:
    """The articles of 제1장, or all of the body when it has no 장."""
    for node in draft.tree.children:
        if node.kind == "chapter":
            return [child for child in node.children if child.kind == "article"]
        if node.kind == "part":
            return []
    return list(draft.body_articles())


def _rank(title: str) -> int | None:
    for rank, (_, pattern) in enumerate(_ORDER):
        if pattern.fullmatch(title.strip()):
            return rank
    return None


def relations(draft: Draft) -> Iterator[Diagnostic]:
    """L6: in an Act it is 다른 법률과의 관계, apart from 적용 범위."""
    is_act = draft.tree.title.replace("(안)", "").rstrip("안").endswith(("법", "법률"))
    for article in draft.body_articles():
        title = article.title.replace(" ", "")
        if title == "다른법령과의관계" and is_act:
            message = "법률에서는 제목을 「다른 법률과의 관계」로 쓰세요."
            yield at_node(article, "L6", Level.WARNING, message)
        elif "적용범위" in title and "관계" in title:
            message = "적용 범위와 다른 법률과의 관계를 두 조로 나누세요."
            yield at_node(article, "L6", Level.WARNING, message)


def definitions(draft: Draft) -> Iterator[Diagnostic]:
    """L5: the form of 정의, terms defined and hardly used, short names given twice or never used."""
    texts = {article.eid: full_text(article) for article in _all_articles(draft)}
    for article in draft.body_articles():
        title = article.title.replace(" ", "")
        if title == "용어의정의" and not draft.law:
            message = "제목은 「정의」로 쓰세요."
            yield at_node(article, "L5", Level.WARNING, message)
        if title in ("정의", "용어의정의"):
            yield from _terms(draft, article, texts)
    yield from _short_names(draft)


def _all_articles(draft: Draft) -> Iterator[Node]:
    return (words.node for words in draft.words if words.node.kind == "article")


def _terms(draft: Draft, article: Node, texts: dict[str, str]) -> Iterator[Diagnostic]:
    lead_in = next((words for words in draft.in_article(article) if words.node.text), None)
    items = [child for child in article.children if child.kind == "item"]
    if draft.law:
        return
    terms = sum(1 for item in items if _TERM.match(item.text))
    if lead_in is not None and terms > 1 and not _LEAD_IN.search(lead_in.node.text):
        message = "정의 조는 「이 법에서 사용하는 용어의 뜻은 다음과 같다.」로 시작하세요."
        yield at_node(article, "L5", Level.WARNING, message)
    for item in items:
        if _OPEN_MEANING.search(item.text):
            message = "뜻풀이가 「등」으로 열려 있습니다. 뜻하는 바를 모두 적으세요."
            yield at_node(item, "L5", Level.INFO, message)
        term = _TERM.match(item.text)
        if term is not None and _articles_using(term[1], texts, article) <= 1:
            message = (
                f"「{term[1]}」의 뜻을 정했지만 다른 조에서 거의 쓰지 않습니다. "
                "쓰는 조에서 풀어 쓰세요."
            )
            yield at_node(item, "L5", Level.INFO, message)


def _articles_using(term: str, texts: dict[str, str], besides: Node) -> int:
    """In how many other articles the term occurs; its other definitions count as one use each."""
    elsewhere = sum(1 for eid, text in texts.items() if eid != besides.eid and term in text)
    inside = full_text(besides).count(term) - 1
    return elsewhere + inside


def _short_names(draft: Draft) -> Iterator[Diagnostic]:
    """이하 "…"이라 한다: given twice for the whole law, or given and never used again."""
    given: dict[str, Words] = {}
    whole = "\n".join(words.text for words in draft.words)
    for words in draft.words:
        for match in _SHORT_NAME.finditer(words.text):
            name = match[3]
            if _LOCAL.search(match[2]):
                continue
            if name in given:
                first = given[name].node
                message = f"「{name}」이라는 약칭을 이미 {first.line}행에서 정했습니다. 여기서는 약칭만 쓰세요."
                yield at_word(words, match.start(3), "L5", Level.WARNING, message)
            elif not draft.law and whole.count(name) == 1:
                message = f"약칭 {object_(f'「{name}」')} 정하고 쓰지 않습니다. 약칭을 빼세요."
                yield at_word(words, match.start(3), "L5", Level.INFO, message)
            given.setdefault(name, words)
