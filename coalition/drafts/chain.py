"""The hash chain over a bill's published versions."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from coalition.drafts.models import Bill, Provision, Version
from coalition.drafts.text.parse import parse
from coalition.drafts.text.tree import walk


def normalise(source: str) -> str:
    """Law text as it is kept: NFC, LF, one line break at the end. Nothing else is touched."""
    text = unicodedata.normalize("NFC", source.replace("\r\n", "\n").replace("\r", "\n"))
    return text.rstrip("\n") + "\n" if text.strip() else ""


def seal(version: Version, prev_sha256: str) -> str:
    """sha256 over the version before, this version's metadata in canonical JSON, and its text."""
    meta = {
        "bill": version.bill.slug,
        "no": version.no,
        "date": version.date.isoformat(),
        "summary": version.summary,
    }
    written = json.dumps(meta, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(f"{prev_sha256}\n{written}\n{version.source_text}".encode()).hexdigest()


def content_hash(version: Version) -> str:
    """What an editor was shown of a version that is being written: another hash, other words."""
    said = [version.no, version.date.isoformat(), version.summary, version.source_text]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Breach:
    """A published version that is not what was published."""

    version: Version
    what: str

    def __str__(self) -> str:
        return f"{self.version}: {self.what}"


def breaches(bill: Bill) -> Iterator[Breach]:
    """Recompute the chain, and hold the stored provisions against the text. In order of publication."""
    before = ""
    versions = bill.versions.filter(published_at__isnull=False).order_by("order")
    for expected_order, version in enumerate(versions, start=1):
        if version.order != expected_order:
            yield Breach(version, f"발행 차례가 {version.order}입니다({expected_order}이어야 함).")
        if version.prev_sha256 != before:
            yield Breach(version, "앞 판의 해시와 이어지지 않습니다.")
        if seal(version, version.prev_sha256) != version.sha256:
            yield Breach(version, "글이나 날짜가 발행한 때와 다릅니다(해시가 다름).")
        elif not _provisions_match(version):
            yield Breach(version, "저장된 조문이 글과 다릅니다.")
        before = version.sha256


def breaches_of_all() -> Iterator[str]:
    """What is wrong with any bill, as sentences."""
    for bill in Bill.objects.all():
        yield from map(str, breaches(bill))


def _provisions_match(version: Version) -> bool:
    stored = Provision.objects.filter(version=version).order_by("order")
    kept = list(stored.values_list("eid", "kind", "title", "text"))
    tree = parse(version.source_text).tree
    return kept == [(n.eid, n.kind, n.title, n.text) for n in walk(tree) if n is not tree]
