"""할 일: who does what by when. The secretariat gives tasks to anybody, a municipality to its own people."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.views.decorators.http import require_POST

from cms.menu import TaskMenuItem
from cms.queries.dialogue import Addresses
from cms.tenancy import DeskRequest
from cms.viewsets.desk import MenuDesk
from coalition.members.access import Access
from coalition.members.actions import open_task, step_task
from coalition.members.models import Municipality, Task, TaskState, TaskStep
from coalition.members.queries import members, today
from coalition.members.tasks import history, possible_owners, standing, tasks_of
from coalition.record.models import User

ROWS_A_PAGE = 50
OF_SECRETARIAT = "secretariat"
DAY = forms.DateInput(attrs={"type": "date"})
TABS = {"open": "할 일", "late": "기한 지남", "over": "끝난 일"}


class OwnerForm(forms.Form):
    """Who does it, and by when."""

    owner = forms.ModelChoiceField(
        User.objects.none(),
        label="맡은 사람",
        error_messages={"required": "맡을 사람을 고르세요."},
        empty_label="고르세요",
    )
    due = forms.DateField(label="기한", widget=DAY)

    def __init__(self, place: Municipality | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owner: Any = self.fields["owner"]
        owner.queryset = possible_owners(place)
        owner.label_from_instance = lambda user: f"{user}{f' ({user.post})' if user.post else ''}"


class TaskForm(OwnerForm):
    """A new task."""

    title = forms.CharField(label="할 일", max_length=120)
    text = forms.CharField(
        label="자세히", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    field_order = ("title", "text", "owner", "due")


class StepForm(OwnerForm):
    """What became of it."""

    state = forms.ChoiceField(label="상태", choices=TaskState.choices)
    note = forms.CharField(
        label="덧붙임",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="그만둘 때에는 까닭을 꼭 씁니다.",
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)
    field_order = ("state", "owner", "due", "note")


def _own(request: DeskRequest) -> Municipality | None:
    """None for the secretariat. Raises PermissionDenied for who has no tasks here."""
    access = Access.of(request.user)
    if access.may_keep_hub:
        return None
    place = access.municipality
    if place is None or not access.may_keep_tasks(place):
        raise PermissionDenied
    return place


def index(request: DeskRequest) -> HttpResponse:
    """Tasks by how they stand: of all places for the secretariat, else of the own one."""
    place, day = _own(request), today()
    rows = standing() if place is None else tasks_of(place)
    chosen = request.GET.get("place", "") if place is None else ""
    if chosen == OF_SECRETARIAT:
        rows = rows.filter(task__municipality__isnull=True)
    elif chosen:
        rows = rows.filter(task__municipality__slug=chosen)
    piles = {
        "open": rows.filter(state=TaskState.OPEN),
        "late": rows.filter(state=TaskState.OPEN, due__lt=day),
        "over": rows.exclude(state=TaskState.OPEN).order_by("-on", "-pk"),
    }
    tab = request.GET.get("tab", "")
    tab = tab if tab in TABS else "open"
    page = Paginator(piles[tab], ROWS_A_PAGE).get_page(request.GET.get("page", "1")[:9])
    addresses = Addresses(request.path, request.GET, "tab", "place")
    context = {
        "place": place,
        "rows": [(row, _is_late(row)) for row in page.object_list],
        "tabs": [
            (label, addresses.with_(tab=name), piles[name].count(), name == tab)
            for name, label in TABS.items()
        ],
        "pages": addresses.pages(page),
        "places": _places() if place is None else [],
        "chosen": chosen,
    }
    return render(request, "admin/tasks/index.html", context)


def _is_late(row: TaskStep) -> bool:
    return row.state == TaskState.OPEN and row.due < today()


def _places() -> list[tuple[str, str]]:
    """Where a task may be: the secretariat, members, and where there are tasks already."""
    with_tasks = Municipality.objects.filter(tasks__isnull=False).values("pk")
    rows = Municipality.objects.select_related("region").filter(
        pk__in=[*members().values_list("pk", flat=True), *with_tasks.values_list("pk", flat=True)]
    )
    return [
        (OF_SECRETARIAT, "사무국"),
        *((row.slug, row.full_name) for row in rows.order_by("code")),
    ]


def new(request: DeskRequest) -> HttpResponse:
    """Give somebody something to do. `?place=` says where; `?title=` begins the words."""
    place = _own(request)
    chosen = request.GET.get("place", OF_SECRETARIAT)
    if place is None and chosen != OF_SECRETARIAT:
        place = get_object_or_404(Municipality.objects.select_related("region"), slug=chosen)
    first = {"title": request.GET.get("title", "")[:120]}
    form = TaskForm(place, request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            task = open_task(municipality=place, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, "적었습니다. 맡은 사람의 책상에 보입니다.")
            return redirect("tasks_desk:task", task.pk)
    context = {
        "form": form,
        "place": place,
        "chosen": chosen,
        "places": _places() if Access.of(request.user).may_keep_hub else [],
    }
    status = 400 if request.method == "POST" else 200
    return render(request, "admin/tasks/new.html", context, status=status)


def _task(request: DeskRequest, pk: int) -> Task:
    """Somebody else's task is no task."""
    rows = Task.objects.select_related("municipality__region", "entered_by")
    found = get_object_or_404(rows, pk=pk)
    if not Access.of(request.user).may_keep_tasks(found.municipality):
        raise Http404("없는 할 일입니다.")
    return found


def task(request: DeskRequest, pk: int) -> HttpResponse:
    """One task with its history, and the next step."""
    found = _task(request, pk)
    return _task_page(request, found, None)


@require_POST
def step(request: DeskRequest, pk: int) -> HttpResponse:
    """Say how it stands now."""
    found = _task(request, pk)
    form = StepForm(found.municipality, request.POST)
    if not form.is_valid():
        return _task_page(request, found, form)
    told = form.cleaned_data
    seen = TaskStep.objects.filter(task=found, pk=told.pop("seen")).first()
    try:
        step_task(task=found, seen=seen or TaskStep(), by=request.user, **told)
    except ValidationError as error:
        form.add_error(None, error.messages)
        return _task_page(request, found, form)
    messages.success(request, "적었습니다.")
    return redirect("tasks_desk:task", pk)


def _task_page(request: DeskRequest, found: Task, form: StepForm | None) -> HttpResponse:
    steps = list(history(found.pk))
    now = steps[0]
    first = {"state": now.state, "owner": now.owner_id, "due": now.due, "seen": now.pk}
    context = {
        "task": found,
        "now": now,
        "late": _is_late(now),
        "steps": steps,
        "form": form or StepForm(found.municipality, initial=first),
    }
    return render(request, "admin/tasks/task.html", context, status=400 if form else 200)


class TasksDesk(MenuDesk):
    """할 일 in the menu of every desk."""

    name = "tasks_desk"
    url_prefix = "tasks"
    menu_label = "할 일"
    icon = "list-ul"
    menu_order = 120
    menu_item_class = TaskMenuItem

    def get_urlpatterns(self) -> list[Any]:
        return [
            path("", index, name="index"),
            path("new/", new, name="new"),
            path("<int:pk>/", task, name="task"),
            path("<int:pk>/step/", step, name="step"),
        ]
