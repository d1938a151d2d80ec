"""The one vocabulary in which stories are told."""

from cms.blocks.case import DifferenceBlock, StepBlock
from cms.blocks.story import StoryBlock

__all__ = ["DifferenceBlock", "StepBlock", "StoryBlock"]
