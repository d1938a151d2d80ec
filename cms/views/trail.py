"""질문에서 조문까지: forward from a core question, back from a clause."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from cms.queries.core_lists import cores_by_paper
from cms.queries.law import get_version, provision_address
from coalition.dialogue.models import CoreQuestion
from coalition.drafts.text.address import korean_from_eid
from coalition.trail.queries import origins_of, trail_address, trail_of


def core_list(request: HttpRequest) -> HttpResponse:
    """`/trail/`: every core question, to follow one."""
    rows = CoreQuestion.objects.exclude(text="").select_related("paper")
    papers = cores_by_paper(rows.order_by("paper", "number"), trail_address)
    return render(request, "records/trail_list.html", {"papers": papers})


def core(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """`/trail/<paper>/<no>/`: six stages, gaps shown as gaps."""
    rows = CoreQuestion.objects.select_related("paper__body__municipality__region")
    found = rows.filter(paper__key=key, number=number).first() if number < 2**31 else None
    if found is None:
        raise Http404("그런 핵심 질문이 없습니다.")
    return render(request, "records/trail_detail.html", {"trail": trail_of(found)})


def origins(request: HttpRequest, slug: str, no: str, provision: str) -> HttpResponse:
    """`/trail/bills/<slug>/v<no>/<eId>/`: the questions from which a clause came."""
    version = get_version(slug, no)
    found = version.provisions.filter(eid=provision, kind__in=("article", "paragraph")).first()
    if found is None:
        raise Http404(f"v{no}에 없는 조문입니다.")
    found.version = version
    groups = [(one, trail_address(one.core) if one.core else "") for one in origins_of(found)]
    context = {
        "bill": version.bill,
        "version": version,
        "provision": found,
        "korean": korean_from_eid(found.eid) or found.label,
        "address": provision_address(version, found.eid),
        "groups": groups,
        "count": sum(len(one.stops) for one, _ in groups),
    }
    return render(request, "records/trail_origins.html", context)
