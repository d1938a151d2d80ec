"""The structured parts of a case."""

from __future__ import annotations

from wagtail import blocks

# 대화 방식 (「시민참여형 사회적 대화」의 네 가지에 대화마당과 온라인을 더함); a facet of the search.
METHODS = (
    ("meeting", "간담회"),
    ("hearing", "공청회"),
    ("survey", "설문조사"),
    ("interview", "심층 면접 조사"),
    ("forum", "대화마당"),
    ("online", "온라인"),
)
METHOD_LABELS = dict(METHODS)
NEEDS = (("must", "꼭 있어야 함"), ("helps", "있으면 좋음"))


class DialogueBlock(blocks.StructBlock):
    """One round of asking people."""

    method = blocks.ChoiceBlock(label="방식", choices=METHODS)
    period = blocks.CharBlock(
        label="언제", max_length=60, required=False, help_text="보기: 2025년 9월–10월"
    )
    people = blocks.IntegerBlock(label="몇 사람", min_value=1, required=False)
    text = blocks.TextBlock(label="무엇을 묻고 무엇을 들었나", rows=3)

    class Meta:
        label = "대화"
        icon = "comment"
        template = "blocks/dialogue.html"


class ConditionBlock(blocks.StructBlock):
    """One thing without which it would not have worked here."""

    need = blocks.ChoiceBlock(label="얼마나", choices=NEEDS, default="must")
    what = blocks.CharBlock(label="무엇이 있어야 하나", max_length=120)
    why = blocks.TextBlock(label="까닭", rows=2, required=False)

    class Meta:
        label = "조건"
        icon = "key"
        template = "blocks/condition.html"


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
