"""What was said, where, and what became of it."""

from coalition.dialogue.models.body import (
    Body,
    BodyTerm,
    Division,
    DivisionLineage,
    LineageKind,
    Seat,
    SeatRole,
    Sector,
)
from coalition.dialogue.models.event import DialogueEvent, DialogueMethod, EventState
from coalition.dialogue.models.meeting import (
    AgendaItem,
    Decision,
    DecisionResult,
    DocumentKind,
    FollowUp,
    FollowUpState,
    Meeting,
    MeetingDocument,
    MeetingKind,
    Minutes,
)
from coalition.dialogue.models.paper import CoreQuestion, Paper, PaperKind
from coalition.dialogue.models.question import (
    Answer,
    Question,
    QuestionStep,
    RespondentType,
    StepState,
)

__all__ = [
    "AgendaItem",
    "Answer",
    "Body",
    "BodyTerm",
    "CoreQuestion",
    "Decision",
    "DecisionResult",
    "DialogueEvent",
    "DialogueMethod",
    "Division",
    "DivisionLineage",
    "DocumentKind",
    "EventState",
    "FollowUp",
    "FollowUpState",
    "LineageKind",
    "Meeting",
    "MeetingDocument",
    "MeetingKind",
    "Minutes",
    "Paper",
    "PaperKind",
    "Question",
    "QuestionStep",
    "RespondentType",
    "Seat",
    "SeatRole",
    "Sector",
    "StepState",
]
