"""모델과 시범: where a municipality keeps its models, pilots, barriers, findings and the 특구 checklist."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_POST

from cms.queries.pilots import plan_items
from cms.queries.practice import finding_items
from cms.targets import thing_at
from cms.tenancy import DeskRequest
from cms.viewsets import trial_forms as asking
from cms.viewsets.desk import MenuDesk, was_done
from cms.viewsets.own_forms import OwnForm, free_slug
from cms.viewsets.practice import PracticeMenuItem
from coalition.evidence.actions import record_finding, withdraw_finding
from coalition.evidence.queries import findings
from coalition.members.access import Access
from coalition.members.models import Municipality
from coalition.members.queries import today
from coalition.practice import actions
from coalition.practice.models import JobModel, Pilot
from coalition.practice.queries import barriers, job_models, pilots, zone_lines

_MOST = 2**63


def _own(request: HttpRequest) -> Municipality:
    access = Access.of(request.user)
    place = access.municipality
    if place is None or not access.may_edit(place):
        raise PermissionDenied
    return place


def _editable(request: HttpRequest, row: Any) -> Any:
    """The row, of a municipality for which this user writes."""
    if row is None:
        raise Http404
    if not Access.of(request.user).may_edit(row.municipality):
        raise PermissionDenied
    return row


def index(request: DeskRequest) -> HttpResponse:
    """One's own models and what is known of them, or everybody's for the secretariat."""
    access = Access.of(request.user)
    rows: list[Any] = [job_models(), pilots(), barriers(), findings()]
    place = None
    if not access.may_keep_hub:
        place = _own(request)
        rows = [one.filter(municipality=place) for one in rows]
    models, tried, hindered, found = (list(one[:200]) for one in rows)
    context = {
        "place": place,
        "models": models,
        "pilots": tried,
        "barriers": hindered,
        "findings": finding_items(found, today()),
        "zone": zone_lines(place) if place else [],
    }
    return render(request, "admin/trials/index.html", context)


def model(request: DeskRequest, pk: int | None = None) -> HttpResponse:
    """A model, new or one's own."""
    kept: JobModel | None = None
    if pk is not None:
        kept = _editable(request, job_models().filter(pk=pk).first() if pk < _MOST else None)
    place = kept.municipality if kept is not None else _own(request)
    form = asking.ModelForm(place, request.POST or None, instance=kept)

    def act() -> Any:
        return actions.keep_model(
            slug=kept.slug if kept is not None else free_slug(JobModel, place, form.told()["name"]),
            municipality=place,
            name=form.told()["name"],
            source=form.cited() or (kept.source if kept is not None else None),
            core_questions=form.cleaned_data["core_questions"],
            told=form.told("name", "core_questions"),
            by=request.user,
        )

    title = kept.name if kept is not None else "새 모델"
    return _handled(request, form, act, title, "적었습니다. 모델은 곧바로 공개됩니다.")


def new_pilot(request: DeskRequest) -> HttpResponse:
    """시범 사업을 적는다."""
    place = _own(request)
    form = asking.PilotForm(place, request.POST or None)

    def act() -> Any:
        return _keep_pilot(request, form, free_slug(Pilot, place, form.told()["name"]), None)

    return _handled(
        request, form, act, "새 시범 사업", "적었습니다. 이제 이정표와 실행계획을 적습니다."
    )


def _keep_pilot(request: DeskRequest, form: OwnForm, slug: str, source: Any) -> Any:
    told = form.told("name", "model")
    return actions.keep_pilot(
        slug=slug,
        model=form.cleaned_data["model"],
        name=form.cleaned_data["name"],
        source=form.cited() or source,
        told=told,
        by=request.user,
    )


def pilot(request: DeskRequest, pk: int) -> HttpResponse:
    """A pilot with a form for each thing that may be said of it."""
    rows = pilots().prefetch_related("events", "milestones", "plans__division")
    found: Any = _editable(request, rows.filter(pk=pk).first() if pk < _MOST else None)
    which = request.POST.get("act", "")
    screens = _screens(request, found)
    if request.method == "POST" and which not in screens:
        raise Http404
    made: dict[str, Any] = {
        name: make(request.POST if name == which else None, f"{name}_%s")
        for name, (_, make, _) in screens.items()
    }
    if request.method == "POST" and was_done(made[which], lambda: screens[which][2](made[which])):
        messages.success(request, "적었습니다.")
        return redirect("trials_desk:pilot", pk)
    context = {
        "pilot": found,
        "plans": plan_items(found.plans.all()),
        "forms": [(name, title, made[name]) for name, (title, _, _) in screens.items()],
        "which": which,
    }
    status = 400 if request.method == "POST" else 200
    return render(request, "admin/trials/pilot.html", context, status=status)


_Make = Callable[[Any, str], forms.BaseForm]
_Screen = tuple[str, _Make, Callable[[Any], object]]


