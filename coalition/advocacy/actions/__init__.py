"""Writes of the ledgers, by noun."""

from coalition.advocacy.actions.follows import ask_follow, confirm_follow, end_follows
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

__all__ = [
    "ask_follow",
    "confirm_follow",
    "end_follows",
    "enter_assembly_bill",
    "enter_resolution",
    "file_position",
    "link_task",
    "record_resolution_step",
    "record_road_step",
    "verify_position",
    "verify_step",
    "withdraw_position",
    "withdraw_task_link",
]
