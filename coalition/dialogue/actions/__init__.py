"""Writes of the dialogue, by noun."""

from coalition.dialogue.actions.bodies import (
    LineageLine,
    end_seat,
    found_body,
    give_seat,
    ground_body,
    open_term,
    reorganise_divisions,
)
from coalition.dialogue.actions.papers import (
    complete_deidentification_review,
    keep_paper,
    record_step,
    withhold_answer,
    withhold_question,
)

__all__ = [
    "LineageLine",
    "complete_deidentification_review",
    "end_seat",
    "found_body",
    "give_seat",
    "ground_body",
    "keep_paper",
    "open_term",
    "record_step",
    "reorganise_divisions",
    "withhold_answer",
    "withhold_question",
]
