"""Files that are taken away: what every such answer says in its headers."""

from __future__ import annotations

from urllib.parse import quote

from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase

from coalition.members.access import Access
from coalition.record.models import Attachment


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


def shown_document(
    request: HttpRequest, kept: Attachment | None, plain: str, *, own: bool
) -> FileResponse:
    """For everybody once it is public; before that for who keeps the hub and who brought it (`own`)."""
    if kept is None or not (
        kept.public_since is not None or own or Access.of(request.user).may_keep_hub
    ):
        raise Http404("없는 문서이거나 아직 공개되지 않았습니다.")
    return served(kept, plain)


def served(kept: Attachment, plain: str) -> FileResponse:
    """An attachment as a file to save, never to be run by the browser."""
    answer = FileResponse(kept.file.open("rb"), content_type="application/octet-stream")
    as_attachment(answer, f"{plain}.{kept.filename.rpartition('.')[2]}", kept.filename)
    return answer
