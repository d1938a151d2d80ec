"""한글·워드 문서에서 가져오기 at a municipality's desk: file or clipboard, what becomes of it, a draft case.

Nothing is stored between the two screens: the second carries the blocks, signed.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django import forms
from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_safe

from cms.bringing import Brought, bring_case, personal_data, sort_out
from cms.queries.bringing import shown_blocks
from cms.tenancy import DeskRequest
from cms.viewsets.desk import MunicipalityDesk, editable_place
from coalition.drafts.files import FileRefused, Prose, prose_of_html, read_prose_file
from coalition.drafts.files.reading import LARGEST
from coalition.members.access import Access
from coalition.members.models import Municipality

_SALT = "cms.bringing"
_AGE = 60 * 60 * 12


class BringForm(forms.Form):
    """A document, or what was copied out of one."""

    file = forms.FileField(
        label="문서",
        required=False,
        help_text="한글(.hwpx), 워드(.docx), 글자 파일(.txt). 20 MB까지.",
        widget=forms.FileInput(attrs={"accept": ".hwpx,.docx,.txt"}),
        error_messages={"empty": "빈 파일입니다."},
    )
    text = forms.CharField(
        label="또는 붙여 넣기",
        required=False,
        strip=False,
        help_text="한글에서 복사해 붙여 넣으면 표까지 가져옵니다.",
        widget=forms.Textarea(attrs={"rows": 6, "data-paste": "id_html"}),
    )
    html = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)


class TakeForm(forms.Form):
    """What goes with the blocks."""

    title = forms.CharField(label="제목", max_length=200)
    original = forms.FileField(
        label="원본 파일 붙이기",
        required=False,
        help_text="사례 끝에 내려받을 문서로 둡니다. 읽거나 고치지 않습니다. "
        ".hwp, .hwpx, .docx, .pdf. 30MB까지. 사례가 공개될 때까지 아무도 볼 수 없습니다.",
        widget=forms.FileInput(attrs={"accept": ".hwp,.hwpx,.docx,.pdf"}),
    )
    blocks = forms.CharField(widget=forms.HiddenInput, strip=False)


@require_safe
def index(request: DeskRequest) -> HttpResponse:
    """Where the menu leads: the user's own municipality."""
    place = Access.of(request.user).municipality
    if place is None:
        raise PermissionDenied
    return redirect("bring_desk:bring", place.slug)


def bring(request: DeskRequest, slug: str) -> HttpResponse:
    """Read a document and show the blocks; or, with the blocks of that screen, make the draft."""
    place = editable_place(request, slug)
    if request.method == "POST" and "blocks" in request.POST:
        return _take(request, place)
    form = BringForm(request.POST, request.FILES) if request.method == "POST" else BringForm()
    if request.method == "POST" and form.is_valid():
        try:
            prose, name = _read(form)
        except FileRefused as refused:
            form.add_error("file", refused.message)
        else:
            stopped, held = personal_data(prose)
            if not stopped:
                return _preview(request, place, sort_out(prose, name), prose.notes, held)
            form.add_error(
                None, ValidationError([f"{said} 지운 뒤 다시 올리세요." for said in stopped[:20]])
            )
    status = 400 if form.errors else 200
    return render(
        request, "admin/bringing/index.html", {"place": place, "form": form}, status=status
    )


def _read(form: BringForm) -> tuple[Prose, str]:
    file = form.cleaned_data["file"]
    if file is not None:
        if file.size > LARGEST:
            raise FileRefused("파일이 너무 큽니다. 20 MB까지 올릴 수 있습니다.")
        return read_prose_file(file.name, file.read()), file.name
    if not form.cleaned_data["text"].strip() and not form.cleaned_data["html"].strip():
        raise FileRefused("문서를 고르거나 글을 붙여 넣으세요.")
    return prose_of_html(form.cleaned_data["html"], form.cleaned_data["text"]), ""


def _preview(
    request: DeskRequest,
    place: Municipality,
    brought: Brought,
    notes: list[str],
    held: list[str],
    form: TakeForm | None = None,
) -> HttpResponse:
    signed = signing.dumps(asdict(brought), salt=_SALT, compress=True)
    context = {
        "place": place,
        "brought": brought,
        "blocks": shown_blocks(brought),
        "notes": notes,
        "held": held,
        "form": form or TakeForm(initial={"title": brought.title, "blocks": signed}),
    }
    status = 400 if form is not None else 200
    return render(request, "admin/bringing/preview.html", context, status=status)


def _take(request: DeskRequest, place: Municipality) -> HttpResponse:
    form = TakeForm(request.POST, request.FILES)
    try:
        stored: dict[str, Any] = signing.loads(request.POST["blocks"], salt=_SALT, max_age=_AGE)
        brought = Brought(**stored)
    except signing.BadSignature:
        messages.error(request, "너무 오래되었거나 깨진 화면입니다. 문서를 다시 올려 주세요.")
        return redirect("bring_desk:bring", place.slug)
    if form.is_valid():
        try:
            page = bring_case(
                brought=Brought(form.cleaned_data["title"], brought.fields, brought.story),
                municipality=place,
                original=form.cleaned_data["original"],
                by=request.user,
            )
        except ValidationError as error:
            form.add_error(None, ValidationError(error.messages))
        else:
            messages.success(request, "초안을 만들었습니다. 걸음마다 살펴보고 마저 쓰세요.")
            return redirect("wagtailadmin_pages:edit", page.pk)
    return _preview(request, place, brought, [], [], form)


class BringDesk(MunicipalityDesk):
    """한글에서 가져오기 in the menu."""

    name = "bring_desk"
    url_prefix = "bring"
    menu_label = "문서에서 가져오기"
    icon = "doc-full-inverse"
    menu_order = 340

    def get_urlpatterns(self) -> list[Any]:
        return [
            path("", index, name="index"),
            path("<slug:slug>/", bring, name="bring"),
        ]
