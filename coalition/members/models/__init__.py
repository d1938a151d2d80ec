"""Who takes part: the registry of municipalities, and what they did towards the coalition."""

from coalition.members.models.application import Application, Ask
from coalition.members.models.appointment import Appointment, Deputation, Role
from coalition.members.models.contact import ContactPost
from coalition.members.models.fact import Fact, PublishedFigure
from coalition.members.models.invitation import Invitation
from coalition.members.models.membership import Membership, MembershipState
from coalition.members.models.municipality import (
    CarriedSuccession,
    Level,
    Municipality,
    Region,
    Succession,
)
from coalition.members.models.notice import Notice, NoticeDocument
from coalition.members.models.task import Task, TaskState, TaskStep
from coalition.members.models.term import Term, TermOpening

__all__ = [
    "Application",
    "Appointment",
    "Ask",
    "CarriedSuccession",
    "ContactPost",
    "Deputation",
    "Fact",
    "Invitation",
    "Level",
    "Membership",
    "MembershipState",
    "Municipality",
    "Notice",
    "NoticeDocument",
    "PublishedFigure",
    "Region",
    "Role",
    "Succession",
    "Task",
    "TaskState",
    "TaskStep",
    "Term",
    "TermOpening",
]
