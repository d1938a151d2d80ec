"""From what people write (제5조의2제1항제3호가목) to eIds and back.

The textual form alone decides as long as no tree is at hand; `resolve` knows the text and so also
understands 제1항 of an article without 항 and one 부칙 among several.
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import unquote

from coalition.drafts.text import eids, numbers
from coalition.drafts.text.lines import mend
from coalition.drafts.text.tree import Kind, Node, index, walk

_BRANCH = r"(?:의\d{1,4}){0,3}"
_KOREAN = re.compile(
    r"(?P<supplement>부칙(?P<promulgation>[<(〈][^<>()〈〉]{1,60}[>)〉])?)?"
    rf"(?:제?(?P<part>\d{{1,4}})편(?P<part_branch>{_BRANCH}))?"
    rf"(?:제?(?P<chapter>\d{{1,4}})장(?P<chapter_branch>{_BRANCH}))?"
    rf"(?:제?(?P<section>\d{{1,4}})절(?P<section_branch>{_BRANCH}))?"
    rf"(?:제?(?P<subsection>\d{{1,4}})관(?P<subsection_branch>{_BRANCH}))?"
    rf"(?:제?(?P<article>\d{{1,5}})조(?P<article_branch>{_BRANCH})(?:\([^()]{{0,120}}\))?)?"
    rf"(?:제?(?P<paragraph>\d{{1,4}})항(?P<paragraph_branch>{_BRANCH})|(?P<sign>[①-⑳㉑-㉟㊱-㊿]))?"
    rf"(?:제?(?P<item>\d{{1,4}})호(?P<item_branch>{_BRANCH}))?"
    rf"(?:(?P<subitem>[가-힣])목(?P<subitem_branch>{_BRANCH}))?"
    r"(?P<deeper>(?:\(?(?:\d{1,3}|[가-힣])\)(?:의\d{1,3})?){0,4})"
)
_ANNEX = re.compile(rf"\[?별표(?P<num>\d{{1,4}})?(?P<branch>{_BRANCH})\]?")
_DEEPER = re.compile(r"\(?(\d{1,3}|[가-힣])\)((?:의\d{1,3})?)")
_STEP = re.compile(r"([a-z]+)_(\d+(?:-\d+)*)")
_UNITS = {
    "part": "제{}편",
    "chp": "제{}장",
    "sec": "제{}절",
    "subsec": "제{}관",
    "art": "제{}조",
    "para": "제{}항",
    "item": "제{}호",
}
_LEVELS: tuple[Kind, ...] = (
    "part",
    "chapter",
    "section",
    "subsection",
    "article",
    "paragraph",
    "item",
)
_KIND_OF_NAME = {name: kind for kind, name in eids.NAMES.items()}
_LONGEST = 400


def eid_from_korean(korean: str) -> str | None:
    """The eId that a Korean citation spells, or None if it is none.

    Accepts any Unicode form, percent-encoding and blanks. Says nothing about whether the
    provision exists. `부칙제2조` is taken to mean the first 부칙; one named by its promulgation
    number needs the tree (`resolve`).
    """
    found = _parts(korean)
    if found is None or found[1]:
        return None
    return "__".join(found[0]) or None


def resolve(tree: Node, korean: str) -> str | None:
    """The eId of the provision of `tree` that a Korean citation means, or None.

    제1항 of an article without 항 is the article; `부칙<제18433호>제2조` is looked up among the
    부칙 of the tree.
    """
    found = _parts(korean)
    if found is None:
        return None
    steps, promulgation = found
    if promulgation:
        supplement = _supplement(tree, promulgation)
        if supplement is None:
            return None
        steps = [supplement, *steps[1:]]
    known = index(tree)
    for candidate in (steps, _without_first_paragraph(steps, known)):
        eid = "__".join(candidate)
        if eid in known:
            return eid
    return _structure(tree, steps)


def korean_from_eid(eid: str, tree: Node | None = None) -> str | None:
    """제15조제2항제1호 for art_15__para_2__item_1, or None if `eid` is none.

    With a tree that has several 부칙, one of them is named by its promulgation number.
    """
    words: list[str] = []
    depth = 0
    for written in eid.split("__"):
        step, _, _ = written.partition("~")
        match = _STEP.fullmatch(step)
        if match is None or match[1] not in _KIND_OF_NAME or len(match[2]) > _LONGEST:
            return None
        number = tuple(numbers.to_int(part) for part in match[2].split("-"))
        depth += match[1] == "subsubitem"
        words.append(_korean_step(match[1], number, depth, tree))
    return "".join(words)


def _korean_step(name: str, number: tuple[int, ...], depth: int, tree: Node | None) -> str:
    num, *rest = number
    branch = numbers.branch_text(tuple(rest))
    if name in _UNITS:
        return _UNITS[name].format(num) + branch
    if name == "subitem":
        return f"{numbers.syllable(num)}목{branch}"
    if name == "subsubitem":
        sign = str(num) if depth % 2 else numbers.syllable(num)
        return (f"{sign})" if depth <= 2 else f"({sign})") + branch
    if name == "annex":
        return f"별표 {num}{branch}"
    if name == "supp":
        return f"부칙{_promulgation(tree, num)}"
    return ""


def _promulgation(tree: Node | None, position: int) -> str:
    """<제18433호> where a tree has several 부칙, else ''."""
    supplements = [node for node in walk(tree) if node.kind == "supplement"] if tree else []
    if len(supplements) < 2 or not 0 < position <= len(supplements):
        return ""
    number = re.search(r"제\d+호", " ".join(supplements[position - 1].marks))
    return f"<{number.group()}>" if number else f"<{position}>"


def _parts(korean: str) -> tuple[list[str], str] | None:
    """The steps of the eId, and the promulgation number of a 부칙 that is named by it."""
    if len(korean) > _LONGEST * 9:
        return None
    text = unquote(korean) if "%" in korean else korean
    text = unicodedata.normalize("NFC", mend(text)).replace(" ", "")
    annex = _ANNEX.fullmatch(text)
    if annex is not None:
        num = numbers.to_int(annex["num"]) if annex["num"] else 1
        return [eids.step("annex", (num, *numbers.branches(annex["branch"])))], ""
    match = _KOREAN.fullmatch(text) if 0 < len(text) <= _LONGEST else None
    if match is None:
        return None
    steps = _steps(match)
    return (steps, match["promulgation"] or "") if steps else None


def _steps(match: re.Match[str]) -> list[str]:
    steps = ["supp_1"] if match["supplement"] else []
    above_article = len(steps)
    for level in _LEVELS:
        if level == "article" and match["article"]:
            del steps[above_article:]
        digits = match[level]
        if digits is None and level == "paragraph" and match["sign"]:
            digits = str(numbers.CIRCLED[match["sign"]])
        if digits:
            number = (numbers.to_int(digits), *numbers.branches(match[f"{level}_branch"] or ""))
            steps.append(eids.step(level, number))
    if match["subitem"] in numbers.SYLLABLE:
        number = (numbers.SYLLABLE[match["subitem"]], *numbers.branches(match["subitem_branch"]))
        steps.append(eids.step("subitem", number))
    for sign, branch in _DEEPER.findall(match["deeper"]):
        num = numbers.to_int(sign) if sign.isdigit() else numbers.SYLLABLE.get(sign, 0)
        steps.append(eids.step("subsubitem", (num, *numbers.branches(branch))))
    return steps


def _supplement(tree: Node, promulgation: str) -> str | None:
    wanted = re.search(r"제?(\d+)호", promulgation)
    position = promulgation.strip("<>()〈〉")
    for node in walk(tree):
        if node.kind != "supplement":
            continue
        if wanted and re.search(rf"제\s*{wanted[1]}\s*호", " ".join(node.marks)):
            return node.eid
        if position.isdigit() and node.eid == f"supp_{int(position)}":
            return node.eid
    return None


def _without_first_paragraph(steps: list[str], known: dict[str, Node]) -> list[str]:
    """제3조제1항제2호 of an article that has no 항: the 호 stands in the article itself."""
    if "para_1" not in steps:
        return steps
    at = steps.index("para_1")
    article = known.get("__".join(steps[:at]))
    if article is None or any(child.kind == "paragraph" for child in article.children):
        return steps
    return steps[:at] + steps[at + 1 :]


def _structure(tree: Node, steps: list[str]) -> str | None:
    """제3장 where the chapters stand within 편: the only chapter of that number, if there is one."""
    if not steps or not steps[-1].startswith(("part_", "chp_", "sec_", "subsec_")):
        return None
    ending = "__".join(steps)
    found = [node.eid for node in walk(tree) if f"__{node.eid}".endswith(f"__{ending}")]
    return found[0] if len(found) == 1 else None
