"""Registration only: the secretariat's screen of the search (search.housekeeping)."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from wagtail import hooks

from cms.menu import SecretariatMenuItem
from search.housekeeping import desk_urls


@hooks.register("register_admin_urls")
def register_search_desk() -> list[Any]:
    return desk_urls


@hooks.register("register_admin_menu_item")
def register_search_desk_menu() -> SecretariatMenuItem:
    return SecretariatMenuItem(
        "검색 살림", reverse("search_desk"), name="search_desk", icon_name="search", order=270
    )
