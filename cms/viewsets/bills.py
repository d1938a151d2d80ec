"""The secretariat's desk for bills: the list, a new bill, and the addresses of all its screens."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.views.decorators.http import require_POST

from cms.tenancy import DeskRequest
from cms.viewsets.desk import SecretariatDesk, require_keeper
from cms.viewsets.editor import add_version, check, edit_version, paste
from cms.viewsets.originals import originals
from cms.viewsets.publishing import publish
from cms.viewsets.reconfirming import lineage, reconfirm
from coalition.drafts import actions
from coalition.drafts.models import Bill, Version
from coalition.particles import object_


class BillForm(forms.ModelForm[Bill]):
    """A bill's name and address."""

    class Meta:
        model = Bill
        fields = ("title", "short_title", "slug", "summary", "fictional")
        help_texts = {
            "slug": "영문자·숫자·붙임표. /bills/ 아래의 주소가 되며 한 판이라도 발행하면 바꿀 수 없습니다.",
            "fictional": "기능을 보이려고 지어낸 법안이면 표시합니다. 모든 쪽에 ‘시연용 초안’으로 나옵니다.",
        }


def bill_index(request: DeskRequest) -> HttpResponse:
    """All bills with their versions, published and not."""
    require_keeper(request)
    bills = Bill.objects.prefetch_related("versions")
    return render(request, "admin/bills/index.html", {"bills": bills})


def add_bill(request: DeskRequest) -> HttpResponse:
    """Enter a bill."""
    require_keeper(request)
    form = BillForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        bill = actions.open_bill(by=request.user, **form.cleaned_data)
        messages.success(request, f"{object_(f'‘{bill}’')} 만들었습니다. 첫 판의 글을 넣으세요.")
        return redirect("bills_desk:add_version", bill.pk)
    return render(request, "admin/bills/bill_form.html", {"form": form})


@require_POST
def discard(request: DeskRequest, pk: int) -> HttpResponse:
    """Throw away a version that was never published."""
    require_keeper(request)
    version = get_object_or_404(Version, pk=pk)
    try:
        actions.discard_version(version=version, by=request.user)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, f"{object_(f'v{version.no}')} 지웠습니다.")
    return redirect("bills_desk:index")


class BillsDesk(SecretariatDesk):
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
            path("versions/paste/", paste, name="paste"),
            path("versions/<int:pk>/", edit_version, name="edit_version"),
            path("versions/<int:pk>/publish/", publish, name="publish"),
            path("versions/<int:pk>/discard/", discard, name="discard"),
            path("versions/<int:pk>/originals/", originals, name="originals"),
            path("versions/<int:pk>/lineage/", lineage, name="lineage"),
            path("versions/<int:pk>/lineage/<str:eid>/", reconfirm, name="reconfirm"),
        ]
