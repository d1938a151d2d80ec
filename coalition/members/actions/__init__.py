"""Writes of who takes part and of what they do together, by noun."""

from coalition.members.actions.contacts import enter_contact, withdraw_contact
from coalition.members.actions.notices import post_notice, withdraw_notice
from coalition.members.actions.participation import (
    INVITATION_LASTS,
    accept_invitation,
    appoint,
    end_appointment,
    end_deputation,
    enter_fictional,
    hand_over,
    invite,
    name_deputy,
    record_membership,
    withdraw_invitation,
)
from coalition.members.actions.tasks import open_task, step_task

__all__ = [
    "INVITATION_LASTS",
    "accept_invitation",
    "appoint",
    "end_appointment",
    "end_deputation",
    "enter_contact",
    "enter_fictional",
    "hand_over",
    "invite",
    "name_deputy",
    "open_task",
    "post_notice",
    "record_membership",
    "step_task",
    "withdraw_contact",
    "withdraw_invitation",
    "withdraw_notice",
]
