"""Writes of the desk that are not Wagtail's own: a municipality's place, and the vocabulary of tags."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
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
    CaseIndexPage,
    DataIndexPage,
    MunicipalityIndexPage,
    MunicipalityPage,
    NewsIndexPage,
    ProposalState,
    Tag,
    TagAlias,
    TagProposal,
)
from cms.tagging import retag
from coalition.members.groups import make_groups
from coalition.members.models import Municipality
from coalition.record.actions import record_event
from coalition.record.models import User

EDITOR_RIGHTS = ("add", "change")
APPROVER_RIGHTS = ("add", "change", "publish", "lock", "unlock")


@transaction.atomic
def provision_municipality(*, municipality: Municipality, by: User | None) -> MunicipalityPage:
    """Give a municipality its place: root page, three lists, collection, two groups. Safe to repeat.

    Raises ValidationError for 행정시. Raises AssertionError, and takes everything back, when what stands
    there afterwards is not exactly what a municipality should have.
    """
    if not municipality.can_join:
        raise ValidationError(f"{municipality}은(는) 참여할 수 없는 행정구역입니다.")
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
        raise ValidationError(f"‘{name}’은(는) 이미 있는 주제어입니다.")
    alias = TagAlias.objects.filter(name__iexact=name).select_related("tag").first()
    if alias is not None:
        raise ValidationError(f"‘{name}’은(는) ‘{alias.tag}’(으)로 합친 주제어입니다.")
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
        raise ValidationError(f"‘{name}’은(는) 이미 있습니다. 주제어 칸에서 고르세요.")
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
