"""Pages for what went wrong: in Korean, with a way on, and without anything of the inside."""

from __future__ import annotations

import sys
from typing import Any

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

RETRY_AFTER = 30  # seconds


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "400.html", status=400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """The reason is ours and in Korean, or it is not shown: a resolver's message names inner paths."""
    reason = exception.args[0] if exception and exception.args else ""
    shown = reason if isinstance(reason, str) and reason.endswith("니다.") else ""
    return render(request, "404.html", {"reason": shown}, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """No context processor here: the database may be what failed. Then it is 503, and worth coming back."""
    from django.template.loader import render_to_string

    if isinstance(sys.exception(), (OperationalError, InterfaceError)):
        return HttpResponse(
            render_to_string("503.html"), status=503, headers={"Retry-After": str(RETRY_AFTER)}
        )
    return HttpResponse(render_to_string("500.html"), status=500)
