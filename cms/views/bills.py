"""법안: list, versions, reading, one provision with its permanent address."""

from __future__ import annotations

import re

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, redirect, render

from cms.as_of import as_of
from cms.queries import bills as reading
from cms.queries import clauses, histories, provisions, reasons
from cms.queries.law import get_version, provision_address
from coalition.drafts.models import Bill, Version
from coalition.drafts.queries import bills_with_versions, newest_published
from coalition.drafts.text.address import korean_from_eid, resolve
from coalition.drafts.text.parse import parse

_EID = re.compile(r"[a-z]+_[0-9a-z_-]+")


def bill_list(request: HttpRequest) -> HttpResponse:
    """`/bills/`."""
    day = as_of(request)
    rows = list(bills_with_versions(day.until))
    return render(request, "records/bill_list.html", {"bills": rows, "as_of": day})


def bill(request: HttpRequest, slug: str) -> HttpResponse:
    """`/bills/<slug>/`: the bill, its versions, and what the newest contains."""
    found = get_object_or_404(Bill, slug=slug)
    day = as_of(request)
    details = reading.bill_details(found, day.until)
    return render(request, "records/bill_detail.html", {"as_of": day, **details})


def version(request: HttpRequest, slug: str, no: str) -> HttpResponse:
    """`/bills/<slug>/v<no>/`: the whole text."""
    found = get_version(slug, no)
    return render(request, "records/version_detail.html", reading.version_details(found))


def provision(request: HttpRequest, slug: str, no: str, provision: str) -> HttpResponse:
    """`/bills/<slug>/v<no>/<provision>/`: an eId is shown, a Korean address leads to its eId."""
    found = get_version(slug, no)
    if not _EID.fullmatch(provision):
        return _from_korean(found, provision)
    details = provisions.provision_details(found, provision)
    if details is None:
        return _gone(request, found, provision)
    return render(request, "records/provision_detail.html", details)


def columns(request: HttpRequest, slug: str, no: str) -> HttpResponse:
    """`/bills/<slug>/v<no>/columns/`: 조례 | 법률안 | 현행법."""
    details = clauses.columns_details(get_version(slug, no))
    return render(request, "records/columns_detail.html", details)


def reason_list(request: HttpRequest, slug: str, no: str) -> HttpResponse:
    """`/bills/<slug>/v<no>/reasons/`: 조문 근거 장부, 근거 지도, 근거 없는 조문."""
    day = as_of(request)
    details = reasons.reasons_details(get_version(slug, no), day.until)
    return render(request, "records/reasons_detail.html", {"as_of": day, **details})


def history(request: HttpRequest, slug: str, no: str, provision: str) -> HttpResponse:
    """`/bills/<slug>/v<no>/<provision>/history/`: one clause through all versions."""
    found = get_version(slug, no)
    details = histories.history_details(found, provision) if _EID.fullmatch(provision) else None
    if details is None:
        raise Http404(f"v{no}에 없는 조문입니다.")
    return render(request, "records/provision_history.html", details)


def newest_provision(request: HttpRequest, slug: str, provision: str) -> HttpResponse:
    """`/bills/<slug>/<provision>/` → the newest published version."""
    newest = newest_published(get_object_or_404(Bill, slug=slug))
    if newest is None:
        raise Http404("발행된 판이 없습니다.")
    return redirect("provision", slug, newest.no, provision)


def _from_korean(found: Version, written: str) -> HttpResponse:
    eid = resolve(parse(found.source_text).tree, written)
    if eid is None:
        raise Http404(f"‘{written}’을(를) 조문 주소로 읽을 수 없습니다.")
    return HttpResponsePermanentRedirect(provision_address(found, eid))


def _gone(request: HttpRequest, found: Version, eid: str) -> HttpResponse:
    """404 that says where else the number stands."""
    details = {
        "bill": found.bill,
        "version": found,
        "korean": korean_from_eid(eid),
        "stands": provisions.elsewhere(found, eid),
    }
    return render(request, "records/provision_gone.html", details, status=404)
