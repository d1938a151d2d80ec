"""비식별 검토: the secretariat looks at what citizens wrote before anybody else may read it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from cms.queries.dialogue import Addresses
from cms.tenancy import DeskRequest
from cms.viewsets.desk import SecretariatDesk, require_secretariat
from coalition.dialogue import actions
from coalition.dialogue.models import Answer, Paper, Question
from coalition.dialogue.papers import waiting_answers, waiting_questions
from coalition.record.privacy import find_personal_data

ROWS_A_PAGE = 50
KINDS = {"answers": "답변", "questions": "질문"}


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text. `kind` says what it looks like, if like personal data."""

    text: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A row of the screen: the text in pieces, and why it needs a second look."""

    row: Question | Answer
    pieces: list[Piece]
    reasons: list[str]


def in_pieces(text: str) -> list[Piece]:
    """The text cut at what looks like personal data."""
    pieces, done = [], 0
    for hit in find_personal_data(text):
        pieces += [Piece(text[done : hit.start]), Piece(text[hit.start : hit.end], hit.kind)]
        done = hit.end
    return [piece for piece in (*pieces, Piece(text[done:])) if piece.text]


def _waiting(row: Question | Answer) -> Waiting:
    reasons = [hit.reason for text in (row.text, row.origin) for hit in find_personal_data(text)]
    return Waiting(row, in_pieces(row.text), list(dict.fromkeys(reasons)))


class WithholdForm(forms.Form):
    """A text that is public and should not be."""

    kind = forms.ChoiceField(label="무엇을", choices=list(KINDS.items()))
    paper = forms.ModelChoiceField(
        Paper.objects.all(), label="어느 글의", to_field_name="key", empty_label="고르세요"
    )
    number = forms.IntegerField(label="번호", min_value=1, max_value=9_999_999)
    because = forms.CharField(
        label="내리는 까닭", max_length=200, help_text="기록에만 남습니다. 개인정보는 적지 마세요."
    )

    def found(self) -> Question | Answer | None:
        """The question or answer that is meant."""
        model = Answer if self.cleaned_data["kind"] == "answers" else Question
        rows = model._default_manager.select_related("paper").filter(withheld_at__isnull=True)
        return rows.filter(
            paper=self.cleaned_data["paper"], number=self.cleaned_data["number"]
        ).first()


def index(request: DeskRequest) -> HttpResponse:
    """What waits, a page at a time, and the form that takes something down."""
    require_secretariat(request)
    return _screen(request, WithholdForm())


def _screen(request: DeskRequest, form: WithholdForm, status: int = 200) -> HttpResponse:
    kind = request.GET.get("kind", "")
    kind = kind if kind in KINDS else "answers"
    rows: Any = waiting_answers() if kind == "answers" else waiting_questions()
    related = ("paper", "question") if kind == "answers" else ("paper",)
    ordered = rows.select_related(*related).order_by("paper", "number")
    page = Paginator(ordered, ROWS_A_PAGE).get_page(request.GET.get("page", "1")[:9])
    shown = [_waiting(row) for row in page.object_list]
    addresses = Addresses(request.path, request.GET, "kind")
    counts = {"answers": waiting_answers().count(), "questions": waiting_questions().count()}
    context = {
        "kind": kind,
        "tabs": [
            (label, addresses.with_(kind=name), counts[name], name == kind)
            for name, label in KINDS.items()
        ],
        "rows": shown,
        "clean": sum(not row.reasons for row in shown),
        "pages": addresses.pages(page),
        "form": form,
    }
    return render(request, "admin/deidentification/index.html", context, status=status)


@require_POST
def complete(request: DeskRequest) -> HttpResponse:
    """검토 완료 for what was ticked, or for what was shown and has no warning."""
    require_secretariat(request)
    kind = request.POST.get("kind", "")
    clean = "clean" in request.POST
    names = request.POST.getlist("shown" if clean else "chosen")
    pks = [
        int(name)
        for name in names[:ROWS_A_PAGE]
        if name.isascii() and name.isdecimal() and len(name) < 19
    ]
    model = Question if kind == "questions" else Answer
    if clean:
        rows = model._default_manager.filter(pk__in=pks)
        pks = [row.pk for row in rows if not _waiting(row).reasons]
    try:
        if model is Question:
            done = actions.complete_deidentification_review(questions=pks, by=request.user)
        else:
            done = actions.complete_deidentification_review(answers=pks, by=request.user)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, f"{done}건의 검토를 마쳐 공개했습니다.")
    return redirect(f"{reverse('deidentification:index')}?kind={_known(kind)}")


@require_POST
def withhold(request: DeskRequest) -> HttpResponse:
    """Take a question or an answer down, public or waiting."""
    require_secretariat(request)
    form = WithholdForm(request.POST)
    if not form.is_valid():
        return _screen(request, form, status=422)
    found = form.found()
    if found is None:
        form.add_error("number", "그 번호의 글이 없거나 이미 내렸습니다.")
        return _screen(request, form, status=422)
    because = form.cleaned_data["because"]
    if isinstance(found, Answer):
        actions.withhold_answer(answer=found, because=because, by=request.user)
    else:
        actions.withhold_question(question=found, because=because, by=request.user)
    kind = form.cleaned_data["kind"]
    messages.success(request, f"{KINDS[kind]} {found.number}번을 내렸습니다.")
    return redirect(f"{reverse('deidentification:index')}?kind={kind}")


def _known(kind: str) -> str:
    return kind if kind in KINDS else "answers"


class DeidentificationDesk(SecretariatDesk):
    """비식별 검토 in the menu of the desk."""

    name = "deidentification"
    url_prefix = "deidentification"
    menu_label = "비식별 검토"
    icon = "view"
    menu_order = 250

    def get_urlpatterns(self) -> list[Any]:
        return [
            path("", index, name="index"),
            path("complete/", complete, name="complete"),
            path("withhold/", withhold, name="withhold"),
        ]
