"""Moving a municipality's place: its pages, files and groups go to the successor, its addresses lead there.

Parts of a chain (cms.successions), inside its transaction. Nothing is deleted: a second front page that is not
needed any more is taken down and kept.
"""

from __future__ import annotations

from collections.abc import Iterable

from wagtail.actions.move_page import MovePageAction
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Collection, Page, Site

from cms.addresses import address_of
from cms.models import CaseIndexPage, DataIndexPage, MunicipalityPage, NewsIndexPage
from coalition.members.groups import name_groups, pass_groups
from coalition.members.models import Municipality
from coalition.record.models import User

INDEXES = (CaseIndexPage, DataIndexPage, NewsIndexPage)
_BATCH = 500


def hand_place_on(page: MunicipalityPage, successor: Municipality, by: User) -> int:
    """The whole place becomes the successor's: pages, collection, groups; how many pages have moved."""
    before = _addresses(page)
    old = page.municipality
    pass_groups(old, successor)
    _readdress(page, successor, old_name=old.name, by=by)
    _name_collection(page.collection, successor)
    _lead_on(before)
    return len(before)


def follow_name(page: MunicipalityPage, old_name: str, by: User) -> int:
    """The place of a municipality that goes by another name now; how many pages have moved."""
    before = _addresses(page)
    municipality = Municipality.objects.select_related("region").get(pk=page.municipality_id)
    _readdress(page, municipality, old_name=old_name, by=by)
    _name_collection(page.collection, municipality)
    name_groups(municipality)
    _lead_on(before)
    return len(before)


def merge_place(page: MunicipalityPage, into: MunicipalityPage, by: User) -> int:
    """What stands below a place goes below another one's lists; how many pages have moved.

    Where two pages have the same address the newcomer's becomes `…-2`; its old address leads there.
    """
    before = _addresses(page)
    for index_class in INDEXES:
        source = index_class.objects.child_of(page).first()
        target = index_class.objects.child_of(into).get()
        if source is None:
            continue
        for child in source.get_children().specific():
            _free(child, target)
            # The secretariat moves nothing inside a municipality by hand; this it does as a whole.
            fresh, goal = Page.objects.get(pk=child.pk), Page.objects.get(pk=target.pk)
            move = MovePageAction(fresh, goal, pos="last-child", user=by)
            move.execute(skip_permission_checks=True)
        before[address_of(source)] = target.pk
    before[address_of(page)] = into.pk
    Collection.objects.get(pk=page.collection_id).move(
        Collection.objects.get(pk=into.collection_id), pos="sorted-child"
    )
    # The emptied front page stays with its history, where the secretariat alone sees it.
    for left in [*MunicipalityPage.objects.get(pk=page.pk).get_descendants(), page]:
        down = Page.objects.get(pk=left.pk).specific
        UnpublishPageAction(down, user=by).execute(skip_permission_checks=True)
    _lead_on(before)
    return len(before)


def clashes(page: MunicipalityPage, into: MunicipalityPage) -> list[str]:
    """Titles of pages whose address is taken where they go."""
    found: list[str] = []
    for index_class in INDEXES:
        source = index_class.objects.child_of(page).first()
        target = index_class.objects.child_of(into).first()
        if source is not None and target is not None:
            taken = target.get_children().values("slug")
            found += source.get_children().filter(slug__in=taken).values_list("title", flat=True)
    return found


def _addresses(page: MunicipalityPage) -> dict[str, int]:
    """Every address of the place, hidden pages included: they may be published later."""
    pages = Page.objects.get(pk=page.pk).get_descendants(inclusive=True)
    return {address_of(each): each.pk for each in pages}


def _readdress(page: MunicipalityPage, place: Municipality, *, old_name: str, by: User) -> None:
    """The front page and its draft tell the new owner, and stand at its address."""
    live = MunicipalityPage.objects.get(pk=page.pk)
    had_draft = live.has_unpublished_changes
    draft = live.get_latest_revision_as_object()
    for each in (live, draft):
        each.municipality, each.slug = place, place.slug
        if each.title == old_name:
            each.title = place.name
    live.draft_title = draft.title
    live.save(user=by)
    draft.set_url_path(live.get_parent())
    revision = draft.save_revision(user=by, changed=had_draft, clean=False)
    if not had_draft and live.live:
        MunicipalityPage.objects.filter(pk=live.pk).update(live_revision=revision)


def _free(child: Page, target: Page) -> None:
    """Give a page an address that nobody has at its place of arrival, in its draft too."""
    taken = set(target.get_children().values_list("slug", flat=True))
    if child.slug not in taken:
        return
    taken |= set(child.get_siblings().values_list("slug", flat=True))
    number, wanted = 2, child.slug[:56].rstrip("-")
    while f"{wanted}-{number}" in taken:
        number += 1
    slug = f"{wanted}-{number}"
    had_draft = child.has_unpublished_changes
    draft = child.get_latest_revision_as_object()
    child.slug = draft.slug = slug
    child.save(clean=False)
    revision = draft.save_revision(changed=had_draft, clean=False)
    if not had_draft and child.live:
        type(child).objects.filter(pk=child.pk).update(live_revision=revision)


def _name_collection(collection: Collection, place: Municipality) -> None:
    collection.name = place.full_name
    collection.save(update_fields=["name"])


def _lead_on(before: dict[str, int]) -> None:
    """Each old address leads to its page for ever, wherever that goes later.

    Wagtail makes such redirects itself after the commit; these are there with it.
    """
    site = Site.objects.get(is_default_site=True)
    rows = list(_redirects(before, site))
    old = Redirect.objects.filter(old_path__in=[row.old_path for row in rows], site=site)
    old.filter(automatically_created=True).delete()
    Redirect.objects.bulk_create(rows, batch_size=_BATCH, ignore_conflicts=True)


def _redirects(before: dict[str, int], site: Site) -> Iterable[Redirect]:
    now = {page.pk: address_of(page) for page in Page.objects.filter(pk__in=before.values())}
    for address, pk in before.items():
        if now[pk] != address:
            yield Redirect(
                old_path=Redirect.normalise_path(address),
                redirect_page_id=pk,
                site=site,
                is_permanent=True,
                automatically_created=True,
            )
