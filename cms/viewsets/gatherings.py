"""회의와 대화: where a body's municipality writes down what was met, decided and asked.

Everybody at the desk sees their own body's; the secretariat sees all and writes where it was named deputy.
Minutes are confirmed by the 결재자.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_POST
from wagtail.admin.menu import MenuItem

from cms.queries.meetings import meeting_state, vote_in_words
from cms.tenancy import DeskRequest
from cms.viewsets import gathering_forms as asking
from cms.viewsets.desk import MenuDesk
from coalition.dialogue import actions
from coalition.dialogue.gatherings import event_address, meeting_address, of_meeting
from coalition.dialogue.models import Body, DialogueEvent, EventState, Meeting
from coalition.members.access import Access


class GatheringsMenuItem(MenuItem):
    """For the people of a municipality and for the secretariat."""

    def is_shown(self, request: HttpRequest) -> bool:
        access = Access.of(request.user)
        return access.writes_for_a_municipality or access.may_keep_hub


def _bodies(request: DeskRequest) -> QuerySet[Body]:
    """Bodies whose gatherings this user may see."""
    access = Access.of(request.user)
    rows = Body.objects.select_related("municipality__region").order_by("name")
    if access.may_keep_hub:
        return rows
    if access.municipality is None or not access.may_view(access.municipality):
        return rows.none()
    return rows.filter(municipality=access.municipality)


def _body(request: DeskRequest, pk: int) -> Body:
    found = _bodies(request).filter(pk=pk).first() if pk < 2**63 else None
    if found is None:
        raise Http404("그런 일자리회가 없습니다.")
    return found


def _meeting(request: DeskRequest, pk: int) -> Meeting:
    rows = Meeting.objects.select_related("body__municipality__region", "division", "minutes")
    found = rows.filter(pk=pk, body__in=_bodies(request)).first() if pk < 2**63 else None
    if found is None:
        raise Http404("그런 회의가 없습니다.")
    return found


def _event(request: DeskRequest, pk: int) -> DialogueEvent:
    rows = DialogueEvent.objects.select_related("body__municipality__region", "division")
    found = rows.filter(pk=pk, body__in=_bodies(request)).first() if pk < 2**63 else None
    if found is None:
        raise Http404("그런 대화가 없습니다.")
    return found


def _require_editor(request: DeskRequest, body: Body) -> None:
    if not Access.of(request.user).may_edit(body.municipality):
        raise PermissionDenied


def index(request: DeskRequest) -> HttpResponse:
    """Each body with its newest meetings and events."""
    access = Access.of(request.user)
    shown = []
    for body in _bodies(request):
        meetings = [
            (one, *meeting_state(one)) for one in body.meetings.select_related("minutes")[:20]
        ]
        may_edit = access.may_edit(body.municipality)
        shown.append((body, meetings, list(body.events.all()[:20]), may_edit))
    return render(request, "admin/gatherings/index.html", {"shown": shown})


def _try(request: DeskRequest, do: Callable[[], Any], said: str) -> bool:
    """Do it and say so; what the action refuses is said in its own words."""
    try:
        do()
    except ValidationError as error:
        for message in error.messages:
            messages.error(request, message)
        return False
    messages.success(request, said)
    return True


def new_meeting(request: DeskRequest, body: int) -> HttpResponse:
    """회의를 적는다; nobody outside sees it before its notice."""
    found = _body(request, body)
    _require_editor(request, found)
    form = asking.PlanForm(request.POST or None, body=found)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            meeting = actions.plan_meeting(
                body=found, kind=told["kind"], title=told["title"], when=form.when(),
                division=told["division"], by=request.user,
            )  # fmt: skip
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, "회의를 적었습니다. 공고하면 공개됩니다.")
            return redirect("gatherings:meeting", meeting.pk)
    context = {"form": form, "body": found, "what": "새 회의"}
    return render(request, "admin/gatherings/new.html", context, status=422 if form.errors else 200)


def meeting(request: DeskRequest, pk: int) -> HttpResponse:
    """Everything of a meeting, with a form for each thing that may be done now."""
    return _meeting_screen(request, _meeting(request, pk))


_FORMS: dict[str, tuple[str, str]] = {
    "revise": ("이름, 때와 곳", "고치기"),
    "notice": ("공고", "공고하기"),
    "agenda": ("안건", "안건 저장"),
    "minutes": ("회의록 초안", "초안 저장"),
    "decide": ("의결 사항", "의결 사항 적기"),
    "confirm": ("회의록 확정", "확정하기"),
    "follow": ("후속", "후속 적기"),
    "document": ("문서", "올리기"),
    "cancel": ("취소", "회의 취소"),
}


def _form(act: str, meeting: Meeting, data: Any = None, files: Any = None) -> forms.Form:
    minutes = getattr(meeting, "minutes", None)
    if act == "revise":
        return asking.PlanForm(data, body=meeting.body, meeting=meeting)
    if act == "notice":
        return asking.NoticeForm(data, initial={"notice": meeting.notice})
    if act == "agenda":
        lines = asking.agenda_lines(list(meeting.agenda.order_by("order")))
        return asking.AgendaForm(data, initial={"items": lines})
    if act == "minutes":
        names = ("text", "present", "seats")
        initial = {name: getattr(minutes, name) for name in names} if minutes else {}
        return asking.MinutesForm(data, initial=initial)
    if act == "decide":
        return asking.DecisionForm(data, meeting=meeting)
    if act == "follow":
        return asking.FollowUpForm(data, meeting=meeting)
    if act == "document":
        return asking.DocumentForm(data, files)
    return asking.BecauseForm(data) if act == "cancel" else forms.Form(data)


def _possible(meeting: Meeting, access: Access) -> list[str]:
    """What this user may do with the meeting as it stands."""
    place = meeting.body.municipality
    if not access.may_edit(place):
        return []
    minutes = getattr(meeting, "minutes", None)
    if minutes is not None and minutes.is_confirmed:
        return ["follow", "document"] if meeting.decisions.exists() else ["document"]
    if meeting.cancelled_on is not None:
        return ["document"]
    found = ["revise", "notice", "agenda"]
    if meeting.noticed_on is not None:
        found += ["minutes", "decide"]
    if minutes is not None and access.may_approve(place):
        found.append("confirm")
    return [*found, "document", "cancel"]


def _meeting_screen(
    request: DeskRequest, meeting: Meeting, faulty: dict[str, forms.Form] | None = None
) -> HttpResponse:
    faulty = faulty or {}
    agenda, decisions, documents = of_meeting(meeting)
    shown = [
        (act, *_FORMS[act], faulty.get(act) or _form(act, meeting))
        for act in _possible(meeting, Access.of(request.user))
    ]
    context = {
        "meeting": meeting,
        "state": meeting_state(meeting)[0],
        "minutes": getattr(meeting, "minutes", None),
        "agenda": agenda,
        "decisions": [(one, vote_in_words(one)) for one in decisions],
        "documents": documents,
        "forms": shown,
        "address": meeting_address(meeting) if meeting.noticed_on else "",
    }
    return render(request, "admin/gatherings/meeting.html", context, status=422 if faulty else 200)


@require_POST
def act_on_meeting(request: DeskRequest, pk: int, act: str) -> HttpResponse:
    """One step of the meeting, if it is possible now and this user may take it."""
    found = _meeting(request, pk)
    if act not in _FORMS:
        raise Http404("그런 일은 없습니다.")
    _require_editor(request, found.body)
    if act == "confirm" and not Access.of(request.user).may_approve(found.body.municipality):
        raise PermissionDenied
    form = _form(act, found, request.POST, request.FILES)
    if not form.is_valid():
        return _meeting_screen(request, found, {act: form})
    if not _try(
        request, lambda: _do(act, found, form, request), f"{_FORMS[act][0]}: 저장했습니다."
    ):
        return _meeting_screen(request, _meeting(request, pk), {act: form})
    return redirect("gatherings:meeting", pk)


def _do(act: str, meeting: Meeting, form: Any, request: DeskRequest) -> None:
    told, by = form.cleaned_data, request.user
    if act == "revise":
        actions.revise_meeting(meeting=meeting, title=told["title"], when=form.when(), by=by)
    elif act == "notice":
        actions.notice_meeting(meeting=meeting, notice=told["notice"], by=by)
    elif act == "agenda":
        actions.set_agenda(meeting=meeting, items=form.wanted(), by=by)
    elif act == "minutes":
        actions.draft_minutes(meeting=meeting, by=by, **told)
    elif act == "decide":
        names = ("text", "result", "item", "decision")
        values = {name: told[name] for name in names}
        actions.record_decision(meeting=meeting, vote=form.vote(), by=by, **values)
    elif act == "confirm":
        actions.confirm_minutes(meeting=meeting, by=by)
    elif act == "follow":
        actions.follow_up(by=by, **told)
    elif act == "document":
        actions.attach_document(meeting=meeting, by=by, **told)
    else:
        actions.cancel_meeting(meeting=meeting, because=told["because"], by=by)


def new_event(request: DeskRequest, body: int) -> HttpResponse:
    """대화를 적는다."""
    found = _body(request, body)
    _require_editor(request, found)
    form = asking.NewEventForm(request.POST or None, body=found)
    if request.method == "POST" and form.is_valid():
        try:
            event = actions.plan_event(body=found, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, "대화를 적었습니다.")
            return redirect("gatherings:event", event.pk)
    context = {"form": form, "body": found, "what": "새 대화"}
    return render(request, "admin/gatherings/new.html", context, status=422 if form.errors else 200)


def event(request: DeskRequest, pk: int) -> HttpResponse:
    """A dialogue event: what is told of it, and what its method still owes."""
    return _event_screen(request, _event(request, pk))


def _event_screen(
    request: DeskRequest, event: DialogueEvent, form: Any = None, status: int = 200
) -> HttpResponse:
    may = Access.of(request.user).may_edit(event.body.municipality)
    is_open = may and event.state == EventState.PLANNED
    context = {
        "event": event,
        "owed": event.owes(),
        "form": (form or asking.ToldForm(instance=event)) if is_open else None,
        "because": asking.BecauseForm() if is_open else None,
        "address": event_address(event),
    }
    return render(request, "admin/gatherings/event.html", context, status=status)


@require_POST
def act_on_event(request: DeskRequest, pk: int, act: str) -> HttpResponse:
    """Tell of it, 완료, or cancel it."""
    found = _event(request, pk)
    _require_editor(request, found.body)
    if act == "tell":
        form = asking.ToldForm(request.POST, instance=_event(request, pk))
        if not form.is_valid():
            return _event_screen(request, found, form, 422)
        told = form.cleaned_data
        done = _try(
            request,
            lambda: actions.tell_event(event=found, told=told, by=request.user),
            "저장했습니다.",
        )
    elif act == "complete":
        done = _try(
            request, lambda: actions.complete_event(event=found, by=request.user), "완료했습니다."
        )
    elif act == "cancel":
        because = request.POST.get("because", "")[:200]
        done = _try(
            request,
            lambda: actions.cancel_event(event=found, because=because, by=request.user),
            "취소했습니다.",
        )
    else:
        raise Http404("그런 일은 없습니다.")
    return (
        redirect("gatherings:event", pk)
        if done
        else _event_screen(request, _event(request, pk), None, 422)
    )


class GatheringsDesk(MenuDesk):
    """회의와 대화 in the menu of the desk."""

    name = "gatherings"
    url_prefix = "gatherings"
    menu_label = "회의와 대화"
    icon = "group"
    menu_order = 240
    menu_item_class = GatheringsMenuItem

    def get_urlpatterns(self) -> list[Any]:
        return [
            path("", index, name="index"),
            path("bodies/<int:body>/meetings/new/", new_meeting, name="new_meeting"),
            path("bodies/<int:body>/events/new/", new_event, name="new_event"),
            path("meetings/<int:pk>/", meeting, name="meeting"),
            path("meetings/<int:pk>/<slug:act>/", act_on_meeting, name="act_on_meeting"),
            path("events/<int:pk>/", event, name="event"),
            path("events/<int:pk>/<slug:act>/", act_on_event, name="act_on_event"),
        ]
