"""Forms of the desk for meetings and dialogue events. Each says what one action needs."""

from __future__ import annotations

from typing import Any

from django import forms

from coalition.dialogue.actions import Item, Vote, When
from coalition.dialogue.models import (
    AgendaItem,
    Body,
    Decision,
    DecisionResult,
    DialogueEvent,
    DialogueMethod,
    Division,
    DocumentKind,
    FollowUpState,
    Meeting,
    MeetingKind,
)
from coalition.dialogue.models.event import OWED
from coalition.dialogue.queries import divisions

_DAY = forms.DateInput(attrs={"type": "date"})
_HOUR = forms.TimeInput(attrs={"type": "time"})
_MOST = 32_767


class PlanForm(forms.Form):
    """A new meeting, or another day and place for one."""

    kind = forms.ChoiceField(label="종류", choices=MeetingKind.choices)
    division = forms.ModelChoiceField(
        Division.objects.none(),
        label="분과",
        required=False,
        help_text="분과회의일 때만 고릅니다.",
        empty_label="고르지 않음",
    )
    title = forms.CharField(label="이름", max_length=120, help_text="3차 정기회의")
    on = forms.DateField(label="여는 날", widget=_DAY)
    begins = forms.TimeField(label="시작", required=False, widget=_HOUR)
    ends = forms.TimeField(label="끝", required=False, widget=_HOUR)
    place = forms.CharField(label="곳", max_length=120, required=False)

    def __init__(
        self, *args: Any, body: Body, meeting: Meeting | None = None, **kwargs: Any
    ) -> None:
        if meeting is not None:
            names = ("title", "on", "begins", "ends", "place")
            kwargs.setdefault("initial", {name: getattr(meeting, name) for name in names})
        super().__init__(*args, **kwargs)
        if meeting is not None:
            del self.fields["kind"], self.fields["division"]
        else:
            self.fields["division"].queryset = divisions().filter(body=body)  # type: ignore[attr-defined]

    def when(self) -> When:
        """Day, hours and place."""
        told = self.cleaned_data
        return When(told["on"], told["begins"], told["ends"], told["place"])


class NoticeForm(forms.Form):
    """공고."""

    notice = forms.CharField(
        label="공고의 글", widget=forms.Textarea(attrs={"rows": 5}), max_length=5_000
    )


class AgendaForm(forms.Form):
    """안건, one a line."""

    items = forms.CharField(
        label="안건",
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=10_000,
        help_text="한 줄에 하나씩. 설명은 | 뒤에 씁니다. 예: 시범 사업 계획 | 돌봄 분과가 낸 계획을 의결합니다.",
    )

    def wanted(self) -> list[Item]:
        """The lines as items."""
        cut = [line.partition("|") for line in self.cleaned_data["items"].splitlines()]
        return [Item(title.strip()[:200], text.strip()) for title, _, text in cut if title.strip()]


def agenda_lines(items: list[AgendaItem]) -> str:
    """What the form shows of the agenda that there is."""
    return "\n".join(
        f"{item.title} | {' '.join(item.text.split())}" if item.text else item.title
        for item in items
    )


class MinutesForm(forms.Form):
    """회의록 초안."""

    text = forms.CharField(
        label="회의록",
        widget=forms.Textarea(attrs={"rows": 14}),
        max_length=100_000,
        help_text="시민의 이름과 연락처는 적지 않습니다.",
    )
    present = forms.IntegerField(label="출석", min_value=0, max_value=_MOST, required=False)
    seats = forms.IntegerField(label="재적", min_value=0, max_value=_MOST, required=False)


class DecisionForm(forms.Form):
    """의결 사항, new or written anew."""

    decision = forms.ModelChoiceField(
        Decision.objects.none(), label="고칠 것", required=False, empty_label="새 의결 사항"
    )
    item = forms.ModelChoiceField(
        AgendaItem.objects.none(), label="안건", required=False, empty_label="안건 없음"
    )
    text = forms.CharField(label="무엇을 정했나", max_length=500)
    result = forms.ChoiceField(label="결과", choices=DecisionResult.choices)
    votes_for = forms.IntegerField(label="찬성", min_value=0, max_value=_MOST, required=False)
    votes_against = forms.IntegerField(label="반대", min_value=0, max_value=_MOST, required=False)
    abstentions = forms.IntegerField(
        label="기권",
        min_value=0,
        max_value=_MOST,
        required=False,
        help_text="표결하지 않고 합의했으면 세 칸을 모두 비웁니다.",
    )

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decision"].queryset = meeting.decisions.all()  # type: ignore[attr-defined]
        self.fields["item"].queryset = meeting.agenda.all()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        votes = [told.get(name) for name in ("votes_for", "votes_against", "abstentions")]
        if any(v is None for v in votes) and any(v is not None for v in votes):
            raise forms.ValidationError("찬성, 반대, 기권을 모두 쓰거나 모두 비우세요.")
        return told

    def vote(self) -> Vote | None:
        """The count, if there was one."""
        told = self.cleaned_data
        if told["votes_for"] is None:
            return None
        return Vote(told["votes_for"], told["votes_against"], told["abstentions"])


class FollowUpForm(forms.Form):
    """후속."""

    decision = forms.ModelChoiceField(
        Decision.objects.none(), label="의결 사항", empty_label="고르세요"
    )
    state = forms.ChoiceField(label="상태", choices=FollowUpState.choices)
    on = forms.DateField(label="날짜", widget=_DAY)
    note = forms.CharField(label="무엇을", max_length=300)

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decision"].queryset = meeting.decisions.all()  # type: ignore[attr-defined]


class DocumentForm(forms.Form):
    """A document to be attached."""

    kind = forms.ChoiceField(label="종류", choices=DocumentKind.choices)
    title = forms.CharField(label="제목", max_length=200)
    file = forms.FileField(label="파일", max_length=255)


class BecauseForm(forms.Form):
    """Why something does not take place."""

    because = forms.CharField(label="취소하는 까닭", max_length=200)


class NewEventForm(forms.Form):
    """A new 대화."""

    method = forms.ChoiceField(label="대화 방식", choices=DialogueMethod.choices)
    division = forms.ModelChoiceField(
        Division.objects.none(), label="분과", required=False, empty_label="일자리회 전체"
    )
    title = forms.CharField(label="이름", max_length=120)
    purpose = forms.CharField(label="무엇을 묻나", max_length=300)
    begins_on = forms.DateField(label="시작하는 날", required=False, widget=_DAY)

    def __init__(self, *args: Any, body: Body, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["division"].queryset = divisions().filter(body=body)  # type: ignore[attr-defined]


class ToldForm(forms.ModelForm):  # type: ignore[type-arg]
    """What the event's method asks for, and how many were asked in a survey."""

    class Meta:
        model = DialogueEvent
        fields = (
            "begins_on", "ends_on", "participants", "asked", "place", "invited", "announced_on",
            "sampling", "questionnaire", "consent", "anonymisation", "platform", "outcome",
        )  # fmt: skip
        widgets = {"begins_on": _DAY, "ends_on": _DAY, "announced_on": _DAY}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owed = OWED[self.instance.method]
        for name in list(self.fields):
            if name not in owed and not (name == "asked" and "sampling" in owed):
                del self.fields[name]
            elif name in owed:
                self.fields[name].help_text = "완료하려면 필요합니다."
