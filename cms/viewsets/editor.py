"""The editor of a version: one text area, and around it what a person needs to trust the text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from cms.tenancy import DeskRequest
from cms.viewsets.brought import Brought, bring, bring_paste, bring_text
from cms.viewsets.desk import require_keeper
from cms.viewsets.outline import check_text
from cms.viewsets.sides import Block, Compared, Printed, beside_published, differences, printed
from coalition.drafts import actions
from coalition.drafts.chain import content_hash, normalise
from coalition.drafts.files import FileRefused, read_law_file
from coalition.drafts.models import Bill, Version
from coalition.drafts.queries import newest_published
from coalition.particles import object_, topic

FIELDS = ("no", "date", "summary", "source_text")


class VersionForm(forms.ModelForm[Version]):
    """One text area made for pasting from 한글, and what the version is called."""

    #: What the form was made from; somebody else may have saved since.
    base = forms.CharField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Version
        fields = FIELDS
        widgets = {
            "date": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "summary": forms.Textarea(attrs={"rows": 3}),
            "source_text": forms.Textarea(
                attrs={"rows": 30, "spellcheck": "false", "class": "law-source"}
            ),
        }
        help_texts = {
            "source_text": "한글에서 복사한 글을 그대로 붙여 넣으세요. 들여쓰기는 없어도 됩니다.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The text's own first indentation belongs to it.
        self.fields["source_text"].strip = False  # type: ignore[attr-defined]


@dataclass
class Beside:
    """What the editor shows around the form, each part only when it was asked for."""

    compared: Compared | None = None
    no_version_yet: bool = False
    preview: list[Printed] = field(default_factory=list)
    brought: Brought | None = None
    from_file: bool = False
    refused: str = ""
    theirs: Version | None = None
    differences: list[Block] = field(default_factory=list)


def add_version(request: DeskRequest, bill_id: int) -> HttpResponse:
    """Begin a version, with the text of the newest as its ground."""
    require_keeper(request)
    bill = get_object_or_404(Bill, pk=bill_id)
    if request.method != "POST":
        newest = newest_published(bill)
        text = newest.source_text if newest else ""
        start = {"date": timezone.localdate(), "source_text": text}
        return _page(request, VersionForm(initial=start), bill, None)
    if _do(request) not in ("save", "publish"):
        return _look(request, bill, None)
    form = VersionForm(request.POST, instance=Version(bill=bill))
    if form.is_valid():
        fields = {name: form.cleaned_data[name] for name in FIELDS}
        try:
            version = actions.draft_version(bill=bill, by=request.user, **fields)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(
                request, f"{object_(f'v{version.no}')} 저장했습니다. 아직 공개되지 않았습니다."
            )
            return _onward(request, version)
    return _page(request, form, bill, None)


def edit_version(request: DeskRequest, pk: int) -> HttpResponse:
    """Change a version that is not published."""
    require_keeper(request)
    version = get_object_or_404(Version.objects.select_related("bill"), pk=pk)
    if version.is_published:
        messages.error(
            request, f"{topic(f'v{version.no}')} 발행되어 고칠 수 없습니다. 새 판을 만드세요."
        )
        return redirect("bills_desk:index")
    # The form gets a copy: what a person typed must not be in the object when the action compares.
    copy = Version.objects.get(pk=pk)
    if request.method != "POST":
        form = VersionForm(instance=copy, initial={"base": content_hash(version)})
        return _page(request, form, version.bill, version)
    if _do(request) not in ("save", "publish"):
        return _look(request, version.bill, version)
    form = VersionForm(request.POST, instance=copy)
    if form.is_valid():
        fields = {name: form.cleaned_data[name] for name in FIELDS}
        base = form.cleaned_data["base"]
        try:
            actions.revise_version(version=version, by=request.user, base=base, **fields)
        except actions.EditConflict as conflict:
            return _conflict(request, version.bill, conflict.stored)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, f"{object_(f'v{version.no}')} 저장했습니다.")
            return _onward(request, version)
    return _page(request, form, version.bill, version)


def _do(request: DeskRequest) -> str:
    """Which button was pressed."""
    return request.POST.get("do", "save")


def _onward(request: DeskRequest, version: Version) -> HttpResponse:
    name = "publish" if _do(request) == "publish" else "edit_version"
    return redirect(f"bills_desk:{name}", version.pk)


def _typed(request: DeskRequest, **changes: Any) -> VersionForm:
    """The form as it was typed, not judged yet."""
    names = (*FIELDS, "base")
    return VersionForm(initial={**{name: request.POST.get(name, "") for name in names}, **changes})


def _look(request: DeskRequest, bill: Bill, version: Version | None) -> HttpResponse:
    """Everything that saves nothing: check, compare, preview, mend, bring in, take over."""
    text, beside = request.POST.get("source_text", ""), Beside()
    do = _do(request)
    if do == "compare":
        beside.compared = beside_published(bill, text)
        beside.no_version_yet = beside.compared is None
    elif do == "preview":
        beside.preview = printed(text)
    elif do == "tidy":
        beside.brought = bring_text(text)
    elif do == "bring":
        _read_file(request, beside)
    elif do in ("use-clean", "use-raw"):
        source = request.POST.get("brought", text)
        taken = bring_text(source).text if do == "use-clean" else normalise(source)
        messages.success(request, "글을 바꾸었습니다. 아직 저장하지 않았습니다.")
        return _page(request, _typed(request, source_text=taken), bill, version, unsaved=True)
    elif do == "use-theirs" and version is not None:
        stored = {name: getattr(version, name) for name in FIELDS}
        form = _typed(request, **stored, base=content_hash(version))
        return _page(request, form, bill, version)
    return _page(request, _typed(request), bill, version, beside, unsaved=True)


def _read_file(request: DeskRequest, beside: Beside) -> None:
    file = request.FILES.get("file")
    if file is None:
        beside.refused = "가져올 파일을 고르세요."
        return
    try:
        beside.brought = bring(read_law_file(file.name or "", file.read()))
        beside.from_file = True
    except FileRefused as refused:
        beside.refused = refused.message


def _conflict(request: DeskRequest, bill: Bill, stored: Version) -> HttpResponse:
    """Somebody saved in between: both texts are shown, nothing is overwritten."""
    mine = request.POST.get("source_text", "")
    beside = Beside(theirs=stored, differences=differences(stored.source_text, mine))
    form = _typed(request, base=content_hash(stored))
    return _page(request, form, bill, stored, beside, status=409, unsaved=True)


def _page(
    request: DeskRequest,
    form: VersionForm,
    bill: Bill,
    version: Version | None,
    beside: Beside | None = None,
    *,
    status: int = 200,
    unsaved: bool = False,
) -> HttpResponse:
    text = form["source_text"].value() or ""
    context = {
        "form": form,
        "bill": bill,
        "version": version,
        "check": check_text(text),
        "beside": beside or Beside(),
        "unsaved": unsaved or form.is_bound,
    }
    return render(request, "admin/bills/version_form.html", context, status=status)


@require_POST
def check(request: DeskRequest) -> JsonResponse:
    """Outline and faults of a text that is still being written: asked by the editor's script."""
    require_keeper(request)
    return JsonResponse(check_text(request.POST.get("source_text", "")).as_json())


@require_POST
def paste(request: DeskRequest) -> JsonResponse:
    """What a paste would put into the text: asked by the editor's script before it does."""
    require_keeper(request)
    try:
        found = bring_paste(request.POST.get("html", ""), request.POST.get("text", ""))
    except FileRefused as refused:
        return JsonResponse({"refused": refused.message}, status=400)
    return JsonResponse({**found.as_json(), "has_news": found.has_news})
