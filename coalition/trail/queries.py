"""질문 → 답변 → 모델 → 시범 → 근거 → 조문: nothing of its own, only what the rooms below wrote and others reviewed.

From a core question forward: its questions and their reviewed answers, the models that name it, their pilots, what
was found, and the clauses to which any of these is tied by a confirmed link. A recorded step of a question that
leads to a case ties the question to what that case is tied to. A stage that nothing reached stays empty.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Count, Q

from coalition.dialogue.models import CoreQuestion, Question, QuestionStep, StepState
from coalition.dialogue.papers import (
    public_answers,
    public_questions,
    question_address,
)
from coalition.drafts.kinship import kinship
from coalition.drafts.links import (
    LINKED_KINDS,
    History,
    Placed,
    Standing,
    article_of,
    histories,
    placed,
)
from coalition.drafts.models import LinkTarget, Provision, Version
from coalition.drafts.targets import Shown, linkable
from coalition.drafts.text.address import korean_from_eid
from coalition.evidence.models import Finding
from coalition.practice.models import JobModel, Pilot

#: What leads from a question or what came of it to a clause.
TIES = (LinkTarget.QUESTION, LinkTarget.CASE, LinkTarget.FINDING)


@dataclass(frozen=True, slots=True)
class Stop:
    """One thing on the way: what it is, where it stands, when."""

    title: str
    address: str = ""
    on: dt.date | None = None
    note: str = ""
    stale: bool = False


@dataclass(slots=True)
class Stage:
    """One of the six. `count` says how many there are, `stops` names some of them."""

    label: str
    count: int = 0
    stops: list[Stop] = field(default_factory=list)

    @property
    def is_gap(self) -> bool:
        return self.count == 0


@dataclass(frozen=True, slots=True)
class Trail:
    """A core question's way, six stages whatever is there."""

    core: CoreQuestion
    stages: list[Stage]

    @property
    def reached(self) -> int:
        """How many of the six stages are not empty."""
        return sum(not stage.is_gap for stage in self.stages)


MOST_NAMED = 8


def trail_of(core: CoreQuestion) -> Trail:
    """The way of a core question to the newest version of every bill."""
    questions = list(
        public_questions()
        .filter(core_question=core)
        .select_related("paper")
        .order_by("paper", "number")
    )
    keys = [question.pk for question in questions]
    answered = _answers(keys)
    steps = list(
        QuestionStep.objects.filter(question__in=keys)
        .select_related("question__paper")
        .order_by("on", "pk")
    )
    models = list(JobModel.objects.filter(core_questions=core).order_by("pk"))
    pilots = list(Pilot.objects.filter(model__in=models).order_by("pk"))
    findings = list(
        Finding.objects.filter(Q(model__in=models) | Q(pilot__in=pilots), withdrawn_at__isnull=True)
        .select_related("model", "pilot")
        .order_by("-ends", "pk")
        .distinct()
    )
    clauses = _clauses(questions, findings, {step.address for step in steps if step.address})
    return Trail(
        core,
        [
            _stage("질문", [Stop(q.text, question_address(q), q.received_on) for q in questions]),
            _answer_stage(questions, answered),
            _stage("모델", [_model_stop(one) for one in models], steps, StepState.MODEL),
            _stage("시범", [_pilot_stop(one) for one in pilots], steps, StepState.PILOT),
            _stage("근거", [_finding_stop(one) for one in findings], steps, StepState.MEASURED),
            Stage("조문", len(clauses), clauses[:MOST_NAMED]),
        ],
    )


def _model_stop(model: JobModel) -> Stop:
    return Stop(model.name, f"/models/{model.slug}/", model.chosen_on)


def _pilot_stop(pilot: Pilot) -> Stop:
    return Stop(pilot.name, f"/pilots/{pilot.slug}/")


def _finding_stop(finding: Finding) -> Stop:
    """Where the pilot or model of which it speaks tells it."""
    address = ""
    if finding.pilot is not None:
        address = f"/pilots/{finding.pilot.slug}/#findings"
    elif finding.model is not None:
        address = f"/models/{finding.model.slug}/#findings"
    return Stop(finding.claim, address, finding.ends)


def _answers(keys: Sequence[int]) -> dict[int, int]:
    rows = public_answers().order_by().filter(question__in=keys)
    return dict(rows.values_list("question").annotate(n=Count("pk")))


def _answer_stage(questions: Sequence[Question], answered: dict[int, int]) -> Stage:
    stops = [
        Stop(f"답변 {answered[one.pk]:,}건", f"{question_address(one)}#answers", note=one.text)
        for one in questions
        if one.pk in answered
    ]
    return Stage("답변", sum(answered.values()), stops[:MOST_NAMED])


def _stage(
    label: str,
    stops: list[Stop],
    steps: Iterable[QuestionStep] = (),
    state: StepState | None = None,
) -> Stage:
    """Rows of the rooms below, and what people recorded of single questions.

    What was recorded is counted only where no row stands for it: three questions may have led to one model.
    """
    told = {
        (step.note, step.address): Stop(
            step.note, step.address, step.on, f"질문 {step.question.number}에서"
        )
        for step in steps
        if step.state == state
    }
    every = [*stops, *told.values()]
    return Stage(label, len(stops) or len(told), every[:MOST_NAMED])


