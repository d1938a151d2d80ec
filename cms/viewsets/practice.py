"""도입과 평가: a municipality keeps its own adoptions and measurements; the secretariat sees everybody's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_POST
from wagtail.admin.menu import MenuItem

from cms.models import CasePage
from cms.queries.spread import adoption_rows
from cms.targets import thing_at
from cms.tenancy import DeskRequest
from cms.viewsets.desk import MenuDesk, was_done
from coalition.evidence.actions import measure, withdraw_measurement
from coalition.evidence.models import Indicator, Respondents, Side, Wave
from coalition.evidence.queries import measurements
from coalition.members.access import Access
from coalition.members.models import Municipality
from coalition.members.queries import existing
from coalition.practice.actions import (
    adapt,
    adopt,
    record_adoption_event,
    record_outcome,
    withdraw_adoption,
)
from coalition.practice.models import PARAMETERS, Adoption, AdoptionState
from coalition.practice.queries import adoptions, job_models, pilots

_LINES = {"attrs": {"rows": 3}}


def _day(label: str) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}))


class ChangesForm(forms.Form):
    """What the adopter changed."""

    adaptation = forms.CharField(
        label="무엇을 바꾸었나", required=False, max_length=2000, widget=forms.Textarea(**_LINES)
    )
    target = forms.CharField(label="대상", required=False, max_length=160)
    unit_price = forms.CharField(label="단가", required=False, max_length=160)
    period = forms.CharField(label="기간", required=False, max_length=160)
    lead = forms.CharField(label="주체", required=False, max_length=160)


class AdoptForm(ChangesForm):
    """우리도 도입."""

    model = forms.ModelChoiceField(
        job_models().none(), label="모델", required=False, empty_label="고르지 않음"
    )
    case = forms.CharField(
        label="또는 사례의 주소",
        required=False,
        max_length=300,
        help_text="다른 지방정부의 사례 쪽 주소를 그대로 붙여 넣습니다.",
    )
    ordinance = forms.CharField(label="또는 조례의 이름", required=False, max_length=200)
    donor = forms.ModelChoiceField(
        Municipality.objects.none(),
        label="누구에게서 배웠나",
        required=False,
        help_text="조례는 꼭 고릅니다. 모델은 만든 곳이 아니라 먼저 도입한 곳에서 배웠을 때만 고릅니다.",
        empty_label="고르지 않음",
    )
    on = _day("검토를 시작한 날")
    field_order = ("model", "case", "ordinance", "donor", "on")

    def __init__(self, place: Municipality, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        model: Any = self.fields["model"]
        taken = Adoption.objects.filter(
            adopter=place, withdrawn_at__isnull=True, model__isnull=False
        )
        model.queryset = (
            job_models().exclude(municipality=place).exclude(pk__in=taken.values("model"))
        )
        model.label_from_instance = lambda m: f"{m.municipality.name}: {m.name}"
        others = existing().exclude(pk=place.pk).order_by("code")
        self.fields["donor"].queryset = others  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if sum(bool(data.get(name)) for name in ("model", "case", "ordinance")) != 1:
            raise ValidationError("모델, 사례, 조례 가운데 하나만 고르세요.")
        return data

    def clean_case(self) -> Any:
        """The public case at that address, as the action wants it named."""
        written = self.cleaned_data["case"]
        if not written:
            return None
        page = thing_at(written)
        if not isinstance(page, CasePage):
            raise ValidationError(
                "이 주소에는 공개된 사례가 없습니다. 사례 쪽의 주소를 붙여 넣으세요."
            )
        return ContentType.objects.get_for_model(CasePage), page.pk


class StepForm(forms.Form):
    """The next step of an adoption."""

    state = forms.ChoiceField(label="상태", choices=AdoptionState.choices)
    on = _day("날짜")
    note = forms.CharField(
        label="덧붙임",
        required=False,
        max_length=300,
        help_text="멈추거나 마칠 때는 까닭을 꼭 씁니다. 까닭은 공개되고 지워지지 않습니다.",
    )


class OutcomeForm(forms.Form):
    """What came of it."""

    months = forms.TypedChoiceField(
        label="몇 달 뒤", coerce=int, choices=[(6, "6개월"), (12, "12개월")]
    )
    on = _day("날짜")
    text = forms.CharField(label="어떻게 되었나", max_length=300)
    n = forms.IntegerField(label="몇 명의 일인가", required=False, min_value=0, max_value=10**7)


class MeasureForm(forms.Form):
    """One value of a pilot."""

    indicator = forms.ModelChoiceField(
        Indicator.objects.all(), label="지표", empty_label="고르세요"
    )
    respondents = forms.ChoiceField(label="누구에게서", choices=Respondents.choices)
    side = forms.ChoiceField(label="누가 쟀나", choices=Side.choices)
    wave = forms.ChoiceField(label="차수", choices=Wave.choices)
    comparison = forms.BooleanField(label="시범에 참여하지 않은 견줄 집단의 값", required=False)
    assignment = forms.CharField(label="견줄 집단을 어떻게 정했나", required=False, max_length=200)
    on = _day("잰 날")
    n = forms.IntegerField(label="응답자 수", min_value=0, max_value=10**7)
    invited = forms.IntegerField(
        label="물은 사람 수",
        required=False,
        min_value=0,
        max_value=10**7,
        help_text="모르면 비웁니다. 응답률을 알 수 없으면 변화를 싣지 않습니다.",
    )
    value = forms.DecimalField(label="값", max_digits=14, decimal_places=2)
    low = forms.DecimalField(
        label="95% 구간의 아래", required=False, max_digits=14, decimal_places=2
    )
    high = forms.DecimalField(
        label="95% 구간의 위", required=False, max_digits=14, decimal_places=2
    )
    method = forms.CharField(label="방법", max_length=200)


class PracticeMenuItem(MenuItem):
    """For the secretariat, and for who writes for a municipality."""

    def is_shown(self, request: HttpRequest) -> bool:
        access = Access.of(request.user)
        return access.may_keep_hub or _own(access) is not None


def _own(access: Access) -> Municipality | None:
    place = access.municipality
    return place if place is not None and access.may_edit(place) else None


def _place(request: DeskRequest) -> Municipality:
    place = _own(Access.of(request.user))
    if place is None:
        raise PermissionDenied
    return place


def index(request: DeskRequest) -> HttpResponse:
    """Adoptions and pilots: one's own, or everybody's for the secretariat."""
    access = Access.of(request.user)
    taken, tried, measured = adoptions(), pilots(), measurements()
    if not access.may_keep_hub:
        place = _place(request)
        taken, tried = taken.filter(adopter=place), tried.filter(municipality=place)
        measured = measured.filter(pilot__municipality=place)
    context = {
        "rows": adoption_rows(taken.order_by("-pk")[:200]),
        "pilots": list(tried[:200]),
        "measurements": list(
            measured.select_related("pilot__municipality", "indicator").order_by("-pk")[:200]
        ),
        "may_write": _own(access) is not None,
    }
    return render(request, "admin/practice/index.html", context)


def begin(request: DeskRequest) -> HttpResponse:
    """우리도 도입."""
    place = _place(request)
    asked = {name: request.GET.get(name, "") for name in ("model", "case")}
    form = AdoptForm(place, request.POST or None, initial=asked)

    def act(data: dict[str, Any]) -> None:
        adopt(
            adopter=place,
            model=data["model"],
            case=data["case"],
            ordinance=data["ordinance"],
            donor=data["donor"],
            on=data["on"],
            told={name: data[name] for name in ("adaptation", *PARAMETERS)},
            by=request.user,
        )

    said = "도입을 시작했습니다. 준 곳에 메일로 알립니다."
    return _handled(request, form, act, said, {"title": "우리도 도입"})


def adoption(request: DeskRequest, pk: int) -> HttpResponse:
    """One adoption: its next step, what was changed, what came of it."""
    found = _adoption(request, pk)
    kept = {name: getattr(found, name) for name in ("adaptation", *PARAMETERS)}
    which = request.POST.get("act", "")
    actions: dict[str, tuple[type[forms.Form], Callable[[dict[str, Any]], object]]] = {
        "step": (StepForm, lambda d: record_adoption_event(adoption=found, by=request.user, **d)),
        "adapt": (ChangesForm, lambda d: adapt(adoption=found, told=d, by=request.user)),
        "outcome": (OutcomeForm, lambda d: record_outcome(adoption=found, by=request.user, **d)),
    }
    if request.method == "POST" and which not in actions:
        raise Http404
    shown = {
        name: kind(
            request.POST if name == which else None,
            initial=kept if name == "adapt" else None,
            auto_id=f"{name}_%s",
        )
        for name, (kind, _) in actions.items()
    }
    if request.method == "POST" and was_done(
        shown[which], lambda: actions[which][1](shown[which].cleaned_data)
    ):
        messages.success(request, "적었습니다.")
        return redirect("practice_desk:adoption", pk)
    context = {
        "row": adoption_rows(adoptions().filter(pk=pk))[0],
        "forms": [
            ("step", "다음 걸음", shown["step"]),
            ("adapt", "바꾼 곳", shown["adapt"]),
            ("outcome", "결과", shown["outcome"]),
        ],
    }
    status = 400 if request.method == "POST" else 200
    return render(request, "admin/practice/adoption.html", context, status=status)


def measured(request: DeskRequest, pk: int) -> HttpResponse:
    """Enter a value of one's own pilot."""
    pilot: Any = pilots().filter(pk=pk).first()
    if pilot is None:
        raise Http404
    if not Access.of(request.user).may_edit(pilot.municipality):
        raise PermissionDenied
    form = MeasureForm(request.POST or None)

    def act(data: dict[str, Any]) -> None:
        measure(pilot=pilot, by=request.user, **data)

    said = "적었습니다. 5명보다 적은 응답은 공개하지 않습니다."
    return _handled(request, form, act, said, {"title": f"{pilot.name} 측정"})


