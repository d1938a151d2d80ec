"""시민 공감: given, proven by mail and taken back without a login. While it is switched off nothing here answers."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from cms.as_of import as_of
from cms.views.email import EmailForm, status_of_sending
from coalition.advocacy.actions import ask_end, ask_support, confirm_support, end_support
from coalition.advocacy.models import Support
from coalition.advocacy.supporting import (
    DAYS_TO_CONFIRM,
    UNSAID,
    count_of,
    regions_of,
    terms,
    to_confirm,
    to_end,
)
from coalition.drafts.models import Bill
from coalition.drafts.queries import newest_published
from coalition.members.models import Region
from coalition.record.logins import address_of_client

View = Callable[..., HttpResponse]
FORM_METHODS = require_http_methods(["GET", "HEAD", "POST"])


def switched_on(view: View) -> View:
    """404 for every method while it is off, as for an address that never was."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if terms() is None:
            raise Http404
        return view(request, *args, **kwargs)

    return wrapped


class SupportForm(EmailForm):
    """Each consent stands apart and none is given beforehand (「개인정보 보호법」 제15조, 제22조, 제23조)."""

    region = forms.ModelChoiceField(
        queryset=Region.objects.none(),
        label="시도",
        required=False,
        empty_label=UNSAID,
        error_messages={"invalid_choice": "목록에 있는 시도를 고르세요."},
    )
    personal = forms.BooleanField(
        label="이메일 주소를 받아 쓰는 데 동의합니다.",
        error_messages={"required": "이메일을 쓰는 데 동의해야 확인 메일을 보낼 수 있습니다."},
    )
    sensitive = forms.BooleanField(
        label="법안에 대한 나의 견해(민감정보)를 처리하는 데 따로 동의합니다.",
        error_messages={"required": "민감정보 처리에 따로 동의해야 공감할 수 있습니다."},
    )
    of_age = forms.BooleanField(
        label="만 14세 이상입니다.",
        error_messages={"required": "만 14세 이상만 공감할 수 있습니다."},
    )

    def __init__(self, *args: Any, bill: Bill, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["region"].queryset = regions_of(bill)  # type: ignore[attr-defined]


def _bill(slug: str) -> Bill:
    bill = get_object_or_404(Bill, slug=slug)
    if newest_published(bill) is None:
        raise Http404
    return bill


@switched_on
@require_safe
def support(request: HttpRequest, slug: str) -> HttpResponse:
    """`/bills/<slug>/support/`: how many, on any day."""
    bill, day = _bill(slug), as_of(request)
    context = {"bill": bill, "as_of": day, "count": count_of(bill, day.until), "terms": terms()}
    return render(request, "records/support_detail.html", context)


@switched_on
@never_cache
@FORM_METHODS
def give(request: HttpRequest, slug: str) -> HttpResponse:
    """`/bills/<slug>/support/give/`: the form; a post sends the mail that asks whether it was they."""
    bill = _bill(slug)
    form, status = SupportForm(request.POST or None, bill=bill), 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            told = {"bill": bill, "region": form.cleaned_data["region"]}
            sent_from = address_of_client(request)
            status = status_of_sending(form, ask_support, **told, sent_from=sent_from)
        if status == 200:
            # The same words whether the address is known or not.
            return redirect("support_asked", slug=bill.slug)
    context = {"bill": bill, "form": form, "terms": terms(), "days_to_confirm": DAYS_TO_CONFIRM}
    return render(request, "records/support_form.html", context, status=status)


@switched_on
@never_cache
@require_safe
def asked(request: HttpRequest, slug: str) -> HttpResponse:
    """`/bills/<slug>/support/asked/`: look into your mail."""
    context = {"bill": _bill(slug), "days_to_confirm": DAYS_TO_CONFIRM}
    return render(request, "records/support_asked.html", context)


@switched_on
@never_cache
@FORM_METHODS
def ask_to_end(request: HttpRequest, slug: str) -> HttpResponse:
    """`/bills/<slug>/support/end/`: for who has no mail of ours any more."""
    bill = _bill(slug)
    form, status = EmailForm(request.POST or None), 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            sent_from = address_of_client(request)
            status = status_of_sending(form, ask_end, bill=bill, sent_from=sent_from)
        if status == 200:
            return redirect("support_asked", slug=bill.slug)
    context = {"bill": bill, "form": form}
    return render(request, "records/support_end_form.html", context, status=status)


@switched_on
@never_cache
@FORM_METHODS
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """`/support/confirm/<token>/`: a page with a button; only the button confirms."""
    found = _found(to_confirm(token))
    if request.method == "POST":
        try:
            found = confirm_support(support=found, by=None)
        except ValidationError as error:
            reason = " ".join(error.messages)
            return render(request, "400.html", {"reason": reason}, status=400)
    context = {"bill": found.bill, "support": found, "done": found.confirmed_on is not None}
    return render(request, "records/support_confirm.html", context)


@switched_on
@never_cache
@FORM_METHODS
def end(request: HttpRequest, token: str) -> HttpResponse:
    """`/support/end/<token>/`: likewise, only the button ends it."""
    found = _found(to_end(token))
    bill, done = found.bill, found.ended_on is not None
    if request.method == "POST":
        end_support(support=found, by=None)
        done = True
    return render(request, "records/support_end.html", {"bill": bill, "done": done})


def _found(support: Support | None) -> Support:
    if support is None:
        raise Http404("이미 지났거나 잘못된 주소입니다.")
    return support
