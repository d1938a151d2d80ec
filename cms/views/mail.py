"""`/dev/mail/`: what a hub without a mail server would have sent. Only with DEBUG (coalition.urls)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from coalition.record.models import MailOut

SHOWN = 100


def dev_mail(request: HttpRequest) -> HttpResponse:
    """The newest mails with their texts."""
    mails = MailOut.objects.select_related("recipient", "person")[:SHOWN]
    return render(request, "records/dev_mail.html", {"mails": mails})
