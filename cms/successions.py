"""합침과 이름 바꿈: what a succession of the registry does to the places here, looked at first, then done whole.

The successor keeps the pages, files and groups; old addresses lead on for ever; the secretariat decides who goes on
at the new desk. Positions are not touched: the ledger shows them at the successor as 승계 여부 미확인.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.models import Page, Revision, WorkflowState

from cms.actions import pass_on_records, provision_municipality
from cms.models import MunicipalityIndexPage, MunicipalityPage
from cms.places import clashes, follow_name, hand_place_on, merge_place
from coalition.advocacy.models import Position
from coalition.members.actions import carry_succession, rename_municipality
from coalition.members.models import Appointment, Municipality, Succession
from coalition.members.queries import members, today
from coalition.particles import subject, topic, towards
from coalition.practice.models import JobModel, Pilot
from coalition.record.models import Source, User

CHANGED = "그 사이 달라졌습니다. 아래를 다시 보고 눌러 주세요."


@dataclass(slots=True)
class Plan:
    """What carrying a succession out does. With `refusals` it is not done."""

    successor: Municipality
    rows: list[Succession]
    own: MunicipalityPage | None
    fronts: list[MunicipalityPage] = field(default_factory=list)
    pages: int = 0
    posts: list[Appointment] = field(default_factory=list)
    positions: int = 0
    clashes: list[str] = field(default_factory=list)
    took_part: list[Municipality] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)

    @property
    def places(self) -> list[Municipality]:
        return [row.predecessor for row in self.rows if row.predecessor is not None]

    @property
    def on(self) -> dt.date:
        return max(row.on for row in self.rows)

    @property
    def must_choose(self) -> bool:
        """Whether somebody has to say whose front page goes on."""
        return self.own is None and len(self.fronts) > 1

    @property
    def seal(self) -> str:
        """What was looked at, as a hash."""
        keys = [
            [row.pk for row in self.rows],
            [front.pk for front in self.fronts],
            self.own.pk if self.own else 0,
            self.pages,
            sorted(post.pk for post in self.posts),
            self.clashes,
            self.refusals,
        ]
        return hashlib.sha256(repr(keys).encode()).hexdigest()


def open_successions() -> list[Succession]:
    """Those that name a predecessor of this registry and were not carried out, by successor."""
    rows = Succession.objects.filter(predecessor__isnull=False, carried__isnull=True)
    return list(
        rows.select_related("successor__region", "predecessor__region", "source").order_by(
            "successor__code", "on", "pk"
        )
    )


def plan_of(successor: Municipality) -> Plan | None:
    """Everything that waits for this successor; None when nothing does."""
    rows = [row for row in open_successions() if row.successor_id == successor.pk]
    if not rows:
        return None
    fronts = MunicipalityPage.objects.select_related("municipality__region", "collection")
    keys = [row.predecessor_id for row in rows if row.predecessor_id is not None]
    plan = Plan(
        successor,
        rows,
        own=fronts.filter(municipality=successor).first(),
        fronts=list(fronts.filter(municipality__in=keys).order_by("municipality__code")),
        posts=list(
            Appointment.objects.filter(municipality__in=keys, until__isnull=True)
            .select_related("user", "municipality__region")
            .order_by("municipality__code", "role", "pk")
        ),
        positions=Position.objects.filter(municipality__in=keys).count(),
    )
    plan.pages = sum(front.get_descendant_count() + 1 for front in plan.fronts)
    plan.took_part = list(members(plan.on - dt.timedelta(days=1)).filter(pk__in=keys))
    for front in plan.fronts:
        others = [plan.own] if plan.own else [one for one in plan.fronts if one.pk < front.pk]
        plan.clashes += [title for other in others for title in clashes(front, other)]
    plan.refusals = list(_refusals(plan))
    return plan


def _refusals(plan: Plan) -> Iterator[str]:
    """What a person has to settle first: the wizard never guesses."""
    successor = plan.successor
    if plan.on > today():
        yield f"{plan.on}에 바뀝니다. 그날부터 옮길 수 있습니다."
    if not successor.can_join or (successor.valid_to and successor.valid_to <= today()):
        yield f"{topic(successor)} 지금 있는 지방자치단체가 아니어서 이어받을 수 없습니다."
    for place in plan.places:
        elsewhere = Succession.objects.filter(predecessor=place).exclude(successor=successor)
        names = ", ".join(
            str(row.successor) for row in elsewhere.select_related("successor__region")
        )
        if names:
            yield (
                f"{topic(place)} {towards(names)}도 이어집니다. 나뉜 곳의 쪽을 누가 지닐지 명부만으로는 "
                "알 수 없습니다. 사람이 쪽을 나눈 뒤에 옮기세요."
            )
    index = MunicipalityIndexPage.objects.first()
    known = [front.pk for front in (plan.own, *plan.fronts) if front is not None]
    taken = Page.objects.child_of(index).filter(slug=successor.slug).exclude(pk__in=known)
    if taken.exists():
        yield f"/municipalities/{successor.slug}/ 자리에 다른 쪽이 있습니다."
    yield from _under_approval(plan)
    yield from _same_names(plan)


def _under_approval(plan: Plan) -> Iterator[str]:
    """A front page whose text waits for somebody would come back with its old address."""
    keys = [str(front.pk) for front in plan.fronts]
    running = WorkflowState.objects.active().filter(object_id__in=keys)
    scheduled = Revision.objects.filter(object_id__in=keys, approved_go_live_at__isnull=False)
    waiting = {state.object_id for state in running} | {row.object_id for row in scheduled}
    for front in plan.fronts:
        if str(front.pk) in waiting:
            yield f"‘{front.title}’의 첫 쪽이 결재나 예약 공개를 기다립니다. 먼저 마치거나 거두세요."


def _same_names(plan: Plan) -> Iterator[str]:
    keys = [plan.successor.pk, *(place.pk for place in plan.places)]
    for model in (JobModel, Pilot):
        rows: Any = model.objects.filter(municipality__in=keys)
        names = list(rows.values_list("name", flat=True))
        for name in sorted({name for name in names if names.count(name) > 1}):
            label = model._meta.verbose_name
            yield f"{label} {subject(f'‘{name}’')} 두 곳에 있습니다. 한쪽의 이름을 먼저 바꾸세요."


@transaction.atomic
def carry_out(
    successor: Municipality,
    *,
    main: str,
    reappointed: Collection[int],
    joins: bool,
    seen: str,
    by: User,
) -> int:
    """Do what the plan says, all of it or nothing; how many pages have moved.

    `main` is the address of the predecessor whose front page goes on, where several have one. Raises
    ValidationError when something has to be settled first, or is no longer what was looked at.
    """
    Municipality.objects.select_for_update(of=("self",)).get(pk=successor.pk)
    plan = plan_of(successor)
    if plan is None:
        raise ValidationError("옮길 승계가 없습니다.")
    if plan.seal != seen:
        raise ValidationError(CHANGED)
    if plan.refusals:
        raise ValidationError(plan.refusals)
    first = _front(plan, main)
    pages = 0
    if first is not None and plan.own is None:
        pages = hand_place_on(first, successor, by)
    target = plan.own or first
    for front in plan.fronts:
        if target is not None and front.pk != target.pk:
            pages += merge_place(front, MunicipalityPage.objects.get(pk=target.pk), by)
    for place in plan.places:
        pass_on_records(predecessor=place, successor=successor, by=by)
    successor.refresh_from_db()
    if target is not None:
        provision_municipality(municipality=successor, by=by)
    carry_succession(
        successor=successor,
        rows=plan.rows,
        reappointed=reappointed,
        joins=joins,
        pages=pages,
        by=by,
    )
    return pages


def _front(plan: Plan, main: str) -> MunicipalityPage | None:
    if not plan.must_choose:
        return plan.fronts[0] if plan.fronts else None
    chosen = [front for front in plan.fronts if front.municipality.slug == main]
    if not chosen:
        raise ValidationError("어느 곳의 첫 쪽을 이어 쓸지 고르세요.")
    return chosen[0]


@transaction.atomic
def rename(
    municipality: Municipality,
    *,
    name: str,
    slug: str,
    on: dt.date,
    event: str,
    by: User,
    source: Source | None = None,
) -> int:
    """Another name or address for the same municipality, with its place; how many pages have moved."""
    front = MunicipalityPage.objects.filter(municipality=municipality).first()
    if front is not None:
        said = list(_under_approval(Plan(municipality, [], own=None, fronts=[front])))
        if said:
            raise ValidationError(said)
    old_name = municipality.name
    rename_municipality(
        municipality=municipality, name=name, slug=slug, on=on, event=event, source=source, by=by
    )
    return follow_name(front, old_name, by) if front is not None else 0
