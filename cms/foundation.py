"""The ground that every installation stands on: home, index pages, legal pages, groups, workflow.

Laid by `found_site` after every migrate and only where it is missing, so that an empty database, a
restored one and a test database all have it.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db import connection
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Locale,
    Page,
    Site,
    Task,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from cms.legal import LEGAL_PAGES
from cms.models import (
    HomePage,
    MunicipalityApproval,
    MunicipalityIndexPage,
    NewsIndexPage,
    StandardPage,
)
from cms.references import SHARED_COLLECTION
from cms.tenancy import MUNICIPALITIES
from coalition.members.access import SECRETARIAT, SECRETARIAT_LEAD

PAGE_RIGHTS = ("add", "change", "publish", "lock", "unlock", "bulk_delete")
FILE_RIGHTS = ("add", "change", "choose")


def found_after_migrate(**kwargs: Any) -> None:
    """Receiver of post_migrate for this app; a partial migration has no tables to stand on yet."""
    needed = {HomePage._meta.db_table, Workflow._meta.db_table, Permission._meta.db_table}
    if needed <= set(connection.introspection.table_names()):
        found_site()


def found_site() -> HomePage:
    """Make what is missing of the ground; give back the home page."""
    home = HomePage.objects.first() or _make_home()
    _rename_what_wagtail_left()
    _make_site(home)
    _make_child(home, MunicipalityIndexPage, slug=MUNICIPALITIES, title="지방정부")
    _make_child(home, NewsIndexPage, slug="news", title="소식")
    for slug, title, body in LEGAL_PAGES:
        _make_child(home, StandardPage, slug=slug, title=title, body=body)
    shared = _shared_collection()
    for name in (SECRETARIAT, SECRETARIAT_LEAD):
        _grant_secretariat(Group.objects.get_or_create(name=name)[0], home, shared)
    _make_workflow(home)
    return home


def grant_pages(group: Group, page: Page, rights: tuple[str, ...]) -> None:
    """Give a group rights on a page and all below it."""
    for right in rights:
        GroupPagePermission.objects.get_or_create(
            group=group, page=page, permission=_permission(f"{right}_page", "wagtailcore", "page")
        )


def grant_files(group: Group, collection: Collection, rights: tuple[str, ...]) -> None:
    """Give a group rights on the images and documents of a collection.

    Wagtail asks for the permissions of its stock models, whatever the custom model is called.
    """
    for right in rights:
        for app, model in (("wagtailimages", "image"), ("wagtaildocs", "document")):
            GroupCollectionPermission.objects.get_or_create(
                group=group,
                collection=collection,
                permission=_permission(f"{right}_{model}", app, model),
            )


def grant_admin(group: Group) -> None:
    """Let a group in at the desk's door."""
    group.permissions.add(_permission("access_admin", "wagtailadmin", "admin"))


def shared_collection() -> Collection:
    """공용 자료: what everybody may choose from."""
    return Collection.objects.get(name=SHARED_COLLECTION)


def _permission(codename: str, app: str, model: str) -> Permission:
    return Permission.objects.get(
        codename=codename, content_type__app_label=app, content_type__model=model
    )


def _make_home() -> HomePage:
    Locale.objects.get_or_create(language_code=settings.LANGUAGE_CODE)
    root = Page.get_first_root_node() or Page.add_root(
        title="누리집", slug="root", locale=Locale.objects.first()
    )
    # Wagtail's first migration leaves a welcome page behind, with the only Site on it.
    Page.objects.filter(depth=2, slug="home", numchild=0).delete()
    root.refresh_from_db()
    return root.add_child(
        instance=HomePage(
            title="처음",
            slug="home",
            headline="시민의 질문에서 시작한 일자리 실험을 모아, 「지속가능 일자리 지원법」을 함께 씁니다",
            lede="지방정부가 무엇을 묻고, 무엇을 해 보았고, 무엇이 남았는지, "
            "그래서 법의 어느 조문이 필요한지 한곳에서 봅니다.",
        )
    )


def _rename_what_wagtail_left() -> None:
    """Wagtail's first migration leaves names and groups in English that editors would meet."""
    Page.objects.filter(depth=1, title="Root").update(title="누리집", draft_title="누리집")
    Collection.objects.filter(depth=1, name="Root").update(name="모든 모음")
    Group.objects.filter(name__in=("Moderators", "Editors"), user__isnull=True).delete()
    Workflow.objects.filter(name="Moderators approval", workflow_states__isnull=True).delete()
    Task.objects.filter(name="Moderators approval", task_states__isnull=True).delete()


def _make_site(home: HomePage) -> None:
    address = urlsplit(settings.HUB_BASE_URL)
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    if site.root_page_id == home.pk:
        return
    site.root_page = home
    site.hostname = address.hostname or "localhost"
    site.port = address.port or (443 if address.scheme == "https" else 80)
    site.site_name = settings.WAGTAIL_SITE_NAME
    site.save()


def _make_child(parent: Page, page_class: Any, *, slug: str, title: str, **fields: Any) -> None:
    if not Page.objects.child_of(parent).filter(slug=slug).exists():
        page = Page.objects.get(pk=parent.pk).add_child(
            instance=page_class(slug=slug, title=title, **fields)
        )
        page.save_revision().publish()


def _shared_collection() -> Collection:
    found = Collection.objects.filter(name=SHARED_COLLECTION).first()
    if found is not None:
        return found
    root = Collection.get_first_root_node() or Collection.add_root(name="모든 모음")
    return root.add_child(name=SHARED_COLLECTION)


def _grant_secretariat(group: Group, home: HomePage, shared: Collection) -> None:
    """Once, at home: a user in 240 groups breaks Wagtail's explorer (issue 14593)."""
    grant_admin(group)
    grant_pages(group, home, PAGE_RIGHTS)
    grant_files(group, shared, FILE_RIGHTS)
    for codename, app, model in (
        ("change_operator", "cms", "operator"),
        *((f"{verb}_tag", "cms", "tag") for verb in ("view", "add", "change", "delete")),
        *((f"{verb}_tagproposal", "cms", "tagproposal") for verb in ("view", "change")),
        *((f"{verb}_bill", "drafts", "bill") for verb in ("view", "add", "change")),
        *((f"{verb}_version", "drafts", "version") for verb in ("view", "add", "change")),
        ("view_event", "record", "event"),
    ):
        group.permissions.add(_permission(codename, app, model))


def _make_workflow(home: HomePage) -> None:
    if WorkflowPage.objects.filter(page=home).exists():
        return
    task = MunicipalityApproval.objects.get_or_create(name="결재")[0]
    workflow = Workflow.objects.get_or_create(name="결재 후 공개")[0]
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task, defaults={"sort_order": 0})
    WorkflowPage.objects.create(workflow=workflow, page=home)
