"""The one vocabulary in which stories are told."""

from cms.blocks.case import (
    METHOD_LABELS,
    ConditionBlock,
    DialogueBlock,
    DifferenceBlock,
    StepBlock,
)
from cms.blocks.laid_out import LaidOutBlock
from cms.blocks.story import StoryBlock

__all__ = [
    "METHOD_LABELS",
    "ConditionBlock",
    "DialogueBlock",
    "DifferenceBlock",
    "LaidOutBlock",
    "StepBlock",
    "StoryBlock",
]
