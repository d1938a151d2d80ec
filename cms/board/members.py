"""Tiles of who takes part: tasks that are late or left behind, municipalities that nobody speaks for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse

from cms.board.tiles import Entry, Look, Tile
from cms.models import MunicipalityPage
from coalition.members.contacts import contacts
from coalition.members.models import Appointment, Municipality, Role, TaskStep
from coalition.members.queries import members
from coalition.members.tasks import overdue, ownerless


def _task_entries(rows: Sequence[TaskStep]) -> list[Entry]:
    return [
        Entry(
            row.task.title,
            reverse("tasks_desk:task", args=[row.task_id]),
            f"{row.task.municipality.full_name if row.task.municipality else '사무국'}, {row.owner}",
            row.due,
        )
        for row in rows
    ]


def _without_approver(look: Look) -> Any:
    approvers = Appointment.objects.filter(
        municipality=OuterRef("pk"),
        role=Role.APPROVER,
        until__isnull=True,
        user__is_active=True,
    )
    has_desk = MunicipalityPage.objects.filter(municipality=OuterRef("pk"))
    rows = members().filter(Exists(has_desk)).exclude(Exists(approvers))
    return rows.order_by("code")


def _without_contact(look: Look) -> Any:
    listed = contacts().order_by().filter(municipality=OuterRef("pk"))
    return members().exclude(Exists(listed)).order_by("code")


def _place_entries(view: str, detail: str) -> Any:
    def entries(rows: Sequence[Municipality]) -> list[Entry]:
        return [
            Entry(row.full_name, reverse(view, args=[row.slug]), detail, place=row) for row in rows
        ]

    return entries


TILES = (
    Tile(
        "tasks-overdue",
        "기한 지난 할 일",
        "마치거나, 까닭을 적어 기한을 옮기거나 그만둡니다.",
        lambda look: overdue(),
        _task_entries,
    ),
    Tile(
        "tasks-ownerless",
        "맡은 사람이 떠난 할 일",
        "인사이동으로 맡은 사람이 없습니다. 다른 사람에게 맡깁니다.",
        lambda look: ownerless(),
        _task_entries,
    ),
    Tile(
        "no-approver",
        "결재자가 없는 지방정부",
        "결재자가 없으면 글이 공개되지 못합니다. 담당자를 초대합니다.",
        _without_approver,
        _place_entries("people_desk:people", "결재자 없음"),
    ),
    Tile(
        "no-contact",
        "연락처가 없는 지방정부",
        "참여 지방정부마다 전화를 받는 부서가 하나는 있어야 합니다.",
        _without_contact,
        _place_entries("contacts_desk:place", "연락처 없음"),
    ),
)
