"""참여: applications that wait, what the ledger says of every municipality, and 탈퇴."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_safe

from cms.joining import FirstApprover, accept, leave
from cms.tenancy import DeskRequest
from cms.viewsets.desk import SecretariatDesk, require_secretariat
from coalition.members.actions import answer_application
from coalition.members.applications import answered, history, waiting
from coalition.members.models import (
    Application,
    Ask,
    Membership,
    MembershipState,
    Municipality,
)
from coalition.members.queries import with_membership

SHOWN = 30


class AcceptForm(forms.Form):
    """Yes, and who is the first 결재자."""

    on = forms.DateField(
        label="승인한 날",
        widget=forms.DateInput(attrs={"type": "date"}),
        initial=timezone.localdate,
    )
    name = forms.CharField(label="첫 결재자의 이름", max_length=60)
    email = forms.EmailField(
        label="첫 결재자의 메일 주소",
        max_length=150,
        help_text="쓴 사람이 결재자가 아니면 고치세요. 로그인할 때 쓰는 이름이 됩니다.",
    )
    post = forms.CharField(label="부서와 직위", max_length=120, required=False)
    document = forms.FileField(
        label="문서", required=False, help_text="신청에 붙은 공문이 없을 때에만 붙입니다."
    )
    answer = forms.CharField(
        label="덧붙일 말",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="답하는 메일에 함께 갑니다.",
    )

    def __init__(self, application: Application, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if application.asks == Ask.INTENT:  # only written down: nobody works here yet
            for name in ("on", "name", "email", "post"):
                del self.fields[name]


class DeclineForm(forms.Form):
    """No, and why."""

    answer = forms.CharField(
        label="까닭",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="메일로 갑니다. 무엇을 고치면 되는지도 쓰세요.",
    )


class LeaveForm(forms.Form):
    """탈퇴: a day, its document, and a sentence."""

    on = forms.DateField(
        label="탈퇴한 날",
        widget=forms.DateInput(attrs={"type": "date"}),
        initial=timezone.localdate,
    )
    document = forms.FileField(
        label="탈퇴를 알린 문서", help_text=".hwp, .hwpx, .docx, .pdf. 사무국만 봅니다."
    )
    note = forms.CharField(label="덧붙임", max_length=300, required=False)
    sure = forms.BooleanField(label="오늘부터 이 지방정부의 책상이 닫힌다는 것을 압니다.")


@require_safe
def index(request: DeskRequest) -> HttpResponse:
    """What waits, what was answered, and who takes part or did."""
    require_secretariat(request)
    places: Any = with_membership().filter(state__isnull=False)  # type: ignore[misc]
    context = {
        "waiting": waiting(),
        "answered": answered()[:SHOWN],
        "places": [(place, MembershipState(place.state).label) for place in places],
    }
    return render(request, "admin/joining/index.html", context)


def application(request: DeskRequest, pk: int) -> HttpResponse:
    """One application with both answers."""
    require_secretariat(request)
    found = get_object_or_404(waiting() | answered(), pk=pk)
    prefilled = {"name": found.person.name, "email": found.person.email, "post": found.post}
    yes, no = AcceptForm(found, initial=prefilled), DeclineForm()
    status = 200
    if request.method == "POST":
        declining = "decline" in request.POST
        if declining:
            no = DeclineForm(request.POST)
        else:
            yes = AcceptForm(found, request.POST, request.FILES)
        if _answered(request, found, no if declining else yes, declining=declining):
            return redirect("joining_desk:index")
        status = 400
    context = {
        "application": found,
        "yes": yes,
        "no": no,
        "steps": history(found.municipality),
    }
    return render(request, "admin/joining/application.html", context, status=status)


def _answered(
    request: DeskRequest, found: Application, form: forms.Form, *, declining: bool
) -> bool:
    if not form.is_valid():
        return False
    data = form.cleaned_data
    try:
        if declining:
            answer_application(
                application=found, accepted=False, answer=data["answer"], by=request.user
            )
        else:
            _accept(request, found, data)
    except ValidationError as error:
        form.add_error(None, error) if not hasattr(error, "error_dict") else _beside(form, error)
        return False
    messages.success(request, "답했습니다. 메일이 갑니다.")
    return True


def _beside(form: forms.Form, error: ValidationError) -> None:
    """Errors beside their fields, above all of them where the form lacks the field."""
    for name, said in error.message_dict.items():
        form.add_error(name if name in form.fields else None, said)


def _accept(request: DeskRequest, found: Application, data: dict[str, Any]) -> None:
    approver = (
        FirstApprover(data["name"], data["email"], data["post"])
        if found.asks == Ask.APPLY
        else None
    )
    accept(
        found,
        on=data.get("on") or timezone.localdate(),
        by=request.user,
        answer=data["answer"],
        approver=approver,
        file=data["document"],
    )


@require_safe
def application_document(request: DeskRequest, pk: int) -> FileResponse:
    """The document of an application: for the secretariat alone, never inline."""
    require_secretariat(request)
    found = get_object_or_404(waiting() | answered(), pk=pk)
    return _file(found.document)


@require_safe
def step_document(request: DeskRequest, pk: int) -> FileResponse:
    """The document of a step of the ledger."""
    require_secretariat(request)
    return _file(get_object_or_404(Membership, pk=pk).document)


def _file(document: Any) -> FileResponse:
    if document is None:
        raise Http404("붙은 문서가 없습니다.")
    return FileResponse(document.file.open("rb"), as_attachment=True, filename=document.filename)


def place(request: DeskRequest, slug: str) -> HttpResponse:
    """The steps of one municipality, and the way out."""
    require_secretariat(request)
    found: Any = get_object_or_404(with_membership(), slug=slug)
    takes_part = found.state == MembershipState.APPROVED
    form = LeaveForm(request.POST or None, request.FILES or None)
    status = 200
    if request.method == "POST":
        if takes_part and form.is_valid() and _left(request, found, form):
            return redirect("joining_desk:place", slug)
        status = 400
    context = {
        "place": found,
        "state": MembershipState(found.state).label if found.state else "",
        "steps": history(found),
        "form": form if takes_part else None,
    }
    return render(request, "admin/joining/place.html", context, status=status)


def _left(request: DeskRequest, found: Municipality, form: LeaveForm) -> bool:
    data = form.cleaned_data
    try:
        leave(found, on=data["on"], note=data["note"], file=data["document"], by=request.user)
    except ValidationError as error:
        form.add_error(None, error) if not hasattr(error, "error_dict") else _beside(form, error)
        return False
    messages.success(request, "탈퇴를 적었습니다. 쪽과 기록은 그대로 남고 책상은 닫혔습니다.")
    return True


class JoiningDesk(SecretariatDesk):
    """참여 in the menu of the secretariat."""

    name = "joining_desk"
    url_prefix = "joining"
    menu_label = "참여"
    icon = "user"
    menu_order = 490

    def get_urlpatterns(self) -> list[Any]:
        return [
            path("", index, name="index"),
            path("applications/<int:pk>/", application, name="application"),
            path(
                "applications/<int:pk>/document/",
                application_document,
                name="application_document",
            ),
            path("steps/<int:pk>/document/", step_document, name="step_document"),
            path("places/<slug:slug>/", place, name="place"),
        ]
