"""자료 올리기 at a municipality's desk: a file, what is in it, and then a draft of a 자료 판."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.views.decorators.http import require_POST, require_safe

from cms.models import DatasetColumn, DatasetPage, Licence, TableUpload, UploadState
from cms.queries.uploads import datasets_of, has_place, open_uploads, preview_of
from cms.tenancy import DeskRequest
from cms.uploading import SMALL, Told, carry_on, confirm_upload, discard_upload, take_upload
from cms.viewsets.desk import MunicipalityDesk, editable_place
from coalition.members.access import Access
from coalition.members.models import Municipality
from coalition.record.privacy import find_personal_data


class UploadForm(forms.Form):
    """A file, and of which dataset it is the next version."""

    file = forms.FileField(
        label="표 파일",
        help_text="CSV(UTF-8이나 CP949) 또는 엑셀(.xlsx). 50 MB, 10만 줄까지.",
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
        error_messages={"required": "표 파일을 고르세요.", "empty": "빈 파일입니다."},
    )
    page = forms.ModelChoiceField(
        DatasetPage.objects.none(),
        required=False,
        label="어느 자료인가",
        empty_label="새 자료",
        help_text="있는 자료를 고르면 그 자료의 새 판이 됩니다.",
    )

    def __init__(self, place: Municipality, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["page"].queryset = datasets_of(place)  # type: ignore[attr-defined]


class DescribeForm(forms.Form):
    """What a table is, who may use it how, and what each of its columns means."""

    title = forms.CharField(label="제목", max_length=200)
    licence = forms.ChoiceField(label="이용 조건", choices=Licence.choices)
    source = forms.CharField(
        label="출처", max_length=200, required=False, help_text="이 표를 낸 곳과 문서의 이름"
    )
    period = forms.CharField(
        label="언제의 자료", max_length=60, required=False, help_text="보기: 2025년 하반기"
    )
    reason = forms.CharField(
        label="공개해도 되는 까닭",
        max_length=300,
        help_text="결재자가 읽습니다. 보기: 기관의 대표 번호이며 누리집에 공개되어 있음",
    )

    def __init__(self, upload: TableUpload, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = _known(upload.page)
        super().__init__(*args, **kwargs)
        if upload.page is not None:
            del self.fields["title"]
        if not upload.report["held_count"]:
            del self.fields["reason"]
        explained = _explained(upload.page)
        self.columns = []
        for at, column in enumerate(upload.report["columns"]):
            unit, meaning = explained.get(column["name"], (column["unit"], ""))
            self.fields[f"unit-{at}"] = forms.CharField(
                label=f"{column['name']}의 단위", max_length=20, required=False, initial=unit
            )
            self.fields[f"meaning-{at}"] = forms.CharField(
                label=f"{column['name']}의 뜻", max_length=300, required=False, initial=meaning
            )
            self.columns.append(column["name"])

    def clean(self) -> dict[str, Any]:
        """Nothing of this is a place for a number of somebody."""
        cleaned: dict[str, Any] = super().clean() or {}
        for name, value in list(cleaned.items()):
            for hit in find_personal_data(str(value))[:1]:
                self.add_error(name, f"{hit.reason} 지우거나 가려 주세요.")
        return cleaned

    def told(self) -> Told:
        data = self.cleaned_data
        return Told(
            **{
                name: data.get(name, "")
                for name in ("title", "licence", "source", "period", "reason")
            },
            columns={
                name: [data[f"unit-{at}"], data[f"meaning-{at}"]]
                for at, name in enumerate(self.columns)
            },
        )

    def shared_fields(self) -> list[Any]:
        return [self[name] for name in self.fields if "-" not in name]

    def column_fields(self) -> list[dict[str, Any]]:
        return [
            {"name": name, "unit": self[f"unit-{at}"], "meaning": self[f"meaning-{at}"]}
            for at, name in enumerate(self.columns)
        ]


def _known(page: DatasetPage | None) -> dict[str, str]:
    if page is None:
        return {"licence": Licence.KOGL_1}
    draft = page.get_latest_revision_as_object() if page.latest_revision_id else page
    return {"licence": draft.licence, "source": draft.source, "period": draft.period}


def _explained(page: DatasetPage | None) -> dict[str, tuple[str, str]]:
    if page is None:
        return {}
    draft = page.get_latest_revision_as_object() if page.latest_revision_id else page
    rows: list[DatasetColumn] = list(draft.dictionary.all())
    return {row.name: (row.unit, row.meaning) for row in rows}


@require_safe
def index(request: DeskRequest) -> HttpResponse:
    """Where the menu leads: the user's own municipality."""
    place = Access.of(request.user).municipality
    if place is None:
        raise PermissionDenied
    return redirect("datasets_desk:listing", place.slug)


