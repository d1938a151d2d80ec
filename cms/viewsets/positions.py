"""입장: 입장 등록자 file what their municipality says; the secretariat holds the documents against it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.views.decorators.http import require_POST
from wagtail.admin.menu import MenuItem

from cms.queries.dialogue import Addresses
from cms.queries.positions import WHOLE, vote_words
from cms.tenancy import DeskRequest
from cms.viewsets.desk import MenuDesk, chosen_place, places_with, require_secretariat
from coalition.advocacy.actions import file_position, verify_position, withdraw_position
from coalition.advocacy.filing import Votes
from coalition.advocacy.models import Act, Position, Stance
from coalition.advocacy.positions import positions_until
from coalition.drafts.models import Provision, Version
from coalition.drafts.text.address import korean_from_eid
from coalition.members.access import Access
from coalition.members.models import Municipality
from coalition.members.queries import today

ROWS_A_PAGE = 50
_LONGEST_KEY = 18
TABS = {
    "every": "모두",
    "waiting": "확인할 것",
    "accepted": "확인함",
    "returned": "돌려보냄",
    "withdrawn": "거둠",
}


class PositionForm(forms.Form):
    """A position as the officer tells it."""

    provision = forms.ModelChoiceField(
        Provision.objects.none(), label="조문", required=False, empty_label=WHOLE
    )
    stance = forms.ChoiceField(label="입장", choices=Stance.choices)
    reason = forms.CharField(
        label="조건이나 까닭",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="조건부이면 꼭 씁니다. 그대로 공개됩니다.",
    )
    act = forms.ChoiceField(label="무엇으로 정했나", choices=Act.choices)
    acted_on = forms.DateField(label="정한 날", widget=forms.DateInput(attrs={"type": "date"}))
    votes_for = forms.IntegerField(label="찬성", min_value=0, max_value=999, required=False)
    votes_against = forms.IntegerField(label="반대", min_value=0, max_value=999, required=False)
    votes_abstained = forms.IntegerField(label="기권", min_value=0, max_value=999, required=False)
    file = forms.FileField(
        label="문서",
        required=False,
        help_text="서명한 공문이나 결의문(.pdf, .hwp, .hwpx, .docx, 30MB까지). 문서가 있어야 사무국이 "
        "확인하고, 확인한 것만 셉니다. 확인하면 공개되니 개인정보를 가리세요.",
    )

    def __init__(self, version: Version, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        articles = version.provisions.filter(kind="article", deleted=False).order_by("order")
        self.fields["provision"].queryset = articles  # type: ignore[attr-defined]
        self.fields["provision"].label_from_instance = lambda p: (  # type: ignore[attr-defined]
            f"{korean_from_eid(p.eid)} {p.title}".strip()
        )

    def votes(self) -> Votes:
        data = self.cleaned_data
        return Votes(data["votes_for"], data["votes_against"], data["votes_abstained"])


class PositionMenuItem(MenuItem):
    """For the secretariat, and for who may file positions."""

    def is_shown(self, request: HttpRequest) -> bool:
        access = Access.of(request.user)
        return access.may_keep_hub or own_place(access) is not None


def own_place(access: Access) -> Municipality | None:
    """The municipality whose positions this user files."""
    place = access.municipality
    return place if place is not None and access.may_state_position(place) else None


def _place(request: DeskRequest) -> Municipality:
    place = own_place(Access.of(request.user))
    if place is None:
        raise PermissionDenied
    return place


def index(request: DeskRequest) -> HttpResponse:
    """The secretariat sees everything, an officer what is of their own municipality."""
    access = Access.of(request.user)
    rows = positions_until(today()).filter(replaced_by__isnull=True).order_by("-pk")
    if not access.may_keep_hub:
        rows = rows.filter(municipality=_place(request))
    chosen, one = chosen_place(request), request.GET.get("position", "")
    if chosen:
        rows = rows.filter(municipality__slug=chosen)
    if one.isdecimal() and len(one) < _LONGEST_KEY:
        rows = rows.filter(pk=int(one))
    piles = _piles(rows)
    tab = request.GET.get("tab", "")
    tab = tab if tab in TABS else "every"
    addresses = Addresses(request.path, request.GET, "tab", "place")
    page = Paginator(piles[tab], ROWS_A_PAGE).get_page(request.GET.get("page", "1")[:9])
    versions = Version.objects.filter(published_at__isnull=False).select_related("bill")
    context = {
        "rows": [(row, _clause(row), _vote(row)) for row in page.object_list],
        "pages": addresses.pages(page),
        "tabs": [
            (label, addresses.with_(tab=name), piles[name].count(), name == tab)
            for name, label in TABS.items()
        ],
        "tab": tab,
        "places": places_with(Position) if access.may_keep_hub else [],
        "chosen": chosen,
        "is_secretariat": access.may_keep_hub,
        "may_file": own_place(access) is not None,
        "versions": versions.defer("source_text").order_by("bill__title", "-order"),
    }
    return render(request, "admin/positions/index.html", context)


def _piles(rows: Any) -> dict[str, Any]:
    """The positions by what became of them."""
    filed = rows.filter(withdrawn=False)
    return {
        "every": rows,
        "waiting": filed.filter(accepted__isnull=True),
        "accepted": filed.filter(accepted=True),
        "returned": filed.filter(accepted=False),
        "withdrawn": rows.filter(withdrawn=True),
    }


def _clause(row: Position) -> str:
    return korean_from_eid(row.provision.eid) or "" if row.provision else WHOLE


def _vote(row: Position) -> str:
    return vote_words(row.votes_for, row.votes_against, row.votes_abstained)


def file(request: DeskRequest, pk: int) -> HttpResponse:
    """Enter a position on a published version."""
    place = _place(request)
    version = get_object_or_404(
        Version.objects.select_related("bill"), pk=pk, published_at__isnull=False
    )
    form = PositionForm(version, request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            made = file_position(
                municipality=place,
                version=version,
                provision=data["provision"],
                stance=data["stance"],
                act=data["act"],
                acted_on=data["acted_on"],
                reason=data["reason"],
                votes=form.votes(),
                file=data["file"],
                by=request.user,
            )
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            told = "앞의 입장을 갈음합니다. " if made.replaces_id else ""
            messages.success(request, f"등록했습니다. {told}사무국이 문서를 확인하면 셉니다.")
            return redirect("positions_desk:index")
    status = 400 if request.method == "POST" else 200
    context = {"form": form, "version": version, "place": place}
    return render(request, "admin/positions/file.html", context, status=status)


@require_POST
def withdraw(request: DeskRequest, pk: int) -> HttpResponse:
    """Take one's own position back: it stays in the ledger and is counted no more."""
    place = _place(request)
    position = get_object_or_404(Position.objects.filter(municipality=place), pk=pk)
    try:
        withdraw_position(position=position, reason=request.POST.get("reason", ""), by=request.user)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, "거두었습니다. 거둔 기록은 남습니다.")
    return redirect("positions_desk:index")


