"""What was said, where, and what became of it."""

from coalition.dialogue.models.body import Body, Division
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
    "CoreQuestion",
    "Division",
    "Paper",
    "PaperKind",
    "Question",
    "QuestionStep",
    "RespondentType",
    "StepState",
]
