"""임시조치 요청: a form of its own for whoever an opinion violates, proven by mail. Never cached."""

from __future__ import annotations

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from cms.as_of import AsOf
from cms.queries.opinions import opinion_details
from cms.views.email import EmailForm, status_of_sending
from coalition.advocacy.actions import ask_suspension, confirm_suspension_request
from coalition.advocacy.intake import DAYS_ASKED, DAYS_SUSPENDED, DAYS_TO_CONFIRM
from coalition.advocacy.models import Opinion, SuspensionRequest, ViolatedRight
from coalition.advocacy.suspending import confirmed_by
from coalition.drafts.models import Bill
from coalition.members.queries import today
from coalition.record.logins import address_of_client

KEPT = {"to_confirm": DAYS_TO_CONFIRM, "suspended": DAYS_SUSPENDED, "asked": DAYS_ASKED}


class SuspensionForm(EmailForm):
    """Which right, how it is violated, and that it is one's own."""

    right = forms.ChoiceField(
        label="어떤 권리",
        choices=ViolatedRight.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": "어떤 권리인지 고르세요.",
            "invalid_choice": "목록에서 고르세요.",
        },
    )
    claim = forms.CharField(
        label="무엇이 어떻게 침해하나",
        max_length=4 * SuspensionRequest.LONGEST,  # the action says how many there are
        error_messages={"required": "무엇이 어떤 권리를 어떻게 침해하는지 쓰세요."},
    )
    entitled = forms.BooleanField(
        label="권리를 침해받은 사람이거나 그 대리인입니다.",
        error_messages={"required": "권리를 침해받은 사람이나 그 대리인만 청할 수 있습니다."},
    )
    consent = forms.BooleanField(
        label="쓴 글과 이메일을 이 요청을 살펴보고 답하는 데에만 쓰는 데 동의합니다.",
        error_messages={"required": "동의해야 살펴보고 답할 수 있습니다."},
    )
    field_order = ("right", "claim", "email", "entitled", "consent")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """`/bills/<slug>/opinions/<n>/suspension/`: the form; a post sends the mail that asks whether it was they."""
    details = _readable(slug, pk)
    form, status = SuspensionForm(request.POST or None, use_required_attribute=False), 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            status = status_of_sending(
                form,
                ask_suspension,
                opinion=get_object_or_404(Opinion, pk=pk),
                right=form.cleaned_data["right"],
                claim=form.cleaned_data["claim"],
                sent_from=address_of_client(request),
            )
        if status == 200:
            return redirect("suspension_asked", slug, pk)
    context = {**details, "form": form, "longest": SuspensionRequest.LONGEST, "days": KEPT}
    return render(request, "records/suspension_form.html", context, status=status)


@never_cache
@require_safe
def asked(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """`…/suspension/asked/`: look into your mail. The same whoever wrote."""
    context = {"bill": get_object_or_404(Bill, slug=slug), "number": pk, "days": KEPT}
    return render(request, "records/suspension_asked.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """`/opinions/suspension/<token>/`: what was claimed and a button; only the button confirms."""
    found = confirmed_by(token)
    if found is None:
        raise Http404("이미 지났거나 잘못된 확인 주소입니다. 요청을 다시 보내 주세요.")
    if request.method == "POST":
        found = confirm_suspension_request(request=found, by=None)
    context = {
        "bill": found.opinion.version.bill,
        "number": found.opinion_id,
        "asked": found,
        "paragraphs": [line for line in found.claim.split("\n") if line.strip()],
        "days": KEPT,
    }
    return render(request, "records/suspension_confirm.html", context)


def _readable(slug: str, pk: int) -> dict[str, object]:
    """The opinion as everybody reads it today."""
    bill = get_object_or_404(Bill, slug=slug)
    details = opinion_details(bill, pk, AsOf(today(), asked=False)) if pk < 2**63 else None
    if details is None:
        raise Http404("없는 의견입니다.")
    if not details["opinion"].standing.readable:
        raise Http404("지금은 누구에게도 보이지 않는 의견이어서 청할 것이 없습니다.")
    return details
