"""From a question to an answer: plan, ask an engine, and where nothing is found try what was meant.

Views, the API and the shell all come through `find`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice

from search import catalog, korean, names, thesaurus, vocabulary
from search.backends.base import FEW, Answer, Engine, Question, Sort
from search.backends.choice import Choice
from search.backends.embedded import Embedded
from search.catalog import LabelBook
from search.models import Kind
from search.plain import PlainKorean
from search.plan import THIRD, Plan, Planner
from search.query import Field, Query
from search.repair import Step, attempts, without_hopeless
from search.thesaurus import Thesaurus
from search.vocabulary import Vocabulary

# Fields whose values people write as they remember them; the others have to be exact.
_BY_NAME = frozenset({"region", "division", "tag", "kind"})
_MOST_ATTEMPTS = 3
_ALL_VERSIONS = frozenset({"모두", "전체", "all"})


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a reader asks for, checked and complete (search.forms makes it of an address)."""

    query: Query
    chosen: Mapping[str, frozenset[str]] = field(default_factory=dict)
    since: int = 0
    until: int = 0
    sort: Sort = Sort.RELEVANCE
    offset: int = 0
    limit: int = 20
    group: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """An answer, and what the reader has to be told about it.

    `searched` is what was run in the end, `instead` the same when it is not what was written. `also` are
    synonyms that were looked for too, `unknown` fields that say something nothing has. `degraded`: Kiwi is
    still loading, or the search server rests and the embedded engine answered.
    """

    answer: Answer
    plan: Plan
    step: Step
    searched: str
    engine: str
    instead: str | None = None
    degraded: bool = False
    without_kiwi: bool = False
    also: tuple[str, ...] = ()
    unknown: tuple[Field, ...] = ()


def find(wanted: Wanted) -> Outcome:
    """The answer of this moment. Writes nothing."""
    known = catalog.fresh()
    terms = vocabulary.fresh(known)
    planner, without_kiwi = _planner(terms, known.clock)
    engine = Choice(known, terms)
    plan = planner.plan(wanted.query)
    question, unknown = _question(wanted, plan, known.book)
    outcome = _first(engine, planner, wanted.query, question)
    return replace(
        outcome,
        engine=engine.name,
        degraded=without_kiwi or engine.degraded,
        without_kiwi=without_kiwi,
        unknown=tuple(unknown),
    )


def find_all(wanted: Wanted) -> tuple[list[int], int]:
    """The ids of everything that has all the words, newest first, and the clock of the index they are from.

    By the embedded engine, which is never behind. No other reading is tried: who waits for a word waits
    for that word.
    """
    known = catalog.fresh()
    terms = vocabulary.fresh(known)
    plan = _planner(terms, known.clock)[0].plan(wanted.query)
    if plan.hopeless:
        return [], known.clock
    whole = replace(wanted, sort=Sort.NEWEST, offset=0, limit=len(known.live), group=0)
    answer = Embedded(known, terms).answer(_question(whole, plan, known.book)[0])
    return [hit.id for hit in answer.hits if hit.full], known.clock


def _planner(terms: Vocabulary, clock: int) -> tuple[Planner, bool]:
    """With Kiwi if this process has it; else it begins to load, and the terms of the index do."""
    analyser = korean.loaded()
    if analyser is None:
        korean.load_in_background(names.registry_names_in_thread)
        return Planner(PlainKorean(terms), terms, Thesaurus({})), True
    added = names.added(clock)
    if names.is_outdated(analyser, added.terms):
        # Another process added a term: this one learns it beside its work.
        korean.renew_in_background(names.registry_names())
    return Planner(analyser, terms, thesaurus.current(analyser, added.synonyms)), False


def _first(engine: Engine, planner: Planner, query: Query, question: Question) -> Outcome:
    """What the question finds as it stands, else its first reading that finds something, else any word.

    Another reading is tried only where a word is unknown: the plan itself joins words that documents write
    as one, so a question of known words that finds nothing has too many of them.
    """
    plan = question.plan
    if not plan.hopeless:
        answer = _patiently(engine, question)
        outcome = _outcome(engine, planner, query, answer, plan)
        if answer.total or not answer.total_partial:
            return outcome if answer.by_word else replace(outcome, step=Step.SYNONYM)
        return replace(outcome, step=Step.ANY)
    for attempt in islice(attempts(planner, query, plan), _MOST_ATTEMPTS):
        answer = engine.answer(replace(question, plan=attempt.plan))
        if answer.total:
            outcome = _outcome(engine, planner, query, answer, attempt.plan)
            text = _written(query, attempt.query.text)
            instead = text if attempt.query.text != query.text else None
            searched = text if instead else query.written
            return replace(outcome, step=attempt.step, searched=searched, instead=instead)
    return _without_unknown(engine, planner, query, question)


