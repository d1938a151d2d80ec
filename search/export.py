"""A filtered result to take along: CSV for a spreadsheet, JSON for a program. The same hits as on the page.

Every row is looked at in the database once more, as on the page. Cells that a spreadsheet would run as a
formula get an apostrophe in front.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from coalition.record.tables import guarded
from search.api import result_as_data
from search.finding import Outcome, find
from search.forms import MOST_EXPORTED, Asked, BadParameter, read
from search.results import Result, results_of
from search.views import not_indexed

_AT_ONCE = 200
COLUMNS = (
    "종류", "제목", "주소", "지방정부", "행정코드", "날짜", "근거 수준", "분과", "주제어", "비고",
    "맞는 낱말", "가상",
)  # fmt: skip


@require_safe
@not_indexed
def as_csv(request: HttpRequest) -> HttpResponse:
    """`/search/export.csv`: with the parameters of the page."""
    _, outcome = _asked(request)
    if isinstance(outcome, BadParameter):
        return HttpResponse(outcome.detail, status=400, content_type="text/plain; charset=utf-8")
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(COLUMNS)
    for result in _results(outcome):
        writer.writerow([guarded(cell) for cell in _cells(result)])
    response = HttpResponse(
        written.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{_name(outcome)}.csv"'
    return response


@require_safe
@not_indexed
def as_json(request: HttpRequest) -> HttpResponse:
    """`/search/export.json`: results in the form of the API."""
    asked, outcome = _asked(request)
    if isinstance(outcome, BadParameter):
        problem = {"title": "잘못된 요청", "detail": outcome.detail}
        problem["parameter"] = outcome.parameter
        return JsonResponse(problem, status=400, json_dumps_params={"ensure_ascii": False})
    results = [result_as_data(result) for result in _results(outcome)]
    body: dict[str, Any] = {
        "query": asked.wanted.query.written if asked else "",
        "searched": outcome.searched,
        "total": outcome.answer.total,
        "total_partial": outcome.answer.total_partial,
        "exported": len(results),
        "results": results,
    }
    response = JsonResponse(body, json_dumps_params={"ensure_ascii": False, "indent": 1})
    response["Content-Disposition"] = f'attachment; filename="{_name(outcome)}.json"'
    return response


def _asked(request: HttpRequest) -> tuple[Asked | None, Outcome | BadParameter]:
    try:
        asked = read(request.GET, size=1)
    except BadParameter as error:
        return None, error
    return asked, find(replace(asked.wanted, offset=0, limit=MOST_EXPORTED))


def _name(outcome: Outcome) -> str:
    """A file that holds a part says so: nobody should count its rows for all there are."""
    there = outcome.answer.total + outcome.answer.total_partial
    return f"search-{MOST_EXPORTED}-of-{there}" if there > MOST_EXPORTED else "search"


def _results(outcome: Outcome) -> Iterator[Result]:
    hits = outcome.answer.hits
    for begin in range(0, len(hits), _AT_ONCE):
        yield from results_of(hits[begin : begin + _AT_ONCE], outcome.plan)


def _cells(result: Result) -> list[str]:
    place = result.municipality
    return [
        result.kind_label,
        result.title,
        f"{settings.HUB_BASE_URL}{result.url}",
        place.name if place else "",
        place.code if place else "",
        result.date.isoformat() if result.date else "",
        result.level,
        result.labels.get("division", ""),
        "; ".join(result.topics),
        result.note,
        "모두" if result.full else "일부",
        "가상" if result.fictional else "",
    ]
