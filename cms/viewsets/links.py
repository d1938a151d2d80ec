"""조문 연결: municipalities tie their own cases to clauses, the secretariat anything; another person reviews."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Model
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.views.decorators.http import require_POST

from cms.menu import LinkMenuItem
from cms.queries.dialogue import Addresses
from cms.queries.links import TABS, desk_links
from cms.targets import own_targets, thing_at
from cms.tenancy import DeskRequest
from cms.viewsets.desk import SecretariatDesk, require_keeper
from coalition.drafts import actions
from coalition.drafts.links import LINKED_KINDS, lines_then
from coalition.drafts.models import Bill, ClauseLink, LinkKind, Provision, Relation, Version
from coalition.drafts.queries import published_versions
from coalition.drafts.targets import kind_of
from coalition.drafts.text.address import korean_from_eid, resolve
from coalition.drafts.text.parse import parse
from coalition.members.access import Access
from coalition.members.models import Municipality

ROWS_A_PAGE = 50


class LinkForm(forms.Form):
    """What is tied to which clause, and why."""

    bill = forms.ModelChoiceField(Bill.objects.none(), label="법안", empty_label="고르세요")
    clause = forms.CharField(
        label="조문",
        max_length=60,
        help_text="가장 새 판의 조나 항을 씁니다. 제17조, 제17조제1항",
    )
    kind = forms.ChoiceField(label="갈래", choices=LinkKind.choices)
    relation = forms.ChoiceField(
        label="장애와의 관계",
        required=False,
        choices=[("", "장애가 아닙니다"), *Relation.choices],
        help_text="장애를 이을 때에만 고릅니다.",
    )
    note = forms.CharField(
        label="까닭",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="이것이 이 조문에 대해 무엇을 말해 주는지 한두 문장으로. 공개됩니다.",
    )

    def __init__(self, municipality: Municipality | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bills = Bill.objects.filter(versions__published_at__isnull=False).distinct()
        self.fields["bill"].queryset = bills  # type: ignore[attr-defined]
        self.fields["bill"].initial = bills.first()
        if municipality is None:
            self.fields["thing"] = forms.CharField(
                label="무엇을",
                max_length=300,
                help_text="이을 쪽의 주소를 붙여 넣습니다. /municipalities/…/cases/…/, /questions/…/15/",
            )
        else:
            self.fields["thing"] = forms.ChoiceField(
                label="우리 사례나 장애", choices=own_targets(municipality)
            )
        self.order_fields(["thing", "bill", "clause", "kind", "relation", "note"])

    def clean_thing(self) -> Model:
        """The thing itself."""
        found = thing_at(self.cleaned_data["thing"])
        if found is None:
            raise ValidationError("이 주소에는 조문에 이을 수 있는 것이 없습니다.")
        return found

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("bill") and data.get("clause"):
            data["provision"] = _clause_named(data["bill"], data["clause"])
            if data["provision"] is None:
                self.add_error("clause", "가장 새 판에서 이런 조나 항을 찾지 못했습니다.")
        return data


def _clause_named(bill: Bill, written: str) -> Provision | None:
    newest = published_versions(bill).first()
    if newest is None:
        return None
    eid = resolve(parse(newest.source_text).tree, written.strip())
    rows = Provision.objects.select_related("version__bill").filter(kind__in=LINKED_KINDS)
    return rows.filter(version=newest, eid=eid).first() if eid else None


class BecauseForm(forms.Form):
    """Why a link is declined or taken away."""

    because = forms.CharField(label="까닭", max_length=300)


def index(request: DeskRequest) -> HttpResponse:
    """Links by what has to be done with them. A municipality sees those of its own things."""
    found = desk_links(_scope(request))
    tab = request.GET.get("tab", "")
    tab = tab if tab in TABS else next((t for t in TABS if _of(found, t)), "proposed")
    page = Paginator(_of(found, tab), ROWS_A_PAGE).get_page(request.GET.get("page", "1")[:9])
    addresses = Addresses(request.path, request.GET, "tab")
    context = {
        "tabs": [
            (label, addresses.with_(tab=name), len(_of(found, name)), name == tab)
            for name, label in TABS.items()
        ],
        "rows": page.object_list,
        "pages": addresses.pages(page),
        "reviews": Access.of(request.user).may_review_links,
    }
    return render(request, "admin/links/index.html", context)


def _of(found: list[Any], tab: str) -> list[Any]:
    return [one for one in found if one.placed.standing == tab]


def _scope(request: DeskRequest) -> Municipality | None:
    """None for the secretariat: everything. Raises PermissionDenied for who does neither."""
    access = Access.of(request.user)
    if access.may_review_links:
        return None
    if access.municipality is None or not access.may_propose_link(access.municipality):
        raise PermissionDenied
    return access.municipality


def new(request: DeskRequest) -> HttpResponse:
    """Propose a link."""
    municipality = _scope(request)
    if request.method != "POST":
        first = {name: request.GET.get(name, "") for name in ("thing", "clause", "bill")}
        form = LinkForm(municipality, initial={k: v for k, v in first.items() if v})
        return render(request, "admin/links/new.html", {"form": form})
    form = LinkForm(municipality, request.POST)
    if form.is_valid():
        data = form.cleaned_data
        if not Access.of(request.user).may_propose_link(
            kind_of(data["thing"]).owner(data["thing"])
        ):
            raise Http404("다른 지방정부의 것입니다.")
        try:
            link = actions.propose_link(
                provision=data["provision"],
                thing=data["thing"],
                kind=data["kind"],
                relation=data["relation"],
                note=data["note"],
                by=request.user,
            )
        except ValidationError as error:
            form.add_error(None, error.messages[0])
        else:
            messages.success(request, "제안했습니다. 다른 사람이 검토하면 공개됩니다.")
            return redirect("links_desk:detail", link.pk)
    return render(request, "admin/links/new.html", {"form": form}, status=422)


def _link(request: DeskRequest, pk: int) -> ClauseLink:
    municipality = _scope(request)
    rows = ClauseLink.objects.select_related("provision__version__bill", "linked_by")
    if municipality is not None:
        rows = rows.filter(municipality=municipality)
    return get_object_or_404(rows, pk=pk)


def detail(request: DeskRequest, pk: int) -> HttpResponse:
    """A link: both texts, its history, what can be done."""
    return _detail_page(request, _link(request, pk))


def _detail_page(
    request: DeskRequest, link: ClauseLink, refused: list[str] | None = None
) -> HttpResponse:
    access = Access.of(request.user)
    found = next((one for one in desk_links(link.municipality) if one.key == link.pk), None)
    if found is None and link.municipality is None:
        found = next((one for one in desk_links(None) if one.key == link.pk), None)
    own = link.linked_by_id == request.user.pk
    version = found.version if found else None
    context = {
        "link": link,
        "found": found,
        "then": lines_then(found.placed.seen, version) if found and version else (),
        "now": [(place, _lines(version, place.eid)) for place in found.places] if found else [],
        "steps": link.steps.select_related("by", "provision__version").order_by("pk"),
        "may_confirm": bool(found and found.waits and access.may_review_links and not own),
        "may_decline": bool(
            found and found.placed.standing == "proposed" and access.may_review_links and not own
        ),
        "may_withdraw": bool(found and _may_withdraw(access, link)),
        "is_own": own,
        "refused": refused or [],
    }
    status = 409 if refused else 200
    return render(request, "admin/links/detail.html", context, status=status)


def _lines(version: Version | None, eid: str) -> tuple[str, ...]:
    provision = Provision.objects.select_related("version").get(version=version, eid=eid)
    return lines_then(provision, provision.version)


def _may_withdraw(access: Access, link: ClauseLink) -> bool:
    """Whoever keeps bills, and who linked it: nobody takes somebody else's objection away."""
    return access.may_review_links or link.linked_by_id == access.user.pk


