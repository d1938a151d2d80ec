"""Who stands behind the law: positions, council resolutions, opinions, the road of the bill."""

from coalition.advocacy.models.follow import Follow, FollowKind
from coalition.advocacy.models.opinion import (
    AuthorKind,
    ModerationKind,
    Opinion,
    OpinionModeration,
    OpinionReply,
    Sending,
    Verdict,
)
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
from coalition.advocacy.models.suspension import (
    SuspensionOutcome,
    SuspensionRequest,
    ViolatedRight,
)

__all__ = [
    "Act",
    "AssemblyBill",
    "AuthorKind",
    "CouncilResolution",
    "Follow",
    "FollowKind",
    "ModerationKind",
    "Opinion",
    "OpinionModeration",
    "OpinionReply",
    "Position",
    "PositionVerification",
    "ResolutionStage",
    "ResolutionStep",
    "RoadStage",
    "RoadStep",
    "Sending",
    "Stance",
    "Statement",
    "StatementAct",
    "StatementJoin",
    "StatementStep",
    "StepVerification",
    "Support",
    "SuspensionOutcome",
    "SuspensionRequest",
    "TaskLink",
    "Verdict",
    "ViolatedRight",
]
