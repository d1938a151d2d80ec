"""합침과 이름 바꿈: a succession is entered, looked at, and carried out by the secretariat."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path

from cms.successions import carry_out, open_successions, plan_of, rename
from cms.tenancy import DeskRequest
from cms.viewsets.desk import SecretariatDesk, require_secretariat
from coalition.members.actions import enter_succession
from coalition.members.models import CarriedSuccession, Municipality
from coalition.record.models import Source

SHOWN = 30


class SourceFields(forms.Form):
    """Where it is written; a real municipality needs one."""

    on = forms.DateField(label="바뀐 날", widget=forms.DateInput(attrs={"type": "date"}))
    event = forms.CharField(
        label="까닭", max_length=120, help_text="무엇으로 바뀌었는지. 예: 제물포구 설치에 관한 법률"
    )
    title = forms.CharField(
        label="출처의 제목",
        max_length=200,
        required=False,
        help_text="실제 지방정부이면 꼭 씁니다.",
    )
    publisher = forms.CharField(label="낸 곳", max_length=120, required=False)

    def source(self) -> Source | None:
        """The Source of the fields, kept once."""
        title, publisher = self.cleaned_data["title"], self.cleaned_data["publisher"]
        if not title:
            return None
        return Source.objects.get_or_create(
            title=title, publisher=publisher, defaults={"published_on": self.cleaned_data["on"]}
        )[0]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if bool(cleaned.get("title")) != bool(cleaned.get("publisher")):
            raise ValidationError("출처는 제목과 낸 곳을 함께 씁니다.")
        return cleaned


class SuccessionForm(SourceFields):
    """Which municipalities became which."""

    predecessors = forms.ModelMultipleChoiceField(
        Municipality.objects.none(),
        label="앞선 지방정부",
        widget=forms.SelectMultiple(attrs={"size": 8}),
    )
    successor = forms.ModelChoiceField(
        Municipality.objects.none(), label="이어받을 지방정부", empty_label="고르세요"
    )
    field_order = ("predecessors", "successor", "on", "event", "title", "publisher")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        every = Municipality.objects.select_related("region").filter(can_join=True)
        self.fields["predecessors"].queryset = every.filter(valid_to=None)  # type: ignore[attr-defined]
        self.fields["successor"].queryset = every.filter(valid_to=None)  # type: ignore[attr-defined]


class RenameForm(SourceFields):
    """Another name or address of the same municipality."""

    municipality = forms.ModelChoiceField(
        Municipality.objects.none(), label="지방정부", empty_label="고르세요"
    )
    name = forms.CharField(label="새 이름", max_length=40)
    slug = forms.SlugField(
        label="새 주소",
        max_length=60,
        help_text="영문 소문자와 붙임표. 옛 주소는 새 주소로 이어집니다.",
    )
    field_order = ("municipality", "name", "slug", "on", "event", "title", "publisher")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        every = Municipality.objects.select_related("region").filter(can_join=True, valid_to=None)
        self.fields["municipality"].queryset = every  # type: ignore[attr-defined]


def index(request: DeskRequest) -> HttpResponse:
    """What waits, what was carried out, and the form for what the registry does not tell."""
    require_secretariat(request)
    form = SuccessionForm(request.POST or None)
    status = 200
    if request.method == "POST":
        if form.is_valid() and _entered(request, form):
            return redirect("successions_desk:plan", form.cleaned_data["successor"].slug)
        status = 400
    carried = CarriedSuccession.objects.select_related(
        "succession__successor__region", "carried_by"
    )
    context = {
        "waiting": open_successions(),
        "carried": carried.order_by("-pk")[:SHOWN],
        "form": form,
    }
    return render(request, "admin/successions/index.html", context, status=status)


def _entered(request: DeskRequest, form: SuccessionForm) -> bool:
    data = form.cleaned_data
    try:
        enter_succession(
            successor=data["successor"],
            predecessors=list(data["predecessors"]),
            on=data["on"],
            kind="merged" if len(data["predecessors"]) > 1 else "succeeded",
            event=data["event"],
            source=form.source(),
            by=request.user,
        )
    except ValidationError as error:
        form.add_error(None, error)
        return False
    messages.success(request, "적었습니다. 무엇이 바뀌는지 살펴보고 옮기세요.")
    return True


def plan(request: DeskRequest, slug: str) -> HttpResponse:
    """What carrying it out does; a post does what was looked at, or shows it anew."""
    require_secretariat(request)
    successor = get_object_or_404(Municipality.objects.select_related("region"), slug=slug)
    refused: list[str] = []
    if request.method == "POST":
        kept = [int(key) for key in request.POST.getlist("post") if _is_key(key)]
        try:
            pages = carry_out(
                successor,
                main=request.POST.get("main", ""),
                reappointed=kept,
                joins="joins" in request.POST,
                seen=request.POST.get("seen", ""),
                by=request.user,
            )
        except ValidationError as error:
            refused = error.messages
        else:
            messages.success(request, f"옮겼습니다. 쪽 {pages}개의 옛 주소가 새 주소로 이어집니다.")
            return redirect("successions_desk:index")
    found = plan_of(successor)
    if found is None:
        messages.error(request, "옮길 승계가 없습니다.")
        return redirect("successions_desk:index")
    context = {"plan": found, "refused": refused}
    return render(request, "admin/successions/plan.html", context, status=409 if refused else 200)


def _is_key(text: str) -> bool:
    return text.isdecimal() and len(text) < 18


def change_name(request: DeskRequest) -> HttpResponse:
    """Another name: shown first, done when it is said once more."""
    require_secretariat(request)
    form = RenameForm(request.POST or None)
    ready, status = False, 200
    if request.method == "POST":
        ready = form.is_valid()
        if ready and "sure" in request.POST and _renamed(request, form):
            return redirect("successions_desk:index")
        status = 200 if ready and not form.errors else 400
    context = {"form": form, "ready": ready and not form.errors}
    return render(request, "admin/successions/rename.html", context, status=status)


def _renamed(request: DeskRequest, form: RenameForm) -> bool:
    data = form.cleaned_data
    try:
        pages = rename(
            data["municipality"],
            name=data["name"],
            slug=data["slug"],
            on=data["on"],
            event=data["event"],
            source=form.source(),
            by=request.user,
        )
    except ValidationError as error:
        form.add_error(None, error)
        return False
    messages.success(request, f"바꾸었습니다. 쪽 {pages}개의 옛 주소가 새 주소로 이어집니다.")
    return True


class SuccessionsDesk(SecretariatDesk):
    """Reached from 참여."""

    add_to_admin_menu = False
    name = "successions_desk"
    url_prefix = "successions"
    menu_label = "합침과 이름 바꿈"
    icon = "resubmit"

    def get_urlpatterns(self) -> list[Any]:
        return [
            path("", index, name="index"),
            path("rename/", change_name, name="rename"),
            path("to/<slug:slug>/", plan, name="plan"),
        ]
