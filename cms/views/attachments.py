"""Files that are taken away: what every such answer says in its headers."""

from __future__ import annotations

from urllib.parse import quote

from django.http.response import HttpResponseBase


def as_attachment(response: HttpResponseBase, plain: str, name: str = "") -> None:
    """Save it under `name`, or under the ASCII `plain` where that can't be read (RFC 6266).

    The browser must not guess another type, and search engines find the page, not the file.
    """
    disposition = f'attachment; filename="{plain}"'
    if name:
        disposition += f"; filename*=UTF-8''{quote(name, safe='')}"
    response["Content-Disposition"] = disposition
    response["X-Content-Type-Options"] = "nosniff"
    response["X-Robots-Tag"] = "noindex"
