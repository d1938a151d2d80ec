"""Writes about bills: open, draft, revise, publish."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from coalition.drafts.chain import normalise, seal
from coalition.drafts.compare import carry
from coalition.drafts.models import Bill, Carriage, Lineage, Provision, Version
from coalition.drafts.queries import current_lineages, newest_published
from coalition.drafts.text.diagnostics import Diagnostic, Level
from coalition.drafts.text.lint import lint
from coalition.drafts.text.parse import Parsed, parse
from coalition.drafts.text.tree import Node
from coalition.record.actions import record_event
from coalition.record.fingerprint import fingerprint
from coalition.record.models import User

# Levels whose number is a sign in the text; the others show their label.
_MARKED = frozenset({"paragraph", "item", "subitem", "subsubitem"})


class PublicationRefused(ValidationError):
    """The text has faults that a published law text must not have. `diagnostics` names them."""

    def __init__(self, message: str, diagnostics: Sequence[Diagnostic] = ()) -> None:
        super().__init__(message)
        self.diagnostics = list(diagnostics)


@transaction.atomic
def open_bill(
    *,
    slug: str,
    title: str,
    by: User | None,
    short_title: str = "",
    summary: str = "",
    fictional: bool = False,
) -> Bill:
    """Enter a bill. Raises ValidationError when the address is taken or not an address."""
    bill = Bill(
        slug=slug, title=title, short_title=short_title, summary=summary, fictional=fictional
    )
    bill.full_clean()
    bill.save()
    record_event("bill.opened", bill, by=by)
    return bill


@transaction.atomic
def draft_version(
    *, bill: Bill, no: str, date: dt.date, source_text: str, by: User | None, summary: str = ""
) -> Version:
    """Begin a version. Its text may have any faults: publishing is what refuses."""
    version = Version(
        bill=bill,
        no=no,
        date=date,
        summary=summary,
        source_text=normalise(source_text),
        created_by=by,
    )
    version.full_clean()
    version.save()
    record_event("version.drafted", version, by=by)
    return version


@transaction.atomic
def revise_version(
    *,
    version: Version,
    by: User,
    source_text: str | None = None,
    no: str | None = None,
    date: dt.date | None = None,
    summary: str | None = None,
) -> Version:
    """Change a version that is not published. Raises ValidationError when it is."""
    before = fingerprint(Version.objects.get(pk=version.pk))
    version.source_text = version.source_text if source_text is None else normalise(source_text)
    version.no = version.no if no is None else no
    version.date = version.date if date is None else date
    version.summary = version.summary if summary is None else summary
    version.full_clean()
    version.save()
    record_event("version.revised", version, by=by, before=before)
    return version


@transaction.atomic
def discard_version(*, version: Version, by: User) -> None:
    """Throw a version away that was never published. Raises ValidationError when it was."""
    if version.is_published:
        raise ValidationError(f"v{version.no}은(는) 발행되어 지울 수 없습니다.")
    before = fingerprint(version)
    record_event("version.discarded", version, by=by, before=before, after="", no=version.no)
    version.delete()


@transaction.atomic
def publish_version(*, version: Version, by: User | None) -> Version:
    """Parse, chain and lock a version; give every provision its identity.

    Raises PublicationRefused when the text has errors, or when its date lies before the version that
    was published last (`?on=` goes by that date).
    """
    version = Version.objects.select_for_update(of=("self",)).get(pk=version.pk)
    if version.is_published:
        raise PublicationRefused(f"v{version.no}은(는) 이미 발행되었습니다.")
    parsed = parse(version.source_text)
    _refuse_errors(parsed)
    previous = newest_published(version.bill)
    if previous is not None and version.date < previous.date:
        raise PublicationRefused(
            f"판의 날짜가 앞서 발행된 v{previous.no}({previous.date})보다 이릅니다."
        )
    provisions = _store_provisions(version, parsed.tree)
    _give_identities(provisions, parsed, previous)
    version.order = (previous.order or 0) + 1 if previous else 1
    version.prev_sha256 = previous.sha256 if previous else ""
    version.sha256 = seal(version, version.prev_sha256)
    version.published_at = timezone.now()
    version.published_by = by
    version.save()
    record_event("version.published", version, by=by, bill=version.bill.slug, no=version.no)
    return version


def _refuse_errors(parsed: Parsed) -> None:
    errors = [d for d in lint(parsed) if d.level == Level.ERROR]
    if not any(node.kind == "article" for node in parsed.tree.children) and not parsed.counts.get(
        "article"
    ):
        raise PublicationRefused(
            "조문이 하나도 없습니다. '제1조(제목) …' 꼴의 글을 넣으세요.", errors
        )
    if errors:
        raise PublicationRefused(f"오류 {len(errors)}개를 고쳐야 발행할 수 있습니다.", errors)


def _store_provisions(version: Version, tree: Node) -> list[Provision]:
    """Every node as a row, parents before children, the bill's own root left out."""
    stored: list[Provision] = []
    waiting: list[tuple[Node, Provision | None]] = [
        (child, None) for child in reversed(tree.children)
    ]
    while waiting:
        node, parent = waiting.pop()
        provision = Provision.objects.create(
            version=version,
            parent=parent,
            order=len(stored) + 1,
            kind=node.kind,
            num=node.num,
            branch="-".join(map(str, node.branch)),
            label=node.label,
            marker=node.lead.strip() if node.kind in _MARKED else "",
            title=node.title,
            text=node.text,
            marks=list(node.marks),
            deleted=node.deleted,
            eid=node.eid,
            line=node.line,
            last_line=node.last_line,
        )
        stored.append(provision)
        waiting += [(child, provision) for child in reversed(node.children)]
    return stored


def _give_identities(provisions: list[Provision], parsed: Parsed, previous: Version | None) -> None:
    """Carry uids over from the version before where the text or a unique title is equal (design/drafts)."""
    carried: dict[str, tuple[Lineage, str]] = {}
    if previous is not None:
        known = current_lineages(previous)
        for pair in carry(parse(previous.source_text).tree, parsed.tree):
            if pair.a_eid in known:
                carried[pair.b_eid] = (known[pair.a_eid], pair.how)
    Lineage.objects.bulk_create(
        Lineage(
            provision=provision,
            uid=carried[provision.eid][0].uid if provision.eid in carried else uuid.uuid4(),
            predecessor=carried[provision.eid][0].provision if provision.eid in carried else None,
            how=carried[provision.eid][1] if provision.eid in carried else Carriage.NEW,
        )
        for provision in provisions
    )
