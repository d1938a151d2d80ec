"""What waits on a desk: of one municipality for its people, of all for the 사무국.

Every list is one query whatever the number of municipalities; a municipality's pages are told by the
beginning of their tree path.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Count, Max, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast, Substr
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from wagtail.models import Page, TaskState, WorkflowState

from cms.models import CaseBookEntry, CaseBookState, CasePage, MunicipalityPage, Phase, TagProposal
from cms.models.tags import ProposalState
from cms.queries.cases import ROOT_PATH
from cms.tenancy import municipality_root_path
from coalition.advocacy.models import Opinion
from coalition.advocacy.opinions import waiting_opinions
from coalition.members.applications import waiting
from coalition.members.models import Appointment, Municipality, Role, TaskStep
from coalition.members.notices import notices
from coalition.members.queries import today
from coalition.members.tasks import tasks_for
from coalition.record.models import User

# A page that says how something stands now should have been looked at within half a year.
STALE_AFTER = dt.timedelta(days=183)
MOST = 8
# How long a notice to members stands on their desks; afterwards it is in its list.
NEWS_FOR = dt.timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Work:
    """One page that waits for somebody."""

    title: str
    address: str
    since: dt.datetime | None


@dataclass(frozen=True, slots=True)
class Pile:
    """A heading with what lies under it; `more` says how many are not shown."""

    label: str
    help: str
    works: list[Work]
    more: int = 0


@dataclass(frozen=True, slots=True)
class DeskState:
    """How one municipality's desk stands, for the 사무국."""

    municipality: Municipality
    address: str
    last_published: dt.datetime | None
    waiting: int
    waiting_since: dt.datetime | None
    stale: int
    approvers: int

    @property
    def needs(self) -> tuple[bool, int, int]:
        """What makes somebody look here first."""
        return (not self.approvers, self.waiting, self.stale)


def piles(municipality: Municipality, *, approves: bool) -> list[Pile]:
    """What waits in this municipality, what this user may act on first; empty piles are left out."""
    below = Page.objects.filter(url_path__startswith=municipality_root_path(municipality.slug))
    found = []
    if approves:
        found.append(
            _pile("결재할 글", "읽고 승인하거나 돌려보냅니다.", in_state(below, WAITING), "waiting")
        )
    else:
        found.append(
            _pile(
                "결재를 기다리는 글",
                "결재자에게 가 있습니다.",
                in_state(below, WAITING),
                "waiting",
            )
        )
    found += [
        _pile("돌려받은 글", "까닭을 읽고 고쳐서 다시 올립니다.", in_state(below, _RETURNED), "waiting"),
        _pile("쓰다 만 글", "아직 결재를 올리지 않았습니다.", _drafts(below), "latest_revision_created_at"),
        _pile("오래된 글", "여섯 달 넘게 그대로입니다. 지금도 맞나요?", stale_pages(below), "last_published_at"),
    ]  # fmt: skip
    return [pile for pile in found if pile.works]


WAITING = WorkflowState.STATUS_IN_PROGRESS
_RETURNED = WorkflowState.STATUS_NEEDS_CHANGES


def in_state(pages: QuerySet[Page], status: str) -> Any:
    """Pages whose approval stands so, with `waiting`, since when."""
    states = WorkflowState.objects.filter(status=status)
    # Not through the generic relation: PostgreSQL compares no number with a key that is kept as text.
    newest = states.filter(object_id=OuterRef("key")).order_by("-created_at")
    return (
        pages.annotate(key=Cast("pk", CharField()))
        .filter(key__in=states.values("object_id"))
        .annotate(waiting=Subquery(newest.values("created_at")[:1]))
        .order_by("waiting", "pk")
    )


def _drafts(pages: QuerySet[Page]) -> QuerySet[Page]:
    """Changed and not handed in."""
    active = WorkflowState.objects.filter(status__in=(WAITING, _RETURNED))
    return (
        pages.filter(Q(live=False) | Q(has_unpublished_changes=True))
        .annotate(key=Cast("pk", CharField()))
        .exclude(key__in=active.values("object_id"))
        .order_by("-latest_revision_created_at", "pk")
    )


def stale_pages(pages: QuerySet[Page]) -> QuerySet[Page]:
    """Public pages that tell of the present and were not touched for half a year: a municipality's front
    page, and cases that are not finished. A finished case doesn't age."""
    unfinished = CasePage.objects.filter(phase__in=(Phase.PLANNED, Phase.RUNNING)).values("pk")
    fronts = MunicipalityPage.objects.values("pk")
    return pages.filter(
        Q(pk__in=unfinished) | Q(pk__in=fronts),
        live=True,
        last_published_at__lt=timezone.now() - STALE_AFTER,
    ).order_by("last_published_at", "pk")


def _pile(label: str, help: str, pages: QuerySet[Page], since: str) -> Pile:  # noqa: A002
    found = list(pages[: MOST + 1])
    works = [
        Work(
            page.get_admin_display_title(),
            reverse("wagtailadmin_pages:edit", args=[page.pk]),
            getattr(page, since),
        )
        for page in found[:MOST]
    ]
    return Pile(label, help, works, pages.count() - MOST if len(found) > MOST else 0)


