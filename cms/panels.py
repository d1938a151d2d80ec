"""What stands first on the desk: what one can do now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from wagtail.admin.ui.components import Component
from wagtail.admin.views.home import (
    UserObjectsInWorkflowModerationPanel,
    WorkflowObjectsToModeratePanel,
)

from cms.models import CaseIndexPage, MunicipalityPage, NewsIndexPage
from cms.queries.desks import (
    desk_states,
    news_for_members,
    piles,
    requests_waiting,
    tasks_waiting,
)
from coalition.members.access import Access
from coalition.members.models import Role
from coalition.record.models import User

_SAID_BY_PILES = (WorkflowObjectsToModeratePanel, UserObjectsInWorkflowModerationPanel)
# The dashboard shows so many municipalities; the others stand on the screen of all.
SHOWN = 12


@dataclass(frozen=True, slots=True)
class Door:
    """One thing to do, as a link with a line of explanation."""

    label: str
    text: str
    address: str


class PilesPanel(Component):
    """할 일: what waits for this user, below the doors."""

    name = "piles"
    template_name = "admin/home/piles.html"
    order = 60

    def __init__(self, request: HttpRequest) -> None:
        self.access = Access.of(request.user)
        self.user = request.user

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        municipality = self.access.municipality
        own = tasks_waiting(self.user) if isinstance(self.user, User) else []
        told = news_for_members() if self.access.may_read_notices else []
        if municipality is not None and self.access.may_view(municipality):
            approves = self.access.may_approve(municipality)
            found = piles(municipality, approves=approves)
            return {"piles": [*own, *found, *told], "serves": True}
        if self.access.is_secretariat:
            return {"piles": [*own, *requests_waiting(), *told]}
        return {"piles": [*own, *told] if municipality is not None else own}


class StatesPanel(Component):
    """지방정부의 책상: where the 사무국 should look first."""

    name = "states"
    template_name = "admin/home/states.html"
    order = 70

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        states = desk_states()
        return {
            "states": states[:SHOWN],
            "number": len(states),
            "waiting": sum(state.waiting for state in states),
            "stale": sum(state.stale for state in states),
            "more": len(states) > SHOWN,
        }


def add_panels(request: HttpRequest, panels: list[Any]) -> None:
    """Hook `construct_homepage_panels`."""
    if Access.of(request.user).serves_a_municipality:
        # 할 일 says the same once more, with what was sent back and what is old.
        panels[:] = [panel for panel in panels if not isinstance(panel, _SAID_BY_PILES)]
    panels += [DoorsPanel(request), PilesPanel(request)]
    if not settings.HUB_SECOND_FACTOR:
        panels.append(SecondFactorBar())
    if Access.of(request.user).is_secretariat:
        panels.append(StatesPanel())


class SecondFactorBar(Component):
    """Said where the second factor is off, so that nobody takes this installation for a safe one."""

    name = "second-factor"
    template_name = "admin/home/second_factor.html"
    order = 10


class DoorsPanel(Component):
    """The doors of this user's role, above Wagtail's own panels."""

    name = "doors"
    template_name = "admin/home/doors.html"
    order = 50

    def __init__(self, request: HttpRequest) -> None:
        self.access = Access.of(request.user)

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        access = self.access
        return {
            "doors": self._doors(),
            "municipality": access.municipality,
            # Who is 입장 등록자 alone has no pages to look for: admin.css hides Wagtail's box.
            "has_no_pages": access.serves_a_municipality and not access.writes_for_a_municipality,
        }

    def _doors(self) -> list[Door]:
        if self.access.writes_for_a_municipality:
            return self._municipality_doors()
        if self.access.holds_anywhere(Role.POSITION_OFFICER):
            return _officer_doors()
        if self.access.is_secretariat:
            return [
                Door(
                    "살필 것",
                    "기다리는 검토, 끊어진 링크, 근거 없는 조문, 기한 지난 일을 봅니다.",
                    reverse("board_desk:index"),
                ),
                Door("법안", "새 판을 쓰고 발행합니다.", reverse("bills_desk:index")),
                Door(
                    "주제어", "낱말을 더하고 합치고, 제안에 답합니다.", reverse("tags_desk:index")
                ),
                Door(
                    "비식별 검토",
                    "시민이 쓴 글을 공개하기 앞서 살핍니다.",
                    reverse("deidentification:index"),
                ),
                Door("쪽", "지방정부의 쪽을 살펴봅니다.", reverse("wagtailadmin_explore_root")),
            ]
        return []

    def _municipality_doors(self) -> list[Door]:
        page = MunicipalityPage.objects.filter(municipality=self.access.municipality).first()
        if page is None:
            return []
        doors = []
        cases = CaseIndexPage.objects.child_of(page).first()
        news = NewsIndexPage.objects.child_of(page).first()
        if cases is not None:
            doors.append(
                Door(
                    "새 사례 쓰기",
                    "다 쓰지 않아도 저장됩니다. 다 쓰면 결재를 올립니다.",
                    reverse("wagtailadmin_pages:add", args=["cms", "casepage", cases.pk]),
                )
            )
            doors.append(
                Door(
                    "한글 문서로 시작하기",
                    "써 둔 보고서나 계획서를 사례의 초안으로 옮깁니다.",
                    reverse("bring_desk:index"),
                )
            )
        if news is not None:
            doors.append(
                Door(
                    "새 소식 쓰기",
                    "행사와 알림을 올립니다.",
                    reverse("wagtailadmin_pages:add", args=["cms", "newspage", news.pk]),
                )
            )
        doors.append(
            Door(
                "우리 지역 쪽 고치기",
                "소개와 문의처를 고칩니다.",
                reverse("wagtailadmin_pages:edit", args=[page.pk]),
            )
        )
        return doors


def _officer_doors() -> list[Door]:
    """Of who is 입장 등록자 and nothing else."""
    return [
        Door(
            "입장",
            "우리 지방정부가 조문에 대해 정한 것을 문서와 함께 등록합니다.",
            reverse("positions_desk:index"),
        ),
        Door(
            "의회 결의",
            "발의에서 회신까지 우리 의회가 한 일을 적습니다.",
            reverse("resolutions_desk:index"),
        ),
        Door(
            "공동 성명",
            "사무국이 낸 글에 우리 이름을 올리거나 거둡니다.",
            reverse("statements_desk:index"),
        ),
    ]
