"""Writes about bills: open, draft, revise, publish."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import transaction
from django.utils import timezone

from coalition.drafts.beside import new_counterpart, new_note, taken_away
from coalition.drafts.chain import content_hash, normalise, seal
from coalition.drafts.compare.lineage import Doubt
from coalition.drafts.lineage import (
    Answers,
    decide_again,
    first_identities,
    give_identities,
    plan_of,
    state_of,
    unknown,
)
from coalition.drafts.models import Bill, Counterpart, Original, Provision, ProvisionNote, Version
from coalition.drafts.originals import refuse_what_is_no_original
from coalition.drafts.queries import newest_published, predecessors
from coalition.drafts.text.diagnostics import Diagnostic, Level
from coalition.drafts.text.lint import lint
from coalition.drafts.text.parse import Parsed, parse
from coalition.drafts.text.tree import Node
from coalition.members.models import Municipality
from coalition.particles import topic
from coalition.record.actions import record_event
from coalition.record.attachments import store_attachment
from coalition.record.fingerprint import fingerprint
from coalition.record.models import User
from coalition.record.sources import Cited

# Levels whose number is a sign in the text; the others show their label.
_MARKED = frozenset({"paragraph", "item", "subitem", "subsubitem"})


class PublicationRefused(ValidationError):
    """The text can't be published as it is.

    `diagnostics` names its faults, `doubts` the articles of which a person must say where they come from.
    """

    def __init__(
        self, message: str, diagnostics: Sequence[Diagnostic] = (), doubts: Sequence[Doubt] = ()
    ) -> None:
        super().__init__(message)
        self.diagnostics = list(diagnostics)
        self.doubts = list(doubts)


class EditConflict(ValidationError):
    """Somebody else saved since the form was made; `stored` is what is there now."""

    def __init__(self, stored: Version) -> None:
        super().__init__("그 사이 다른 사람이 이 판을 저장했습니다. 아무것도 덮어쓰지 않았습니다.")
        self.stored = stored


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
    base: str = "",
) -> Version:
    """Change a version that is not published. Raises ValidationError when it is.

    `base` is the `content_hash` of what the editor was shown; raises EditConflict when the version
    says something else by now.
    """
    stored = Version.objects.select_for_update(of=("self",)).get(pk=version.pk)
    if base and base != content_hash(stored):
        raise EditConflict(stored)
    before = fingerprint(stored)
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
        raise ValidationError(f"{topic(f'v{version.no}')} 발행되어 지울 수 없습니다.")
    before = fingerprint(version)
    record_event("version.discarded", version, by=by, before=before, after="", no=version.no)
    version.delete()


@transaction.atomic
def publish_version(
    *,
    version: Version,
    by: User | None,
    confirmations: Answers | None = None,
    accept_doubtful: bool = False,
    seen: str = "",
    checklist: Sequence[str] = (),
) -> Version:
    """Parse, chain and lock a version; give every provision its identity.

    `confirmations` says of an article from which articles of the version before it comes, by eId; the
    doubtful ones need it, unless `accept_doubtful` takes what the alignment proposes. `seen` is the
    `state_of` what the person was shown, `checklist` what she ticked. Raises PublicationRefused when
    the text has errors, when a doubt is open, when the text is not the one that was shown, or when
    its date lies before the version that was published last (`?on=` goes by that date).
    """
    Bill.objects.select_for_update().get(pk=version.bill_id)  # one publication after another
    version = Version.objects.select_for_update(of=("self",)).get(pk=version.pk)
    if version.is_published:
        raise PublicationRefused(f"{topic(f'v{version.no}')} 이미 발행되었습니다.")
    if seen and seen != state_of(version):
        raise PublicationRefused(
            "확인하는 동안 글이나 앞 판이 바뀌어 발행하지 않았습니다. 바뀐 글로 다시 확인하세요."
        )
    parsed = parse(version.source_text)
    _refuse_errors(parsed)
    previous = newest_published(version.bill)
    if previous is not None and version.date < previous.date:
        raise PublicationRefused(
            f"판의 날짜가 앞서 발행된 v{previous.no}({previous.date})보다 이릅니다."
        )
    plan, answers = plan_of(version), confirmations or {}
    if unfound := unknown(plan, answers):
        raise PublicationRefused(f"이어짐에 적힌 {topic(', '.join(unfound[:3]))} 없는 조문입니다.")
    doubts = plan.unanswered(answers) if plan and not accept_doubtful else []
    if doubts:
        raise PublicationRefused(
            f"어디에서 온 조문인지 사람이 확인할 것이 {len(doubts)}건 있습니다.", doubts=doubts
        )
    provisions = _store_provisions(version, parsed.tree)
    if plan is None or previous is None:
        first_identities(provisions)
    else:
        give_identities(provisions, plan, previous, answers, by)
    version.order = (previous.order or 0) + 1 if previous else 1
    version.prev_sha256 = previous.sha256 if previous else ""
    version.sha256 = seal(version, version.prev_sha256)
    version.published_at = timezone.now()
    version.published_by = by
    version.save()
    record_event(
        "version.published",
        version,
        by=by,
        bill=version.bill.slug,
        no=version.no,
        confirmed=sorted(answers),
        checklist=list(checklist),
    )
    return version


@transaction.atomic
def reconfirm_lineage(
    *, provision: Provision, predecessors_now: Sequence[Provision], by: User
) -> int:
    """Say of a published article that it comes from others than was recorded (none: it is new).

    Nothing published changes: rows are added, for it, for what stands below it and for what came of
    it in later versions. Returns how many. Raises ValidationError when a named article does not stand
    in the version before, or when nothing would change.
    """
    Bill.objects.select_for_update().get(pk=provision.version.bill_id)
    version = provision.version
    before = Version.objects.filter(bill=version.bill_id, order=(version.order or 0) - 1).first()
    if not version.is_published or before is None:
        raise ValidationError("앞 판이 있는 발행된 판의 조문만 이어짐을 고칠 수 있습니다.")
    asked = [provision, *predecessors_now]
    if any(one.kind not in ("article", "annex") or one.deleted for one in asked):
        raise ValidationError("조와 별표의 이어짐만 고칠 수 있습니다.")
    if any(one.version_id != before.pk for one in predecessors_now):
        raise ValidationError(f"바로 앞 판 v{before.no}의 조문을 고르세요.")
    was = [kin.provision.eid for kin in predecessors(provision)]
    now = [one.eid for one in predecessors_now]
    written = decide_again(provision, now, by)
    if not written:
        raise ValidationError("적혀 있는 이어짐과 같습니다.")
    record_event(
        "lineage.reconfirmed",
        provision,
        by=by,
        bill=version.bill.slug,
        no=version.no,
        was=was,
        now=now,
        rows=written,
    )
    return written


@transaction.atomic
def attach_original(*, version: Version, file: File[bytes], by: User) -> Original:
    """Put the document beside the version from which its text was taken; it is kept and never read.

    Raises ValidationError when the file is too large or not what its name says. A published version takes
    one too: its text and its hash stay as they are.
    """
    name = (file.name or "").rpartition("/")[2]
    refuse_what_is_no_original(name, file.size, file)
    attachment = store_attachment(file=file, title=name[:200], uploader=by)
    original = Original.objects.create(version=version, attachment=attachment)
    record_event("original.attached", original, by=by, sha256=attachment.sha256)
    return original


@transaction.atomic
def write_note(
    *, provision: Provision, kind: str, text: str, by: User | None, seen: int | None = None
) -> ProvisionNote:
    """Say what an article means or intends; no words take the note away.

    Written again on a later version, the same words say that they still hold. Raises ValidationError
    when nothing would change, or when the note is no longer the one that was `seen`.
    """
    note = new_note(provision, kind, text, seen, by)
    note.save()
    record_event("note.withdrawn" if note.withdrawn else "note.written", note, by=by, kind=kind)
    return note


@transaction.atomic
def place_counterpart(
    *,
    provision: Provision,
    kind: str,
    name: str,
    article: str,
    text: str,
    by: User | None,
    municipality: Municipality | None = None,
    cited: Cited | None = None,
) -> Counterpart:
    """Put a text in force beside an article. Raises ValidationError without what its kind needs."""
    placed = new_counterpart(provision, kind, name, article, text, municipality, cited, by)
    placed.save()
    record_event("counterpart.placed", placed, by=by, kind=kind)
    return placed


@transaction.atomic
def take_counterpart_away(*, counterpart: Counterpart, by: User | None) -> Counterpart:
    """Show it no longer. Raises ValidationError when it is away already."""
    row = taken_away(counterpart, by)
    row.save()
    record_event("counterpart.withdrawn", counterpart, by=by)
    return row


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