@require_safe
def listing(request: DeskRequest, slug: str) -> HttpResponse:
    """The municipality's datasets with their versions, and what is on its way."""
    place = editable_place(request, slug)
    context = {
        "place": place,
        "datasets": datasets_of(place),
        "uploads": open_uploads(place),
        "has_place": has_place(place),
    }
    return render(request, "admin/datasets/index.html", context)


def upload(request: DeskRequest, slug: str) -> HttpResponse:
    """Choose a file. A small one is read at once, a large one by the worker."""
    place = editable_place(request, slug)
    asked = request.GET.get("page", "")
    form = UploadForm(
        place,
        request.POST if request.method == "POST" else None,
        request.FILES or None,
        initial={"page": asked if asked.isdecimal() else None},
    )
    if request.method == "POST" and form.is_valid():
        try:
            taken = take_upload(
                file=form.cleaned_data["file"],
                municipality=place,
                page=form.cleaned_data["page"],
                by=request.user,
            )
        except ValidationError as error:
            form.add_error("file", error)
        else:
            _hurry(taken, form.cleaned_data["file"].size)
            return redirect("datasets_desk:show", place.slug, taken.pk)
    context = {"place": place, "form": form}
    status = 400 if form.errors else 200
    return render(request, "admin/datasets/upload.html", context, status=status)


def show(request: DeskRequest, slug: str, upload: int) -> HttpResponse:
    """What becomes of an upload: how far it is, why not, or the table to look at and confirm."""
    place = editable_place(request, slug)
    row = _upload(place, upload)
    form = None
    if row.state == UploadState.READY:
        form = DescribeForm(row, request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            try:
                row = confirm_upload(upload=row, told=form.told(), by=request.user)
            except ValidationError as error:
                form.add_error(None, error)
            else:
                _hurry(row, row.file.size)
                return redirect("datasets_desk:show", place.slug, row.pk)
    context = {"place": place, "upload": row, "form": form, "preview": preview_of(row)}
    status = 400 if form and form.errors else 200
    return render(request, "admin/datasets/show.html", context, status=status)


@require_safe
def progress(request: DeskRequest, slug: str, upload: int) -> HttpResponse:
    """How far it is, for the screen that waits."""
    row = _upload(editable_place(request, slug), upload)
    return JsonResponse(
        {"waits": row.waits_for_worker, "done": row.done, "total": row.total},
        headers={"Cache-Control": "no-store"},
    )


@require_POST
def discard(request: DeskRequest, slug: str, upload: int) -> HttpResponse:
    """Take the file away."""
    place = editable_place(request, slug)
    try:
        discard_upload(upload=_upload(place, upload), by=request.user)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, "올린 파일을 지웠습니다.")
    return redirect("datasets_desk:listing", place.slug)


def _upload(place: Municipality, pk: int) -> TableUpload:
    rows = TableUpload.objects.select_related("page", "uploaded_by", "municipality")
    return get_object_or_404(rows, municipality=place, pk=pk)


def _hurry(row: TableUpload, size: int) -> None:
    if size <= SMALL:
        carry_on(row)


class DatasetsDesk(MunicipalityDesk):
    """자료 올리기 in the menu."""

    name = "datasets_desk"
    url_prefix = "datasets"
    menu_label = "자료 올리기"
    icon = "table"
    menu_order = 350

    def get_urlpatterns(self) -> list[Any]:
        return [
            path("", index, name="index"),
            path("<slug:slug>/", listing, name="listing"),
            path("<slug:slug>/upload/", upload, name="upload"),
            path("<slug:slug>/uploads/<int:upload>/", show, name="show"),
            path("<slug:slug>/uploads/<int:upload>/progress/", progress, name="progress"),
            path("<slug:slug>/uploads/<int:upload>/discard/", discard, name="discard"),
        ]
