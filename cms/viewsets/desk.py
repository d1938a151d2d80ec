"""What the secretariat's desks have in common: an entry in the menu, and the door."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from wagtail.admin.viewsets.base import ViewSet

from cms.menu import SecretariatMenuItem
from cms.tenancy import DeskRequest
from coalition.members.access import Access


class SecretariatDesk(ViewSet):
    """A desk in the menu of the secretariat; its first address is where the menu leads."""

    add_to_admin_menu = True
    menu_item_class = SecretariatMenuItem

    @property
    def menu_name(self) -> str:
        return str(self.name)


def require_secretariat(request: DeskRequest) -> None:
    """Only who keeps the hub gets past; others are told by the guard that there is nothing."""
    if not Access.of(request.user).may_keep_hub:
        raise PermissionDenied


def require_keeper(request: DeskRequest) -> None:
    """Only who keeps bills gets past."""
    if not Access.of(request.user).may_keep_bills:
        raise PermissionDenied
