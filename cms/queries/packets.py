"""의원실 묶음: what goes into it, out of the ledgers of one day."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable

from django.conf import settings
from django.utils.formats import date_format

from cms.as_of import AsOf
from cms.queries.bills import cite
from cms.queries.links import LinkRow, public_rows
from cms.queries.positions import WHOLE, by_clause, rows_to_export, vote_words
from coalition.advocacy.models import Stance
from coalition.advocacy.packets.binding import packet
from coalition.advocacy.packets.sheet import Part, html_of, text_of
from coalition.advocacy.positions import Ledger, ledger
from coalition.advocacy.resolutions import of_bill
from coalition.advocacy.road import road
from coalition.drafts.beside import beside
from coalition.drafts.exporting import edition_of
from coalition.drafts.exports import FORMATS
from coalition.drafts.models import Bill, LinkKind, NoteKind, Version
from coalition.drafts.text.address import korean_from_eid
from coalition.record.models import Source
from coalition.record.tables import guarded

_AGAINST = frozenset({Stance.OPPOSED, Stance.RESERVED, Stance.CONDITIONAL})


def packet_of(bill: Bill, day: AsOf) -> bytes | None:
    """The ZIP of a bill on a day; None when no version was published by then."""
    found = ledger(bill, day.day)
    if found is None:
        return None
    version = found.version
    parts = _parts(found, day)
    title = f"「{bill.title}」 v{version.no} 의원실 묶음"
    notice = "시연용 초안: 지어낸 자료입니다" if bill.fictional else ""
    footer = f"{cite(version).text}\nsha256 {version.sha256}\n기준일 {day.day.isoformat()}"
    edition = edition_of(version)
    rows = rows_to_export(bill, day, {})
    members = {
        "packet.txt": text_of(title, parts).encode("utf-8", "replace"),
        f"bill-v{version.no}.txt": FORMATS["txt"].write(edition),
        f"bill-v{version.no}.docx": FORMATS["docx"].write(edition),
        "positions.csv": _csv(rows),
        "positions.json": json.dumps(rows, ensure_ascii=False, indent=1).encode(),
    }
    html = html_of(title, parts, notice=notice, footer=footer)
    return packet(bill.slug, day.day.isoformat(), members, html)


def _parts(found: Ledger, day: AsOf) -> list[Part]:
    version, bill = found.version, found.bill
    links = public_rows(version, day.until)
    notes = beside(version)
    sources: dict[int, Source] = {}
    return [
        Part("제안이유", (bill.summary or "적힌 제안이유가 없습니다.",)),
        Part("주요내용", tuple(_contents(version, notes))),
        Part("조문과 부칙", tuple(version.source_text.rstrip("\n").split("\n"))),
        _reasons(links),
        _positions(found),
        _resolutions(found, day, sources),
        Part("예상 쟁점", tuple(_objections(found, links))),
        _road(found, day, sources),
        _sources(found, sources),
    ]


def _contents(version: Version, notes: object) -> Iterable[str]:
    """What each article intends, where somebody wrote that down; those between them by their titles, in one line."""
    if version.summary:
        yield version.summary
    plain: list[str] = []
    for article in version.provisions.filter(kind="article").order_by("order"):
        name = f"{korean_from_eid(article.eid) or article.label} {article.title}".rstrip()
        known = notes.get(article.eid) if isinstance(notes, dict) else None
        intents = [
            one.row.text
            for one in (known.notes if known else [])
            if one.row.kind == NoteKind.INTENT and not one.stale
        ]
        if not intents:
            plain.append(name)
            continue
        if plain:
            yield " · ".join(plain)
            plain = []
        yield f"# {name}"
        yield from intents
    if plain:
        yield " · ".join(plain)


def _reasons(links: list[LinkRow]) -> Part:
    rows = [row for row in links if row.kind != LinkKind.OBJECTION]
    if not rows:
        return Part("조문별 근거", ("이날까지 확정된 근거가 없습니다.",))
    head = ("조문", "갈래", "근거", "까닭", "상태")
    return Part("조문별 근거", (), ((head, *(_link(row) for row in rows)),))


def _link(row: LinkRow) -> tuple[str, ...]:
    places = ", ".join(korean_from_eid(place.eid) or place.eid for place in row.places)
    fictional = " (가상)" if row.fictional else ""
    stale = "재확인 필요" if row.is_stale else ""
    return (places, row.kind_label, f"{row.shown.title}{fictional}", row.note, stale)


def _positions(found: Ledger) -> Part:
    count = found.count
    told = ", ".join(f"{label} {count.stances[value]}건" for value, label in Stance.choices)
    lines = [f"문서로 확인했고 이 글에도 그대로인 것: {told}."]
    if count.aside:
        aside = ", ".join(f"{state} {number}건" for state, number in count.aside.items())
        lines.append(f"따로 두고 세지 않은 것: {aside}.")
    rows = [
        (
            f"{clause.korean} {clause.title}".strip(),
            one.municipality.full_name + (" (가상)" if one.municipality.fictional else ""),
            one.row.get_stance_display() + (f" [{one.state}]" if one.state else ""),
            f"{one.row.get_act_display()} {date_format(one.row.acted_on)} {one.vote}".strip(),
        )
        for clause in by_clause(found, found.standings)
        for one in clause.rows
    ]
    head = ("조문", "지방정부", "입장", "무엇으로")
    return Part("지방정부의 입장", tuple(lines), ((head, *rows),) if rows else ())


def _resolutions(found: Ledger, day: AsOf, sources: dict[int, Source]) -> Part:
    rows = []
    for one in of_bill(found.bill, day.day):
        for step in one.steps:
            if step.source is not None:
                sources[step.source.pk] = step.source
            vote = vote_words(step.votes_for, step.votes_against, step.votes_abstained)
            rows.append(
                (
                    one.row.council,
                    one.row.title,
                    f"{step.stage.name} {date_format(step.happened_on)} {vote}".strip(),
                    "확인함" if step.accepted else "확인 전",
                )
            )
    head = ("의회", "이름", "걸음", "문서")
    lines = () if rows else ("이날까지 등록된 의회 결의가 없습니다.",)
    return Part("의회 결의", lines, ((head, *rows),) if rows else ())


def _objections(found: Ledger, links: list[LinkRow]) -> Iterable[str]:
    """반론 of the ledger, and what municipalities object or ask for."""
    nothing = True
    for row in links:
        if row.kind == LinkKind.OBJECTION:
            nothing = False
            places = ", ".join(korean_from_eid(place.eid) or place.eid for place in row.places)
            yield f"# {places} 반론"
            yield f"{row.note} ({row.shown.title})"
    for one in found.standings:
        if one.row.stance in _AGAINST and one.row.reason and one.verified:
            nothing = False
            provision = one.row.provision
            place = korean_from_eid(provision.eid) if provision else WHOLE
            name = one.municipality.full_name
            yield f"# v{one.row.version.no} {place}: {name} {one.row.get_stance_display()}"
            yield one.row.reason
    if nothing:
        yield "이날까지 적힌 반론과 조건이 없습니다."


def _road(found: Ledger, day: AsOf, sources: dict[int, Source]) -> Part:
    told = road(found.bill, found.version, day.day)
    lines = []
    for step in [*told.drafts, *(step for lane in told.lanes for step in lane.steps)]:
        sources[step.source.pk] = step.source
        name = f"{step.assembly_bill} " if step.assembly_bill else ""
        lines.append(f"{date_format(step.happened_on)} {name}{step.stage.name} {step.note}".strip())
    for tied in told.tasks:
        sources[tied.row.source.pk] = tied.row.source
        lines.append(f"국정과제 {tied.row.task}: “{tied.row.quote}”")
    return Part("법안의 길", tuple(lines) or ("적힌 걸음이 없습니다.",))


def _sources(found: Ledger, sources: dict[int, Source]) -> Part:
    """Where everything is from: publications, documents with their hashes, and the chain of versions."""
    version = found.version
    lines = [
        f"{source.title}, {source.publisher} {source.published_on or ''} {source.address}".strip()
        for source in sources.values()
    ]
    documents = [
        (
            f"{one.municipality.full_name} 입장 {one.row.pk}",
            one.row.document.filename,
            one.row.document.sha256,
        )
        for one in found.standings
        if one.row.document is not None and one.verified
    ]
    hashes = [
        ("법안", f"v{version.no}", version.sha256),
        *([("앞 판", "", version.prev_sha256)] if version.prev_sha256 else []),
        *documents,
    ]
    lines.append(f"조문의 주소: {settings.HUB_BASE_URL}/bills/{found.bill.slug}/v{version.no}/")
    lines.append("이 묶음에 든 파일의 해시는 SHA256SUMS.txt에 있습니다.")
    return Part("출처와 해시", tuple(lines), ((("무엇", "이름", "sha256"), *hashes),))


def _csv(rows: list[dict[str, object]]) -> bytes:
    written = io.StringIO()
    writer = csv.writer(written)
    if rows:
        writer.writerow(rows[0])
    for row in rows:
        writer.writerow([guarded(str(cell)) for cell in row.values()])
    return written.getvalue().encode("utf-8-sig")
