"""The two commands of the dialogue: which paper, and what it is when it is not there yet."""

from __future__ import annotations

import datetime as dt
import re
from argparse import ArgumentParser
from typing import Any

from coalition.dialogue.imports import Imported
from coalition.dialogue.models import Body, Paper, PaperKind
from coalition.dialogue.models.paper import PAPER_KEY
from coalition.record.importing import ImportCommand, given_file
from coalition.record.models import Source
from coalition.record.tables import Fault, TableRefused


def refused(message: str) -> TableRefused:
    """A fault of the whole call."""
    return TableRefused([Fault(0, "", message)])


def find_paper(key: str) -> Paper | None:
    """The paper of that key."""
    return (
        Paper.objects.select_related("body__municipality__region", "source").filter(key=key).first()
    )


def keep_paper_of(key: str, **told: Any) -> Paper:
    """The paper of that key, made when absent.

    `<body>-green` is the 녹서 of that body, `-white` its 백서, `-blue` its 청서; any other key is a 녹서.
    Raises TableRefused for a key that can't stand in an address or a body that is not there.
    """
    if not re.fullmatch(PAPER_KEY, key) or len(key) > 60:
        raise refused(f"--paper {key!r}: 영문 소문자, 숫자, 붙임표로 60자까지 씁니다.")
    known = find_paper(key)
    if known is not None:
        return known
    stem, _, last = key.rpartition("-")
    kind = PaperKind(last) if stem and last in PaperKind.values else PaperKind.GREEN
    body = _body(told.get("body"), stem)
    title = told.get("title") or f"{body or key} {kind.label}"
    return Paper.objects.create(
        key=key,
        kind=kind,
        body=body,
        title=title[:200],
        date=told.get("date"),
        fictional=body is not None and body.municipality.fictional,
        source=_source(told),
    )


def _body(slug: str | None, stem: str) -> Body | None:
    bodies = Body.objects.select_related("municipality__region")
    if slug:
        body = bodies.filter(slug=slug).first()
        if body is None:
            raise refused(f"--body {slug}: 그런 일자리회가 없습니다.")
        return body
    return bodies.filter(slug=stem).first() if stem else None


def _source(told: dict[str, Any]) -> Source | None:
    title, publisher = told.get("source_title"), told.get("source_publisher")
    if not title:
        return None
    if not publisher:
        raise refused("--source-title을 쓰면 --source-publisher도 써야 합니다.")
    source, _ = Source.objects.get_or_create(
        title=title,
        publisher=publisher,
        published_on=told.get("source_date"),
        defaults={"address": told.get("source_address") or ""},
    )
    return source


class PaperImportCommand(ImportCommand):
    """`FILE --paper KEY`, and what a new paper is."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("file", type=given_file, help="CSV(UTF-8이나 CP949)나 엑셀(.xlsx)")
        parser.add_argument("--paper", required=True, metavar="KEY", help="garam-green")
        new = parser.add_argument_group("처음 들이는 녹서·백서·청서")
        new.add_argument("--title", help="제목")
        new.add_argument("--body", help="일자리회의 주소")
        new.add_argument("--date", type=dt.date.fromisoformat, help="펴낸 날 2026-03-02")
        for name in ("title", "publisher", "address"):
            new.add_argument(f"--source-{name}")
        new.add_argument("--source-date", type=dt.date.fromisoformat)

    def paper(self, options: dict[str, Any]) -> Paper:
        names = ("title", "body", "date", "source_title", "source_publisher", "source_address")
        return keep_paper_of(options["paper"], **{n: options[n] for n in (*names, "source_date")})

    def tell_progress(self, options: dict[str, Any]) -> Any:
        """Writes how far it is, to the error stream: the result alone stands on the other."""
        quiet = options["json"] or not options["verbosity"]
        return lambda done, total: None if quiet else self.stderr.write(f"{done:,}/{total:,}")

    def tell_held(self, imported: Imported) -> None:
        """Say which rows wait for a person's look; the number itself is never said."""
        for fault in imported.held:
            self.stderr.write(f"비식별 검토에서 보세요. {fault}")
