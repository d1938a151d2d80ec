"""원본 파일: the word processor's document behind a version, as it was uploaded."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

from cms.views.attachments import as_attachment
from coalition.drafts.models import Original
from coalition.members.access import Access


@require_safe
def original(request: HttpRequest, slug: str, no: str, pk: int) -> FileResponse:
    """`/bills/<slug>/v<no>/originals/<pk>/`: for everybody once the version is published."""
    found = (
        Original.objects.select_related("version", "attachment")
        .filter(version__bill__slug=slug, version__no=no, pk=pk)
        .first()
    )
    may_look = found is not None and (
        found.version.is_published or Access.of(request.user).may_keep_bills
    )
    if found is None or not may_look:
        raise Http404("없는 파일이거나 아직 공개되지 않았습니다.")
    kept = found.attachment
    answer = FileResponse(kept.file.open("rb"), content_type="application/octet-stream")
    ending = kept.filename.rpartition(".")[2]
    as_attachment(answer, f"{slug}-v{no}-{pk}.{ending}", kept.filename)
    return answer
