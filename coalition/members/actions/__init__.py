"""Writes of who takes part and of what they do together, by noun."""

from coalition.members.actions.applications import (
    answer_application,
    ask_to_join,
    confirm_application,
    forget_application,
)
from coalition.members.actions.contacts import enter_contact, withdraw_contact
from coalition.members.actions.membership import (
    enter_fictional,
    leave_coalition,
    record_membership,
)
from coalition.members.actions.notices import post_notice, withdraw_notice
from coalition.members.actions.posts import (
    INVITATION_LASTS,
    accept_invitation,
    appoint,
    end_appointment,
    end_deputation,
    hand_over,
    invite,
    name_deputy,
    withdraw_invitation,
)
from coalition.members.actions.successions import (
    carry_succession,
    enter_succession,
    rename_municipality,
)
from coalition.members.actions.tasks import open_task, step_task
from coalition.members.actions.terms import enter_term, open_term

__all__ = [
    "INVITATION_LASTS",
    "accept_invitation",
    "answer_application",
    "appoint",
    "ask_to_join",
    "carry_succession",
    "confirm_application",
    "end_appointment",
    "end_deputation",
    "enter_contact",
    "enter_fictional",
    "enter_succession",
    "enter_term",
    "forget_application",
    "hand_over",
    "invite",
    "leave_coalition",
    "name_deputy",
    "open_task",
    "open_term",
    "post_notice",
    "record_membership",
    "rename_municipality",
    "step_task",
    "withdraw_contact",
    "withdraw_invitation",
    "withdraw_notice",
]
