"""Words that a law gives a meaning of its own, and where they stand in its text.

Two ways of giving it (「법령 입안ㆍ심사 기준」, 정의ㆍ약칭): "시범사업"이란 … 말한다 in the article on
definitions, and (이하 "기본계획"이라 한다) behind what is meant, which holds from there on, or only in
the 조, 장 … that is named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from coalition.drafts.text.particles import AFTER_NOUN
from coalition.drafts.text.tree import PROVISIONS, STRUCTURE, Node, walk, walk_with_parents

#: One syllable (법, 영) is found everywhere and means nothing by itself.
SHORTEST = 2
_LONGEST = 60
_DEFINED = re.compile(
    rf"(?:이 (?P<scope>[편장절관조항호])에서 (?:사용하는 )?)?[\"“](?P<word>[^\"“”\n]{{1,{_LONGEST}}})[\"”]"
    r"(?:\([^()\n]{0,120}\))?\s?(?:이란|란|이라 함은|라 함은)(?=[\s,])"
)
_SHORTENED = re.compile(
    r"\((?:이하|약칭:?)\s?(?:이 (?P<scope>[법편장절관조항호])에서\s?)?(?:각각\s?)?"
    rf"(?P<words>(?:[\"“][^\"“”()\n]{{1,{_LONGEST}}}[\"”][^\"“”()\n]{{0,12}}){{1,6}})"
    r"(?:\s?(?:한다|칭한다|부른다))?\)"
)
_QUOTED = re.compile(r"[\"“]([^\"“”]+)[\"”]")
_CALLS = re.compile(r"(?:라|로)\s?(?:한다|약칭한다|통칭한다|칭한다|부른다)\)$|^\(약칭")
_IS_ON_DEFINITIONS = re.compile(r"정의|용어의 뜻|용어의 의미")
_SENTENCE_ENDS = re.compile(r"(?<=다)\.\s+")
#: Names of Acts and words in quotation marks are mentioned, not used.
_MENTIONED = re.compile(r"「[^「」\n]{1,200}」|\"[^\"\n]{1,200}\"|“[^”\n]{1,200}”")
_SCOPES = {
    "편": "part",
    "장": "chapter",
    "절": "section",
    "관": "subsection",
    "조": "article",
    "항": "paragraph",
    "호": "item",
}


@dataclass(frozen=True, slots=True)
class Term:
    """One word with its meaning.

    `eid` is the provision that gives the meaning, `meaning` its words line by line. `within` is the eId of the
    unit in which it holds ('' for the whole law); `silent` the unit in which it needs no explanation. `since` is
    the place of the giving provision in the text: an abbreviation holds from there on, a definition anywhere (0).
    """

    word: str
    eid: str
    meaning: tuple[str, ...]
    within: str = ""
    silent: str = ""
    since: int = 0


@dataclass(frozen=True, slots=True)
class Use:
    """A term where it stands in the words of a provision."""

    start: int
    end: int
    term: Term


def terms(tree: Node) -> list[Term]:
    """All words that the text gives a meaning, in its order."""
    found: list[Term] = []
    article: Node | None = None
    for place, (node, above) in enumerate(walk_with_parents(tree)):
        if node.kind == "article" or node.kind in STRUCTURE:
            article = node if node.kind == "article" else None
        if node.kind not in PROVISIONS or ('"' not in node.text and "“" not in node.text):
            continue
        path = (*above, node)
        found.extend(_definitions(node, path, article))
        found.extend(_abbreviations(node, path, place))
    return [term for term in found if len("".join(term.word.split())) >= SHORTEST]


def _definitions(node: Node, path: Sequence[Node], article: Node | None) -> Iterator[Term]:
    on_definitions = article is not None and bool(_IS_ON_DEFINITIONS.search(article.title))
    for match in _DEFINED.finditer(node.text):
        if not on_definitions and "말한다" not in node.text[match.end() :]:
            continue
        silent = article.eid if on_definitions and article is not None else node.eid
        within = _unit(path, match["scope"] or "")
        yield Term(match["word"].strip(), node.eid, _whole(node), within, silent)


def _abbreviations(node: Node, path: Sequence[Node], place: int) -> Iterator[Term]:
    for match in _SHORTENED.finditer(node.text):
        if _CALLS.search(match.group()) is None:
            continue
        meaning = (_sentence(node.text, match.start()),)
        within = _unit(path, match["scope"] or "")
        for word in _QUOTED.findall(match["words"]):
            yield Term(word.strip(), node.eid, meaning, within, node.eid, place)


def _unit(path: Sequence[Node], scope: str) -> str:
    """The eId of the 조, 장 … around the place; '' for the law or where there is none."""
    kind = _SCOPES.get(scope)
    return next((node.eid for node in reversed(path) if node.kind == kind), "")


def _whole(node: Node) -> tuple[str, ...]:
    """The words of a definition, its 목 included."""
    below = [f"{each.lead.strip()} {each.text}".strip() for each in walk(node) if each is not node]
    return (" ".join(node.text.split()), *(" ".join(line.split()) for line in below if line))


def _sentence(text: str, at: int) -> str:
    """The sentence around a place."""
    begins, ends = 0, len(text)
    for match in _SENTENCE_ENDS.finditer(text):
        if match.end() <= at:
            begins = match.end()
        else:
            ends = match.start() + 1
            break
    return " ".join(text[begins:ends].split())


class Vocabulary:
    """The terms of one text, ready to be found: the longest first, never inside another word."""

    def __init__(self, found: Sequence[Term]) -> None:
        self._terms: dict[str, list[Term]] = {}
        for term in found:
            self._terms.setdefault(_key(term.word), []).append(term)
        words = sorted(self._terms, key=lambda word: (-len(word), word))
        row = "|".join(re.escape(word).replace(r"\ ", r"\s") for word in words)
        self._pattern = (
            re.compile(
                rf"(?<![0-9A-Za-z가-힣ㆍ·])(?:{row})(?=(?:{AFTER_NOUN})?(?![0-9A-Za-z가-힣]))"
            )
            if words
            else None
        )

    def uses(self, text: str, path: Sequence[str], place: int) -> list[Use]:
        """The terms in the words of a provision.

        `path` are the eIds of what it stands in and its own, `place` its place in the text.
        """
        if self._pattern is None:
            return []
        mentioned = [match.span() for match in _MENTIONED.finditer(text)]
        found = []
        for match in self._pattern.finditer(text):
            start, end = match.span()
            if any(begins <= start < ends for begins, ends in mentioned):
                continue
            term = self._meant(_key(match.group()), path, place)
            if term is not None:
                found.append(Use(start, end, term))
        return found

    def _meant(self, word: str, path: Sequence[str], place: int) -> Term | None:
        """What the word means here: the narrowest unit in which it is given a meaning counts."""
        around = {eid: depth for depth, eid in enumerate(path)}
        holding = [
            term
            for term in self._terms[word]
            if (not term.within or term.within in around) and place >= term.since
        ]
        if not holding:
            return None
        best = max(holding, key=lambda term: (around.get(term.within, -1), term.since))
        return None if best.silent in around else best


def _key(word: str) -> str:
    return " ".join(word.split())
