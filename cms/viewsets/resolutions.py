"""의회 결의 at the desk: 입장 등록자 enter what their council did; the secretariat verifies it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.views.decorators.http import require_POST

from cms.queries.dialogue import Addresses
from cms.queries.positions import vote_words
from cms.tenancy import DeskRequest
from cms.viewsets.desk import MenuDesk, chosen_place, places_with, require_secretariat
from cms.viewsets.positions import PositionMenuItem, own_place
from coalition.advocacy.actions import enter_resolution, record_resolution_step, verify_step
from coalition.advocacy.filing import Votes
from coalition.advocacy.models import CouncilResolution, ResolutionStage, ResolutionStep
from coalition.advocacy.resolutions import resolutions_until, tracked
from coalition.drafts.models import Bill
from coalition.members.access import Access
from coalition.members.queries import today

ROWS_A_PAGE = 50


class ResolutionForm(forms.Form):
    """A new resolution."""

    bill = forms.ModelChoiceField(Bill.objects.all(), label="법안", empty_label="고르세요")
    council = forms.CharField(label="의회", max_length=60, help_text="가람시의회")
    title = forms.CharField(label="이름", max_length=200, help_text="… 제정 촉구 건의안")


class StepForm(forms.Form):
    """What happened next."""

    stage = forms.ModelChoiceField(
        ResolutionStage.objects.all(), label="단계", empty_label="고르세요"
    )
    happened_on = forms.DateField(label="날짜", widget=forms.DateInput(attrs={"type": "date"}))
    place = forms.CharField(label="위원회, 받는 곳, 답한 곳", max_length=120, required=False)
    note = forms.CharField(label="결과나 내용", max_length=500, required=False)
    votes_for = forms.IntegerField(label="찬성", min_value=0, max_value=999, required=False)
    votes_against = forms.IntegerField(label="반대", min_value=0, max_value=999, required=False)
    votes_abstained = forms.IntegerField(label="기권", min_value=0, max_value=999, required=False)
    file = forms.FileField(
        label="문서",
        required=False,
        help_text="의결문, 공문, 회신(.pdf, .hwp, .hwpx, .docx). 의결에는 꼭 있어야 합니다.",
    )
    replaces = forms.ModelChoiceField(
        ResolutionStep.objects.none(),
        label="고쳐 적을 걸음",
        required=False,
        empty_label="없음(새 걸음)",
    )

    def __init__(self, resolution: CouncilResolution, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        steps = resolution.steps.filter(replaced_by__isnull=True).select_related("stage")
        self.fields["replaces"].queryset = steps  # type: ignore[attr-defined]
        self.fields["replaces"].label_from_instance = lambda s: (  # type: ignore[attr-defined]
            f"{s.stage} {s.happened_on}"
        )


def _seen(request: DeskRequest) -> QuerySet[CouncilResolution]:
    """What this user may see here: the secretariat everything, an officer the own."""
    access = Access.of(request.user)
    place = own_place(access)
    if access.may_keep_hub:
        return resolutions_until(today())
    if place is None:
        raise PermissionDenied
    return resolutions_until(today()).filter(municipality=place)


def index(request: DeskRequest) -> HttpResponse:
    """All resolutions, and a new one."""
    rows = _seen(request)
    place = own_place(Access.of(request.user))
    form = ResolutionForm(request.POST or None)
    if request.method == "POST":
        if place is None:
            raise PermissionDenied
        if form.is_valid():
            try:
                made = enter_resolution(municipality=place, by=request.user, **form.cleaned_data)
            except ValidationError as error:
                form.add_error(None, error.messages)
            else:
                messages.success(request, "등록했습니다. 이어서 걸음을 적으세요.")
                return redirect("resolutions_desk:resolution", made.pk)
    chosen = chosen_place(request)
    if chosen:
        rows = rows.filter(municipality__slug=chosen)
    page = Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("page", "1")[:9])
    context = {
        "rows": tracked(page.object_list),
        "pages": Addresses(request.path, request.GET, "place").pages(page),
        "places": places_with(CouncilResolution) if place is None else [],
        "chosen": chosen,
        "form": form,
        "place": place,
    }
    status = 400 if request.method == "POST" else 200
    return render(request, "admin/resolutions/index.html", context, status=status)


def resolution(request: DeskRequest, pk: int) -> HttpResponse:
    """One resolution, its steps and the next one."""
    found = tracked(_seen(request).filter(pk=pk))
    if not found:
        raise Http404("없는 의회 결의입니다.")
    row, place = found[0].row, own_place(Access.of(request.user))
    may_write = place is not None and place.pk == row.municipality_id
    form = StepForm(row, request.POST or None, request.FILES or None)
    if request.method == "POST":
        if not may_write:
            raise PermissionDenied
        if form.is_valid() and _record(request, row, form):
            return redirect("resolutions_desk:resolution", pk)
    context = {
        "one": found[0],
        "steps": [
            (s, vote_words(s.votes_for, s.votes_against, s.votes_abstained)) for s in found[0].steps
        ],
        "form": form,
        "may_write": may_write,
        "is_secretariat": Access.of(request.user).may_keep_hub,
    }
    status = 400 if request.method == "POST" else 200
    return render(request, "admin/resolutions/resolution.html", context, status=status)


def _record(request: DeskRequest, row: CouncilResolution, form: StepForm) -> bool:
    data = form.cleaned_data
    try:
        record_resolution_step(
            resolution=row,
            stage=data["stage"].pk,
            happened_on=data["happened_on"],
            place=data["place"],
            note=data["note"],
            votes=Votes(data["votes_for"], data["votes_against"], data["votes_abstained"]),
            file=data["file"],
            replaces=data["replaces"],
            by=request.user,
        )
    except ValidationError as error:
        form.add_error(None, error.messages)
        return False
    messages.success(request, "적었습니다.")
    return True


@require_POST
def verify(request: DeskRequest, pk: int) -> HttpResponse:
    """확인 or 돌려보내기 by the secretariat."""
    require_secretariat(request)
    step = get_object_or_404(ResolutionStep.objects.select_related("document"), pk=pk)
    verdict = request.POST.get("verdict", "")
    if verdict not in ("accept", "return"):
        raise Http404("확인하거나 돌려보냅니다.")
    try:
        verify_step(
            step=step,
            accepted=verdict == "accept",
            note=request.POST.get("note", ""),
            show_document="private" not in request.POST,
            by=request.user,
        )
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(
            request, "확인했습니다." if verdict == "accept" else "까닭과 함께 돌려보냈습니다."
        )
    return redirect("resolutions_desk:resolution", step.resolution_id)


class ResolutionsDesk(MenuDesk):
    """의회 결의 in the menu of the desk."""

    name = "resolutions_desk"
    url_prefix = "resolutions"
    menu_label = "의회 결의"
    icon = "clipboard-list"
    menu_order = 265
    menu_item_class = PositionMenuItem

    def get_urlpatterns(self) -> list[Any]:
        return [
            path("", index, name="index"),
            path("<int:pk>/", resolution, name="resolution"),
            path("steps/<int:pk>/verify/", verify, name="verify"),
        ]
