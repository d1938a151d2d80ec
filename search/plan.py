"""A question as every engine gets it: which terms a document must have, which may stand for them, which not.

The plan is made here, once, from Korean analysis, vocabulary and synonyms; an engine only matches terms.
That is why all engines find the same documents.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from search import jamo
from search.korean import Korean, Unit, units_of_question
from search.query import Query
from search.signs import plain_term
from search.thesaurus import Thesaurus
from search.tokens import written_in_one
from search.vocabulary import Vocabulary

MOST_CLAUSES = 12
_LONGEST_JOIN = 4

# How much a document says for a word that has something else in its place.
INNER, LONGER, SYNONYM, REPAIRED = 0.6, 0.5, 0.4, 0.8

# Half of the weight of the words is most of them; where that leads to little, a third has to do.
HALF, THIRD = 2, 3

# A word that so large a share of the documents has needs no synonym; below so many documents all count.
_OFTEN, _SMALL = 0.05, 400

# Words of a question that say what one wants to have rather than what it is about. They count for the
# order and are never required, unless nothing else is asked.
_SOFT = frozenset(
    {"사례", "관련", "방법", "경우", "내용", "정보", "이유", "현황", "알려주다", "어디", "무엇"}
)


@dataclass(frozen=True, slots=True)
class Choice:
    """Terms that satisfy a clause: one, or a phrase. `how` says why they may (word, joined, inner …)."""

    terms: tuple[str, ...]
    weight: float = 1.0
    how: str = "word"


@dataclass(frozen=True, slots=True)
class Clause:
    """One word or phrase of the question, with everything that may stand for it; the word itself first.

    `start` and `end` say where it stands in the question's text (-1 for a phrase), `idf` how much it says.
    """

    choices: tuple[Choice, ...]
    idf: float = 1.0
    start: int = -1
    end: int = -1
    kind: str = "noun"
    share: float = (
        1.0  # of its idf that it says: the parts of one compound say less than as many words
    )

    @property
    def points(self) -> int:
        """The idf as a whole number: sums of these are the same on every engine."""
        return max(1, round(self.idf * 10_000))


@dataclass(frozen=True, slots=True)
class Plan:
    """All of `clauses`; `optional` ones and `pairs` of neighbouring words only move a document up."""

    clauses: tuple[Clause, ...] = ()
    optional: tuple[Clause, ...] = ()
    pairs: tuple[Clause, ...] = ()
    excluded: tuple[tuple[str, ...], ...] = ()
    hopeless: tuple[int, ...] = ()  # clauses that no document can satisfy
    share: int = HALF  # a document with most of the words has this part of their weight

    @property
    def only_codes(self) -> bool:
        """제17조: somebody looks for a place in the law, whichever version it stands in."""
        return bool(self.clauses) and all(clause.kind == "code" for clause in self.clauses)

    @property
    def enough(self) -> int:
        """The points that a document with most of the words has, of those of all clauses."""
        return -(-sum(clause.points for clause in self.clauses) // self.share)

    def literal(self) -> Plan:
        """The same without synonyms."""
        return replace(
            self,
            clauses=tuple(
                replace(c, choices=tuple(ch for ch in c.choices if ch.how != "synonym"))
                for c in self.clauses
            ),
        )

    @property
    def has_synonyms(self) -> bool:
        return any(choice.how == "synonym" for c in self.clauses for choice in c.choices)


@dataclass(frozen=True, slots=True)
class Planner:
    """Makes plans from one state of the index."""

    analyser: Korean
    vocabulary: Vocabulary
    thesaurus: Thesaurus

    def plan(self, query: Query) -> Plan:
        """The plan of a question, without repairing anything in it."""
        units = self._units(query.text)
        words = self._words(query.text, units)
        phrases = [c for p in query.phrases if (c := self._phrase(p))]
        required = [c for c in words if c.choices[0].terms[0] not in _SOFT]
        every = [*required, *phrases] or words
        optional = [c for c in words if c not in every]
        excluded = [terms for text in query.excluded if (terms := self._terms(text))]
        plan = Plan(
            clauses=tuple(every[:MOST_CLAUSES]),
            optional=tuple(optional),
            pairs=tuple(self._pairs(units)),
            excluded=tuple(excluded),
        )
        return replace(plan, hopeless=tuple(self._hopeless(plan)))

    def with_choices(self, plan: Plan, more: dict[int, list[Choice]]) -> Plan:
        """The plan with further choices for some clauses, by their place."""
        clauses = tuple(
            self._weighed(replace(c, choices=(*c.choices, *more.get(i, ()))))
            for i, c in enumerate(plan.clauses)
        )
        changed = replace(plan, clauses=clauses)
        return replace(changed, hopeless=tuple(self._hopeless(changed)))

    def _words(self, text: str, units: Sequence[Unit]) -> list[Clause]:
        """A clause per unit; the same word twice counts once."""
        choices: list[list[Choice]] = [self._own_choices(unit) for unit in units]
        for begin, end, term in self._joined(text, units):
            for each in choices[begin:end]:
                each.append(Choice((term,), 1.0, "joined"))
        for unit, each in zip(units, choices, strict=True):
            if unit.kind in ("noun", "latin"):
                longer = self.vocabulary.containing(unit.term)
                each += [Choice((term,), LONGER, "longer") for term in longer]
        for begin, end, synonyms in self.thesaurus.spans(units):
            if min(self._frequency(unit) for unit in units[begin:end]) > _OFTEN:
                continue
            for each in choices[begin:end]:
                each += [Choice(synonym.terms, SYNONYM, "synonym") for synonym in synonyms]
        made: dict[str, Clause] = {c.choices[0].terms[0]: c for c in _half_typed(text)}
        shares = [len(run) ** -0.5 for run in written_in_one(units) for _ in run]
        for unit, each, share in zip(units, choices, shares, strict=True):
            kept = tuple({choice.terms: choice for choice in reversed(each)}.values())[::-1]
            clause = Clause(kept, start=unit.start, end=unit.end, kind=unit.kind, share=share)
            made.setdefault(unit.term, self._weighed(clause))
        return list(made.values())

    def _frequency(self, unit: Unit) -> float:
        """The share of documents that have this word."""
        return self.vocabulary.documents.get(unit.term, 0) / max(self.vocabulary.total, _SMALL)

    def _own_choices(self, unit: Unit) -> list[Choice]:
        """The word itself, then shorter words in it that may stand for it."""
        if unit.kind == "figure" and unit.inner:
            longest = [Choice((term,), 1.0) for term, _, _ in reversed(unit.inner)]
            return [*longest, Choice((unit.term,), INNER, "inner")]
        inner = [Choice((term,), INNER, "inner") for term, _, _ in unit.inner if unit.soft]
        return [Choice((unit.term,)), *inner]

    def _joined(self, text: str, units: Sequence[Unit]) -> Iterator[tuple[int, int, str]]:
        """Stretches that some document writes as one word: 통역 사 → 통역사, 체감 in 체감도."""
        for begin in range(len(units)):
            term = units[begin].term
            for end in range(begin + 2, min(begin + _LONGEST_JOIN, len(units)) + 1):
                if units[end - 1].kind not in ("noun", "latin"):
                    break
                term += units[end - 1].term
                if term in self.vocabulary.words:
                    yield begin, end, term
        for begin, end, written in _written_words(text, units):
            if written in self.vocabulary and written != units[begin].term:
                yield begin, end, written

    def _pairs(self, units: Sequence[Unit]) -> Iterator[Clause]:
        for before, unit in pairwise(units):
            pair = before.term + unit.term
            if unit.joins and pair in self.vocabulary:
                yield self._weighed(Clause((Choice((pair,)),)))

    def _phrase(self, text: str) -> Clause | None:
        terms = self._terms(text)
        return self._weighed(Clause((Choice(terms),), kind="phrase")) if terms else None

    def _terms(self, text: str) -> tuple[str, ...]:
        return tuple(unit.term for unit in self._units(text))

    def _units(self, text: str) -> list[Unit]:
        """The units of a question. A word in which the analyser sees none is one if the index knows it."""
        spoken = units_of_question(self.analyser, text)
        units = [u for u in spoken if not jamo.has_lone_letter(_word_at(text, u.start))]
        for match in re.finditer(r"\S+", text):
            term = plain_term(match.group().lower())
            silent = not any(u.start < match.end() and u.end > match.start() for u in spoken)
            if silent and term in self.vocabulary.words:
                units.append(Unit(term, match.start(), match.end(), "noun"))
        return sorted(units, key=lambda unit: unit.start)[:MOST_CLAUSES]

    def _weighed(self, clause: Clause) -> Clause:
        """The clause with its idf: that of the word itself, else of what stands for it."""
        known = [self._documents(choice) for choice in clause.choices]
        own = known[0] or min(self.vocabulary.total, sum(known))
        return replace(clause, idf=self.vocabulary.idf(own) * clause.share)

    def _documents(self, choice: Choice) -> int:
        return min(self.vocabulary.documents.get(term, 0) for term in choice.terms)

    def _hopeless(self, plan: Plan) -> Iterator[int]:
        for index, clause in enumerate(plan.clauses):
            if not any(self._documents(choice) for choice in clause.choices):
                yield index


def _word_at(text: str, place: int) -> str:
    """The word between blanks in which this place lies."""
    begin = text.rfind(" ", 0, place) + 1
    end = text.find(" ", place)
    return text[begin:] if end < 0 else text[begin:end]


def _half_typed(text: str) -> Iterator[Clause]:
    """Words with a letter standing alone (ㅈㅅㄱㄴ, 일자ㄹ): no document has them, repair knows them."""
    for match in re.finditer(r"\S+", text):
        if jamo.has_lone_letter(match.group()):
            choice = Choice((match.group(),))
            yield Clause((choice,), start=match.start(), end=match.end(), kind="letters")


def _written_words(text: str, units: Sequence[Unit]) -> Iterator[tuple[int, int, str]]:
    """Words between blanks as they were written, with the units that stand in them."""
    place = 0
    for word in text.split(" "):
        end = place + len(word)
        inside = [i for i, unit in enumerate(units) if place <= unit.start and unit.end <= end]
        written = plain_term(word.lower())
        if inside and len(written) > 1 and all(map(jamo.is_syllable, written)):
            yield inside[0], inside[-1] + 1, written
        place = end + 1
