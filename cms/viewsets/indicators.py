"""지표: what everybody measures with, kept by the secretariat so that it is the same for all."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path

from cms.models.base import slug_from_title
from cms.tenancy import DeskRequest
from cms.viewsets.desk import SecretariatDesk, require_secretariat, was_done
from cms.viewsets.own_forms import cited_before, own_field
from coalition.evidence.actions import keep_indicator
from coalition.evidence.models import Indicator
from coalition.record.sources import Cited

_MOST = 2**63


class IndicatorForm(forms.ModelForm):  # type: ignore[type-arg]
    """One thing to measure."""

    source_title = forms.CharField(label="출처의 제목", max_length=300, required=False)
    source_publisher = forms.CharField(label="펴낸 곳", max_length=200, required=False)
    source_on = forms.DateField(
        label="펴낸 날",
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    source_address = forms.URLField(
        label="출처의 주소", max_length=500, required=False, assume_scheme="https"
    )

    class Meta:
        model = Indicator
        fields = ("name", "dimension", "definition", "unit", "direction", "lowest", "highest")
        formfield_callback = own_field

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[
            "unit"
        ].help_text = "%는 응답자 가운데 몇 %인지로 봅니다. 늘거나 준 정도는 ‘% 늘어남’처럼 씁니다."
        self.fields["lowest"].help_text = "척도가 없으면 두 칸을 모두 비웁니다."
        if self.instance.measured:
            for name in ("unit", "direction", "lowest", "highest"):
                self.fields[name].disabled = True
            self.fields["unit"].help_text = "이미 잰 값이 있어 바꿀 수 없습니다."

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        low, high = data.get("lowest"), data.get("highest")
        if (low is None) != (high is None):
            self.add_error("highest", "가장 낮은 값과 가장 높은 값을 함께 쓰거나 모두 비우세요.")
        if low is not None and high is not None and low >= high:
            self.add_error("highest", "가장 낮은 값보다 커야 합니다.")
        if bool(data.get("source_title")) != bool(data.get("source_publisher")):
            self.add_error("source_publisher", "출처는 제목과 펴낸 곳을 함께 쓰세요.")
        return data

    def told(self) -> dict[str, Any]:
        """The fields of the indicator, its source among them."""
        data = self.cleaned_data
        named = [data[name] for name in self.base_fields if name.startswith("source_")]
        source = Cited(*named).source() if data["source_title"] else None
        return {**{name: data[name] for name in self.Meta.fields}, "source": source}


def _indicators() -> Any:
    stands = Q(measurements__withdrawn_at__isnull=True)
    return Indicator.objects.select_related("source").annotate(
        measured=Count("measurements"), standing=Count("measurements", filter=stands)
    )


def index(request: DeskRequest) -> HttpResponse:
    """Every indicator with how often it was used."""
    require_secretariat(request)
    return render(request, "admin/indicators/index.html", {"indicators": _indicators()})


def indicator(request: DeskRequest, pk: int | None = None) -> HttpResponse:
    """An indicator, new or one that is there."""
    require_secretariat(request)
    kept: Any = Indicator()
    kept.measured = 0
    if pk is not None:
        kept = _indicators().filter(pk=pk).first() if pk < _MOST else None
        if kept is None:
            raise Http404("그런 지표가 없습니다.")
    key, source = kept.key, cited_before(kept.source)
    form = IndicatorForm(request.POST or None, instance=kept, initial=source)

    def keep() -> None:
        keep_indicator(key=key or _free_key(form), told=form.told(), by=request.user)

    if request.method == "POST" and was_done(form, keep):
        messages.success(request, "적었습니다.")
        return redirect("indicators_desk:index")
    context = {"form": form, "title": kept.name if pk is not None else "새 지표"}
    status = 400 if request.method == "POST" else 200
    return render(request, "admin/indicators/form.html", context, status=status)


def _free_key(form: IndicatorForm) -> str:
    """A key from the name; `-2` where it is taken."""
    wanted = key = slug_from_title(form.cleaned_data["name"])[:60].strip("-")
    number = 2
    while Indicator.objects.filter(key=key).exists():
        ending = f"-{number}"
        key, number = f"{wanted[: 60 - len(ending)]}{ending}", number + 1
    return key


class IndicatorsDesk(SecretariatDesk):
    """지표 in the menu of the secretariat."""

    name = "indicators_desk"
    url_prefix = "indicators"
    menu_label = "지표"
    icon = "table"
    menu_order = 255

    def get_urlpatterns(self) -> list[Any]:
        return [
            path("", index, name="index"),
            path("new/", indicator, name="new"),
            path("<int:pk>/", indicator, name="indicator"),
        ]
