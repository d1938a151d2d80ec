"""연락처: which post of a municipality answers. Everybody at a desk reads all, each keeps the own."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.views.decorators.http import require_POST

from cms.menu import EveryDeskMenuItem
from cms.queries.dialogue import Addresses
from cms.tenancy import DeskRequest
from cms.viewsets.desk import MenuDesk
from coalition.members.access import Access
from coalition.members.actions import enter_contact, withdraw_contact
from coalition.members.contacts import contacts
from coalition.members.models import ContactPost, Municipality
from coalition.members.queries import members, today
from coalition.record.models import Source
from coalition.record.sources import Cited

PLACES_A_PAGE = 30


class ContactForm(forms.Form):
    """A post as it answers."""

    post = forms.CharField(label="부서", max_length=60, help_text="사람이 아니라 부서를 씁니다.")
    duty = forms.CharField(label="맡은 일", max_length=120, required=False)
    telephone = forms.CharField(
        label="사무실 전화",
        max_length=20,
        help_text="보기: 062-960-0000. 휴대전화는 쓰지 않습니다.",
    )
    email = forms.EmailField(
        label="부서 전자우편",
        max_length=120,
        required=False,
        help_text="기관의 주소(.go.kr, .or.kr)만 씁니다.",
    )
    replaces = forms.ModelChoiceField(
        ContactPost.objects.none(),
        label="고쳐 적을 연락처",
        required=False,
        empty_label="없음(새 연락처)",
    )
    source_address = forms.URLField(
        label="출처의 주소",
        max_length=500,
        assume_scheme="https",
        help_text="누리집의 조직·업무 안내",
        error_messages={"required": "실제 지방정부의 연락처에는 출처가 있어야 합니다."},
    )

    def __init__(self, place: Municipality, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.place = place
        replaces: Any = self.fields["replaces"]
        replaces.queryset = contacts().filter(municipality=place)
        replaces.label_from_instance = lambda row: f"{row.post} {row.telephone}"
        if place.fictional:
            del self.fields["source_address"]

    def source(self) -> Source | None:
        """Where the number stands; a fictional municipality has no such page."""
        address = self.cleaned_data.get("source_address")
        if not address:
            return None
        title = f"{self.place.full_name} 조직·업무 안내"
        return Cited(title, self.place.full_name, today(), address).source()


def _require_desk(request: DeskRequest) -> Access:
    access = Access.of(request.user)
    if not (access.may_keep_hub or access.serves_a_municipality):
        raise PermissionDenied
    return access


def index(request: DeskRequest) -> HttpResponse:
    """The posts of all municipalities; members that have none are told at the end."""
    access = _require_desk(request)
    listed = [
        (place, list(rows)) for place, rows in groupby(contacts(), key=lambda row: row.municipality)
    ]
    known = {place.pk for place, _ in listed}
    asked = request.GET.get("q", "").strip()[:60]
    found = [(place, rows) for place, rows in listed if asked in place.full_name]
    page = Paginator(found, PLACES_A_PAGE).get_page(request.GET.get("page", "1")[:9])
    context = {
        "listed": page.object_list,
        "pages": Addresses(request.path, request.GET, "q").pages(page),
        "asked": asked,
        "many": len(listed) > PLACES_A_PAGE,
        "without": [place for place in members().order_by("code") if place.pk not in known],
        "own": access.municipality,
        "keeps": access.may_keep_hub,
    }
    return render(request, "admin/contacts/index.html", context)


def _place(request: DeskRequest, slug: str) -> Municipality:
    """The municipality of the address, for who keeps its posts."""
    place = Municipality.objects.select_related("region").filter(slug=slug).first()
    if place is None or not _require_desk(request).may_keep_contacts(place):
        raise Http404("없는 지방정부이거나 고칠 수 없는 연락처입니다.")
    return place


def place(request: DeskRequest, slug: str) -> HttpResponse:
    """The posts of one municipality, and a new one."""
    found = _place(request, slug)
    form = ContactForm(found, request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = {k: v for k, v in form.cleaned_data.items() if k != "source_address"}
        try:
            with transaction.atomic():
                enter_contact(municipality=found, source=form.source(), by=request.user, **told)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, "적었습니다. 지방정부의 쪽에 보입니다.")
            return redirect("contacts_desk:place", slug)
    context = {"place": found, "rows": contacts().filter(municipality=found), "form": form}
    status = 400 if request.method == "POST" else 200
    return render(request, "admin/contacts/place.html", context, status=status)


@require_POST
def withdraw(request: DeskRequest, slug: str, contact: int) -> HttpResponse:
    """Take a post out of the list."""
    found = _place(request, slug)
    row = get_object_or_404(ContactPost, pk=contact, municipality=found)
    try:
        withdraw_contact(contact=row, by=request.user)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, "거두었습니다. 기록은 남습니다.")
    return redirect("contacts_desk:place", slug)


class ContactsDesk(MenuDesk):
    """연락처 in the menu of every desk."""

    name = "contacts_desk"
    url_prefix = "contacts"
    menu_label = "연락처"
    icon = "mail"
    menu_order = 510
    menu_item_class = EveryDeskMenuItem

    def get_urlpatterns(self) -> list[Any]:
        return [
            path("", index, name="index"),
            path("<slug:slug>/", place, name="place"),
            path("<slug:slug>/<int:contact>/withdraw/", withdraw, name="withdraw"),
        ]
