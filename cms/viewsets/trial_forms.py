"""Forms of the desk for models, pilots and what is known of them. Each says what one action needs."""

from __future__ import annotations

from typing import Any

from django import forms

from cms.targets import own_targets
from cms.viewsets.own_forms import OwnForm, own_field
from coalition.dialogue.models import CoreQuestion, Decision, DialogueEvent
from coalition.evidence.models import Finding
from coalition.members.models import Municipality
from coalition.practice.models import (
    CRITERIA,
    PARAMETERS,
    Barrier,
    JobModel,
    Pilot,
    PilotEvent,
    PilotMilestone,
    PilotPlan,
    ZoneItem,
)

_ROWS = {"rows": 3}


class ModelForm(OwnForm):
    """일자리 모델."""

    class Meta:
        model = JobModel
        fields = (
            "name",
            "summary",
            "agenda",
            "division",
            "core_questions",
            "target_group",
            *PARAMETERS,
            "chosen_on",
            *CRITERIA,
            "scored_by",
        )
        formfield_callback = own_field

    def __init__(self, place: Municipality, *args: Any, **kwargs: Any) -> None:
        super().__init__(place, *args, **kwargs)
        own = CoreQuestion.objects.filter(paper__body__municipality=place).select_related("paper")
        asked: Any = self.fields["core_questions"]
        asked.queryset = own
        asked.help_text = "이 모델이 답하려는 핵심 질문. 여럿이면 Ctrl을 누르고 고릅니다."
        for name in CRITERIA:
            self.fields[name].help_text = "일자리회가 매긴 1~5점. 매기지 않았으면 비웁니다."


class PilotForm(OwnForm):
    """시범 사업."""

    class Meta:
        model = Pilot
        fields = (
            "name",
            "model",
            "summary",
            "division",
            "owner",
            "target_group",
            "budget",
            "planned_from",
            "planned_to",
            "planned_as",
        )
        formfield_callback = own_field

    def __init__(self, place: Municipality, *args: Any, **kwargs: Any) -> None:
        super().__init__(place, *args, **kwargs)
        self.fields["model"].queryset = JobModel.objects.filter(municipality=place)  # type: ignore[attr-defined]


class EventForm(OwnForm):
    """What happened."""

    class Meta:
        model = PilotEvent
        fields = ("state", "on", "note")
        formfield_callback = own_field


class MilestoneForm(OwnForm):
    """What is to be reached by when."""

    class Meta:
        model = PilotMilestone
        fields = ("name", "planned_on")
        formfield_callback = own_field


class ReachForm(forms.Form):
    """A milestone that was reached."""

    milestone = forms.ModelChoiceField(
        PilotMilestone.objects.none(), label="이정표", empty_label="고르세요"
    )
    on = forms.DateField(label="이룬 날", widget=forms.DateInput(attrs={"type": "date"}))
    note = forms.CharField(label="덧붙임", max_length=200, required=False)

    def __init__(self, pilot: Pilot, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        left = pilot.milestones.filter(reached_on__isnull=True)
        self.fields["milestone"].queryset = left  # type: ignore[attr-defined]


class PlanForm(OwnForm):
    """The next version of the plan, with what changed it."""

    cause = forms.ChoiceField(
        label="바꾼 의결 사항·대화·핵심 질문",
        required=False,
        help_text="고르면 실행계획에서 그 쪽으로 이어집니다.",
    )

    class Meta:
        model = PilotPlan
        fields = (
            "on",
            "because",
            "goal",
            "target",
            "activities",
            "budget",
            "period",
            "evaluation",
        )
        formfield_callback = own_field
        widgets = {name: forms.Textarea(_ROWS) for name in ("goal", "activities", "evaluation")}

    field_order = ("on", "because", "cause")

    def __init__(self, place: Municipality, *args: Any, **kwargs: Any) -> None:
        super().__init__(place, *args, **kwargs)
        self._causes = causes(place)
        choices = [(key, label) for key, (label, _) in self._causes.items()]
        self.fields["cause"].choices = [("", "없음"), *choices]  # type: ignore[attr-defined]
        self.fields["because"].help_text = "둘째 판부터는 꼭 씁니다."

    def changed_by(self) -> Any:
        """The row of the dialogue that was chosen, or None."""
        chosen = self.cleaned_data["cause"]
        return self._causes[chosen][1] if chosen else None


def causes(place: Municipality) -> dict[str, tuple[str, Any]]:
    """What of a municipality's dialogue may have changed a plan, newest first, by the key of the choice."""
    decisions = Decision.objects.filter(meeting__body__municipality=place).select_related("meeting")
    events = DialogueEvent.objects.filter(body__municipality=place)
    asked = CoreQuestion.objects.filter(paper__body__municipality=place)
    return {
        **{f"d{row.pk}": (f"의결: {row}", row) for row in decisions.order_by("-meeting__on", "pk")},
        **{f"e{row.pk}": (f"대화: {row.title}", row) for row in events.order_by("-begins_on")},
        **{f"q{row.pk}": (f"핵심 질문 {row.number}: {row.text}", row) for row in asked},
    }


class ZoneForm(OwnForm):
    """One point of the checklist."""

    class Meta:
        model = ZoneItem
        fields = ("point", "on", "title", "address")
        formfield_callback = own_field


class BarrierForm(OwnForm):
    """What stood in the way of a public case."""

    case = forms.ChoiceField(label="사례", help_text="공개된 사례만 고를 수 있습니다.")

    class Meta:
        model = Barrier
        fields = ("kind", "what", "on", "proof")
        formfield_callback = own_field

    field_order = ("case",)

    def __init__(self, place: Municipality, *args: Any, **kwargs: Any) -> None:
        super().__init__(place, *args, **kwargs)
        self.fields["case"].choices = own_cases(place)  # type: ignore[attr-defined]


def own_cases(place: Municipality) -> list[tuple[str, str]]:
    """A municipality's public cases as choices: address and title."""
    return [(address, title) for address, title in own_targets(place) if "#" not in address]


class FindingForm(OwnForm):
    """근거: a claim with everything that its level is computed from."""

    case = forms.ChoiceField(label="사례", required=False)

    class Meta:
        model = Finding
        fields = (
            "claim",
            "model",
            "pilot",
            "method",
            "begins",
            "ends",
            "n",
            "unit",
            "before",
            "after",
            "comparison_n",
            "comparison_before",
            "comparison_after",
            "assignment",
            "cautions",
            "source_text",
        )
        formfield_callback = own_field

    field_order = ("claim", "case")

    def __init__(self, place: Municipality, *args: Any, **kwargs: Any) -> None:
        super().__init__(place, *args, **kwargs)
        self.fields["case"].choices = [("", "없음"), *own_cases(place)]  # type: ignore[attr-defined]
        self.fields["model"].queryset = JobModel.objects.filter(municipality=place)  # type: ignore[attr-defined]
        self.fields["pilot"].queryset = Pilot.objects.filter(municipality=place)  # type: ignore[attr-defined]
