"""The structured parts of a case."""

from __future__ import annotations

from wagtail import blocks


class StepBlock(blocks.StructBlock):
    """One step of how it was done."""

    title = blocks.CharBlock(label="무엇을 했나", max_length=80)
    text = blocks.TextBlock(label="어떻게", rows=3)
    note = blocks.CharBlock(
        label="곁들여 적을 것",
        max_length=150,
        required=False,
        help_text="사람 수, 날, 표결처럼 셀 수 있는 것",
    )

    class Meta:
        label = "걸음"
        icon = "list-ol"
        template = "blocks/step.html"


class DifferenceBlock(blocks.StructBlock):
    """One line of what differs from existing public jobs (공공근로, 지역공동체 일자리)."""

    aspect = blocks.CharBlock(label="견줄 것", max_length=60)
    existing = blocks.CharBlock(label="기존 공공일자리", max_length=200)
    here = blocks.CharBlock(label="이 사례", max_length=200)

    class Meta:
        label = "다른 점"
        icon = "arrows-up-down"
        template = "blocks/difference.html"
