"""What somebody may follow, found by the words of an address."""

from __future__ import annotations

from django.urls import reverse

from cms.addresses import address_of
from cms.models import CasePage, MunicipalityPage
from cms.queries.law import provision_address
from cms.tenancy import MUNICIPALITIES
from cms.visibility import public
from coalition.advocacy.following import Topic
from coalition.advocacy.models import FollowKind
from coalition.advocacy.searches import saved_search
from coalition.drafts.models import Bill, Version
from coalition.drafts.queries import newest_published
from coalition.drafts.text.address import korean_from_eid


def topic_of(kind: str, key: str) -> Topic | None:
    """`clause` `<bill>/v<no>/<eId>`, `bill` `<slug>`, `case` `<page id>`, `municipality` `<slug>`,
    `query` the parameters of its address.

    Raises ValidationError for a search that can't be kept.
    """
    find = {
        FollowKind.CLAUSE: _clause,
        FollowKind.BILL: _bill,
        FollowKind.CASE: _case,
        FollowKind.MUNICIPALITY: _municipality,
        FollowKind.SEARCH: _search,
    }
    return find[FollowKind(kind)](key) if kind in find else None


def _clause(key: str) -> Topic | None:
    slug, _, rest = key.partition("/v")
    no, _, eid = rest.partition("/")
    version = (
        Version.objects.select_related("bill")
        .filter(bill__slug=slug, no=no, published_at__isnull=False)
        .first()
    )
    if version is None:
        return None
    found = version.provisions.filter(eid=eid, kind="article").first()
    if found is None:
        return None
    label = f"「{version.bill.name}」 v{version.no} {korean_from_eid(eid)}"
    # Followed once, wherever its number goes: the newest version that is there leads to it.
    return Topic(
        FollowKind.CLAUSE,
        key,
        f"{label}({found.title})" if found.title else label,
        provision_address(version, eid),
        reverse("clause_feed", args=[slug, no, eid]),
        bill=version.bill,
        provision=found,
    )


def _bill(key: str) -> Topic | None:
    bill = Bill.objects.filter(slug=key).first()
    if bill is None or newest_published(bill) is None:
        return None
    feed = reverse("bill_feed", args=[key])
    return Topic(FollowKind.BILL, key, f"「{bill.name}」", f"/bills/{key}/", feed, bill=bill)


def _case(key: str) -> Topic | None:
    if not key.isdecimal() or len(key) > 17:
        return None
    page = public(CasePage.objects.filter(pk=int(key), live=True)).first()
    if page is None:
        return None
    feed = reverse("one_case_feed", args=[page.pk])
    return Topic(FollowKind.CASE, key, page.title, address_of(page), feed)


def _municipality(key: str) -> Topic | None:
    page = (
        public(MunicipalityPage.objects.filter(slug=key, live=True))
        .select_related("municipality__region")
        .first()
    )
    if page is None:
        return None
    place = page.municipality
    return Topic(
        FollowKind.MUNICIPALITY,
        key,
        place.full_name,
        f"/{MUNICIPALITIES}/{key}/",
        reverse("municipality_feed", args=[key]),
        municipality=place,
    )


def _search(key: str) -> Topic | None:
    found = saved_search(key)
    if found is None:
        return None
    return Topic(FollowKind.SEARCH, found.key, found.label, found.address, found.feed)