@require_POST
def verify(request: DeskRequest, pk: int) -> HttpResponse:
    """확인 or 돌려보내기 by the secretariat."""
    require_secretariat(request)
    position = get_object_or_404(
        Position.objects.select_related("document", "municipality__region"), pk=pk
    )
    verdict = request.POST.get("verdict", "")
    if verdict not in ("accept", "return"):
        raise Http404("확인하거나 돌려보냅니다.")
    try:
        verify_position(
            position=position,
            accepted=verdict == "accept",
            note=request.POST.get("note", ""),
            show_document="private" not in request.POST,
            by=request.user,
        )
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(
            request, "확인했습니다." if verdict == "accept" else "까닭과 함께 돌려보냈습니다."
        )
    return redirect("positions_desk:index")


class PositionsDesk(MenuDesk):
    """입장 in the menu of the desk."""

    name = "positions_desk"
    url_prefix = "positions"
    menu_label = "입장"
    icon = "pick"
    menu_order = 260
    menu_item_class = PositionMenuItem

    def get_urlpatterns(self) -> list[Any]:
        return [
            path("", index, name="index"),
            path("versions/<int:pk>/", file, name="file"),
            path("<int:pk>/withdraw/", withdraw, name="withdraw"),
            path("<int:pk>/verify/", verify, name="verify"),
        ]
