"""What a version can be taken away as."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.template.defaultfilters import filesizeformat
from django.urls import reverse

from coalition.drafts.exporting import edition_of, shelf
from coalition.drafts.exports import FORMATS, Edition, Format
from coalition.drafts.models import Original, Version
from coalition.drafts.queries import originals_of

_PURPOSES = {
    "txt": "법문 그대로. 이 파일의 글은 판의 해시가 가리키는 글과 같습니다.",
    "docx": "워드와 한글에서 열 수 있는 문서.",
    "pdf": "인쇄하고 보관할 문서. 쪽마다 판과 해시가 있습니다.",
    "json": "법문과 조문의 구조, 해시. 프로그램에서 쓰기 좋습니다.",
    "xml": "법률 문서의 국제 표준(OASIS). 프로그램에서 쓰기 좋습니다.",
}
_FORBIDDEN_IN_NAMES = set('\\/:*?"<>|')
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Download:
    """One format: its address, its size when the file is ready; no address when it is impossible."""

    name: str
    purpose: str
    address: str
    size: str


def downloads_of(version: Version, versions: Sequence[Version]) -> list[Download]:
    """All formats in order. `versions` are the bill's published ones; one query."""
    edition = edition_of(version, min(each.date for each in versions))
    made = [_download(version, edition, format_) for format_ in FORMATS.values()]
    return made + [_original(version, each) for each in originals_of(version)]


def _original(version: Version, original: Original) -> Download:
    kept = original.attachment
    address = reverse("original", args=[version.bill.slug, version.no, original.pk])
    purpose = "이 판의 글을 옮겨 온 원본 파일. 법문은 위의 글이며 이 파일은 그대로 둔 것입니다."
    return Download(kept.filename, purpose, address, filesizeformat(kept.size))


def _download(version: Version, edition: Edition, format_: Format) -> Download:
    purpose = _PURPOSES[format_.extension]
    size = shelf().size(edition, format_)
    if size is None and not format_.is_possible():
        return Download(format_.name, "이 서버는 PDF를 만들 수 없습니다.", "", "")
    address = reverse("export", args=[version.bill.slug, version.no, format_.extension])
    return Download(format_.name, purpose, address, filesizeformat(size) if size else "")


def file_names(version: Version, extension: str) -> tuple[str, str]:
    """The ASCII name and the Korean name of an exported file."""
    plain = f"{version.bill.slug}-v{version.no}.{extension}"
    title = "".join(
        c for c in version.bill.name if c.isprintable() and c not in _FORBIDDEN_IN_NAMES
    )
    notice = " (시연용 초안)" if version.bill.fictional else ""
    return plain, f"{title[:_LONGEST_NAME].strip()} v{version.no}{notice}.{extension}"
