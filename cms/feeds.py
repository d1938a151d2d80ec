"""Atom feeds: new cases, news, versions of bills; of one bill, clause, case and municipality."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape, linebreaks

from cms.addresses import address_of
from cms.models import CasePage, MunicipalityPage
from cms.queries.cases import CaseItem, newest_cases
from cms.queries.feeds import Entry, case_entries, municipality_entries
from cms.queries.law import provision_address, version_address
from cms.queries.news import newest_news
from cms.visibility import public
from coalition.advocacy.telling import ToldChange, changes_of
from coalition.drafts.models import Bill, Provision, Version
from coalition.drafts.queries import newest_published, published_versions
from coalition.drafts.text.address import korean_from_eid

ENTRIES = 30


class CaseFeed(Feed[CaseItem, None]):
    """`/feeds/cases/`."""

    feed_type = Atom1Feed
    title = "연대 허브: 새 사례"
    link = "/cases/"
    subtitle = "지방정부가 새로 올린 사례"

    def items(self) -> list[CaseItem]:
        return newest_cases(ENTRIES)

    def item_title(self, item: Any) -> str:
        return f"{item.title} ({item.municipality.full_name}{', 가상' if item.municipality.fictional else ''})"

    def item_description(self, item: Any) -> str:
        return str(item.text)

    def item_link(self, item: Any) -> str:
        return str(item.address)

    def item_updateddate(self, item: Any) -> Any:
        return item.published


class NewsFeed(Feed[Any, None]):
    """`/feeds/news/`."""

    feed_type = Atom1Feed
    title = "연대 허브: 소식"
    link = "/news/"
    subtitle = "연대와 지방정부의 소식"

    def items(self) -> list[Any]:
        return list(newest_news(ENTRIES))

    def item_title(self, item: Any) -> str:
        return str(item.title)

    def item_description(self, item: Any) -> str:
        return str(item.summary)

    def item_link(self, item: Any) -> str:
        return address_of(item)


class VersionFeed(Feed[Version, None]):
    """`/feeds/bills/`."""

    feed_type = Atom1Feed
    title = "연대 허브: 법안의 새 판"
    link = "/bills/"
    subtitle = "발행된 초안 판"

    def items(self) -> list[Version]:
        versions = Version.objects.filter(published_at__isnull=False).select_related("bill")
        return list(versions.defer("source_text").order_by("-published_at")[:ENTRIES])

    def item_title(self, item: Version) -> str:
        return f"{item}{' (시연용 초안)' if item.bill.fictional else ''}"

    def item_description(self, item: Version) -> str:
        return item.summary

    def item_link(self, item: Version) -> str:
        return version_address(item)

    def item_updateddate(self, item: Version) -> Any:
        return item.published_at


class BillFeed(Feed[Version, Bill]):
    """`/feeds/bills/<slug>/`: the versions of one bill."""

    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest, slug: str) -> Bill:
        return get_object_or_404(Bill, slug=slug)

    def title(self, obj: Bill) -> str:
        return f"연대 허브: 「{obj.name}」의 새 판{' (시연용 초안)' if obj.fictional else ''}"

    def link(self, obj: Bill) -> str:
        return reverse("bill", args=[obj.slug])

    def items(self, obj: Bill) -> list[Version]:
        return list(published_versions(obj).defer("source_text")[:ENTRIES])

    def item_title(self, item: Version) -> str:
        return str(item)

    def item_description(self, item: Version) -> str:
        return item.summary

    def item_link(self, item: Version) -> str:
        return version_address(item)

    def item_updateddate(self, item: Version) -> Any:
        return item.published_at


class ClauseFeed(Feed[Any, Provision]):
    """`/feeds/bills/<slug>/v<no>/<eid>/`: each version that changed the words of an article, with the difference.

    It goes on wherever the article's number goes; a version that only renumbered it is no entry. Without a
    version the number is that of the newest one.
    """

    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest, slug: str, eid: str, no: str = "") -> Provision:
        bill = get_object_or_404(Bill, slug=slug)
        version = published_versions(bill).filter(no=no).first() if no else newest_published(bill)
        rows = version.provisions.filter(eid=eid, kind="article") if version else None
        found = rows.select_related("version__bill").first() if rows is not None else None
        if found is None:
            raise Http404("그 판에 없는 조문입니다.")
        return found

    def title(self, obj: Provision) -> str:
        bill = obj.version.bill
        demo = " (시연용 초안)" if bill.fictional else ""
        return f"연대 허브: 「{bill.name}」 v{obj.version.no} {korean_from_eid(obj.eid)}{demo}"

    def link(self, obj: Provision) -> str:
        return provision_address(obj.version, obj.eid)

    def items(self, obj: Provision) -> list[ToldChange]:
        return changes_of(obj)[:ENTRIES]

    def item_title(self, item: ToldChange) -> str:
        return item.headline

    def item_description(self, item: ToldChange) -> str:
        return linebreaks("\n".join(item.lines), autoescape=True)

    def item_link(self, item: ToldChange) -> str:
        return version_address(item.version)

    def item_guid(self, item: ToldChange) -> str:
        return f"{settings.HUB_BASE_URL}{version_address(item.version)}#{item.headline}"

    def item_updateddate(self, item: ToldChange) -> Any:
        return item.version.published_at


class EntryFeed(Feed[Entry, Any]):
    """A feed of Entries (cms.queries.feeds)."""

    feed_type = Atom1Feed

    def item_title(self, item: Any) -> str:
        return str(item.title)

    def item_description(self, item: Any) -> str:
        return escape(item.text)

    def item_link(self, item: Any) -> str:
        return str(item.address)

    def item_guid(self, item: Any) -> str:
        return f"{settings.HUB_BASE_URL}/feeds/#{item.guid}"

    def item_updateddate(self, item: Any) -> Any:
        return item.at


class OneCaseFeed(EntryFeed):
    """`/feeds/cases/<number of the page>/`: whenever the case is published anew."""

    def get_object(self, request: HttpRequest, pk: int) -> CasePage:
        return get_object_or_404(
            public(CasePage.objects.all()), id=pk
        )  # not pk: a key that is one to another page takes no number of 40 digits

    def title(self, obj: CasePage) -> str:
        return f"연대 허브: 사례 {obj.title}"

    def link(self, obj: CasePage) -> str:
        return address_of(obj)

    def items(self, obj: CasePage) -> list[Entry]:
        return case_entries(obj, ENTRIES)


class MunicipalityFeed(EntryFeed):
    """`/feeds/municipalities/<slug>/`: new pages, confirmed positions, steps of council resolutions."""

    def get_object(self, request: HttpRequest, slug: str) -> MunicipalityPage:
        pages = public(MunicipalityPage.objects.all()).select_related("municipality__region")
        return get_object_or_404(pages, slug=slug)

    def title(self, obj: MunicipalityPage) -> str:
        place = obj.municipality
        return f"연대 허브: {place.full_name}{' (가상)' if place.fictional else ''}"

    def link(self, obj: MunicipalityPage) -> str:
        return address_of(obj)

    def items(self, obj: MunicipalityPage) -> list[Entry]:
        return municipality_entries(obj, ENTRIES)
