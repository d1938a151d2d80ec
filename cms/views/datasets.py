"""A published 자료 판: as CSV, as what cites or describes it, and held against the one before."""

from __future__ import annotations

import csv
from collections.abc import Iterator

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    StreamingHttpResponse,
)
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from cms.citing import FORMATS, bibtex, ris
from cms.models import DatasetPage, Resource
from cms.queries.dataset_changes import version_changes
from cms.queries.dataset_citations import described, work_of
from cms.queries.datasets import file_lines, public_version
from cms.views.attachments import as_attachment
from cms.views.linked_data import as_json_ld

_BOM = "\ufeff"  # without it a Korean spreadsheet reads UTF-8 as CP949


class _Echo:
    """What csv writes into, given back at once."""

    def write(self, line: str) -> str:
        return line


@require_safe
def dataset_csv(request: HttpRequest, place: str, slug: str, number: str) -> HttpResponseBase:
    """`…/data/<slug>/v<n>.csv`: 200, 304, or 404 while the page does not show that version."""
    _, resource = _public(place, slug, number)
    etag = f'"{resource.sha256}"'
    unchanged = get_conditional_response(request, etag=etag)
    if unchanged is not None:
        return unchanged
    response = StreamingHttpResponse(_lines(resource), content_type="text/csv; charset=utf-8")
    as_attachment(response, f"{place}-{slug}-v{resource.number}.csv")
    response["ETag"] = etag
    response["Cache-Control"] = "no-cache"  # the page may be taken down
    return response


def _lines(resource: Resource) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield _BOM
    for cells in file_lines(resource):
        yield str(writer.writerow(cells))


def _public(place: str, slug: str, number: str) -> tuple[DatasetPage, Resource]:
    found = public_version(place, slug, int(number))
    if found is None:
        raise Http404("없는 자료이거나 아직 공개되지 않았습니다.")
    return found


@require_safe
def dataset_citation(
    request: HttpRequest, place: str, slug: str, number: str, extension: str
) -> HttpResponse:
    """`…/v<n>.ris`, `…/v<n>.bib`, `…/v<n>.jsonld`."""
    page, resource = _public(place, slug, number)
    owner = page.owning_municipality
    response: HttpResponse
    if extension == "jsonld":
        response = as_json_ld(described(page, resource, owner))
    else:
        work = work_of(page, resource, owner)
        text = ris(work) if extension == "ris" else bibtex(work)
        response = HttpResponse(text, content_type=f"{FORMATS[extension]}; charset=utf-8")
        as_attachment(response, f"{place}-{slug}-v{resource.number}.{extension}")
    response["Cache-Control"] = "no-cache"
    return response


@require_safe
def dataset_changes(request: HttpRequest, place: str, slug: str, number: str) -> HttpResponse:
    """`…/v<n>/changes/`: row by row against the version before."""
    page, newer = _public(place, slug, number)
    older = page.resources.filter(number=newer.number - 1).first()
    if older is None:
        raise Http404("첫 판은 견줄 앞 판이 없습니다.")
    told = version_changes(newer, older, request.path, request.GET)
    context = {**told, "page": page, "municipality": page.owning_municipality}
    return render(request, "records/dataset_changes.html", context)
