"""Writes of the desk that are not Wagtail's own: a municipality's place, and the vocabulary of tags."""

from __future__ import annotations

import datetime as dt
import re
import secrets

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.text import slugify
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from cms.foundation import (
    FILE_RIGHTS,
    grant_admin,
    grant_files,
    grant_pages,
    shared_collection,
)
from cms.models import (
    CaseBookEntry,
    CaseBookState,
    CaseIndexPage,
    CasePage,
    DataIndexPage,
    DatasetPage,
    Licence,
    MunicipalityIndexPage,
    MunicipalityPage,
    NewsIndexPage,
    ProposalState,
    ReviewLink,
    TableUpload,
    Tag,
    TagAlias,
    TagProposal,
)
from cms.models.base import SLUG_LENGTH, slug_from_title
from cms.reviews import hash_of_token
from cms.sheets import Sheet
from cms.tables import Description, Difference, describe, difference, store_version
from cms.tagging import retag
from coalition.advocacy.models import Follow, FollowKind
from coalition.dialogue.models import Body
from coalition.evidence.models import Finding
from coalition.members.groups import make_groups
from coalition.members.models import Municipality
from coalition.particles import topic, towards
from coalition.practice.models import Adoption, Barrier, JobModel, Pilot
from coalition.record.actions import record_event
from coalition.record.models import User

EDITOR_RIGHTS = ("add", "change")
LONGEST_TITLE = 200
LONGEST_REVIEW = 30
APPROVER_RIGHTS = ("add", "change", "publish", "lock", "unlock")


@transaction.atomic
def provision_municipality(*, municipality: Municipality, by: User | None) -> MunicipalityPage:
    """Give a municipality its place: root page, three lists, collection, two groups. Safe to repeat.

    Raises ValidationError for 행정시. Raises AssertionError, and takes everything back, when what stands
    there afterwards is not exactly what a municipality should have.
    """
    if not municipality.can_join:
        raise ValidationError(f"{topic(municipality)} 참여할 수 없는 행정구역입니다.")
    make_groups(municipality)
    collection = _collection(municipality)
    page = MunicipalityPage.objects.filter(municipality=municipality).first()
    if page is None:
        page = _add(
            MunicipalityIndexPage.objects.get(),
            MunicipalityPage(
                title=municipality.name,
                slug=municipality.slug,
                municipality=municipality,
                collection=collection,
            ),
        )
    for index_class, slug, title in (
        (CaseIndexPage, "cases", "사례"),
        (DataIndexPage, "data", "자료"),
        (NewsIndexPage, "news", "소식"),
    ):
        if not Page.objects.child_of(page).filter(slug=slug).exists():
            _add(page, index_class(title=title, slug=slug))
    _grant(municipality, page, collection)
    assert_provisioned(page)
    record_event("municipality.provisioned", page, by=by, municipality=municipality.code)
    return page


def assert_provisioned(page: MunicipalityPage) -> None:
    """The invariants of a municipality's place: its groups have exactly these rights, and no others."""
    municipality = page.municipality
    wanted = {
        municipality.editors: set(EDITOR_RIGHTS),
        municipality.approvers: set(APPROVER_RIGHTS),
    }
    for group, rights in wanted.items():
        pages = GroupPagePermission.objects.filter(group=group)
        held = {p.permission.codename.removesuffix("_page") for p in pages}
        if held != rights or set(pages.values_list("page_id", flat=True)) != {page.pk}:
            raise AssertionError(f"{group}: 쪽 권한이 {sorted(held)}입니다.")
        files = GroupCollectionPermission.objects.filter(group=group)
        places = set(files.values_list("collection_id", flat=True))
        if places != {page.collection_id, shared_collection().pk}:
            raise AssertionError(f"{group}: 모음 권한이 제자리에 있지 않습니다.")
    children = set(Page.objects.child_of(page).values_list("slug", flat=True))
    if not {"cases", "data", "news"} <= children:
        raise AssertionError(f"{page}: 목록 쪽이 빠졌습니다({sorted(children)}).")