def _screens(request: DeskRequest, pilot: Pilot) -> dict[str, _Screen]:
    """What may be written of a pilot: its title, its form, and what is done with it."""
    place, by = pilot.municipality, request.user

    def made(kind: type[OwnForm], **more: Any) -> _Make:
        return lambda data, ids: kind(place, data, auto_id=ids, **more)

    last = pilot.plans.order_by("-number").first()
    before = {name: getattr(last, name) for name in asking.PlanForm.Meta.fields} if last else {}
    start = {**before, "on": None, "because": ""}
    return {
        "event": (
            "무슨 일이 있었나",
            made(asking.EventForm),
            lambda f: actions.record_pilot_event(pilot=pilot, source=f.cited(), by=by, **f.told()),
        ),
        "milestone": (
            "새 이정표",
            made(asking.MilestoneForm),
            lambda f: actions.set_milestone(pilot=pilot, source=f.cited(), by=by, **f.told()),
        ),
        "reach": (
            "이정표를 이루었나",
            lambda data, ids: asking.ReachForm(pilot, data, auto_id=ids),
            lambda f: actions.reach_milestone(by=by, **f.cleaned_data),
        ),
        "plan": (
            "실행계획의 새 판",
            made(asking.PlanForm, initial=start),
            lambda f: actions.write_plan(
                pilot=pilot,
                on=f.cleaned_data["on"],
                because=f.cleaned_data["because"],
                cause=f.changed_by(),
                told=f.told("on", "because", "cause"),
                source=f.cited(),
                by=by,
            ),
        ),
        "keep": (
            "고쳐 적기",
            made(asking.PilotForm, instance=pilot),
            lambda f: _keep_pilot(request, f, pilot.slug, pilot.source),
        ),
    }


def zone(request: DeskRequest) -> HttpResponse:
    """특구 점검표의 한 항목."""
    place = _own(request)
    form = asking.ZoneForm(place, request.POST or None)

    def act() -> Any:
        return actions.record_zone_item(
            municipality=place, source=form.cited(), by=request.user, **form.told()
        )

    return _handled(
        request, form, act, "특구 점검", "적었습니다. 문서를 비운 항목은 「없음」으로 나옵니다."
    )


def barrier(request: DeskRequest) -> HttpResponse:
    """제도적 장애를 적는다."""
    place = _own(request)
    form = asking.BarrierForm(place, request.POST or None)

    def act() -> Any:
        return actions.record_barrier(
            case=_case_at(form.cleaned_data["case"]),
            source=form.cited(),
            by=request.user,
            **form.told("case"),
        )

    said = "적었습니다. ‘조문 연결’에서 어느 조문이 풀어 줄지 제안할 수 있습니다."
    return _handled(request, form, act, "제도적 장애", said)


def finding(request: DeskRequest) -> HttpResponse:
    """근거를 적는다."""
    place = _own(request)
    form = asking.FindingForm(place, request.POST or None)

    def act() -> Any:
        case = form.cleaned_data["case"]
        return record_finding(
            municipality=place,
            claim=form.cleaned_data["claim"],
            case=_case_at(case) if case else None,
            told={**form.told("case", "claim"), "source": form.cited()},
            by=request.user,
        )

    return _handled(request, form, act, "근거", "적었습니다. 근거 수준은 채운 칸에서 계산합니다.")


def _case_at(address: str) -> tuple[ContentType, int]:
    page = thing_at(address)
    if page is None:
        raise ValidationError("공개된 사례를 고르세요.")
    return ContentType.objects.get_for_model(type(page)), page.pk


@require_POST
def withdraw(request: DeskRequest, kind: str, pk: int) -> HttpResponse:
    """Take back a barrier or a finding that was entered by mistake."""
    because = request.POST.get("because", "")
    rows: Any = barriers() if kind == "barrier" else findings().select_related("municipality")
    row = _editable(request, rows.filter(pk=pk).first() if pk < _MOST else None)
    try:
        if kind == "barrier":
            actions.withdraw_barrier(barrier=row, because=because, by=request.user)
        else:
            withdraw_finding(finding=row, because=because, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, "거두었습니다. 모든 쪽과 수에서 곧바로 빠집니다.")
    return redirect("trials_desk:index")


def _handled(
    request: DeskRequest, form: Any, act: Callable[[], Any], title: str, said: str
) -> HttpResponse:
    if request.method == "POST" and was_done(form, act):
        messages.success(request, said)
        return redirect("trials_desk:index")
    status = 400 if request.method == "POST" else 200
    context = {"form": form, "title": title}
    return render(request, "admin/trials/form.html", context, status=status)


class TrialsDesk(MenuDesk):
    """모델과 시범 in the menu of the desk."""

    name = "trials_desk"
    url_prefix = "trials"
    menu_label = "모델과 시범"
    icon = "clipboard-list"
    menu_order = 250
    menu_item_class = PracticeMenuItem

    def get_urlpatterns(self) -> list[Any]:
        return [
            path("", index, name="index"),
            path("models/new/", model, name="new_model"),
            path("models/<int:pk>/", model, name="model"),
            path("pilots/new/", new_pilot, name="new_pilot"),
            path("pilots/<int:pk>/", pilot, name="pilot"),
            path("zone/", zone, name="zone"),
            path("barriers/new/", barrier, name="barrier"),
            path("findings/new/", finding, name="finding"),
            path(
                "withdraw/barrier/<int:pk>/",
                withdraw,
                {"kind": "barrier"},
                name="withdraw_barrier",
            ),
            path(
                "withdraw/finding/<int:pk>/",
                withdraw,
                {"kind": "finding"},
                name="withdraw_finding",
            ),
        ]
