"""Atom feeds: new cases, news, and versions of bills."""

from __future__ import annotations

from typing import Any

from django.contrib.syndication.views import Feed
from django.utils.feedgenerator import Atom1Feed

from cms.addresses import address_of
from cms.queries.cases import CaseItem, newest_cases
from cms.queries.law import version_address
from cms.queries.news import newest_news
from coalition.drafts.models import Version

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
