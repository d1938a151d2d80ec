"""의견: the secretariat looks at what was held back, hides with a reason, suspends, and answers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.views.decorators.http import require_POST

from cms.queries.desk_opinions import TABS, desk_opinion, desk_rows
from cms.queries.dialogue import Addresses
from cms.tenancy import DeskRequest
from cms.viewsets.desk import SecretariatDesk, require_secretariat
from coalition.advocacy.actions import (
    answer_suspension_request,
    hide_opinion,
    reply_to_opinion,
    show_opinion,
    suspend_opinion,
)
from coalition.advocacy.models import Opinion, SuspensionOutcome, SuspensionRequest, Verdict
from coalition.advocacy.models.opinion import LONGEST

ROWS_A_PAGE = 50
REASONS = (
    "다른 사람의 개인정보가 있음",
    "욕설이나 비하가 있음",
    "광고",
    "법안과 관계없는 글",
    "같은 글을 여러 번 보냄",
)
RIGHTS = "권리를 침해받았다는 요청이 있음"


class ReplyForm(forms.Form):
    """A verdict and its reason; the database takes neither alone."""

    verdict = forms.ChoiceField(label="답변", choices=[("", "고르세요"), *Verdict.choices])
    reason = forms.CharField(
        label="까닭",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="그대로 공개되고, 쓴 사람에게 한 번 메일로 갑니다. 반영했으면 어느 판 어느 조문에 반영했는지 쓰세요.",
    )


class HideForm(forms.Form):
    """Why an opinion is hidden."""

    reason = forms.CharField(
        label="가리는 까닭",
        max_length=300,
        widget=forms.TextInput(attrs={"list": "hide-reasons"}),
        help_text="의견이 있던 자리에 그대로 실립니다. 의견의 글을 옮겨 적지 마세요.",
    )


class SuspendForm(forms.Form):
    """임시조치."""

    reason = forms.CharField(
        label="까닭",
        max_length=300,
        initial=RIGHTS,
        help_text="의견이 있던 자리에 그대로 실립니다. 누가 청했는지 알 수 있게 쓰지 마세요.",
    )
    asker = forms.EmailField(
        label="청한 사람의 이메일",
        required=False,
        help_text="무엇을 했는지 알리는 데에만 쓰고 90일 뒤에 지웁니다. 공개하지 않습니다.",
    )


class AnswerForm(forms.Form):
    """What became of somebody's 임시조치 요청."""

    outcome = forms.ChoiceField(
        label="어떻게 하나",
        choices=[
            ("", "고르세요"),
            (SuspensionOutcome.SUSPENDED.value, "임시조치: 30일 동안 가리고 그 안에 정합니다"),
            (SuspensionOutcome.HIDDEN.value, "가림: 침해가 분명합니다"),
            (SuspensionOutcome.DECLINED.value, "조치하지 않음: 침해가 아닙니다"),
        ],
    )
    reason = forms.CharField(
        label="의견이 있던 자리에 실을 까닭",
        max_length=300,
        required=False,
        initial=RIGHTS,
        help_text="가릴 때 그대로 공개됩니다. 누가 청했는지 알 수 있게 쓰지 마세요.",
    )
    answer = forms.CharField(
        label="청한 사람에게 보낼 답",
        max_length=SuspensionRequest.LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="어떻게 했는지와 함께 메일로 갑니다. 왜 그렇게 정했는지 쓰세요.",
    )


class ShowForm(forms.Form):
    """Why it may be read (again); for the record."""

    reason = forms.CharField(
        label="까닭", max_length=300, required=False, help_text="쓰지 않아도 됩니다."
    )


FORMS: dict[str, type[forms.Form]] = {
    "reply": ReplyForm,
    "hide": HideForm,
    "suspend": SuspendForm,
    "show": ShowForm,
}
ACTS: dict[str, Any] = {
    "reply": reply_to_opinion,
    "hide": hide_opinion,
    "suspend": suspend_opinion,
    "show": show_opinion,
}
DONE = {
    "reply": "답했습니다. 쓴 사람에게 메일로 한 번 알립니다.",
    "hide": "가렸습니다. 의견이 있던 자리에 까닭이 실립니다.",
    "suspend": "임시조치를 했습니다. 30일 뒤에는 정하지 않아도 다시 보입니다.",
    "show": "다시 보이게 했습니다.",
}


