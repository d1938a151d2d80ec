"""법안: list, versions, reading, one provision with its permanent address."""

from __future__ import annotations

import re

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from cms.as_of import AsOf, as_of
from cms.queries import bills as reading
from cms.queries import clauses, histories, provisions, reasons
from cms.queries.law import get_version, get_version_among, provision_address
from coalition.advocacy.supporting import count_of
from coalition.drafts.models import Bill, Version
from coalition.drafts.queries import bills_with_versions, newest_published
from coalition.drafts.text.address import korean_from_eid, resolve
from coalition.drafts.text.parse import parse
from coalition.particles import object_

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
    support = count_of(found, day.until)
    context = {"as_of": day, "support": support, **details}
    return render(request, "records/bill_detail.html", context)


def version(request: HttpRequest, slug: str, no: str) -> HttpResponse:
    """`/bills/<slug>/v<no>/`: the whole text."""
    found, day = _version_of_the_day(request, slug, no)
    details = reading.version_details(found, day.until)
    return render(request, "records/version_detail.html", {"as_of": day, **details})


def provision(request: HttpRequest, slug: str, no: str, provision: str) -> HttpResponse:
    """`/bills/<slug>/v<no>/<provision>/`: an eId is shown, a Korean address leads to its eId."""
    found, versions = get_version_among(slug, no)
    day = _day_of(request, found)
    if not _EID.fullmatch(provision):
        return _from_korean(found, provision, day)
    details = provisions.provision_details(found, provision, day.until, versions)
    if details is None:
        return _gone(request, found, provision)
    return render(request, "records/provision_detail.html", {"as_of": day, **details})


def columns(request: HttpRequest, slug: str, no: str) -> HttpResponse:
    """`/bills/<slug>/v<no>/columns/`: 조례 | 법률안 | 현행법."""
    found, day = _version_of_the_day(request, slug, no)
    details = clauses.columns_details(found, day.until)
    return render(request, "records/columns_detail.html", {"as_of": day, **details})


def reason_list(request: HttpRequest, slug: str, no: str) -> HttpResponse:
    """`/bills/<slug>/v<no>/reasons/`: 조문 근거 장부, 근거 지도, 근거 없는 조문."""
    found, day = _version_of_the_day(request, slug, no)
    details = reasons.reasons_details(found, day.until)
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
    day = as_of(request)
    newest = newest_published(get_object_or_404(Bill, slug=slug), day.until)
    if newest is None:
        raise Http404("발행된 판이 없습니다.")
    return redirect(f"{reverse('provision', args=[slug, newest.no, provision])}{day.suffix}")


def _version_of_the_day(request: HttpRequest, slug: str, no: str) -> tuple[Version, AsOf]:
    """The version, unless the day that was asked for is before it."""
    found = get_version(slug, no)
    return found, _day_of(request, found)


def _day_of(request: HttpRequest, found: Version) -> AsOf:
    day = as_of(request)
    if day.until is not None and found.date > day.until:
        raise Http404("이날에는 없던 판입니다.")
    return day


def _from_korean(found: Version, written: str, day: AsOf) -> HttpResponse:
    eid = resolve(parse(found.source_text).tree, written)
    if eid is None:
        raise Http404(f"{object_(f'‘{written}’')} 조문 주소로 읽을 수 없습니다.")
    return HttpResponsePermanentRedirect(f"{provision_address(found, eid)}{day.suffix}")


def _gone(request: HttpRequest, found: Version, eid: str) -> HttpResponse:
    """404 that says where else the number stands."""
    details = {
        "bill": found.bill,
        "version": found,
        "korean": korean_from_eid(eid),
        "stands": provisions.elsewhere(found, eid),
    }
    return render(request, "records/provision_gone.html", details, status=404)