def _clauses(
    questions: Sequence[Question], findings: Sequence[Finding], addresses: set[str]
) -> list[Stop]:
    """Clauses that a reviewed link ties to one of these; 재확인 필요 is said, and no link twice for one clause."""
    known = {
        **{
            (LinkTarget.QUESTION, q.pk): Shown(f"질문 {q.number}", question_address(q))
            for q in questions
        },
        **{(LinkTarget.FINDING, f.pk): Shown(f.claim, "") for f in findings},
    }
    where = Q(link__target=LinkTarget.QUESTION, link__object_id__in=[q.pk for q in questions])
    where |= Q(link__target=LinkTarget.FINDING, link__object_id__in=[f.pk for f in findings])
    if addresses:
        where |= Q(link__target=LinkTarget.CASE)
    told = histories(where)
    known |= _cases_at(told, addresses)
    found: dict[tuple[int, str], Stop] = {}
    for version, one in _standing(told):
        shown = known.get((LinkTarget(one.link.target), one.link.object_id))
        if shown is not None:
            for eid in one.eids:
                stop = Stop(
                    f"{version.bill.name} v{version.no} {korean_from_eid(eid) or eid}",
                    clause_address(version, eid),
                    note=f"{one.link.get_kind_display()}: {shown.title}",
                    stale=one.standing == Standing.STALE,
                )
                kept = found.get((version.pk, eid))
                if kept is None or kept.stale:
                    found[version.pk, eid] = stop
    return list(found.values())


def _cases_at(told: Iterable[History], addresses: set[str]) -> dict[tuple[LinkTarget, int], Shown]:
    keys = {one.link.object_id for one in told if one.link.target == LinkTarget.CASE}
    if not keys or not addresses:
        return {}
    shown = linkable(LinkTarget.CASE).shown(keys)
    return {(LinkTarget.CASE, pk): one for pk, one in shown.items() if one.address in addresses}


def _standing(told: Iterable[History]) -> list[tuple[Version, Placed]]:
    """Confirmed links where they stand in the newest version of their bill."""
    by_bill: dict[int, list[History]] = {}
    for one in told:
        by_bill.setdefault(one.link.provision.version.bill_id, []).append(one)
    found = []
    for version in _newest(by_bill):
        net = kinship(version.bill, *LINKED_KINDS)
        rows = placed(by_bill[version.bill_id], version, net=net)
        found += [(version, one) for one in rows if one.is_reason]
    return found


def _newest(bills: Iterable[int]) -> list[Version]:
    newest: dict[int, Version] = {}
    rows = Version.objects.filter(bill__in=list(bills), published_at__isnull=False)
    for version in rows.select_related("bill").defer("source_text").order_by("bill", "-order"):
        newest.setdefault(version.bill_id, version)
    return list(newest.values())


def clause_address(version: Version, eid: str) -> str:
    """`/bills/<slug>/v<no>/<eId>/`."""
    return f"/bills/{version.bill.slug}/v{version.no}/{eid}/"


def trail_address(core: CoreQuestion) -> str:
    """`/trail/<paper>/<no>/`."""
    return f"/trail/{core.paper.key}/{core.number}/"


# From a clause back


@dataclass(frozen=True, slots=True)
class Origin:
    """A core question from which a clause came, with the single questions and by what they are tied."""

    core: CoreQuestion | None
    stops: list[Stop]


def origins_of(provision: Provision) -> list[Origin]:
    """The questions from which the article of a provision came, through reviewed links only."""
    version = provision.version
    told = histories(Q(link__target__in=TIES, link__provision__version__bill=version.bill_id))
    net = kinship(version.bill, *LINKED_KINDS)
    whole = article_of(provision.eid)
    here = [
        one
        for one in placed(told, version, net=net)
        if one.is_reason and any(article_of(eid) == whole for eid in one.eids)
    ]
    ties: dict[int, Stop] = {}
    by_target: dict[str, dict[int, Placed]] = {}
    for one in here:
        by_target.setdefault(one.link.target, {})[one.link.object_id] = one
    asked = by_target.get(LinkTarget.QUESTION, {})
    cases = by_target.get(LinkTarget.CASE, {})
    questions = {
        row.pk: row
        for row in public_questions()
        .filter(pk__in=asked)
        .select_related("paper", "core_question__paper")
    }
    for pk in questions:
        ties[pk] = _tie(questions[pk], f"갈래: {asked[pk].link.get_kind_display()}")
    if cases:
        shown = {one.address: one for one in linkable(LinkTarget.CASE).shown(cases).values()}
        open_ = public_questions().filter(steps__address__in=shown)
        rows = QuestionStep.objects.filter(address__in=shown, question__in=open_)
        related = rows.select_related("question__paper", "question__core_question__paper")
        for step in related.order_by("question", "pk"):
            questions[step.question_id] = step.question
            title = shown[step.address].title
            ties.setdefault(step.question_id, _tie(step.question, f"거친 사례: {title}"))
    return _grouped(questions, ties, _through_findings(by_target.get(LinkTarget.FINDING, {})))


def _tie(question: Question, note: str) -> Stop:
    return Stop(question.text, question_address(question), question.received_on, note)


def _through_findings(found: dict[int, Placed]) -> list[CoreQuestion]:
    """Core questions whose model, or a pilot of whose model, the findings speak of."""
    if not found:
        return []
    rows = Finding.objects.filter(pk__in=found, withdrawn_at__isnull=True)
    of_model = Q(job_models__findings__in=rows) | Q(job_models__pilots__findings__in=rows)
    return list(CoreQuestion.objects.filter(of_model).select_related("paper").distinct())


def _grouped(
    questions: dict[int, Question], ties: dict[int, Stop], cores: Iterable[CoreQuestion]
) -> list[Origin]:
    by_core: dict[int | None, Origin] = {core.pk: Origin(core, []) for core in cores}
    for pk in sorted(ties, key=lambda key: (questions[key].paper_id, questions[key].number)):
        core = questions[pk].core_question
        group = by_core.setdefault(core.pk if core else None, Origin(core, []))
        group.stops.append(ties[pk])
    return list(by_core.values())
