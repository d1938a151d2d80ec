"""지방정부의 책상: how every municipality's desk stands, for the 사무국."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path

from cms.queries.desks import desk_states
from cms.tenancy import DeskRequest
from cms.viewsets.desk import SecretariatDesk, require_secretariat


def states(request: DeskRequest) -> HttpResponse:
    """All of them, those that need somebody first."""
    require_secretariat(request)
    return render(request, "admin/home/states_all.html", {"states": desk_states()})


class StatesDesk(SecretariatDesk):
    """For the secretariat."""

    name = "desk_states"
    url_prefix = "desks"
    menu_label = "지방정부의 책상"
    icon = "group"
    menu_order = 340

    def get_urlpatterns(self) -> list[Any]:
        return [path("", states, name="index")]
