"""What was tried: models, pilots, who took them over, and what stood in the way."""

from coalition.practice.models.adoption import (
    OVER,
    Adoption,
    AdoptionEvent,
    AdoptionKind,
    AdoptionOutcome,
    AdoptionState,
)
from coalition.practice.models.barrier import Barrier, BarrierKind
from coalition.practice.models.case import OfCase, Withdrawable
from coalition.practice.models.job_model import CRITERIA, HIGHEST_SCORE, JobModel
from coalition.practice.models.parameters import PARAMETERS, Parameters, TargetGroup
from coalition.practice.models.pilot import (
    Pilot,
    PilotEvent,
    PilotMilestone,
    PilotPlan,
    PilotState,
)
from coalition.practice.models.zone import ZoneItem, ZonePoint

__all__ = [
    "CRITERIA",
    "HIGHEST_SCORE",
    "OVER",
    "PARAMETERS",
    "Adoption",
    "AdoptionEvent",
    "AdoptionKind",
    "AdoptionOutcome",
    "AdoptionState",
    "Barrier",
    "BarrierKind",
    "JobModel",
    "OfCase",
    "Parameters",
    "Pilot",
    "PilotEvent",
    "PilotMilestone",
    "PilotPlan",
    "PilotState",
    "TargetGroup",
    "Withdrawable",
    "ZoneItem",
    "ZonePoint",
]
