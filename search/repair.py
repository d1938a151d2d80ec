"""What else somebody may have meant who found nothing: tried in order, each said on the page.

The keyboard was set to Latin; a blank is missing or one too many; a letter is wrong, half typed or only the
initials are there. Every attempt is made over the vocabulary in memory, and only what can find something
is handed to an engine.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from search import jamo
from search.plan import REPAIRED, Choice, Clause, Plan, Planner
from search.query import Query
from search.signs import plain_term
from search.vocabulary import Vocabulary

_LATIN = re.compile(r"[A-Za-z]{2,40}")
_MOST_JOINS = 8


class Step(StrEnum):
    """How an answer was found. The values are part of the public contract."""

    EXACT = "exact"
    KEYBOARD = "keyboard"
    SYNONYM = "synonym"
    SPACING = "spacing"
    TYPO = "typo"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class Attempt:
    """Another reading of the question."""

    step: Step
    query: Query
    plan: Plan


def attempts(planner: Planner, query: Query, plan: Plan) -> Iterator[Attempt]:
    """Readings that can find something, in the order in which they are to be tried."""
    readings = (
        (Step.KEYBOARD, _by_keyboard(planner.vocabulary, query.text)),
        (Step.SPACING, _by_spacing(planner.vocabulary, query.text)),
        (Step.TYPO, _by_letters(planner, query.text, plan)),
    )
    for step, texts in readings:
        for text in texts:
            changed = replace(query, text=text)
            made = planner.plan(changed)
            if made.clauses and not made.hopeless:
                yield Attempt(step, changed, made)
        if step is Step.TYPO and (guessed := _with_letters(planner, plan)):
            yield Attempt(step, query, guessed)


def without_hopeless(plan: Plan) -> Plan:
    """What is left of a plan when words that nothing has are left out."""
    kept = tuple(c for i, c in enumerate(plan.clauses) if i not in plan.hopeless)
    return replace(plan, clauses=kept, hopeless=())


# ---- the keyboard ----


def _by_keyboard(known: Vocabulary, text: str) -> Iterator[str]:
    words = text.split(" ")
    read = [_other_keyboard(known, word) for word in words]
    if read != words:
        yield " ".join(read)


def _other_keyboard(known: Vocabulary, word: str) -> str:
    """dlfwkfl → 일자리, ㄷㄴㅎ → esg; a word that the index knows stays (ESG, AI)."""
    if plain_term(word.lower()) in known:
        return word
    if _LATIN.fullmatch(word):
        korean = jamo.from_keyboard(word)
        return korean if all(map(jamo.is_syllable, korean)) else word
    if len(word) <= 20 and all(jamo.is_syllable(c) or jamo.has_lone_letter(c) for c in word):
        latin = jamo.to_keyboard(word)
        return latin if latin in known else word
    return word


# ---- blanks ----


def _by_spacing(known: Vocabulary, text: str) -> Iterator[str]:
    """Two words written as one, all as one, and one word at the seams of words that are known."""
    words = text.split(" ")
    for index in range(min(len(words) - 1, _MOST_JOINS)):
        yield " ".join((*words[:index], words[index] + words[index + 1], *words[index + 2 :]))
    if 2 < len(words) <= _MOST_JOINS:
        yield "".join(words)
    parted = [" ".join(_parts(known, word)) for word in words]
    if parted != words:
        yield " ".join(parted)


def _parts(known: Vocabulary, word: str) -> list[str]:
    """The word cut into as few known words as cover it whole; else as it is."""
    if len(word) > 30 or word in known or not all(map(jamo.is_syllable, word)):
        return [word]
    best: list[list[str] | None] = [[], *([None] * len(word))]
    for end in range(1, len(word) + 1):
        for begin in range(end - 1):
            before = best[begin]
            if before is None or word[begin:end] not in known.words:
                continue
            if best[end] is None or len(before) + 1 < len(best[end] or []):
                best[end] = [*before, word[begin:end]]
    return best[-1] or [word]


# ---- letters ----


def _by_letters(planner: Planner, text: str, plan: Plan) -> Iterator[str]:
    """The text with every unknown word replaced by the nearest that is known."""
    spoken = [plan.clauses[i] for i in plan.hopeless if plan.clauses[i].start >= 0]
    mended, changed = text, False
    done = len(text)
    for clause in sorted(spoken, key=lambda c: -c.start):
        if clause.kind in ("letters", "code", "figure") or clause.end > done:
            continue
        begin, end, nearest = _nearest(planner.vocabulary, text, clause)
        if nearest:
            mended, changed, done = mended[:begin] + nearest + mended[end:], True, begin
    if changed:
        yield mended


def _nearest(known: Vocabulary, text: str, clause: Clause) -> tuple[int, int, str]:
    """Where to put which word. A wrong letter may have cut the word oddly, so the whole word comes first."""
    begin = text.rfind(" ", 0, clause.start) + 1
    end = text.find(" ", clause.end)
    end = len(text) if end < 0 else end
    for place, stop in ((begin, end), (clause.start, clause.end)):
        found = known.nearest(plain_term(text[place:stop].lower()))
        if found:
            return place, stop, found[0]
    return clause.start, clause.end, ""


def _with_letters(planner: Planner, plan: Plan) -> Plan | None:
    """Initials and half-typed syllables stand for every word that they can be."""
    more = {
        i: [Choice((term,), REPAIRED, "repaired") for term in _meant(planner.vocabulary, clause)]
        for i in plan.hopeless
        if (clause := plan.clauses[i]).kind == "letters"
    }
    if not more:
        return None
    made = planner.with_choices(plan, more)
    return None if made.hopeless else made


def _meant(known: Vocabulary, clause: Clause) -> list[str]:
    written = clause.choices[0].terms[0]
    if not all(map(jamo.is_initial, written)):
        return known.beginning_with(written)
    return known.with_initials(written) or _by_two_initials(known, written)


def _by_two_initials(known: Vocabulary, consonants: str) -> list[str]:
    """Initials of two words written in one: the word of the longer half."""
    halves = [(consonants[:i], consonants[i:]) for i in range(2, len(consonants) - 1)]
    both = [(a, b) for a, b in halves if known.with_initials(a) and known.with_initials(b)]
    return known.with_initials(max(both[0], key=len)) if both else []