def _patiently(engine: Engine, question: Question) -> Answer:
    """The answer; of three words and more also documents with a third of their weight, if it is short."""
    answer = engine.answer(question)
    if answer.total + answer.total_partial >= FEW or len(question.plan.clauses) < 3:
        return answer
    return engine.answer(replace(question, plan=replace(question.plan, share=THIRD)))


def _outcome(engine: Engine, planner: Planner, query: Query, answer: Answer, plan: Plan) -> Outcome:
    also = tuple(_synonyms(plan, planner.vocabulary))
    return Outcome(answer, plan, Step.EXACT, query.written, engine.name, also=also)


def _without_unknown(engine: Engine, planner: Planner, query: Query, question: Question) -> Outcome:
    """Documents with some of the words; those that nothing has are left out."""
    left = without_hopeless(question.plan)
    if not left.clauses:
        return _outcome(engine, planner, query, engine.answer(question), question.plan)
    found = _patiently(engine, replace(question, plan=left))
    demoted = replace(
        found,
        hits=[replace(hit, full=False) for hit in found.hits],
        groups=[],
        total=0,
        total_partial=found.total + found.total_partial,
    )
    outcome = _outcome(engine, planner, query, demoted, left)
    return replace(outcome, step=Step.ANY) if demoted.total_partial else outcome


def _synonyms(plan: Plan, known: Vocabulary) -> Iterable[str]:
    """Synonyms that some document has, as they are shown."""
    said = (
        " ".join(choice.terms)
        for clause in plan.clauses
        for choice in clause.choices
        if choice.how == "synonym" and all(term in known for term in choice.terms)
    )
    return dict.fromkeys(said)


def _written(query: Query, text: str) -> str:
    """The question with other free words, as somebody could have typed it."""
    fields = [f"{'-' if f.excluded else ''}{f.name}:{f.value}" for f in query.fields]
    phrases = [f'"{phrase}"' for phrase in query.phrases]
    excluded = [f"-{word}" if " " not in word else f'-"{word}"' for word in query.excluded]
    return " ".join(filter(None, (text, *phrases, *excluded, *fields)))


# ---- fields in the question ----


def _question(wanted: Wanted, plan: Plan, book: LabelBook) -> tuple[Question, list[Field]]:
    chosen = {facet: set(values) for facet, values in wanted.chosen.items()}
    refused: dict[str, set[str]] = {}
    unknown = []
    every_version = plan.only_codes or bool(chosen.get("version"))
    for said in wanted.query.fields:
        if said.name == "version":
            every_version = True
            if said.value in _ALL_VERSIONS:
                continue
        values = _values(said, book)
        if not values & _existing(said.name, book):
            unknown.append(said)
        (refused if said.excluded else chosen).setdefault(said.name, set()).update(values)
    question = Question(
        plan=plan,
        chosen={facet: frozenset(values) for facet, values in chosen.items()},
        refused={facet: frozenset(values) for facet, values in refused.items()},
        since=wanted.since,
        until=wanted.until,
        every_version=every_version,
        sort=wanted.sort,
        offset=wanted.offset,
        limit=wanted.limit,
        group=wanted.group,
    )
    return question, unknown


def _existing(facet: str, book: LabelBook) -> set[str]:
    return {label.value for label in book.labels if label.facet == facet}


def _values(said: Field, book: LabelBook) -> set[str]:
    """The entries that a written value means: its code or name, else names that contain it."""
    written = said.value.removeprefix("v") if said.name == "version" else said.value
    written = written.removesuffix("년") if said.name == "year" else written
    if said.name == "kind":
        written = next((k.value for k in Kind if k.label == written), written)
    labels = [label for label in book.labels if label.facet == said.name]
    exact = {label.value for label in labels if written in (label.value, label.name)}
    if exact or said.name not in _BY_NAME:
        return exact or {written}
    return {label.value for label in labels if written in label.name} or {written}


def forget() -> None:
    """Drop what this process remembers of the index; for tests and after `flush`."""
    catalog.forget()
    vocabulary.forget()
    names.forget()
