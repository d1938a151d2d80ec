"""지방정부 알림: the secretariat tells, member municipalities read. Who read it is written down nowhere."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import File
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.views.decorators.http import require_POST
from wagtail.admin.menu import MenuItem

from cms.queries.dialogue import Addresses
from cms.tenancy import DeskRequest
from cms.views.attachments import served
from cms.viewsets.desk import MenuDesk, require_secretariat
from coalition.drafts.originals import refuse_what_is_no_original
from coalition.members.access import Access
from coalition.members.actions import post_notice, withdraw_notice
from coalition.members.models import Notice, NoticeDocument
from coalition.members.notices import notices

ROWS_A_PAGE = 30
MOST_FILES = 3


class NoticeForm(forms.Form):
    """What is told."""

    title = forms.CharField(label="제목", max_length=120)
    text = forms.CharField(label="글", max_length=5000, widget=forms.Textarea(attrs={"rows": 10}))
    file_1 = forms.FileField(
        label="문서 1", required=False, help_text=".hwp, .hwpx, .docx, .pdf, 30MB까지"
    )
    file_2 = forms.FileField(label="문서 2", required=False)
    file_3 = forms.FileField(label="문서 3", required=False)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        for number in range(1, MOST_FILES + 1):
            file = data.get(f"file_{number}")
            if file:
                try:
                    refuse_what_is_no_original(file.name, file.size, file)
                except ValidationError as error:
                    self.add_error(f"file_{number}", error)
        return data

    def files_given(self) -> Iterable[File[bytes]]:
        given = [self.cleaned_data.get(f"file_{number}") for number in range(1, MOST_FILES + 1)]
        return [file for file in given if file]


class NoticeMenuItem(MenuItem):
    """For members and the secretariat."""

    def is_shown(self, request: HttpRequest) -> bool:
        return Access.of(request.user).may_read_notices


def _require_reader(request: DeskRequest) -> None:
    if not Access.of(request.user).may_read_notices:
        raise PermissionDenied


def index(request: DeskRequest) -> HttpResponse:
    """What is told now, newest first."""
    _require_reader(request)
    page = Paginator(notices(), ROWS_A_PAGE).get_page(request.GET.get("page", "1")[:9])
    context = {
        "rows": page.object_list,
        "pages": Addresses(request.path, request.GET).pages(page),
        "tells": Access.of(request.user).may_keep_hub,
    }
    return render(request, "admin/notices/index.html", context)


def notice(request: DeskRequest, pk: int) -> HttpResponse:
    """One notice."""
    _require_reader(request)
    context = {
        "row": get_object_or_404(notices(), pk=pk),
        "tells": Access.of(request.user).may_keep_hub,
    }
    return render(request, "admin/notices/notice.html", context)


def document(request: DeskRequest, pk: int, document: int) -> FileResponse:
    """A file of a notice that is told now; the files never become public."""
    _require_reader(request)
    rows = NoticeDocument.objects.select_related("document")
    found = get_object_or_404(rows, notice__in=notices().order_by(), notice=pk, pk=document)
    return served(found.document, f"notice-{pk}-{document}")


def new(request: DeskRequest) -> HttpResponse:
    """Tell something."""
    require_secretariat(request)
    return _told(request, None)


def edit(request: DeskRequest, pk: int) -> HttpResponse:
    """Tell it anew: the earlier text stays in the ledger."""
    require_secretariat(request)
    return _told(request, get_object_or_404(notices(), pk=pk))


def _told(request: DeskRequest, before: Notice | None) -> HttpResponse:
    first = {"title": before.title, "text": before.text} if before else {}
    form = NoticeForm(request.POST or None, request.FILES or None, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            made = post_notice(
                title=form.cleaned_data["title"],
                text=form.cleaned_data["text"],
                files=form.files_given(),
                replaces=before,
                by=request.user,
            )
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, "알렸습니다. 참여 지방정부의 책상에 보입니다.")
            return redirect("notices_desk:notice", made.pk)
    status = 400 if request.method == "POST" else 200
    return render(
        request, "admin/notices/form.html", {"form": form, "before": before}, status=status
    )


@require_POST
def withdraw(request: DeskRequest, pk: int) -> HttpResponse:
    """Take it off the desks."""
    require_secretariat(request)
    found = Notice.objects.filter(pk=pk).first()
    if found is None:
        raise Http404("없는 알림입니다.")
    try:
        withdraw_notice(notice=found, by=request.user)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, "거두었습니다. 기록은 남습니다.")
    return redirect("notices_desk:index")


class NoticesDesk(MenuDesk):
    """지방정부 알림 in the menu of members' desks."""

    name = "notices_desk"
    url_prefix = "notices"
    menu_label = "지방정부 알림"
    icon = "comment"
    menu_order = 130
    menu_item_class = NoticeMenuItem

    def get_urlpatterns(self) -> list[Any]:
        return [
            path("", index, name="index"),
            path("new/", new, name="new"),
            path("<int:pk>/", notice, name="notice"),
            path("<int:pk>/edit/", edit, name="edit"),
            path("<int:pk>/withdraw/", withdraw, name="withdraw"),
            path("<int:pk>/documents/<int:document>/", document, name="document"),
        ]