def desk_states() -> list[DeskState]:
    """All municipalities with a place here, those that need somebody first."""
    published = _by_root(Page.objects.filter(live=True), Max("last_published_at"))
    waiting = _by_root(_in_progress(), Count("pk"))
    since = _by_root(_in_progress(), Min("latest_revision_created_at"))
    stale = _by_root(stale_pages(Page.objects.all()).order_by(), Count("pk"))
    approvers = dict(
        Appointment.objects.filter(role=Role.APPROVER, until__isnull=True, user__is_active=True)
        .values_list("municipality")
        .annotate(number=Count("pk"))
    )
    roots = MunicipalityPage.objects.select_related("municipality__region")
    states = [
        DeskState(
            municipality=root.municipality,
            address=reverse("wagtailadmin_explore", args=[root.pk]),
            last_published=published.get(root.path),
            waiting=waiting.get(root.path, 0),
            waiting_since=since.get(root.path),
            stale=stale.get(root.path, 0),
            approvers=approvers.get(root.municipality_id, 0),
        )
        for root in roots.order_by("municipality__code")
    ]
    return sorted(states, key=lambda state: state.needs, reverse=True)


def _in_progress() -> QuerySet[Page]:
    running = TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS)
    return Page.objects.annotate(key=Cast("pk", CharField())).filter(
        key__in=running.values("workflow_state__object_id")
    )


def _by_root(pages: QuerySet[Page], what: Any) -> dict[str, Any]:
    """One figure for each municipality's root, by its tree path."""
    rows = pages.order_by().annotate(root=Substr("path", 1, ROOT_PATH)).values_list("root")
    return dict(rows.annotate(figure=what))


def requests_waiting() -> list[Pile]:
    """What the 사무국 was asked and has not answered."""
    proposals = TagProposal.objects.filter(state=ProposalState.WAITING)
    book = CaseBookEntry.objects.filter(state=CaseBookState.WAITING, page__live=True)
    held, opinions = waiting_opinions()
    asked = waiting()
    found = [
        Pile(
            "살펴볼 의견", "연락처로 보이는 글이 있습니다. 보이거나 가립니다.",
            [_opinion(row) for row in held[:MOST]],
            max(0, held.count() - MOST),
        ),
        Pile(
            "답변을 기다리는 의견", "반영, 일부 반영, 미반영과 그 까닭을 적습니다.",
            [_opinion(row) for row in opinions[:MOST]],
            max(0, opinions.count() - MOST),
        ),
        Pile(
            "참여 신청", "공문을 읽고 받아들이거나 까닭을 적어 답합니다.",
            [
                Work(
                    f"{row.municipality} {row.get_asks_display()}",
                    reverse("joining_desk:application", args=[row.pk]),
                    row.confirmed_at,
                )
                for row in asked[:MOST]
            ],
            max(0, asked.count() - MOST),
        ),
        Pile(
            "주제어 제안", "받아들이거나 까닭을 적어 답합니다.",
            [Work(row.name, reverse("tags_desk:index"), None) for row in proposals[:MOST]],
            max(0, proposals.count() - MOST),
        ),
        Pile(
            "사례집 확인", "공개된 사례를 읽고 실을지 정합니다.",
            [
                Work(row.page.title, reverse("case_book:index"), row.offered_at)
                for row in book.select_related("page")[:MOST]
            ],
            max(0, book.count() - MOST),
        ),
    ]  # fmt: skip
    return [pile for pile in found if pile.works]


def tasks_waiting(user: User) -> list[Pile]:
    """What this user has to do, and what of it is late."""
    late = tasks_for(user).filter(due__lt=today())
    due = tasks_for(user).filter(due__gte=today())
    found = [
        Pile("기한 지난 할 일", "마치거나 까닭을 적어 기한을 옮깁니다.", *_tasks(late)),
        Pile("내 할 일", "기한이 가까운 것이 먼저입니다.", *_tasks(due)),
    ]
    return [pile for pile in found if pile.works]


def _tasks(rows: QuerySet[TaskStep]) -> tuple[list[Work], int]:
    found = list(rows[: MOST + 1])
    works = [
        Work(
            f"{row.task.title} ({date_format(row.due)}까지)",
            reverse("tasks_desk:task", args=[row.task_id]),
            None,
        )
        for row in found[:MOST]
    ]
    return works, rows.count() - MOST if len(found) > MOST else 0


def news_for_members() -> list[Pile]:
    """지방정부 알림 of the last month."""
    rows = notices().filter(on__gte=today() - NEWS_FOR)
    works = [
        Work(
            row.title,
            reverse("notices_desk:notice", args=[row.pk]),
            dt.datetime.combine(row.on, dt.time()),
        )
        for row in rows[:MOST]
    ]
    return [Pile("지방정부 알림", "참여 지방정부에 알린 것입니다.", works)] if works else []


def _opinion(row: Opinion) -> Work:
    return Work(str(row), reverse("opinions_desk:opinion", args=[row.pk]), row.confirmed_at)
