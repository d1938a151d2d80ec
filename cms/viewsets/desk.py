"""What the desks have in common: an entry in the menu, the door, and a form that an action takes or refuses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model
from django.http import Http404
from wagtail.admin.viewsets.base import ViewSet

from cms.menu import DeskMenuItem, SecretariatMenuItem
from cms.tenancy import DeskRequest
from coalition.members.access import Access
from coalition.members.models import Municipality


class MenuDesk(ViewSet):
    """A desk with an entry in the menu; its first address is where the menu leads, `menu_item_class` says whose
    menu it is."""

    add_to_admin_menu = True

    @property
    def menu_name(self) -> str:
        return str(self.name)


class SecretariatDesk(MenuDesk):
    """A desk in the menu of the secretariat."""

    menu_item_class = SecretariatMenuItem


class MunicipalityDesk(MenuDesk):
    """A desk in the menu of a municipality's people. Its addresses name the municipality, so that a named
    deputy can work there too."""

    menu_item_class = DeskMenuItem


def editable_place(request: DeskRequest, slug: str) -> Municipality:
    """The municipality of the address: 404 for who has no business there, 403 for who may only look."""
    place = Municipality.objects.select_related("region").filter(slug=slug).first()
    access = Access.of(request.user)
    if place is None or not access.may_view(place):
        raise Http404("없는 지방정부이거나 볼 수 없는 책상입니다.")
    if not access.may_edit(place):
        raise PermissionDenied
    return place


def was_done(form: Any, act: Callable[[], object]) -> bool:
    """Whether what was sent is good and the action took it; else the form says why."""
    if not form.is_valid():
        return False
    try:
        act()
    except ValidationError as error:
        form.add_error(None, error.messages)
        return False
    return True


def require_secretariat(request: DeskRequest) -> None:
    """Only who keeps the hub gets past; others are told by the guard that there is nothing."""
    if not Access.of(request.user).may_keep_hub:
        raise PermissionDenied


def require_keeper(request: DeskRequest) -> None:
    """Only who keeps bills gets past."""
    if not Access.of(request.user).may_keep_bills:
        raise PermissionDenied


def chosen_place(request: DeskRequest) -> str:
    """The address of the municipality that a desk's list is narrowed to; only the secretariat's lists are."""
    return request.GET.get("place", "")[:60] if Access.of(request.user).may_keep_hub else ""


def places_with(model: type[Model]) -> list[tuple[str, str]]:
    """Municipalities that have rows of this kind, by address and name."""
    known = model._default_manager.order_by().values("municipality")
    rows = Municipality.objects.select_related("region").filter(pk__in=known)
    return [(row.slug, row.full_name) for row in rows.order_by("code")]
