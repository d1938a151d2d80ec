"""Comparison of two law texts. Pure Python, no Django; likeness by rapidfuzz."""

from __future__ import annotations

from coalition.drafts.compare.comparing import compare
from coalition.drafts.compare.result import KINDS, KOREAN, Change, Comparison, Kind, Segment
from coalition.drafts.compare.units import Unit

__all__ = [
    "KINDS",
    "KOREAN",
    "Change",
    "Comparison",
    "Kind",
    "Segment",
    "Unit",
    "compare",
]
