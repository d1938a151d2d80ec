"""Identities as rows: what coalition.drafts.compare.lineage decides, written down and never changed.

Only actions call what writes here.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from coalition.drafts.compare.lineage import Plan, Settled, propose, settle
from coalition.drafts.models import Carriage, Forebear, Lineage, Provision, Version
from coalition.drafts.queries import current_lineages, newest_published, predecessors_in
from coalition.drafts.text.parse import parse
from coalition.record.models import User

#: Answers by the newer article's eId: the older articles it comes from, none for a new one.
Answers = Mapping[str, Sequence[str]]


def plan_of(version: Version) -> Plan | None:
    """What became of the articles of the version published last; None when this is the first."""
    previous = newest_published(version.bill)
    if previous is None:
        return None
    return propose(parse(previous.source_text).tree, parse(version.source_text).tree)


def state_of(version: Version) -> str:
    """What a confirmation was given for: this text against that published version."""
    previous = newest_published(version.bill)
    said = f"{previous.sha256 if previous else ''}\n{version.source_text}"
    return hashlib.sha256(said.encode()).hexdigest()


def unknown(plan: Plan | None, answers: Answers) -> list[str]:
    """eIds in the answers that are no article of their text."""
    before = _askable(plan.before) if plan else set[str]()
    after = _askable(plan.after) if plan else set[str]()
    named = [eid for a_eids in answers.values() for eid in a_eids if eid not in before]
    return [eid for eid in answers if eid not in after] + named


def _askable(units: Mapping[str, object]) -> set[str]:
    return {eid for eid in units if not eid.startswith("supp_") or "__art_" in eid}


def first_identities(provisions: Sequence[Provision]) -> None:
    """The first version of a bill: everything is new."""
    Lineage.objects.bulk_create(
        Lineage(provision=provision, uid=uuid.uuid4(), how=Carriage.NEW) for provision in provisions
    )


def give_identities(
    provisions: Sequence[Provision],
    plan: Plan,
    previous: Version,
    answers: Answers,
    by: User | None,
) -> None:
    """The Lineage of every provision of a version that is being published."""
    known = current_lineages(previous)
    accepted = {eid for doubt in plan.unanswered(answers) for eid in doubt.proposal}
    settled = {each.b_eid: each for each in settle(plan, answers)}
    drafts = []
    for provision in provisions:
        decided = settled.get(provision.eid) or Settled(provision.eid, None, ())
        how = _how(decided, answers, accepted)
        uid = known[decided.heir_of].uid if decided.heir_of else uuid.uuid4()
        drafts.append(_Decision(provision, uid, decided, how, by))
    _write(drafts, known)


@dataclass(frozen=True, slots=True)
class _Decision:
    """One Lineage to be, with the steps that lead to it."""

    provision: Provision
    uid: uuid.UUID
    settled: Settled
    how: Carriage
    by: User | None


def _how(decided: Settled, answers: Answers, accepted: Iterable[str]) -> Carriage:
    if decided.b_eid in answers:
        return Carriage.CONFIRMED
    if decided.b_eid in accepted:
        return Carriage.ACCEPTED
    return Carriage(decided.steps[0].how) if decided.steps else Carriage.NEW


def _write(decisions: Sequence[_Decision], known: Mapping[str, Lineage]) -> None:
    rows = Lineage.objects.bulk_create(
        Lineage(
            provision=each.provision,
            uid=each.uid,
            predecessor=known[each.settled.steps[0].a_eid].provision
            if each.settled.steps
            else None,
            how=each.how,
            score=each.settled.steps[0].score if each.settled.steps else 1.0,
            confirmed_by=each.by if each.how == Carriage.CONFIRMED else None,
        )
        for each in decisions
    )
    Forebear.objects.bulk_create(
        Forebear(lineage=row, provision=known[step.a_eid].provision, score=step.score)
        for row, each in zip(rows, decisions, strict=True)
        for step in each.settled.steps[1:]
    )


def decide_again(provision: Provision, answer: Sequence[str], by: User) -> int:
    """Another predecessor for a published article: new rows for it, for what stands below it, for
    those whose identity it takes or leaves, and for all that come from them. How many rows."""
    version = provision.version
    previous = Version.objects.get(bill=version.bill_id, order=(version.order or 0) - 1)
    known, current = current_lineages(previous), current_lineages(version)
    plan = propose(parse(previous.source_text).tree, parse(version.source_text).tree)
    recorded = predecessors_in(version)
    answers = {eid: recorded.get(eid, []) for eid in _askable(plan.after)}
    touched = {*answers[provision.eid], *answer}
    answers[provision.eid] = list(answer)
    family = {provision.eid} | {eid for eid, row in answers.items() if touched & {*row}}
    own = {lineage.uid for lineage in known.values()}
    decisions: list[_Decision] = []
    changed: dict[int, tuple[uuid.UUID, uuid.UUID]] = {}
    for decided in settle(plan, answers):
        if not any(decided.b_eid == eid or decided.b_eid.startswith(f"{eid}__") for eid in family):
            continue
        row = current[decided.b_eid]
        uid = known[decided.heir_of].uid if decided.heir_of else row.uid
        if not decided.heir_of and uid in own:
            uid = uuid.uuid4()
        steps = [step.a_eid for step in decided.steps]
        if uid == row.uid and steps == recorded.get(decided.b_eid, []):
            continue
        how = Carriage.CONFIRMED if decided.b_eid in family else _how(decided, {}, ())
        decisions.append(_Decision(row.provision, uid, decided, how, by))
        changed[row.provision_id] = (row.uid, uid)
    _write(decisions, known)
    return len(decisions) + _follow(version, changed)


def _follow(version: Version, changed: dict[int, tuple[uuid.UUID, uuid.UUID]]) -> int:
    """Later versions' provisions that had their identity from these go with them."""
    written = 0
    later = Version.objects.filter(bill=version.bill_id, order__gt=version.order or 0)
    for each in later.order_by("order"):
        rows: list[tuple[Lineage, Lineage]] = []
        going: dict[int, tuple[uuid.UUID, uuid.UUID]] = {}
        for row in current_lineages(each).values():
            old, new = changed.get(row.predecessor_id or 0, (None, row.uid))
            if row.uid == old and new != old:
                copy = Lineage(
                    provision=row.provision,
                    uid=new,
                    predecessor_id=row.predecessor_id,
                    how=row.how,
                    score=row.score,
                    confirmed_by_id=row.confirmed_by_id,
                )
                rows.append((row, copy))
                going[row.provision_id] = (row.uid, new)
        Lineage.objects.bulk_create(copy for _, copy in rows)
        merged = Forebear.objects.filter(lineage__in=[row for row, _ in rows])
        copies = {row.pk: copy for row, copy in rows}
        Forebear.objects.bulk_create(
            Forebear(lineage=copies[one.lineage_id], provision_id=one.provision_id, score=one.score)
            for one in merged
        )
        written += len(rows)
        changed = going
    return written