@require_POST
def withdraw(request: DeskRequest, kind: str, pk: int) -> HttpResponse:
    """Take back an adoption or a measurement that was entered by mistake."""
    because = request.POST.get("because", "")
    try:
        if kind == "adoption":
            withdraw_adoption(adoption=_adoption(request, pk), because=because, by=request.user)
        else:
            row = measurements().select_related("pilot__municipality").filter(pk=pk).first()
            if row is None:
                raise Http404
            if not Access.of(request.user).may_edit(row.pilot.municipality):
                raise PermissionDenied
            withdraw_measurement(measurement=row, because=because, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, "거두었습니다. 모든 쪽과 수에서 곧바로 빠집니다.")
    return redirect("practice_desk:index")


def _adoption(request: DeskRequest, pk: int) -> Any:
    found = adoptions().filter(pk=pk).first()
    if found is None:
        raise Http404
    if not Access.of(request.user).may_edit(found.adopter):
        raise PermissionDenied
    return found


def _handled(
    request: DeskRequest,
    form: forms.Form,
    act: Callable[[dict[str, Any]], object],
    said: str,
    context: dict[str, Any],
) -> HttpResponse:
    if request.method == "POST" and was_done(form, lambda: act(form.cleaned_data)):
        messages.success(request, said)
        return redirect("practice_desk:index")
    status = 400 if request.method == "POST" else 200
    return render(request, "admin/practice/form.html", {**context, "form": form}, status=status)


class PracticeDesk(MenuDesk):
    """도입과 평가 in the menu of the desk."""

    name = "practice_desk"
    url_prefix = "practice"
    menu_label = "도입과 평가"
    icon = "resubmit"
    menu_order = 255
    menu_item_class = PracticeMenuItem

    def get_urlpatterns(self) -> list[Any]:
        return [
            path("", index, name="index"),
            path("adopt/", begin, name="begin"),
            path("adoptions/<int:pk>/", adoption, name="adoption"),
            path("pilots/<int:pk>/measure/", measured, name="measure"),
            path(
                "withdraw/adoption/<int:pk>/",
                withdraw,
                {"kind": "adoption"},
                name="withdraw_adoption",
            ),
            path(
                "withdraw/measurement/<int:pk>/",
                withdraw,
                {"kind": "measurement"},
                name="withdraw_measurement",
            ),
        ]
