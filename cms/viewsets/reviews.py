"""검토 링크 of a page, made by its own people; 공동 사례집, decided by the 사무국."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_POST
from wagtail.models import Page

from cms.actions import LONGEST_REVIEW, decide_case_book, make_review_link, revoke_review_link
from cms.case_books import MOST_CASES, compose, keep_case_book, printed
from cms.models import CaseBookEntry, CasePage, ReviewLink
from cms.models.base import HubPage
from cms.queries.case_book import editions, takeable
from cms.reviews import decided_entries, links_of_page, waiting_entries
from cms.tenancy import DeskRequest
from cms.viewsets.desk import SecretariatDesk, require_secretariat
from coalition.drafts.exports.printing import PrintingFailed

PAGE = 50


class LinkForm(forms.Form):
    """For whom, and for how long."""

    reader = forms.CharField(
        label="누구에게",
        max_length=60,
        help_text="기관이나 역할만 적습니다. 보기: 노동연구원 검토자",
        error_messages={"required": "누구에게 보내는지 적으세요."},
    )
    days = forms.IntegerField(
        label="며칠 동안",
        initial=7,
        min_value=1,
        max_value=LONGEST_REVIEW,
        error_messages={
            "required": "며칠인지 적으세요.",
            "invalid": "숫자로 적으세요.",
            "min_value": "하루보다 짧을 수 없습니다.",
            "max_value": f"{LONGEST_REVIEW}일까지 줄 수 있습니다.",
        },
    )


def _page_of(request: DeskRequest, page_id: int) -> Page:
    page = get_object_or_404(Page, pk=page_id).specific
    if not isinstance(page, HubPage) or not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    return page


def review_links(request: DeskRequest, page_id: int) -> HttpResponse:
    """All links of the page, and a form for a new one. A new link is shown once."""
    page, made = _page_of(request, page_id), ""
    form = LinkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        _, token = make_review_link(page=page, by=request.user, **form.cleaned_data)
        made = settings.HUB_BASE_URL + reverse("review", args=[token])
        form = LinkForm()
    context = {"page": page, "links": links_of_page(page), "form": form, "made": made}
    return render(request, "admin/pages/review_links.html", context)


@require_POST
def revoke(request: DeskRequest, page_id: int, review_id: int) -> HttpResponse:
    """Close it now."""
    page = _page_of(request, page_id)
    link = get_object_or_404(ReviewLink, pk=review_id, page=page)
    revoke_review_link(link=link, by=request.user)
    messages.success(request, "링크를 거두었습니다. 이제 열리지 않습니다.")
    return redirect("review_links", page.pk)


REVIEW_URLS = [
    path("review-links/<int:page_id>/", review_links, name="review_links"),
    path("review-links/<int:page_id>/<int:review_id>/revoke/", revoke, name="revoke_review_link"),
]


def case_book(request: DeskRequest) -> HttpResponse:
    """What waits for 사무국 확인, and what was decided."""
    require_secretariat(request)
    context = {
        "waiting": waiting_entries(),
        "editions": editions(),
        "decided": Paginator(decided_entries(), PAGE).get_page(request.GET.get("p")),
    }
    return render(request, "admin/pages/case_book.html", context)


@require_POST
def decide(request: DeskRequest, pk: int) -> HttpResponse:
    """Take it or not."""
    require_secretariat(request)
    entry = get_object_or_404(CaseBookEntry, pk=pk)
    taken = request.POST.get("do") == "take"
    reason = request.POST.get("reason", "")[:300]
    try:
        decide_case_book(entry=entry, taken=taken, reason=reason, by=request.user)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, "사례집에 실었습니다." if taken else "싣지 않기로 했습니다.")
    return redirect("case_book:index")


class EditionForm(forms.Form):
    """A new edition: which cases, in which order. An empty place leaves a case out."""

    title = forms.CharField(label="이름", max_length=120, initial="지속가능 일자리 공동 사례집")
    foreword = forms.CharField(
        label="여는 글", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 5})
    )

    def __init__(self, cases: list[CasePage], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cases = {f"place_{page.pk}": page for page in cases}
        for number, (name, page) in enumerate(self.cases.items(), start=1):
            self.fields[name] = forms.IntegerField(
                label=page.title,
                min_value=1,
                max_value=999,
                required=False,
                initial=number if number <= MOST_CASES else None,
            )

    @property
    def places(self) -> list[forms.BoundField]:
        return [self[name] for name in self.cases]

    def chosen(self) -> list[CasePage]:
        """The cases in the order of their numbers."""
        given = [(self.cleaned_data[name], page) for name, page in self.cases.items()]
        return [page for place, page in sorted(given, key=lambda one: one[0] or 0) if place]


def make(request: DeskRequest) -> HttpResponse:
    """Choose and order cases, then print an edition. It takes some seconds."""
    require_secretariat(request)
    form = EditionForm(list(takeable()), request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            book = compose(
                title=form.cleaned_data["title"],
                foreword=form.cleaned_data["foreword"],
                pages=form.chosen(),
            )
            edition = keep_case_book(book=book, pdf=printed(book), by=request.user)
        except ValidationError as error:
            form.add_error(None, error.messages)
        except PrintingFailed as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"제{edition.number}판을 만들었습니다.")
            return redirect("edition", edition.number)
    status = 400 if request.method == "POST" else 200
    return render(request, "admin/pages/make_case_book.html", {"form": form}, status=status)


class CaseBookDesk(SecretariatDesk):
    """공동 사례집, for the secretariat."""

    name = "case_book"
    url_prefix = "case-book"
    menu_label = "공동 사례집"
    icon = "doc-full-inverse"
    menu_order = 350

    def get_urlpatterns(self) -> list[Any]:
        return [
            path("", case_book, name="index"),
            path("make/", make, name="make"),
            path("<int:pk>/decide/", decide, name="decide"),
        ]
