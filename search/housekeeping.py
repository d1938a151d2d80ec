"""The secretariat's screen of the search: what was looked for in vain, words, and the search server."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from cms.tenancy import DeskRequest
from cms.viewsets.desk import SecretariatDesk, require_secretariat
from coalition.particles import object_
from search import actions, mirror, retokenising
from search.backends import elastic
from search.files import readable_documents
from search.models import (
    DeadLetter,
    FruitlessQuery,
    SearchDocument,
    SearchWord,
    TextState,
    WordKind,
)

_SHOWN = 100


def index(request: DeskRequest) -> HttpResponse:
    """Everything on one page."""
    require_secretariat(request)
    words = SearchWord.objects.all()
    context = {
        "fruitless": FruitlessQuery.objects.order_by("-times", "-last_on", "text")[:_SHOWN],
        "synonyms": words.filter(kind=WordKind.SYNONYM),
        "terms": words.filter(kind=WordKind.TERM),
        "documents": SearchDocument.objects.filter(deleted=False).count(),
        "left": retokenising.left(),
        "withheld": _withheld(),
        "has_server": elastic.configured(),
        "standings": mirror.standings(),
        "letters": DeadLetter.objects.select_related("document").order_by("-at")[:_SHOWN],
    }
    return render(request, "admin/search/index.html", context)


@dataclass(frozen=True, slots=True)
class Withheld:
    """A file that is not findable because of what stands in it: what kind of number, on which pages."""

    title: str
    address: str
    numbers: tuple[str, ...]


def _withheld() -> list[Withheld]:
    """Those that a public page uses now: anybody can still open them, so somebody has to act."""
    documents = readable_documents().filter(search_text__state=TextState.WITHHELD)
    return [
        Withheld(
            document.title,
            reverse("wagtaildocs:edit", args=[document.pk]),
            tuple(
                f"{kind} {page}쪽" if page else kind for kind, page in document.search_text.stopped
            ),
        )
        for document in documents.select_related("search_text").order_by("pk")[:_SHOWN]
    ]


@require_POST
def add(request: DeskRequest) -> HttpResponse:
    """A synonym (perhaps for what somebody looked for in vain), or a term."""
    require_secretariat(request)
    written, asked = request.POST.get("written", ""), request.POST.get("asked", "").strip()
    if request.POST.get("kind") == WordKind.TERM:
        done = "더했습니다. 검색 문서를 뒤에서 차례로 다시 나눕니다."
        return _do(request, lambda: actions.add_term(written=written, by=request.user), done)
    line = f"{asked.replace(',', ' ')}, {written}" if asked else written
    said = f"더했습니다. 이제 {object_(f'‘{line}’')} 함께 찾습니다."
    return _do(request, lambda: _add_synonym(line, asked, request.user), said)


def _add_synonym(line: str, asked: str, user: Any) -> None:
    actions.add_synonym(written=line, by=user)
    for query in FruitlessQuery.objects.filter(text=asked):
        actions.dismiss_query(query=query, by=user)


@require_POST
def remove(request: DeskRequest, pk: int) -> HttpResponse:
    """Take a word away."""
    require_secretariat(request)
    word = get_object_or_404(SearchWord, pk=pk)
    return _do(request, lambda: actions.remove_word(word=word, by=request.user), "뺐습니다.")


@require_POST
def dismiss(request: DeskRequest, pk: int) -> HttpResponse:
    """Nothing has to be done for this query."""
    require_secretariat(request)
    query = get_object_or_404(FruitlessQuery, pk=pk)
    return _do(
        request, lambda: actions.dismiss_query(query=query, by=request.user), "목록에서 뺐습니다."
    )


def _do(request: DeskRequest, act: Callable[[], object], done: str) -> HttpResponse:
    try:
        act()
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, done)
    return redirect("search_desk:index")


class SearchDesk(SecretariatDesk):
    """검색 살림 in the menu of the desk."""

    name = "search_desk"
    url_prefix = "search-desk"
    menu_label = "검색 살림"
    icon = "search"
    menu_order = 270

    def get_urlpatterns(self) -> list[Any]:
        return [
            path("", index, name="index"),
            path("add/", add, name="add"),
            path("remove/<int:pk>/", remove, name="remove"),
            path("dismiss/<int:pk>/", dismiss, name="dismiss"),
        ]
