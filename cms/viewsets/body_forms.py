"""Forms of the desk for a 일자리회: itself, its legal basis, terms, seats and divisions."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from cms.viewsets.own_forms import OwnForm, cited_before, own_field
from coalition.dialogue.actions import LineageLine
from coalition.dialogue.models import (
    Body,
    BodyTerm,
    Division,
    DivisionLineage,
    LineageKind,
    Seat,
    SeatRole,
)

_DAY = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
_LINES = forms.Textarea(attrs={"rows": 6})
_ARROW = re.compile(r"→|->|>")
_NOBODY = ("", "없음", "미확인")
_KINDS = {label: value for value, label in LineageKind.choices}
_MOST_AT_ONCE = 60


def division_lines(text: str) -> list[str]:
    """Names of divisions, one a line. Raises ValidationError for one that is too long or stands twice."""
    names = [line.strip().removesuffix(" 분과") for line in text.splitlines() if line.strip()]
    if long := next((name for name in names if len(name) > 40), None):
        raise ValidationError(f"분과의 이름은 40자까지입니다: {long[:40]}…")
    if len(set(names)) != len(names):
        raise ValidationError("같은 이름의 분과가 두 번 있습니다.")
    return names


class BodyForm(OwnForm):
    """A new body with its first divisions."""

    divisions = forms.CharField(
        label="분과",
        required=False,
        widget=_LINES,
        max_length=2_000,
        help_text="한 줄에 하나씩. ‘분과’는 붙이지 않습니다. 모르면 비웁니다.",
    )
    since = forms.DateField(
        label="분과가 생긴 날", required=False, widget=_DAY, help_text="모르면 비웁니다."
    )

    class Meta:
        model = Body
        fields = ("name", "summary", "valid_from")
        formfield_callback = own_field

    def clean_divisions(self) -> list[str]:
        return division_lines(self.cleaned_data["divisions"])


class ReviseBodyForm(OwnForm):
    """A body that is there."""

    class Meta:
        model = Body
        fields = ("name", "summary", "valid_from", "valid_to")
        formfield_callback = own_field


class GroundForm(OwnForm):
    """설치 근거."""

    class Meta:
        model = Body
        fields = ("basis", "basis_on", "basis_note")
        formfield_callback = own_field


class TermForm(OwnForm):
    """제N기."""

    class Meta:
        model = BodyTerm
        fields = ("number", "begins", "ends")
        formfield_callback = own_field


class SeatForm(OwnForm):
    """Who sits in the body. The division is one of this body, also one that has ended."""

    class Meta:
        model = Seat
        fields = ("sector", "role", "division", "name", "post", "since", "until")
        formfield_callback = own_field

    def __init__(self, body: Body, *args: Any, **kwargs: Any) -> None:
        super().__init__(body.municipality, *args, **kwargs)
        division: Any = self.fields["division"]
        division.queryset = Division.objects.filter(body=body)
        division.empty_label = "일자리회 전체"
        division.label_from_instance = _dated
        self.fields[
            "name"
        ].help_text = "공직을 맡은 사람만, 공직과 함께 씁니다. 시민 위원의 이름은 적지 않습니다."
        self.fields["until"].help_text = "이 자리에 없는 첫날. 지금도 맡고 있으면 비웁니다."


class NewSeatsForm(SeatForm):
    """Seats of one kind, as many as begin on one day."""

    count = forms.IntegerField(
        label="몇 자리",
        min_value=1,
        max_value=_MOST_AT_ONCE,
        initial=1,
        help_text="부문과 맡은 일, 맡은 날이 같은 자리를 한꺼번에 적습니다.",
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        alone = data.get("name") or data.get("role", SeatRole.MEMBER) != SeatRole.MEMBER
        if alone and data.get("count", 1) > 1:
            raise ValidationError("공동위원장, 분과장, 간사와 이름이 있는 자리는 하나씩 적으세요.")
        return data


class DayForm(forms.Form):
    """The first day without somebody."""

    on = forms.DateField(label="비운 날", widget=_DAY, help_text="이 자리에 없는 첫날입니다.")


class BecauseForm(forms.Form):
    """Why something that never was is taken away."""

    because = forms.CharField(label="지우는 까닭", max_length=200)


class DivisionForm(OwnForm):
    """A division that was entered wrongly."""

    class Meta:
        model = Division
        fields = ("name", "order", "valid_from", "note")
        formfield_callback = own_field


class LineageForm(OwnForm):
    """What a source says of a reorganisation that stands."""

    before = forms.ModelChoiceField(
        Division.objects.none(), label="앞 분과", required=False, empty_label="없음"
    )
    after = forms.ModelChoiceField(
        Division.objects.none(), label="뒤 분과", required=False, empty_label="없음"
    )
    kind = forms.ChoiceField(label="이어짐", choices=LineageKind.choices)

    class Meta:
        model = DivisionLineage
        fields = ("note",)
        formfield_callback = own_field

    field_order = ("before", "after", "kind", "note")

    def __init__(self, body: Body, *args: Any, **kwargs: Any) -> None:
        super().__init__(body.municipality, *args, **kwargs)
        rows = Division.objects.filter(body=body).order_by("valid_from", "order")
        for name, only in (
            ("before", rows.filter(valid_to__isnull=False)),
            ("after", rows.filter(valid_from__isnull=False)),
        ):
            field: Any = self.fields[name]
            field.queryset, field.label_from_instance = only, _dated


class ReorganiseForm(OwnForm):
    """재편: the divisions from a day on, and what became of those before."""

    on = forms.DateField(label="재편한 날", widget=_DAY)
    divisions = forms.CharField(
        label="새 분과",
        widget=_LINES,
        max_length=2_000,
        help_text="이날부터 있는 분과를 모두, 한 줄에 하나씩. 그대로인 분과도 씁니다.",
    )
    lineage = forms.CharField(
        label="이어짐",
        widget=_LINES,
        max_length=10_000,
        help_text="한 줄에 하나씩 「앞 → 뒤 | 이어짐 | 덧붙임」. 이어짐은 승계, 통합, 분리, 신설, 미확인입니다. "
        "보기: 공공서비스 → 돌봄 | 통합 | 보건과 복지의 일, 없음 → 청년 | 신설, 골목상권 → 미확인 | 미확인. "
        "출처가 말하지 않으면 미확인으로 둡니다.",
    )

    class Meta:
        model = Division
        fields = ("note",)
        formfield_callback = own_field

    field_order = ("on", "divisions", "lineage", "note")

    def __init__(self, body: Body, *args: Any, **kwargs: Any) -> None:
        now = list(body.divisions.filter(valid_to__isnull=True))
        kwargs["initial"] = {
            "divisions": "\n".join(division.name for division in now),
            "lineage": "\n".join(
                f"{d.name} → {d.name} | {LineageKind.SUCCEEDED.label}" for d in now
            ),
        }
        super().__init__(body.municipality, *args, **kwargs)
        self.fields["note"].label = "재편에 대하여"

    def clean_divisions(self) -> list[str]:
        return division_lines(self.cleaned_data["divisions"])

    def clean_lineage(self) -> list[LineageLine]:
        written = self.cleaned_data["lineage"].splitlines()
        return [
            _lineage_line(line, number) for number, line in enumerate(written, 1) if line.strip()
        ]


def _lineage_line(line: str, number: int) -> LineageLine:
    names, *rest = (part.strip() for part in line.split("|", 2))
    ends = [name.strip().removesuffix(" 분과") for name in _ARROW.split(names)]
    if len(ends) != 2 or not rest:
        raise ValidationError(f"{number}번째 줄: 「앞 → 뒤 | 이어짐」 꼴로 쓰세요.")
    kind = _KINDS.get(rest[0])
    if kind is None:
        raise ValidationError(
            f"{number}번째 줄: 이어짐은 승계, 통합, 분리, 신설, 미확인 가운데 하나입니다."
        )
    before, after = ("" if name in _NOBODY else name for name in ends)
    return LineageLine(before, after, kind, (rest[1] if len(rest) > 1 else "")[:200])


def _dated(division: Division) -> str:
    """A division's name with its days: the same name stands on both sides of a reorganisation."""
    begins = f"{division.valid_from:%Y. %-m. %-d.}" if division.valid_from else ""
    ends = f"{division.valid_to:%Y. %-m. %-d.} 전까지" if division.valid_to else ""
    days = f"{begins}–{ends}" if begins or ends else "날짜 모름"
    return f"{division.name} ({days})"


def kept(row: Any, source: Any) -> dict[str, Any]:
    """What a form that mends a row begins with: the row, and where it is known from."""
    return {"instance": row, "initial": cited_before(source)}
