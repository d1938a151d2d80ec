"""담당자: who holds which post of a municipality, invitations, and 인사이동."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from cms.menu import EveryDeskMenuItem
from cms.models import MunicipalityPage
from cms.tenancy import DeskRequest
from cms.viewsets.desk import MunicipalityDesk, require_secretariat
from coalition.members import actions
from coalition.members.access import Access
from coalition.members.models import Appointment, Municipality, Role
from coalition.members.queries import open_invitations
from coalition.record.models import User

_CLOSED = frozenset({Role.POSITION_OFFICER})  # by dated appointment of the secretariat alone


class InviteForm(forms.Form):
    """Who is asked to take a post."""

    email = forms.EmailField(
        label="메일 주소",
        help_text="기관 메일을 쓰세요. 로그인할 때 쓰는 이름이 됩니다.",
        max_length=150,
    )
    name = forms.CharField(label="이름", max_length=60)
    post = forms.CharField(label="부서와 직위", max_length=120, required=False)
    role = forms.ChoiceField(label="역할")

    def __init__(self, *args: Any, officers: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [r for r in Role if officers or r not in _CLOSED]
        self.fields["role"].choices = [(r.value, r.label) for r in offered]  # type: ignore[attr-defined]


class OfficerForm(forms.Form):
    """Which of the municipality's people files its positions, and from when."""

    user = forms.ModelChoiceField(User.objects.none(), label="누구를", empty_label="고르세요")
    since = forms.DateField(
        label="언제부터",
        initial=timezone.localdate,
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    def __init__(self, place: Municipality, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = Appointment.objects.filter(municipality=place, until__isnull=True)
        officers = held.filter(role=Role.POSITION_OFFICER).values("user")
        people = User.objects.filter(pk__in=held.values("user"), is_active=True)
        self.fields["user"].queryset = people.exclude(pk__in=officers)  # type: ignore[attr-defined]

    @property
    def has_candidates(self) -> bool:
        """Whether there is anybody to choose."""
        return bool(self.fields["user"].queryset.exists())  # type: ignore[attr-defined]

    def clean_since(self) -> dt.date:
        """Rights hold from today on: a later day would say what is not so."""
        since: dt.date = self.cleaned_data["since"]
        if since > timezone.localdate():
            raise ValidationError("오늘이나 그 앞의 날을 쓰세요.")
        return since


class HandOverForm(forms.Form):
    """A colleague's account, or the address of somebody new."""

    to = forms.ModelChoiceField(
        User.objects.none(), required=False, label="있는 계정에", empty_label="새 사람을 초대"
    )
    email = forms.EmailField(label="새 사람의 메일 주소", required=False, max_length=150)
    name = forms.CharField(label="이름", max_length=60, required=False)
    post = forms.CharField(label="부서와 직위", max_length=120, required=False)

    def __init__(self, appointment: Appointment, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        colleagues = User.objects.filter(
            Q(appointments__municipality=appointment.municipality),
            appointments__until__isnull=True,
            is_active=True,
        ).exclude(pk=appointment.user_id)
        self.fields["to"].queryset = colleagues.distinct()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not cleaned.get("to") and not (cleaned.get("email") and cleaned.get("name")):
            raise ValidationError("넘겨받을 사람을 고르거나, 새 사람의 메일 주소와 이름을 쓰세요.")
        return cleaned


@require_safe
def index(request: DeskRequest) -> HttpResponse:
    """A municipality's own people; for the secretariat, every municipality that has a place."""
    access = Access.of(request.user)
    if access.municipality is not None:
        return redirect("people_desk:people", access.municipality.slug)
    if not access.may_keep_hub:
        raise PermissionDenied
    places = MunicipalityPage.objects.select_related("municipality__region").order_by("title")
    return render(request, "admin/people/places.html", {"places": places})


@require_safe
def people(request: DeskRequest, slug: str) -> HttpResponse:
    """Open posts and open invitations."""
    place = _place(request, slug)
    context = {
        "place": place,
        "appointments": Appointment.objects.filter(
            municipality=place, until__isnull=True
        ).select_related("user"),
        "invitations": open_invitations(place),
        "may_appoint": Access.of(request.user).may_appoint(place),
        "officer_form": OfficerForm(place) if Access.of(request.user).may_keep_hub else None,
    }
    return render(request, "admin/people/index.html", context)


@require_POST
def officer(request: DeskRequest, slug: str) -> HttpResponse:
    """입장 등록자: the secretariat gives the post to one of the municipality's people."""
    require_secretariat(request)
    place = _place(request, slug)
    form = OfficerForm(place, request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(str(e) for errors in form.errors.values() for e in errors))
        return redirect("people_desk:people", place.slug)
    told = form.cleaned_data
    try:
        actions.appoint(
            user=told["user"],
            municipality=place,
            role=Role.POSITION_OFFICER,
            since=told["since"],
            by=request.user,
        )
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, "입장 등록자로 두었습니다. 이제 입장과 의회 결의를 등록합니다.")
    return redirect("people_desk:people", place.slug)


def invite(request: DeskRequest, slug: str) -> HttpResponse:
    """Ask somebody to take a post."""
    place = _place(request, slug, appointing=True)
    keeps = Access.of(request.user).may_keep_hub
    form = InviteForm(request.POST if request.method == "POST" else None, officers=keeps)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            actions.invite(
                municipality=place, by=request.user, **{**data, "role": Role(data["role"])}
            )
        except ValidationError as error:
            form.add_error("email", error)
        else:
            messages.success(
                request, "초대 메일을 보냅니다. 열나흘 안에 비밀번호를 정하면 시작됩니다."
            )
            return redirect("people_desk:people", place.slug)
    context = {"place": place, "form": form}
    return render(request, "admin/people/invite.html", context, status=400 if form.errors else 200)


def hand_over(request: DeskRequest, slug: str, appointment: int) -> HttpResponse:
    """인사이동: to a colleague at once, to somebody new when they take the invitation up."""
    place = _place(request, slug, appointing=True)
    held = get_object_or_404(
        Appointment.objects.select_related("user"),
        pk=appointment, municipality=place, until__isnull=True,
    )  # fmt: skip
    if held.role in _CLOSED and not Access.of(request.user).may_keep_hub:
        raise PermissionDenied
    form = HandOverForm(held, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            said = _hand_over(held, form.cleaned_data, request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, said)
            still = Access(User.objects.get(pk=request.user.pk)).may_appoint(place)
            return (
                redirect("people_desk:people", place.slug)
                if still
                else redirect("wagtailadmin_home")
            )
    context = {"place": place, "form": form, "held": held}
    return render(
        request, "admin/people/hand_over.html", context, status=400 if form.errors else 200
    )


def _hand_over(held: Appointment, data: dict[str, Any], by: User) -> str:
    if data["to"]:
        actions.hand_over(appointment=held, to=data["to"], by=by)
        return "넘겼습니다. 쓴 글은 그대로 남습니다."
    actions.invite(
        email=data["email"],
        name=data["name"],
        post=data["post"],
        municipality=held.municipality,
        role=Role(held.role),
        replaces=held,
        by=by,
    )
    return "초대 메일을 보냅니다. 받는 사람이 비밀번호를 정하면 지금 담당이 끝납니다."


@require_POST
def end(request: DeskRequest, slug: str, appointment: int) -> HttpResponse:
    """Take a post back today."""
    place = _place(request, slug, appointing=True)
    held = get_object_or_404(Appointment, pk=appointment, municipality=place, until__isnull=True)
    last = (
        not Appointment.objects.filter(municipality=place, role=Role.APPROVER, until__isnull=True)
        .exclude(pk=held.pk)
        .exists()
    )
    if held.role == Role.APPROVER and last and not Access.of(request.user).may_keep_hub:
        messages.error(request, "마지막 결재자입니다. 먼저 다른 사람에게 넘기세요.")
    else:
        actions.end_appointment(appointment=held, on=timezone.localdate(), by=request.user)
        messages.success(request, "담당을 끝냈습니다. 쓴 글은 그대로 남습니다.")
    return redirect("people_desk:people", place.slug)


@require_POST
def withdraw(request: DeskRequest, slug: str, invitation: int) -> HttpResponse:
    """Take an invitation back."""
    place = _place(request, slug, appointing=True)
    found = get_object_or_404(open_invitations(place), pk=invitation)
    try:
        actions.withdraw_invitation(invitation=found, by=request.user)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, "초대를 거두었습니다.")
    return redirect("people_desk:people", place.slug)


def _place(request: DeskRequest, slug: str, *, appointing: bool = False) -> Municipality:
    place = Municipality.objects.select_related("region").filter(slug=slug).first()
    access = Access.of(request.user)
    if place is None or not access.may_view(place):
        raise Http404("없는 지방정부이거나 볼 수 없는 책상입니다.")
    if appointing and not access.may_appoint(place):
        raise PermissionDenied
    return place


class PeopleDesk(MunicipalityDesk):
    """담당자 in the menu; the secretariat's too, which invites the first of each municipality."""

    menu_item_class = EveryDeskMenuItem
    name = "people_desk"
    url_prefix = "people"
    menu_label = "담당자"
    icon = "group"
    menu_order = 500

    def get_urlpatterns(self) -> list[Any]:
        return [
            path("", index, name="index"),
            path("<slug:slug>/", people, name="people"),
            path("<slug:slug>/invite/", invite, name="invite"),
            path("<slug:slug>/officer/", officer, name="officer"),
            path("<slug:slug>/<int:appointment>/hand-over/", hand_over, name="hand_over"),
            path("<slug:slug>/<int:appointment>/end/", end, name="end"),
            path("<slug:slug>/invitations/<int:invitation>/withdraw/", withdraw, name="withdraw"),
        ]