@transaction.atomic
def add_tag(*, name: str, by: User) -> Tag:
    """Take a word into the vocabulary. Raises ValidationError when it is there or was merged away."""
    name = " ".join(name.split())
    if Tag.objects.filter(name__iexact=name).exists():
        raise ValidationError(f"{topic(f'‘{name}’')} 이미 있는 주제어입니다.")
    alias = TagAlias.objects.filter(name__iexact=name).select_related("tag").first()
    if alias is not None:
        raise ValidationError(
            f"{topic(f'‘{name}’')} {towards(f'‘{alias.tag}’')} 합친 주제어입니다."
        )
    tag = Tag.objects.create(name=name, slug=slugify(name, allow_unicode=True))
    record_event("tag.added", tag, by=by)
    return tag


@transaction.atomic
def merge_tags(*, tag: Tag, into: Tag, by: User) -> Tag:
    """Make one word of two. The old word's address leads to the new one from now on.

    Raises ValidationError when both are the same.
    """
    if tag.pk == into.pk:
        raise ValidationError("같은 주제어끼리는 합칠 수 없습니다.")
    retag(tag, into)
    tag.aliases.update(tag=into)
    TagAlias.objects.create(slug=tag.slug, name=tag.name, tag=into)
    record_event("tag.merged", into, by=by, merged=tag.slug)
    tag.delete()
    return into


@transaction.atomic
def propose_tag(
    *, name: str, reason: str, by: User, municipality: Municipality | None
) -> TagProposal:
    """Ask the secretariat for a word. Raises ValidationError when the vocabulary has it already."""
    name = " ".join(name.split())
    if Tag.objects.filter(name__iexact=name).exists():
        raise ValidationError(f"{topic(f'‘{name}’')} 이미 있습니다. 주제어 칸에서 고르세요.")
    proposal = TagProposal.objects.create(
        name=name, reason=reason, proposed_by=by, municipality=municipality
    )
    record_event("tag.proposed", proposal, by=by)
    return proposal


@transaction.atomic
def answer_proposal(*, proposal: TagProposal, accept: bool, answer: str, by: User) -> TagProposal:
    """Take a proposed word into the vocabulary, or say why not.

    Raises ValidationError when it was answered before, or is declined without a reason.
    """
    if proposal.state != ProposalState.WAITING:
        raise ValidationError("이미 답한 제안입니다.")
    if not accept and not answer.strip():
        raise ValidationError("받아들이지 않는 까닭을 적어 주세요.")
    if accept and not Tag.objects.filter(name__iexact=proposal.name).exists():
        Tag.objects.create(name=proposal.name, slug=slugify(proposal.name, allow_unicode=True))
    proposal.state = ProposalState.ACCEPTED if accept else ProposalState.DECLINED
    proposal.answer = answer
    proposal.save(update_fields=["state", "answer"])
    record_event("tag.answered", proposal, by=by, accepted=accept)
    return proposal


@transaction.atomic
def import_dataset(
    *,
    sheet: Sheet,
    municipality: Municipality,
    slug: str,
    by: User | None,
    title: str = "",
    licence: str = "",
    source: str = "",
    period: str = "",
    stored_at: dt.datetime | None = None,
    description: Description | None = None,
    reason: str = "",
) -> Difference:
    """Bring a table in as the newest 자료 판 of a dataset; a page that is not there yet is made as a draft.

    Nothing is published by this: the page shows the version from when a revision of it is published. A
    table that says what the newest version says changes nothing. Raises ValidationError when a new page
    lacks its title or licence, or the address can't be one. `stored_at` is for what was brought in elsewhere before,
    `reason` says why cells that look like a way to reach somebody may be published.
    """
    page = find_dataset(municipality, slug)
    if page is None:
        page = _new_dataset(municipality, slug, title=title, licence=licence)
        page.source, page.period = source, period
        page = Page.objects.get(pk=_data_index(municipality).pk).add_child(instance=page)
    else:
        Page.objects.select_for_update().get(pk=page.pk)  # two imports at once give two numbers
        page.refresh_from_db()
    told = difference(page, sheet)
    if told.is_new:
        resource = store_version(page, sheet, told, stored_at, reason)
        draft = page.get_latest_revision_as_object() if page.latest_revision_id else page
        draft.version = resource.number
        describe(draft, sheet, description or Description())
        draft.save_revision(user=by, clean=False)  # a draft may lack its source
    record_event(
        "dataset.imported",
        page,
        by=by,
        after=told.sha256,
        new=told.is_new,
        added=told.added,
        changed=told.changed,
        removed=told.removed,
    )
    return told


