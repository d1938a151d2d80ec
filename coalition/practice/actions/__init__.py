"""Writes about models, pilots, adoptions, barriers and zones."""

from coalition.practice.actions.adoptions import (
    adapt,
    adopt,
    record_adoption_event,
    record_outcome,
    withdraw_adoption,
)
from coalition.practice.actions.barriers import record_barrier, record_zone_item, withdraw_barrier
from coalition.practice.actions.pilots import (
    keep_model,
    keep_pilot,
    reach_milestone,
    record_pilot_event,
    set_milestone,
    write_plan,
)

__all__ = [
    "adapt",
    "adopt",
    "keep_model",
    "keep_pilot",
    "reach_milestone",
    "record_adoption_event",
    "record_barrier",
    "record_outcome",
    "record_pilot_event",
    "record_zone_item",
    "set_milestone",
    "withdraw_adoption",
    "withdraw_barrier",
    "write_plan",
]
