"""메일 in the menu of the desk: what went out, what waits, what could not be sent."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_POST
from wagtail.admin.viewsets.base import ViewSet

from cms.menu import SecretariatMenuItem
from cms.tenancy import DeskRequest
from coalition.members.access import Access
from coalition.record.actions import retry_mail
from coalition.record.models import MailOut

PAGE = 50


def _require_secretariat(request: DeskRequest) -> None:
    access = Access.of(request.user)
    if not (access.is_superuser or access.is_secretariat):
        raise PermissionDenied


def mail_index(request: DeskRequest) -> HttpResponse:
    """Newest first; those given up above all others. The texts are not shown: they are letters."""
    _require_secretariat(request)
    mails = MailOut.objects.select_related("recipient").defer("text")
    context = {
        "failed": mails.filter(given_up_at__isnull=False)[:PAGE],
        "mails": Paginator(mails, PAGE).get_page(request.GET.get("p")),
    }
    return render(request, "admin/mail/index.html", context)


@require_POST
def retry(request: DeskRequest, pk: int) -> HttpResponse:
    """Back into the queue."""
    _require_secretariat(request)
    try:
        retry_mail(mail=get_object_or_404(MailOut, pk=pk), by=request.user)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, "다시 보냅니다.")
    return redirect("mail_desk:index")


class MailDesk(ViewSet):
    """For the secretariat."""

    name = "mail_desk"
    url_prefix = "mail"
    menu_label = "메일"
    icon = "mail"
    menu_order = 700

    def get_urlpatterns(self) -> list[Any]:
        return [
            path("", mail_index, name="index"),
            path("<int:pk>/retry/", retry, name="retry"),
        ]

    @property
    def menu_url(self) -> str:
        return reverse("mail_desk:index")

    def get_menu_item(self, order: int | None = None) -> Any:
        return SecretariatMenuItem(
            self.menu_label,
            self.menu_url,
            name=self.name,
            icon_name=self.icon,
            order=self.menu_order,
        )