def index(request: DeskRequest) -> HttpResponse:
    """What waits, the oldest first; and everything else by tab."""
    require_secretariat(request)
    tab = request.GET.get("tab", "")
    tab = tab if tab in TABS else next(iter(TABS))
    rows = desk_rows()
    addresses = Addresses(request.path, request.GET, "tab")
    page = Paginator(rows[tab], ROWS_A_PAGE).get_page(request.GET.get("page", "1")[:9])
    context = {
        "tabs": [
            (label, addresses.with_(tab=name), len(rows[name]), name == tab)
            for name, label in TABS.items()
        ],
        "rows": page.object_list,
        "pages": addresses.pages(page),
    }
    return render(request, "admin/opinions/index.html", context)


def opinion(request: DeskRequest, pk: int) -> HttpResponse:
    """One opinion with everything that was done to it, and what can be done."""
    require_secretariat(request)
    return _screen(request, pk)


def _screen(
    request: DeskRequest, pk: int, bound: dict[str, forms.Form] | None = None
) -> HttpResponse:
    details = desk_opinion(pk)
    if details is None:
        raise Http404("없는 의견입니다.")
    made = {f"{name}_form": form(prefix=name) for name, form in FORMS.items()}
    if details["reply"] is not None:
        before = {"verdict": details["reply"].verdict, "reason": details["reply"].reason}
        made["reply_form"] = ReplyForm(prefix="reply", initial=before)
    made |= bound or {}
    asked = [
        (one, made.get(f"{_prefix(one)}_form") or AnswerForm(prefix=_prefix(one)))
        for one in details["requests"]
    ]
    context = {**details, **made, "asked": asked, "reasons": REASONS}
    status = 422 if bound else 200
    return render(request, "admin/opinions/opinion.html", context, status=status)


def _prefix(asked: SuspensionRequest) -> str:
    """Several forms stand on one page."""
    return f"asked-{asked.pk}"


@require_POST
def answer(request: DeskRequest, pk: int, asked: int) -> HttpResponse:
    """What became of a 임시조치 요청: carried out, and told to whoever asked."""
    require_secretariat(request)
    found = get_object_or_404(
        SuspensionRequest.objects.select_related("opinion", "person"),
        pk=asked,
        opinion=pk,
        confirmed_at__isnull=False,
    )
    form = AnswerForm(request.POST, prefix=_prefix(found))
    if form.is_valid():
        try:
            answer_suspension_request(request=found, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            _add_errors(form, error)
        else:
            messages.success(request, "답했습니다. 청한 사람에게 메일로 알립니다.")
            return redirect("opinions_desk:opinion", pk)
    return _screen(request, pk, {f"{_prefix(found)}_form": form})


@require_POST
def act(request: DeskRequest, pk: int, what: str) -> HttpResponse:
    """답변, 가리기, 임시조치, 다시 보이기."""
    require_secretariat(request)
    if what not in FORMS:
        raise Http404("그런 일은 없습니다.")
    found = get_object_or_404(Opinion.objects.filter(on__isnull=False), pk=pk)
    form = FORMS[what](request.POST, prefix=what)
    if form.is_valid():
        try:
            ACTS[what](opinion=found, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            _add_errors(form, error)
        else:
            messages.success(request, DONE[what])
            return redirect("opinions_desk:opinion", pk)
    return _screen(request, pk, {f"{what}_form": form})


def _add_errors(form: forms.Form, error: ValidationError) -> None:
    """Beside the field that is meant, else above the form."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, said in error.message_dict.items():
        form.add_error(name if name in form.fields else None, said)


class OpinionsDesk(SecretariatDesk):
    """의견 in the menu of the desk."""

    name = "opinions_desk"
    url_prefix = "opinions"
    menu_label = "의견"
    icon = "comment"
    menu_order = 255

    def get_urlpatterns(self) -> list[Any]:
        return [
            path("", index, name="index"),
            path("<int:pk>/", opinion, name="opinion"),
            path("<int:pk>/asked/<int:asked>/", answer, name="answer"),
            path("<int:pk>/<slug:what>/", act, name="act"),
        ]
