"""Where a page stands, told without asking the database."""

from __future__ import annotations

from wagtail.models import Page


def address_of(page: Page) -> str:
    """The page's path. There is one site and home stands at its root (decision 6)."""
    below_home = page.url_path.strip("/").partition("/")[2]
    return f"/{below_home}/" if below_home else "/"
