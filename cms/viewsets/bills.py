"""The secretariat's desk for bills: paste, see outline and faults, mend, publish."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST
from wagtail.admin.viewsets.base import ViewSet

from cms.tenancy import DeskRequest
from cms.viewsets.outline import Check, check_text
from coalition.drafts import actions
from coalition.drafts.models import Bill, Version
from coalition.drafts.queries import newest_published
from coalition.members.access import Access


class BillForm(forms.ModelForm[Bill]):
    """A bill's name and address."""

    class Meta:
        model = Bill
        fields = ("title", "short_title", "slug", "summary", "fictional")
        help_texts = {
            "slug": "영문자·숫자·붙임표. /bills/ 아래의 주소가 되며 한 판이라도 발행하면 바꿀 수 없습니다.",
            "fictional": "기능을 보이려고 지어낸 법안이면 표시합니다. 모든 쪽에 ‘시연용 초안’으로 나옵니다.",
        }


class VersionForm(forms.ModelForm[Version]):
    """One text area made for pasting from 한글, and what the version is called."""

    class Meta:
        model = Version
        fields = ("no", "date", "summary", "source_text")
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


def _require_keeper(request: DeskRequest) -> None:
    if not Access.of(request.user).may_keep_bills:
        raise PermissionDenied


def bill_index(request: DeskRequest) -> HttpResponse:
    """All bills with their versions, published and not."""
    _require_keeper(request)
    bills = Bill.objects.prefetch_related("versions")
    return render(request, "admin/bills/index.html", {"bills": bills})


def add_bill(request: DeskRequest) -> HttpResponse:
    """Enter a bill."""
    _require_keeper(request)
    form = BillForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        bill = actions.open_bill(by=request.user, **form.cleaned_data)
        messages.success(request, f"‘{bill}’을(를) 만들었습니다. 첫 판의 글을 넣으세요.")
        return redirect("bills_desk:add_version", bill.pk)
    return render(request, "admin/bills/bill_form.html", {"form": form})


def add_version(request: DeskRequest, bill_id: int) -> HttpResponse:
    """Begin a version, with the text of the newest as its ground."""
    _require_keeper(request)
    bill = get_object_or_404(Bill, pk=bill_id)
    newest = newest_published(bill)
    start = {
        "date": timezone.localdate(),
        "source_text": newest.source_text if newest else "",
    }
    form = VersionForm(request.POST or None, initial=start, instance=Version(bill=bill))
    if request.method == "POST" and "check" not in request.POST and form.is_valid():
        version = actions.draft_version(bill=bill, by=request.user, **form.cleaned_data)
        messages.success(request, f"v{version.no}을(를) 저장했습니다. 아직 공개되지 않았습니다.")
        return redirect("bills_desk:edit_version", version.pk)
    return _version_page(request, form, bill, None)


def edit_version(request: DeskRequest, pk: int) -> HttpResponse:
    """Change a version that is not published."""
    _require_keeper(request)
    version = get_object_or_404(Version.objects.select_related("bill"), pk=pk)
    if version.is_published:
        messages.error(request, f"v{version.no}은(는) 발행되어 고칠 수 없습니다. 새 판을 만드세요.")
        return redirect("bills_desk:index")
    # The form gets a copy: what a person typed must not be in the object when the action compares.
    form = VersionForm(request.POST or None, instance=Version.objects.get(pk=pk))
    if request.method == "POST" and "check" not in request.POST and form.is_valid():
        actions.revise_version(version=version, by=request.user, **form.cleaned_data)
        messages.success(request, f"v{version.no}을(를) 저장했습니다.")
        if "publish" in request.POST:
            return redirect("bills_desk:publish", version.pk)
        return redirect("bills_desk:edit_version", version.pk)
    return _version_page(request, form, version.bill, version)


def _version_page(
    request: DeskRequest, form: VersionForm, bill: Bill, version: Version | None
) -> HttpResponse:
    text = form["source_text"].value() or ""
    context = {"form": form, "bill": bill, "version": version, "check": check_text(text)}
    return render(request, "admin/bills/version_form.html", context)


def publish(request: DeskRequest, pk: int) -> HttpResponse:
    """The last look before a text becomes unchangeable."""
    _require_keeper(request)
    version = get_object_or_404(Version.objects.select_related("bill"), pk=pk)
    refused: list[str] = []
    if request.method == "POST":
        try:
            published = actions.publish_version(version=version, by=request.user)
        except ValidationError as error:
            refused = error.messages
        else:
            messages.success(
                request, f"{published}을(를) 발행했습니다. 이제 누구도 고칠 수 없습니다."
            )
            return redirect("bills_desk:index")
    context = {
        "version": version,
        "bill": version.bill,
        "check": check_text(version.source_text),
        "refused": refused,
    }
    return render(request, "admin/bills/publish.html", context, status=409 if refused else 200)


@require_POST
def discard(request: DeskRequest, pk: int) -> HttpResponse:
    """Throw away a version that was never published."""
    _require_keeper(request)
    version = get_object_or_404(Version, pk=pk)
    try:
        actions.discard_version(version=version, by=request.user)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, f"v{version.no}을(를) 지웠습니다.")
    return redirect("bills_desk:index")


@require_POST
def check(request: DeskRequest) -> JsonResponse:
    """Outline and faults of a text that is still being written: asked by the editor's script."""
    _require_keeper(request)
    found: Check = check_text(request.POST.get("source_text", ""))
    return JsonResponse(found.as_json())


class BillsDesk(ViewSet):
    """법안 in the menu of the desk."""

    name = "bills_desk"
    url_prefix = "bills"
    menu_label = "법안"
    icon = "doc-full"
    menu_order = 250

    def get_urlpatterns(self) -> list[Any]:
        return [
            path("", bill_index, name="index"),
            path("add/", add_bill, name="add_bill"),
            path("<int:bill_id>/versions/add/", add_version, name="add_version"),
            path("versions/check/", check, name="check"),
            path("versions/<int:pk>/", edit_version, name="edit_version"),
            path("versions/<int:pk>/publish/", publish, name="publish"),
            path("versions/<int:pk>/discard/", discard, name="discard"),
        ]

    @property
    def menu_url(self) -> str:
        return reverse("bills_desk:index")

    def get_menu_item(self, order: int | None = None) -> Any:
        from cms.menu import KeeperMenuItem

        return KeeperMenuItem(
            self.menu_label,
            self.menu_url,
            name=self.name,
            icon_name=self.icon,
            order=self.menu_order,
        )
