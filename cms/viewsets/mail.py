"""메일 in the menu of the desk: what went out, what waits, what could not be sent."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.views.decorators.http import require_POST

from cms.tenancy import DeskRequest
from cms.viewsets.desk import SecretariatDesk, require_secretariat
from coalition.record.actions import retry_mail
from coalition.record.models import MailOut

PAGE = 50


def mail_index(request: DeskRequest) -> HttpResponse:
    """Newest first; those given up above all others. The texts are not shown: they are letters."""
    require_secretariat(request)
    mails = MailOut.objects.select_related("recipient").defer("text")
    context = {
        "failed": mails.filter(given_up_at__isnull=False)[:PAGE],
        "mails": Paginator(mails, PAGE).get_page(request.GET.get("p")),
    }
    return render(request, "admin/mail/index.html", context)


@require_POST
def retry(request: DeskRequest, pk: int) -> HttpResponse:
    """Back into the queue."""
    require_secretariat(request)
    try:
        retry_mail(mail=get_object_or_404(MailOut, pk=pk), by=request.user)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, "다시 보냅니다.")
    return redirect("mail_desk:index")


class MailDesk(SecretariatDesk):
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
