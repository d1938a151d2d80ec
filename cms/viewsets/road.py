"""법안의 길 at the secretariat's desk: 의안, their steps, and 국정과제. Each with its source."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path

from cms.as_of import AsOf
from cms.queries.road import road_details
from cms.tenancy import DeskRequest
from cms.viewsets.desk import SecretariatDesk, require_keeper
from coalition.advocacy.actions import (
    enter_assembly_bill,
    link_task,
    record_road_step,
    withdraw_task_link,
)
from coalition.advocacy.models import AssemblyBill, RoadStage, RoadStep, TaskLink
from coalition.drafts.models import Bill, Provision, Version
from coalition.drafts.queries import newest_published
from coalition.drafts.text.address import korean_from_eid
from coalition.members.queries import today
from coalition.record.sources import Cited


class SourcedForm(forms.Form):
    """What is entered here has a source, always."""

    source_title = forms.CharField(label="출처의 제목", max_length=300)
    source_publisher = forms.CharField(label="펴낸 곳", max_length=200)
    source_on = forms.DateField(label="펴낸 날", widget=forms.DateInput(attrs={"type": "date"}))
    source_address = forms.URLField(
        label="주소", max_length=500, required=False, assume_scheme="https"
    )

    def cited(self) -> Cited:
        data = self.cleaned_data
        return Cited(
            data["source_title"],
            data["source_publisher"],
            data["source_on"],
            data["source_address"],
        )

    def told(self) -> dict[str, Any]:
        """What the form says besides the source."""
        own = {k: v for k, v in self.cleaned_data.items() if not k.startswith("source_")}
        return {**own, "cited": self.cited()}


class AssemblyBillForm(SourcedForm):
    number = forms.CharField(label="의안번호", max_length=20)
    title = forms.CharField(label="이름", max_length=200)
    proposer = forms.CharField(label="제안자", max_length=120, required=False)
    version = forms.ModelChoiceField(
        Version.objects.none(), label="옮겨 간 초안 판", required=False, empty_label="고르지 않음"
    )
    field_order = ("number", "title", "proposer", "version")

    def __init__(self, bill: Bill, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        versions = bill.versions.filter(published_at__isnull=False).select_related("bill")
        self.fields["version"].queryset = versions  # type: ignore[attr-defined]


class RoadStepForm(SourcedForm):
    stage = forms.ModelChoiceField(RoadStage.objects.all(), label="단계", empty_label="고르세요")
    assembly_bill = forms.ModelChoiceField(
        AssemblyBill.objects.none(),
        label="의안",
        required=False,
        help_text="초안이면 비웁니다.",
        empty_label="고르지 않음",
    )
    happened_on = forms.DateField(label="날짜", widget=forms.DateInput(attrs={"type": "date"}))
    note = forms.CharField(label="무엇이", max_length=500, required=False)
    into = forms.ModelChoiceField(
        AssemblyBill.objects.none(), label="반영한 대안", required=False, empty_label="고르지 않음"
    )
    replaces = forms.ModelChoiceField(
        RoadStep.objects.none(),
        label="고쳐 적을 걸음",
        required=False,
        empty_label="없음(새 걸음)",
    )
    field_order = ("stage", "assembly_bill", "happened_on", "note", "into", "replaces")

    def __init__(self, bill: Bill, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("assembly_bill", "into"):
            self.fields[name].queryset = bill.assembly_bills.all()  # type: ignore[attr-defined]
        steps = bill.road.filter(replaced_by__isnull=True).select_related("stage")
        self.fields["replaces"].queryset = steps  # type: ignore[attr-defined]
        self.fields["replaces"].label_from_instance = lambda s: (  # type: ignore[attr-defined]
            f"{s.stage} {s.happened_on}"
        )


class TaskForm(SourcedForm):
    task = forms.CharField(label="국정과제", max_length=200)
    quote = forms.CharField(
        label="쓰인 그대로", max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    provision = forms.ModelChoiceField(
        Provision.objects.none(), label="조문", required=False, empty_label="법안 전체"
    )
    status = forms.CharField(label="지금", max_length=120, required=False)
    field_order = ("task", "quote", "provision", "status")

    def __init__(self, bill: Bill, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        newest = newest_published(bill)
        if newest is not None:
            articles = newest.provisions.filter(kind="article", deleted=False).order_by("order")
            self.fields["provision"].queryset = articles  # type: ignore[attr-defined]
            self.fields["provision"].label_from_instance = lambda p: (  # type: ignore[attr-defined]
                f"{korean_from_eid(p.eid)} {p.title}".strip()
            )


FORMS: dict[str, tuple[str, type[Any], Any]] = {
    "bill": ("새 의안", AssemblyBillForm, enter_assembly_bill),
    "step": ("새 걸음", RoadStepForm, record_road_step),
    "task": ("국정과제 잇기", TaskForm, link_task),
}


def index(request: DeskRequest) -> HttpResponse:
    """The bills, to choose one."""
    require_keeper(request)
    return render(request, "admin/road/index.html", {"bills": Bill.objects.all()})


def bill(request: DeskRequest, pk: int) -> HttpResponse:
    """One bill's road, and what may be entered."""
    require_keeper(request)
    found = get_object_or_404(Bill, pk=pk)
    posted = request.POST.get("what", "")
    if request.method == "POST" and posted == "withdraw":
        return _withdraw(request, found)
    if request.method == "POST" and posted not in FORMS:
        raise Http404("그런 칸은 없습니다.")
    forms_shown = {}
    for name, (label, form_class, write) in FORMS.items():
        form = form_class(found, request.POST if posted == name else None, prefix=name)
        if posted == name and form.is_valid():
            try:
                write(bill=found, by=request.user, **_told(name, form))
            except ValidationError as error:
                form.add_error(None, error.messages)
            else:
                messages.success(request, "적었습니다.")
                return redirect("road_desk:bill", pk)
        forms_shown[name] = (label, form)
    context = {"forms": forms_shown, **road_details(found, AsOf(today(), asked=False))}
    return render(request, "admin/road/bill.html", context, status=400 if posted else 200)


def _told(name: str, form: SourcedForm) -> dict[str, Any]:
    told = form.told()
    if name == "step":
        told["stage"] = told["stage"].pk
    return told


def _withdraw(request: DeskRequest, found: Bill) -> HttpResponse:
    key = request.POST.get("link", "")
    links = TaskLink.objects.filter(bill=found)
    link = get_object_or_404(links, pk=int(key) if key.isdecimal() and len(key) < 18 else 0)
    try:
        withdraw_task_link(link=link, by=request.user)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, "거두었습니다. 기록은 남습니다.")
    return redirect("road_desk:bill", found.pk)


class RoadDesk(SecretariatDesk):
    """법안의 길 in the menu of the desk."""

    name = "road_desk"
    url_prefix = "road"
    menu_label = "법안의 길"
    icon = "site"
    menu_order = 270

    def get_urlpatterns(self) -> list[Any]:
        return [path("", index, name="index"), path("<int:pk>/", bill, name="bill")]
