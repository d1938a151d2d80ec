"""schema.org as JSON-LD at addresses of its own, beside the pages (decision 20)."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from cms.queries import linked_data as telling
from cms.queries.law import get_version


@require_safe
def version(request: HttpRequest, slug: str, no: str) -> JsonResponse:
    """`/bills/<slug>/v<no>/legislation.jsonld`."""
    return _answer(telling.version_described(get_version(slug, no)))


@require_safe
def provision(request: HttpRequest, slug: str, no: str, provision: str) -> JsonResponse:
    """`/bills/<slug>/v<no>/<eId>/legislation.jsonld`."""
    return _answer(telling.provision_described(get_version(slug, no), provision))


@require_safe
def municipality(request: HttpRequest, slug: str) -> JsonResponse:
    """`/municipalities/<slug>/organization.jsonld`."""
    return _answer(telling.municipality_described(slug))


@require_safe
def coalition(request: HttpRequest) -> JsonResponse:
    """`/organization.jsonld`."""
    return _answer(telling.coalition_described())


def _answer(said: dict[str, Any] | None) -> JsonResponse:
    if said is None:
        raise Http404("그런 것이 없습니다.")
    answer = as_json_ld(said)
    answer["Cache-Control"] = "no-cache"  # what it tells of may be taken down
    return answer


def as_json_ld(said: dict[str, Any]) -> JsonResponse:
    """A description as it is sent, here and for a version of a dataset."""
    return JsonResponse(
        said,
        json_dumps_params={"ensure_ascii": False, "indent": 1},
        content_type="application/ld+json; charset=utf-8",
    )
