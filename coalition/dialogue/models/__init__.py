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
from coalition.dialogue.models.paper import CoreQuestion, Paper, PaperKind
from coalition.dialogue.models.question import (
    Answer,
    Question,
    QuestionStep,
    RespondentType,
    StepState,
)

__all__ = [
    "Answer",
    "Body",
    "BodyTerm",
    "CoreQuestion",
    "Division",
    "DivisionLineage",
    "LineageKind",
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
