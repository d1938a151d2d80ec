"""Who stands behind the law: positions, council resolutions, the road of the bill."""

from coalition.advocacy.models.follow import Follow, FollowKind
from coalition.advocacy.models.position import Act, Position, PositionVerification, Stance
from coalition.advocacy.models.resolution import (
    CouncilResolution,
    ResolutionStage,
    ResolutionStep,
    StepVerification,
)
from coalition.advocacy.models.road import AssemblyBill, RoadStage, RoadStep, TaskLink
from coalition.advocacy.models.statement import (
    Statement,
    StatementAct,
    StatementJoin,
    StatementStep,
)
from coalition.advocacy.models.support import Support

__all__ = [
    "Act",
    "AssemblyBill",
    "CouncilResolution",
    "Follow",
    "FollowKind",
    "Position",
    "PositionVerification",
    "ResolutionStage",
    "ResolutionStep",
    "RoadStage",
    "RoadStep",
    "Stance",
    "Statement",
    "StatementAct",
    "StatementJoin",
    "StatementStep",
    "StepVerification",
    "Support",
    "TaskLink",
]