@require_POST
def confirm(request: DeskRequest, pk: int) -> HttpResponse:
    """Agree for the clause that was chosen."""
    require_keeper(request)
    link = _link(request, pk)
    chosen = request.POST.get("provision", "")
    rows = Provision.objects.select_related("version__bill")
    provision = rows.filter(version__bill=link.provision.version.bill_id, eid=chosen).filter(
        version__no=request.POST.get("no", "")
    )
    found = provision.first()
    if found is None:
        return _detail_page(request, link, ["어느 조문에 대해 확정하는지 고르세요."])
    try:
        actions.confirm_link(link=link, provision=found, by=request.user)
    except ValidationError as error:
        return _detail_page(request, link, error.messages)
    newest = link.steps.order_by("-pk").first()
    said = newest.get_state_display() if newest else ""
    messages.success(request, f"{korean_from_eid(found.eid)}: {said}.")
    return redirect("links_desk:index")


@require_POST
def decline(request: DeskRequest, pk: int) -> HttpResponse:
    """Refuse a proposal."""
    require_keeper(request)
    return _ended(request, _link(request, pk), actions.decline_link, "반려했습니다.")


@require_POST
def withdraw(request: DeskRequest, pk: int) -> HttpResponse:
    """Take a link away from every page."""
    link = _link(request, pk)
    if not _may_withdraw(Access.of(request.user), link):
        raise PermissionDenied
    return _ended(request, link, actions.withdraw_link, "거두었습니다. 모든 쪽에서 사라집니다.")


def _ended(request: DeskRequest, link: ClauseLink, action: Any, done: str) -> HttpResponse:
    form = BecauseForm(request.POST)
    if not form.is_valid():
        return _detail_page(request, link, ["까닭을 300자까지 쓰세요."])
    try:
        action(link=link, because=form.cleaned_data["because"], by=request.user)
    except ValidationError as error:
        return _detail_page(request, link, error.messages)
    messages.success(request, done)
    return redirect("links_desk:index")


class LinksDesk(SecretariatDesk):
    """조문 연결 in the menu, for municipalities too."""

    name = "links_desk"
    url_prefix = "links"
    menu_label = "조문 연결"
    icon = "link"
    menu_order = 256
    menu_item_class = LinkMenuItem

    def get_urlpatterns(self) -> list[Any]:
        return [
            path("", index, name="index"),
            path("new/", new, name="new"),
            path("<int:pk>/", detail, name="detail"),
            path("<int:pk>/confirm/", confirm, name="confirm"),
            path("<int:pk>/decline/", decline, name="decline"),
            path("<int:pk>/withdraw/", withdraw, name="withdraw"),
        ]
