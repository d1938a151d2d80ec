"""robots.txt: all or nothing. While invented material is shown, no machine may index the hub."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from cms.navigation import fiction_exists


def robots(request: HttpRequest) -> HttpResponse:
    """`/robots.txt`."""
    if fiction_exists():
        lines = ["User-agent: *", "Disallow: /"]
    else:
        lines = [
            "User-agent: *",
            f"Disallow: /{settings.HUB_ADMIN_PATH}",
            "Disallow: /search/",
            f"Sitemap: {settings.HUB_BASE_URL}/sitemap.xml",
        ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