def find_dataset(municipality: Municipality, slug: str) -> DatasetPage | None:
    """The municipality's dataset of that address."""
    index = _data_index(municipality)
    return DatasetPage.objects.child_of(index).filter(slug=slug).first()


def free_dataset_slug(municipality: Municipality, title: str) -> str:
    """An address for a new dataset, from its title; `-2` where that is taken. Inside a transaction it stays free."""
    index = Page.objects.select_for_update().get(pk=_data_index(municipality).pk)
    taken = set(Page.objects.child_of(index).values_list("slug", flat=True))
    wanted = slug = re.sub(r"[^a-z0-9]+", "-", slug_from_title(title)).strip("-") or "data"
    number = 1
    while slug in taken:
        number += 1
        slug = f"{wanted[: SLUG_LENGTH - 4].rstrip('-')}-{number}"
    return slug


def _data_index(municipality: Municipality) -> Page:
    root = MunicipalityPage.objects.filter(municipality=municipality).first()
    if root is None:
        raise ValidationError(
            f"{municipality}의 자리가 없습니다. provision_municipality를 먼저 쓰세요."
        )
    return DataIndexPage.objects.child_of(root).get()


def _new_dataset(municipality: Municipality, slug: str, *, title: str, licence: str) -> DatasetPage:
    if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", slug) or len(slug) > SLUG_LENGTH:
        raise ValidationError(
            f"--dataset {slug!r}: 영문 소문자, 숫자, 붙임표로 {SLUG_LENGTH}자까지 씁니다."
        )
    if not title.strip() or len(title) > LONGEST_TITLE:
        raise ValidationError(
            f"--title: 처음 들이는 자료에는 {LONGEST_TITLE}자까지의 제목이 있어야 합니다."
        )
    if licence not in Licence.values:
        raise ValidationError(f"--licence: {', '.join(Licence.values)} 가운데 하나를 씁니다.")
    return DatasetPage(title=title.strip(), slug=slug, licence=licence, live=False)


@transaction.atomic
def make_review_link(*, page: Page, reader: str, days: int, by: User) -> tuple[ReviewLink, str]:
    """Let somebody without an account read this page's draft for some days.

    Gives back the link and its token; only the token's hash is kept, so it can't be shown again.
    """
    if not reader.strip():
        raise ValidationError({"reader": "누구에게 보내는지 적으세요."})
    if not 1 <= days <= LONGEST_REVIEW:
        raise ValidationError({"days": f"1일부터 {LONGEST_REVIEW}일까지 줄 수 있습니다."})
    token, now = secrets.token_urlsafe(24), timezone.now()
    link = ReviewLink.objects.create(
        page=page,
        token_hash=hash_of_token(token),
        reader=reader.strip(),
        made_by=by,
        made_at=now,
        expires_at=now + dt.timedelta(days=days),
    )
    record_event("review_link.made", link, by=by, page=page.pk)
    return link, token


@transaction.atomic
def revoke_review_link(*, link: ReviewLink, by: User) -> ReviewLink:
    """Close a link before its day. One that is closed stays as it is."""
    link.revoked_at = link.revoked_at or timezone.now()
    link.save(update_fields=["revoked_at"])
    record_event("review_link.revoked", link, by=by, page=link.page_id)
    return link


@transaction.atomic
def offer_to_case_book(*, page: CasePage, by: User | None) -> CaseBookEntry:
    """Ask the 사무국 whether this published text goes into the joint case book.

    While an earlier offer waits, that one is moved on to the newer text.
    """
    if not page.live or page.live_revision_id is None:
        raise ValidationError("공개된 사례만 사례집에 낼 수 있습니다.")
    entry, _ = CaseBookEntry.objects.update_or_create(
        page=page,
        state=CaseBookState.WAITING,
        defaults={"revision": page.live_revision_id, "offered_at": timezone.now()},
    )
    record_event("case_book.offered", entry, by=by, page=page.pk)
    return entry


