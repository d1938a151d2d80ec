"""The secretariat's desk for what stands beside the clauses: notes, and the columns 조례 and 현행법."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.views.decorators.http import require_POST

from cms.queries.clauses import Clause, clause_of
from cms.queries.law import law_text
from cms.tenancy import DeskRequest
from cms.viewsets.desk import SecretariatDesk, require_keeper
from coalition.drafts import actions
from coalition.drafts.beside import beside
from coalition.drafts.models import Counterpart, CounterpartKind, NoteKind, Provision, Version
from coalition.members.models import Municipality
from coalition.particles import object_
from coalition.record.sources import Cited


class NoteForm(forms.Form):
    """One note of one kind."""

    text = forms.CharField(
        label="글",
        required=False,
        max_length=4000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="법문이 아닌 것으로 나옵니다. 비워서 저장하면 거둡니다.",
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)


class CounterpartForm(forms.Form):
    """A text in force, quoted word for word."""

    kind = forms.ChoiceField(label="무엇", choices=CounterpartKind.choices)
    name = forms.CharField(
        label="이름", max_length=200, help_text="지방자치법, 가람시 일자리회 운영 조례"
    )
    article = forms.CharField(label="조문", max_length=60, help_text="제130조제1항")
    text = forms.CharField(
        label="글",
        max_length=20000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="원문을 한 글자도 고치지 않고 옮깁니다.",
    )
    municipality = forms.ModelChoiceField(
        Municipality.objects.select_related("region").filter(valid_to__isnull=True),
        label="조례의 지방정부",
        required=False,
        empty_label="고르지 않음",
    )
    title = forms.CharField(
        label="출처의 제목",
        max_length=300,
        required=False,
        help_text="지방자치법(법률 제21065호). 가상 지방정부의 조례에는 없어도 됩니다.",
    )
    publisher = forms.CharField(label="펴낸 곳", max_length=200, required=False)
    published_on = forms.DateField(
        label="펴낸 날(공포일)", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    address = forms.URLField(label="주소", max_length=500, required=False, assume_scheme="https")

    def cited(self) -> Cited | None:
        """The source that was named, or None."""
        data = self.cleaned_data
        if not data["title"]:
            return None
        return Cited(data["title"], data["publisher"], data["published_on"], data["address"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("title") and not (data.get("publisher") and data.get("published_on")):
            raise ValidationError("출처에는 제목과 펴낸 곳과 펴낸 날을 모두 쓰세요.")
        return data


@dataclass(frozen=True, slots=True)
class Card:
    """One kind of note on the screen: its form, and the text that an older version's note was written for."""

    kind: str
    label: str
    form: NoteForm
    note: Any


def index(request: DeskRequest) -> HttpResponse:
    """Published versions, to choose one."""
    require_keeper(request)
    versions = Version.objects.filter(published_at__isnull=False).select_related("bill")
    context = {"versions": versions.defer("source_text").order_by("bill__title", "-order")}
    return render(request, "admin/clauses/index.html", context)


def version(request: DeskRequest, pk: int) -> HttpResponse:
    """The articles of a version with what stands beside each."""
    require_keeper(request)
    found = get_object_or_404(
        Version.objects.select_related("bill"), pk=pk, published_at__isnull=False
    )
    known = beside(found)
    articles = [article for _, article in law_text(found).pairs]
    clauses = [
        clause_of(article, known.get(article.provision.eid))
        for article in articles
        if article.provision.kind == "article"
    ]
    context = {"version": found, "bill": found.bill, "clauses": clauses}
    return render(request, "admin/clauses/version.html", context)


def clause(request: DeskRequest, pk: int) -> HttpResponse:
    """One article: its text, its notes, its counterparts."""
    require_keeper(request)
    return _clause_page(request, _article(pk))


def _article(pk: int) -> Provision:
    return get_object_or_404(
        Provision.objects.select_related("version__bill"),
        pk=pk,
        kind="article",
        version__published_at__isnull=False,
    )


