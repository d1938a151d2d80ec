"""살필 것: what the secretariat has to look after, counted, each list leading to where it is mended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.http import urlencode

from cms.board.tiles import Entry, Look, Tile, rooms, tile_named
from cms.queries.dialogue import Addresses
from cms.tenancy import DeskRequest
from cms.viewsets.desk import SecretariatDesk, require_secretariat

ROWS_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Counted:
    """A tile with its number."""

    tile: Tile
    count: int
    address: str


@dataclass(frozen=True, slots=True)
class Line:
    """An entry, and where it is given to its people as a task."""

    entry: Entry
    as_task: str


def index(request: DeskRequest) -> HttpResponse:
    """Every tile with its number; what is empty is told too, so that nobody wonders."""
    require_secretariat(request)
    look = Look()
    shown = [(room.label, [_counted(tile, look) for tile in room.tiles]) for room in rooms()]
    context = {
        "rooms": shown,
        "whole": sum(one.count for _, counted in shown for one in counted),
    }
    return render(request, "admin/board/index.html", context)


def _counted(tile: Tile, look: Look) -> Counted:
    return Counted(tile, tile.count(look), reverse("board_desk:tile", args=[tile.key]))


def tile(request: DeskRequest, key: str) -> HttpResponse:
    """The list behind one number."""
    require_secretariat(request)
    found = tile_named(key)
    if found is None:
        raise Http404("그런 칸은 없습니다.")
    rows: Any = found.found(Look())
    page = Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("page", "1")[:9])
    context = {
        "tile": found,
        "count": page.paginator.count,
        "lines": [_line(entry, found) for entry in found.entries(list(page.object_list))],
        "pages": Addresses(request.path, request.GET).pages(page),
    }
    return render(request, "admin/board/tile.html", context)


def _line(entry: Entry, found: Tile) -> Line:
    if entry.place is None:
        return Line(entry, "")
    told = {"place": entry.place.slug, "title": f"{found.label}: {entry.title}"[:120]}
    return Line(entry, f"{reverse('tasks_desk:new')}?{urlencode(told)}")


class BoardDesk(SecretariatDesk):
    """살필 것 in the menu of the desk."""

    name = "board_desk"
    url_prefix = "board"
    menu_label = "살필 것"
    icon = "tasks"
    menu_order = 110

    def get_urlpatterns(self) -> list[Any]:
        return [path("", index, name="index"), path("<slug:key>/", tile, name="tile")]
