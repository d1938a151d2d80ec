"""Registration only: the secretariat's screen of the search (search.housekeeping)."""

from __future__ import annotations

from wagtail import hooks

from search.housekeeping import SearchDesk


@hooks.register("register_admin_viewset")
def register_search_desk() -> SearchDesk:
    return SearchDesk()
