"""기준일: `?on=2026-05-01` shows what the ledgers say of that day.

Such an answer is never cached and never indexed, and its canonical address is today's page. A page that
follows the day hands `as_of` to its template; base.html says of every other page that it shows today.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from coalition.members.queries import today

PARAMETER, ALIAS = "on", "기준일"
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# These have parameters of their own, and no page to put a banner on.
_ELSEWHERE = ("/api/", "/healthz/", "/static/", "/media/", f"/{settings.HUB_ADMIN_PATH}")


@dataclass(frozen=True, slots=True)
class AsOf:
    """The day that a page shows. `asked` when a reader chose it, else it is today."""

    day: dt.date
    asked: bool

    @property
    def suffix(self) -> str:
        """What keeps the day in a link."""
        return f"?{PARAMETER}={self.day.isoformat()}" if self.asked else ""

    @property
    def is_ahead(self) -> bool:
        """Whether the day has not come yet: then only what is written down by now can be shown."""
        return self.day > today()

    @property
    def until(self) -> dt.date | None:
        """The last day that counts, for lists that show everything unless a day is asked for."""
        return self.day if self.asked else None


def read_day(written: str) -> dt.date | None:
    """2026-05-01 and nothing else; None for what is no day."""
    if not _DAY.fullmatch(written):
        return None
    try:
        return dt.date.fromisoformat(written)
    except ValueError:
        return None


def as_of(request: HttpRequest) -> AsOf:
    """The day that was asked for, else today."""
    asked: dt.date | None = getattr(request, "asked_day", None)
    return AsOf(asked or today(), asked is not None)


class AsOfMiddleware:
    """Reads the day before any view does; a day that is none is a bad request, said in Korean."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD") or request.path.startswith(_ELSEWHERE):
            return self.get_response(request)
        if ALIAS in request.GET:
            return _kept_out(HttpResponseRedirect(_renamed(request)))
        if PARAMETER not in request.GET:
            return self.get_response(request)
        day = read_day(request.GET[PARAMETER])
        if day is None:
            reason = "기준일은 2026-05-01처럼 있는 날짜로 씁니다."
            return _kept_out(render(request, "400.html", {"reason": reason}, status=400))
        request.asked_day = day  # type: ignore[attr-defined]
        return _kept_out(self.get_response(request))


def _renamed(request: HttpRequest) -> str:
    asked = request.GET.copy()
    asked[PARAMETER] = asked.pop(ALIAS)[-1]
    return f"{request.path}?{asked.urlencode()}"


def _kept_out(answer: Any) -> HttpResponse:
    """Neither a cache nor a search engine keeps it."""
    answer["Cache-Control"] = "private, no-store"
    answer["X-Robots-Tag"] = "noindex"
    kept: HttpResponse = answer
    return kept
