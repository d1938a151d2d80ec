"""자료 내려받기: a published 자료 판 as CSV."""

from __future__ import annotations

import csv
from collections.abc import Iterator

from django.http import Http404, HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from cms.models import Resource
from cms.queries.datasets import file_lines, public_version
from cms.views.attachments import as_attachment

_BOM = "\ufeff"  # without it a Korean spreadsheet reads UTF-8 as CP949


class _Echo:
    """What csv writes into, given back at once."""

    def write(self, line: str) -> str:
        return line


@require_safe
def dataset_csv(request: HttpRequest, place: str, slug: str, number: str) -> HttpResponseBase:
    """`…/data/<slug>/v<n>.csv`: 200, 304, or 404 while the page does not show that version."""
    resource = public_version(place, slug, int(number))
    if resource is None:
        raise Http404("없는 자료이거나 아직 공개되지 않았습니다.")
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
