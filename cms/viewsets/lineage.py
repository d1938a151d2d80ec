"""The questions of the confirmation screen: from which article of the version before does this come?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from cms.viewsets.sides import Block, block_of, kinds_of, likeness, name_of
from coalition.drafts.compare.lineage import REASONS, Doubt, Plan, settle
from coalition.drafts.compare.units import Unit
from coalition.drafts.models import Carriage, Version

NEW, OTHER = "new", "other"


@dataclass(frozen=True, slots=True)
class Choice:
    """One radio button."""

    value: str
    label: str
    help: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Question:
    """Where one article of the new version comes from."""

    name: str
    b_eid: str
    article: str
    choices: list[Choice]
    other: str
    other_too: str
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """A doubt: both texts, why it is asked, its questions, and whether a person confirmed."""

    key: str
    a: str
    b: str
    why: str
    score: str
    block: Block
    questions: list[Question]
    confirmed: bool
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Sure:
    """One row of what nobody is asked about."""

    a: str
    b: str
    how: str
    score: str


@dataclass(slots=True)
class Screen:
    """Doubtful pairs first; then what is sure, with counts."""

    previous: Version
    cards: list[Card]
    sure: list[Sure]
    counts: list[tuple[str, int]]
    articles: list[tuple[str, str]]
    answers: dict[str, list[str]] = field(default_factory=dict)

    @property
    def open(self) -> list[Card]:
        """Doubts that are not answered and confirmed."""
        return [card for card in self.cards if card.fault]


def screen_of(plan: Plan, previous: Version, given: Mapping[str, str] | None) -> Screen:
    """The screen with what was given so far; `given` is the posted form, None at the first look."""
    articles = {
        eid: name_of(unit)
        for eid, unit in plan.before.items()
        if unit.node.kind != "supplement" and not unit.is_stub
    }
    answers: dict[str, list[str]] = {}
    cards = [_card(plan, doubt, previous, articles, given, answers) for doubt in plan.doubts]
    sure, counts = _sure(plan)
    listed = list(articles.items())
    return Screen(previous, cards, sure, counts, listed, answers)


def _card(
    plan: Plan,
    doubt: Doubt,
    previous: Version,
    articles: Mapping[str, str],
    given: Mapping[str, str] | None,
    answers: dict[str, list[str]],
) -> Card:
    questions = []
    for at, (b_eid, proposal) in enumerate(doubt.proposal.items()):
        name = f"from-{doubt.key}-{at}"
        value = (given or {}).get(name, " ".join(proposal) or NEW)
        other = (given or {}).get(f"other-{name}", "")
        too = (given or {}).get(f"too-{name}", "")
        answer, fault = _answer(value, other, too, articles)
        choices = _choices(plan, doubt, b_eid, proposal, previous, articles, value)
        article = name_of(plan.after[b_eid])
        questions.append(Question(name, b_eid, article, choices, other, too, fault))
        answers[b_eid] = answer
    confirmed = (given or {}).get(f"sure-{doubt.key}") == "yes"
    fault = ""
    if given is not None and not confirmed:
        fault = "두 글을 보고 ‘확인했습니다’에 표시하세요."
    if any(question.fault for question in questions):
        fault = "어느 조문에서 왔는지 고르세요."
    a = ", ".join(name_of(unit) for unit in doubt.change.a) or "짝을 찾지 못함"
    return Card(
        key=doubt.key,
        a=a,
        b=", ".join(name_of(unit) for unit in doubt.change.b),
        why=", ".join(REASONS[reason] for reason in doubt.reasons),
        score=likeness(doubt.change.score) if doubt.change.a else "",
        block=block_of(doubt.change),
        questions=questions,
        confirmed=confirmed,
        fault=fault,
    )


def _answer(value: str, other: str, too: str, articles: Mapping[str, str]) -> tuple[list[str], str]:
    """The eIds that were chosen, or why they can't be."""
    if value == NEW:
        return [], ""
    chosen = [eid for eid in (other, too) if eid] if value == OTHER else value.split()
    if not chosen or any(eid not in articles for eid in chosen):
        return [], "앞 판의 조문을 고르세요."
    return list(dict.fromkeys(chosen)), ""


def _choices(
    plan: Plan,
    doubt: Doubt,
    b_eid: str,
    proposal: tuple[str, ...],
    previous: Version,
    articles: Mapping[str, str],
    value: str,
) -> list[Choice]:
    version = f"v{previous.no}"
    found: list[tuple[str, str, str]] = []
    if len(proposal) > 1:
        names = " + ".join(articles[eid] for eid in proposal)
        found.append((" ".join(proposal), f"합침: {version} {names}", ""))
    for a_eid in proposal:
        name = f"{version} {articles[a_eid]}"
        if len(doubt.proposal) > 1:
            heir = max(doubt.proposal, key=lambda eid: _score(plan, a_eid, eid))
            keeps = "정체(이유·입장·의견)를 이어받습니다." if heir == b_eid else ""
            keeps = keeps or "새 조문으로 세되 여기서 나뉘었다고 적습니다."
            found.append((a_eid, f"나뉨: {name}에서 나왔습니다", keeps))
        else:
            found.append((a_eid, f"이어짐: {name}, 같은 조문입니다", ""))
    found.append((NEW, "새 조문: 앞 판에는 없던 조문입니다", ""))
    found.append((OTHER, "다른 조문의 후신: 아래에서 고릅니다", ""))
    return [Choice(key, label, note, key == value) for key, label, note in found]


def _score(plan: Plan, a_eid: str, b_eid: str) -> float:
    return next((s.score for s in plan.steps.get(b_eid, ()) if s.a_eid == a_eid), 0.0)


def _sure(plan: Plan) -> tuple[list[Sure], list[tuple[str, int]]]:
    """Articles that are carried, new or gone without a question."""
    asked = {eid for doubt in plan.doubts for eid in doubt.proposal}
    asked_a = {unit.node.eid for doubt in plan.doubts for unit in doubt.change.a}
    rows: list[Sure] = []
    counted: Counter[str] = Counter()
    units: dict[str, Unit] = plan.after
    for settled in settle(plan, {}):
        unit = units.get(settled.b_eid)
        if unit is None or settled.b_eid in asked:
            continue
        if unit.node.kind == "supplement" or unit.is_stub:
            continue
        if settled.steps:
            step = settled.steps[0]
            how = str(Carriage(step.how).label)
            came_from = name_of(plan.before[step.a_eid])
            rows.append(Sure(came_from, name_of(unit), how, likeness(step.score)))
        else:
            how = "신설"
            rows.append(Sure("없음", name_of(unit), how, ""))
        counted[how] += 1
    for change in plan.comparison.changes:
        for old in change.a if change.kinds == ("deleted",) else ():
            if old.node.eid not in asked_a:
                rows.append(Sure(name_of(old), "없음", kinds_of(change), ""))
                counted["삭제"] += 1
    return rows, list(counted.items())
