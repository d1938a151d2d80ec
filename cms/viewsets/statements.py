"""공동 성명 at the desk: the secretariat lays a text before the members, 입장 등록자 put their names under it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_POST

from cms.queries.dialogue import Addresses
from cms.tenancy import DeskRequest
from cms.viewsets.desk import MenuDesk, require_secretariat
from cms.viewsets.notices import NoticeMenuItem
from coalition.advocacy.actions import (
    join_statement,
    leave_statement,
    release_statement,
    withdraw_statement,
    write_statement,
)
from coalition.advocacy.statements import Stated, stated, statements_until
from coalition.drafts.models import Bill
from coalition.members.access import Access
from coalition.members.models import Municipality
from coalition.members.queries import today

ROWS_A_PAGE = 30


class StatementForm(forms.Form):
    """A new text."""

    title = forms.CharField(label="이름", max_length=150)
    text = forms.CharField(
        label="글",
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text="빈 줄로 문단을 나눕니다. 낸 뒤에는 고칠 수 없습니다. 고치려면 거두고 새로 냅니다.",
    )
    bill = forms.ModelChoiceField(
        Bill.objects.all(), label="법안", required=False, empty_label="법안에 대한 것이 아님"
    )
    fictional = forms.BooleanField(label="시연용(가상 지방정부만 함께함)", required=False)


class JoinForm(forms.Form):
    """The name of one's own municipality."""

    file = forms.FileField(
        label="문서",
        required=False,
        help_text="함께하기로 정한 공문(.pdf, .hwp, .hwpx, .docx, 30MB까지). 개인정보를 가리세요.",
    )


def _require_reader(request: DeskRequest) -> Access:
    access = Access.of(request.user)
    if not access.may_read_notices:
        raise PermissionDenied
    return access


def _own_place(access: Access) -> Municipality | None:
    """The municipality whose name this user may give."""
    place = access.municipality
    return place if place is not None and access.may_join_statement(place) else None


def _found(pk: int) -> Stated:
    found = stated(statements_until(today()).filter(pk=pk))
    if not found:
        raise Http404("없는 성명입니다.")
    return found[0]


def index(request: DeskRequest) -> HttpResponse:
    """All statements, released or not."""
    access = _require_reader(request)
    rows = statements_until(today())
    page = Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("page", "1")[:9])
    context = {
        "rows": stated(page.object_list),
        "pages": Addresses(request.path, request.GET).pages(page),
        "writes": access.may_keep_hub,
    }
    return render(request, "admin/statements/index.html", context)


def new(request: DeskRequest) -> HttpResponse:
    """Lay a text before the members."""
    require_secretariat(request)
    form = StatementForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = write_statement(by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, "냈습니다. 입장 등록자가 함께하면 발표할 수 있습니다.")
            return redirect("statements_desk:statement", made.pk)
    status = 400 if request.method == "POST" else 200
    return render(request, "admin/statements/new.html", {"form": form}, status=status)


def statement(request: DeskRequest, pk: int) -> HttpResponse:
    """One statement, its names, and what this user may do."""
    access = _require_reader(request)
    found, place = _found(pk), _own_place(access)
    joined = place is not None and any(n.row.municipality_id == place.pk for n in found.names)
    context = {
        "one": found,
        "paragraphs": found.row.text.split("\n\n"),
        "place": place,
        "joined": joined,
        "may_join": place is not None and not joined and found.withdrawn is None,
        "form": JoinForm(),
        "is_secretariat": access.may_keep_hub,
    }
    return render(request, "admin/statements/statement.html", context)


@require_POST
def join(request: DeskRequest, pk: int) -> HttpResponse:
    """Put the own municipality's name under it."""
    place = _own_place(_require_reader(request))
    if place is None:
        raise PermissionDenied
    file = request.FILES.get("file")
    try:
        join_statement(statement=_found(pk).row, municipality=place, file=file, by=request.user)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, "함께했습니다. 날짜와 함께 남습니다.")
    return redirect("statements_desk:statement", pk)


@require_POST
def leave(request: DeskRequest, pk: int) -> HttpResponse:
    """Take the own name back, with the reason."""
    place = _own_place(_require_reader(request))
    if place is None:
        raise PermissionDenied
    reason = request.POST.get("reason", "")
    try:
        leave_statement(
            statement=_found(pk).row, municipality=place, reason=reason, by=request.user
        )
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, "이름을 거두었습니다. 거둔 기록은 남습니다.")
    return redirect("statements_desk:statement", pk)


@require_POST
def act(request: DeskRequest, pk: int) -> HttpResponse:
    """발표 or 거둠 by the secretariat."""
    require_secretariat(request)
    row, wanted = _found(pk).row, request.POST.get("act", "")
    if wanted not in ("release", "withdraw"):
        raise Http404("발표하거나 거둡니다.")
    try:
        if wanted == "release":
            release_statement(statement=row, by=request.user)
        else:
            reason = request.POST.get("reason", "")
            withdraw_statement(statement=row, reason=reason, by=request.user)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, "발표했습니다." if wanted == "release" else "거두었습니다.")
    return redirect("statements_desk:statement", pk)


class StatementsDesk(MenuDesk):
    """공동 성명 in the menu of members' desks."""

    name = "statements_desk"
    url_prefix = "statements"
    menu_label = "공동 성명"
    icon = "openquote"
    menu_order = 268
    menu_item_class = NoticeMenuItem

    def get_urlpatterns(self) -> list[Any]:
        return [
            path("", index, name="index"),
            path("new/", new, name="new"),
            path("<int:pk>/", statement, name="statement"),
            path("<int:pk>/join/", join, name="join"),
            path("<int:pk>/leave/", leave, name="leave"),
            path("<int:pk>/act/", act, name="act"),
        ]
