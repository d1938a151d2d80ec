"""Original files beside a version, on the secretariat's desk."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from cms.tenancy import DeskRequest
from cms.viewsets.desk import require_keeper
from coalition.drafts.actions import attach_original
from coalition.drafts.models import Version


def originals(request: DeskRequest, pk: int) -> HttpResponse:
    """What lies beside a version, and one more."""
    require_keeper(request)
    version = get_object_or_404(Version.objects.select_related("bill"), pk=pk)
    refused = _attach(request, version) if request.method == "POST" else ""
    if request.method == "POST" and not refused:
        messages.success(request, "원본 파일을 붙였습니다.")
        return redirect("bills_desk:originals", pk)
    context = {
        "version": version,
        "originals": version.originals.select_related("attachment__uploaded_by"),
        "refused": refused,
    }
    return render(request, "admin/bills/originals.html", context, status=400 if refused else 200)


def _attach(request: DeskRequest, version: Version) -> str:
    """Why it was refused; empty when it was taken."""
    file = request.FILES.get("file")
    if file is None:
        return "파일을 고르세요."
    try:
        attach_original(version=version, file=file, by=request.user)
    except ValidationError as error:
        return error.messages[0]
    return ""
