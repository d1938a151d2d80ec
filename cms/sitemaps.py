"""What a search engine should know of: live pages and published law texts."""

from __future__ import annotations

from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from django.urls import reverse
from wagtail.models import Page

from cms.addresses import address_of
from cms.queries.law import version_address
from cms.visibility import public
from coalition.advocacy.statements import Stated, released
from coalition.drafts.models import Version


class PageSitemap(Sitemap[Page]):
    """Every public page of the tree."""

    def items(self) -> QuerySet[Page]:
        return public(Page.objects.filter(depth__gte=2)).order_by("path")

    def location(self, item: Page) -> str:
        return address_of(item) if item.depth > 2 else "/"

    def lastmod(self, item: Page) -> object:
        return item.last_published_at


class VersionSitemap(Sitemap[Version]):
    """Every published version; its text never changes."""

    changefreq = "never"

    def items(self) -> QuerySet[Version]:
        versions = Version.objects.filter(published_at__isnull=False)
        return versions.select_related("bill").defer("source_text").order_by("bill", "order")

    def location(self, item: Version) -> str:
        return version_address(item)


class StatementSitemap(Sitemap[Stated]):
    """Every released statement."""

    def items(self) -> list[Stated]:
        return released()

    def location(self, item: Stated) -> str:
        return reverse("statement", args=[item.row.pk])


SITEMAPS = {"pages": PageSitemap, "versions": VersionSitemap, "statements": StatementSitemap}