def _clause_page(
    request: DeskRequest,
    provision: Provision,
    notes: dict[str, NoteForm] | None = None,
    counterpart: CounterpartForm | None = None,
    refused: list[str] | None = None,
) -> HttpResponse:
    shown = _shown(provision)
    context = {
        "version": provision.version,
        "bill": provision.version.bill,
        "provision": provision,
        "clause": shown,
        "cards": _cards(provision, shown, notes or {}),
        "counterpart": counterpart or CounterpartForm(),
        "refused": refused or [],
    }
    status = 409 if refused else 200
    return render(request, "admin/clauses/clause.html", context, status=status)


def _shown(provision: Provision) -> Clause:
    pairs = law_text(provision.version).pairs
    article = next(a for _, a in pairs if a.provision.eid == provision.eid)
    return clause_of(article, beside(provision.version).get(provision.eid))


def _cards(provision: Provision, shown: Clause, given: dict[str, NoteForm]) -> list[Card]:
    own = {note.kind: note for note in provision.notes.order_by("pk")}
    cards = []
    for kind, label in NoteKind.choices:
        note = next((one for one in shown.notes if one.kind == label), None)
        seen = own[kind].pk if kind in own else 0
        first = {"text": "\n".join(note.paragraphs) if note else "", "seen": seen}
        form = given.get(kind) or NoteForm(initial=first, prefix=kind)
        cards.append(Card(kind, label, form, note))
    return cards


@require_POST
def note(request: DeskRequest, pk: int, kind: str) -> HttpResponse:
    """Write a note, or take it away with no words."""
    require_keeper(request)
    if kind not in NoteKind.values:
        raise Http404("없는 갈래입니다.")
    provision = _article(pk)
    form = NoteForm(request.POST, prefix=kind)
    if form.is_valid():
        try:
            written = actions.write_note(
                provision=provision,
                kind=kind,
                text=form.cleaned_data["text"],
                seen=form.cleaned_data["seen"],
                by=request.user,
            )
        except ValidationError as error:
            return _clause_page(request, provision, {kind: form}, refused=error.messages)
        done = "거두었습니다" if written.withdrawn else "저장했습니다"
        messages.success(request, f"{written.get_kind_display()}: {done}.")
        return redirect("clauses_desk:clause", pk)
    return _clause_page(request, provision, {kind: form}, refused=["글은 4,000자까지 씁니다."])


@require_POST
def counterpart(request: DeskRequest, pk: int) -> HttpResponse:
    """Put a text in force beside the article."""
    require_keeper(request)
    provision = _article(pk)
    form = CounterpartForm(request.POST)
    if not form.is_valid():
        return _clause_page(
            request, provision, counterpart=form, refused=["넣지 않았습니다. 빈칸을 살펴보세요."]
        )
    data = form.cleaned_data
    try:
        actions.place_counterpart(
            provision=provision,
            kind=data["kind"],
            name=data["name"],
            article=data["article"],
            text=data["text"],
            municipality=data["municipality"],
            cited=form.cited(),
            by=request.user,
        )
    except ValidationError as error:
        return _clause_page(request, provision, counterpart=form, refused=error.messages)
    named = f"‘{data['name']} {data['article']}’"
    messages.success(request, f"{object_(named)} 나란히 놓았습니다.")
    return redirect("clauses_desk:clause", pk)


@require_POST
def take_away(request: DeskRequest, pk: int) -> HttpResponse:
    """Show a counterpart no longer."""
    require_keeper(request)
    found = get_object_or_404(Counterpart.objects.select_related("provision"), pk=pk)
    try:
        actions.take_counterpart_away(counterpart=found, by=request.user)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, f"{object_(f'‘{found}’')} 거두었습니다.")
    back = request.POST.get("back", "")
    return redirect("clauses_desk:clause", int(back) if back.isdecimal() else found.provision_id)


class ClausesDesk(SecretariatDesk):
    """조문 풀이 in the menu of the desk."""

    name = "clauses_desk"
    url_prefix = "clauses"
    menu_label = "조문 풀이"
    icon = "doc-full-inverse"
    menu_order = 255

    def get_urlpatterns(self) -> list[Any]:
        return [
            path("", index, name="index"),
            path("versions/<int:pk>/", version, name="version"),
            path("<int:pk>/", clause, name="clause"),
            path("<int:pk>/notes/<str:kind>/", note, name="note"),
            path("<int:pk>/counterparts/", counterpart, name="counterpart"),
            path("counterparts/<int:pk>/take-away/", take_away, name="take_away"),
        ]
