"""일자리회: who sits in it and which divisions it has, from when to when.

The municipality's people keep their own, the secretariat every one (coalition.members.access.may_keep_body).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path

from cms.menu import EveryDeskMenuItem
from cms.tenancy import DeskRequest
from cms.viewsets import body_forms as asking
from cms.viewsets.desk import MenuDesk, was_done
from cms.viewsets.own_forms import free_slug
from coalition.dialogue import actions
from coalition.dialogue.models import Body, BodyTerm, Division, Seat
from coalition.dialogue.queries import reorganisations, with_seats
from coalition.members.access import Access
from coalition.members.models import Municipality
from coalition.members.queries import members, today

_MOST = 2**63
_Act = tuple[str, str, Callable[[Any], Any], Callable[[Any], object]]


def _bodies(request: DeskRequest) -> QuerySet[Body]:
    """Bodies that this user may see at the desk."""
    access = Access.of(request.user)
    rows = Body.objects.select_related("municipality__region", "source", "basis_source")
    if access.may_keep_hub:
        return rows
    if access.municipality is None or not access.may_view(access.municipality):
        return rows.none()
    return rows.filter(municipality=access.municipality)


def _body(request: DeskRequest, pk: int) -> Body:
    found = _bodies(request).filter(pk=pk).first() if pk < _MOST else None
    if found is None:
        raise Http404("그런 일자리회가 없습니다.")
    return found


def _keepable(request: DeskRequest, pk: int) -> Body:
    found = _body(request, pk)
    if not Access.of(request.user).may_keep_body(found.municipality):
        raise PermissionDenied
    return found


def index(request: DeskRequest) -> HttpResponse:
    """The bodies of this desk, and the places that may still enter theirs."""
    access = Access.of(request.user)
    rows = with_seats(_bodies(request))
    if access.may_keep_hub:
        places = list(members().exclude(bodies__isnull=False).order_by("code"))
    else:
        own = access.municipality
        places = [own] if own is not None and access.may_keep_body(own) else []
    context = {"rows": rows, "places": places, "is_secretariat": access.may_keep_hub}
    return render(request, "admin/bodies/index.html", context)


def new(request: DeskRequest, slug: str) -> HttpResponse:
    """일자리회를 적는다."""
    access = Access.of(request.user)
    place = Municipality.objects.select_related("region").filter(slug=slug).first()
    if place is None or not access.may_view(place):
        raise Http404("없는 지방정부이거나 볼 수 없는 책상입니다.")
    if not access.may_keep_body(place):
        raise PermissionDenied
    form = asking.BodyForm(place, request.POST or None)
    made: list[Body] = []

    def found() -> None:
        told = form.cleaned_data
        taken = Body.objects.filter(slug=place.slug).exists()
        body = actions.found_body(
            municipality=place,
            name=told["name"],
            slug=free_slug(Body, place, told["name"]) if taken else place.slug,
            summary=told["summary"],
            divisions=told["divisions"],
            since=told["since"],
            founded_on=told["valid_from"],
            source=form.cited(),
            by=request.user,
        )
        made.append(body)

    if request.method == "POST" and was_done(form, found):
        messages.success(request, "적었습니다. 일자리회는 곧바로 공개됩니다.")
        return redirect("bodies_desk:body", made[0].pk)
    context = {"forms": [("new", f"{place.name}의 일자리회", "적기", form)], "title": "새 일자리회"}
    return render(request, "admin/bodies/part.html", context, status=_status(request))


def body(request: DeskRequest, pk: int) -> HttpResponse:
    """A body with a form for each thing that may be said of it."""
    found = _body(request, pk)
    may_keep = Access.of(request.user).may_keep_body(found.municipality)
    acts = _acts_of_body(request, found) if may_keep else {}
    shown, is_done = _work(request, acts)
    if is_done:
        return redirect("bodies_desk:body", pk)
    context = {
        "body": found,
        "forms": shown,
        "which": request.POST.get("act", ""),
        "may_keep": may_keep,
        "seats": found.seats.select_related("division").order_by(
            F("until").desc(nulls_first=True), "since", "pk"
        ),
        "terms": found.terms.all(),
        "divisions": found.divisions.order_by("valid_from", "order"),
        "changes": reorganisations(found, today()),
    }
    return render(request, "admin/bodies/body.html", context, status=_status(request))


def _acts_of_body(request: DeskRequest, body: Body) -> dict[str, _Act]:
    """What may be said of a body: title, button, form and what is done with it."""
    place, by = body.municipality, request.user

    def give(form: Any) -> None:
        told = form.told("count")
        with transaction.atomic():
            for _ in range(form.cleaned_data["count"]):
                actions.give_seat(body=body, source=form.cited(), by=by, **told)

    def leave(form: Any) -> None:
        day = form.cleaned_data["on"]
        left = list(body.seats.filter(until__isnull=True, since__lt=day))
        if not left:
            raise ValidationError("그날 비울 자리가 없습니다.")
        with transaction.atomic():
            for seat in left:
                actions.end_seat(seat=seat, on=day, by=by)

    def reorganise(form: Any) -> None:
        actions.reorganise_divisions(body=body, source=form.cited(), by=by, **form.told())

    def revise(form: Any) -> None:
        told = form.cleaned_data
        actions.revise_body(
            body=_body(request, body.pk),
            name=told["name"],
            summary=told["summary"],
            begins=told["valid_from"],
            ends=told["valid_to"],
            source=form.cited(),
            by=by,
        )

    def ground(form: Any) -> None:
        told = form.cleaned_data
        actions.ground_body(
            body=_body(request, body.pk),
            basis=told["basis"],
            on=told["basis_on"],
            note=told["basis_note"],
            source=form.cited(),
            by=by,
        )

    def lineage(form: Any) -> None:
        actions.tell_lineage(source=form.cited(), by=by, **form.told())

    def term(form: Any) -> None:
        actions.open_term(body=body, source=form.cited(), by=by, **form.told())

    def asked(kind: Any, at: Any, **more: Any) -> Callable[[Any], Any]:
        return lambda data: kind(at, data, auto_id=f"{kind.__name__}_%s", **more)

    # A form may fill in its instance: each has a row of its own.
    revised = asking.kept(_body(request, body.pk), body.source)
    grounded = asking.kept(_body(request, body.pk), body.basis_source)
    return {
        "seat": ("위원 자리", "적기", asked(asking.NewSeatsForm, body), give),
        "leave": (
            "모든 자리 비우기(기가 끝났을 때)",
            "비우기",
            lambda data: asking.DayForm(data, auto_id="leave_%s"),
            leave,
        ),
        "term": ("새 기", "적기", asked(asking.TermForm, place), term),
        "reorganise": ("분과 재편", "재편 적기", asked(asking.ReorganiseForm, body), reorganise),
        "lineage": ("분과의 이어짐", "적기", asked(asking.LineageForm, body), lineage),
        "ground": ("설치 근거", "적기", asked(asking.GroundForm, place, **grounded), ground),
        "revise": ("이름과 날 고치기", "고치기", asked(asking.ReviseBodyForm, place, **revised), revise),
    }  # fmt: skip


def seat(request: DeskRequest, pk: int, key: int) -> HttpResponse:
    """A seat: left, mended, or taken away when nobody ever sat there."""
    found = _keepable(request, pk)
    row = _part(found.seats.select_related("division", "source"), key)
    by = request.user
    fresh = Seat.objects.select_related("body__municipality", "division").get(pk=key)
    acts: dict[str, _Act] = {}
    if row.until is None:
        acts["end"] = (
            "자리 비움",
            "비우기",
            lambda data: asking.DayForm(data, auto_id="end_%s"),
            lambda form: actions.end_seat(seat=fresh, on=form.cleaned_data["on"], by=by),
        )
    acts["revise"] = (
        "고쳐 적기",
        "고치기",
        lambda data: asking.SeatForm(
            found, data, auto_id="revise_%s", **asking.kept(row, row.source)
        ),
        lambda form: actions.revise_seat(seat=fresh, told=form.told(), source=form.cited(), by=by),
    )
    acts["away"] = (
        "잘못 적은 자리",
        "지우기",
        lambda data: asking.BecauseForm(data, auto_id="away_%s"),
        lambda form: actions.take_seat_away(
            seat=fresh, because=form.cleaned_data["because"], by=by
        ),
    )
    return _part_screen(
        request, found, f"{row.get_sector_display()} {row.get_role_display()}", acts
    )


def term(request: DeskRequest, pk: int, key: int) -> HttpResponse:
    """A term that was entered wrongly."""
    found = _keepable(request, pk)
    row = _part(found.terms.select_related("source"), key)
    fresh = BodyTerm.objects.select_related("body__municipality").get(pk=key)

    def act(form: Any) -> None:
        actions.revise_term(term=fresh, source=form.cited(), by=request.user, **form.told())

    def form(data: Any) -> Any:
        return asking.TermForm(found.municipality, data, **asking.kept(row, row.source))

    title = f"제{row.number}기"
    return _part_screen(request, found, title, {"revise": ("고쳐 적기", "고치기", form, act)})


def division(request: DeskRequest, pk: int, key: int) -> HttpResponse:
    """A division that was entered wrongly."""
    found = _keepable(request, pk)
    row = _part(found.divisions.select_related("source"), key)
    fresh = Division.objects.select_related("body__municipality").get(pk=key)

    def act(form: Any) -> None:
        told = form.cleaned_data
        actions.revise_division(
            division=fresh,
            name=told["name"],
            order=told["order"],
            begins=told["valid_from"],
            note=told["note"],
            source=form.cited(),
            by=request.user,
        )

    def form(data: Any) -> Any:
        return asking.DivisionForm(found.municipality, data, **asking.kept(row, row.source))

    title = f"{row.name} 분과"
    return _part_screen(request, found, title, {"revise": ("고쳐 적기", "고치기", form, act)})


def _part(rows: Any, key: int) -> Any:
    found = rows.filter(pk=key).first() if key < _MOST else None
    if found is None:
        raise Http404("그런 것이 없습니다.")
    return found


def _part_screen(
    request: DeskRequest, body: Body, title: str, acts: dict[str, _Act]
) -> HttpResponse:
    shown, is_done = _work(request, acts)
    if is_done:
        return redirect("bodies_desk:body", body.pk)
    context = {"forms": shown, "title": title, "body": body}
    return render(request, "admin/bodies/part.html", context, status=_status(request))


def _work(
    request: DeskRequest, acts: dict[str, _Act]
) -> tuple[list[tuple[str, str, str, Any]], bool]:
    """Do the act that was sent. The forms to show, and whether it was done."""
    which = request.POST.get("act", "")
    if request.method == "POST" and which not in acts:
        raise Http404("그런 일은 없습니다.")
    shown = [
        (name, title, button, make(request.POST if name == which else None))
        for name, (title, button, make, _) in acts.items()
    ]
    sent = next((form for name, _, _, form in shown if name == which), None)
    if sent is None or not was_done(sent, lambda: acts[which][3](sent)):
        return shown, False
    messages.success(request, "적었습니다.")
    return shown, True


def _status(request: DeskRequest) -> int:
    return 400 if request.method == "POST" else 200


class BodiesDesk(MenuDesk):
    """일자리회 in the menu of the desk."""

    name = "bodies_desk"
    url_prefix = "bodies"
    menu_label = "일자리회"
    icon = "group"
    menu_order = 235
    menu_item_class = EveryDeskMenuItem

    def get_urlpatterns(self) -> list[Any]:
        return [
            path("", index, name="index"),
            path("new/<slug:slug>/", new, name="new"),
            path("<int:pk>/", body, name="body"),
            path("<int:pk>/seats/<int:key>/", seat, name="seat"),
            path("<int:pk>/terms/<int:key>/", term, name="term"),
            path("<int:pk>/divisions/<int:key>/", division, name="division"),
        ]