@transaction.atomic
def decide_case_book(*, entry: CaseBookEntry, taken: bool, reason: str, by: User) -> CaseBookEntry:
    """사무국 확인: take the case into the book, or not and say why. It stays published either way."""
    stored = CaseBookEntry.objects.select_for_update().get(pk=entry.pk)
    if stored.state != CaseBookState.WAITING:
        raise ValidationError("이미 확인한 사례입니다.")
    if not taken and not reason.strip():
        raise ValidationError({"reason": "싣지 않는 까닭을 적으세요. 지방정부에 메일로 갑니다."})
    stored.state = CaseBookState.TAKEN if taken else CaseBookState.DECLINED
    stored.reason, stored.decided_by, stored.decided_at = reason.strip(), by, timezone.now()
    stored.save()
    record_event("case_book.decided", stored, by=by, page=stored.page_id, state=stored.state)
    return stored


@transaction.atomic
def pass_on_records(*, predecessor: Municipality, successor: Municipality, by: User) -> None:
    """What people go on writing about belongs to the successor: 일자리회, models, pilots, adoptions and the rest.

    Ledgers (positions, membership, resolutions, facts) stay whose they are. The Event says which rows went.
    """
    went: dict[str, list[int]] = {}
    for model, name in _LIVING:
        rows = model._default_manager.filter(**{name: predecessor})
        if model is Adoption:  # what one took from the other stays as it was told
            other = "donor" if name == "adopter" else "adopter"
            rows = rows.exclude(**{other: successor})
        if name == "adopter":  # and what both took: a place adopts a thing once
            twins = Adoption.objects.filter(adopter=successor, withdrawn_at__isnull=True)
            rows = rows.exclude(Exists(twins.filter(model=OuterRef("model")))).exclude(
                Exists(twins.filter(case_type=OuterRef("case_type"), case_id=OuterRef("case_id")))
            )
        keys = list(rows.values_list("pk", flat=True))
        went[f"{model._meta.label}.{name}"] = keys
        model._default_manager.filter(pk__in=keys).update(**{name: successor})
    follows = Follow.objects.filter(kind=FollowKind.MUNICIPALITY, ended_at__isnull=True)
    known = follows.filter(key=successor.slug).values("person")
    moved = follows.filter(key=predecessor.slug).exclude(person__in=known)
    moved.update(key=successor.slug, municipality=successor)
    record_event("records.passed-on", successor, by=by, code=predecessor.code, rows=went)


_LIVING: tuple[tuple[type[models.Model], str], ...] = (
    (Body, "municipality"),
    (JobModel, "municipality"),
    (Pilot, "municipality"),
    (Barrier, "municipality"),
    (Finding, "municipality"),
    (Adoption, "adopter"),
    (Adoption, "donor"),
    (TableUpload, "municipality"),
)


def _add(parent: Page, page: Page) -> Page:
    """Add and publish a page of the frame. The parent is read anew: treebeard keeps counts in memory."""
    added = Page.objects.get(pk=parent.pk).add_child(instance=page)
    added.save_revision().publish()
    return added


def _collection(municipality: Municipality) -> Collection:
    name = municipality.full_name
    found = Collection.objects.filter(name=name, depth=2).first()
    return found or Collection.get_first_root_node().add_child(name=name)


def _grant(municipality: Municipality, page: MunicipalityPage, collection: Collection) -> None:
    for group, rights in (
        (municipality.editors, EDITOR_RIGHTS),
        (municipality.approvers, APPROVER_RIGHTS),
    ):
        assert group is not None, "make_groups comes first"  # noqa: S101 (for the reader and mypy)
        grant_admin(group)
        grant_pages(group, page, rights)
        grant_files(group, collection, FILE_RIGHTS)
        grant_files(group, shared_collection(), ("choose",))
