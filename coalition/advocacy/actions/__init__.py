"""Writes of the ledgers, by noun."""

from coalition.advocacy.actions.follows import ask_follow, confirm_follow, end_follows
from coalition.advocacy.actions.opinions import (
    confirm_opinion,
    drop_opinion,
    hide_opinion,
    reply_to_opinion,
    send_opinion,
    show_opinion,
    suspend_opinion,
    withdraw_opinion,
)
from coalition.advocacy.actions.positions import (
    file_position,
    verify_position,
    withdraw_position,
)
from coalition.advocacy.actions.resolutions import (
    enter_resolution,
    record_resolution_step,
    verify_step,
)
from coalition.advocacy.actions.road import (
    enter_assembly_bill,
    link_task,
    record_road_step,
    withdraw_task_link,
)
from coalition.advocacy.actions.statements import (
    join_statement,
    leave_statement,
    release_statement,
    withdraw_statement,
    write_statement,
)
from coalition.advocacy.actions.support import (
    ask_end,
    ask_support,
    confirm_support,
    end_support,
)
from coalition.advocacy.actions.suspensions import (
    answer_suspension_request,
    ask_suspension,
    confirm_suspension_request,
    forget_suspension_request,
)

__all__ = [
    "answer_suspension_request",
    "ask_end",
    "ask_follow",
    "ask_support",
    "ask_suspension",
    "confirm_follow",
    "confirm_opinion",
    "confirm_support",
    "confirm_suspension_request",
    "drop_opinion",
    "end_follows",
    "end_support",
    "enter_assembly_bill",
    "enter_resolution",
    "file_position",
    "forget_suspension_request",
    "hide_opinion",
    "join_statement",
    "leave_statement",
    "link_task",
    "record_resolution_step",
    "record_road_step",
    "release_statement",
    "reply_to_opinion",
    "send_opinion",
    "show_opinion",
    "suspend_opinion",
    "verify_position",
    "verify_step",
    "withdraw_opinion",
    "withdraw_position",
    "withdraw_statement",
    "withdraw_task_link",
    "write_statement",
]
