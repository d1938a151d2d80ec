"""Each municipality at its own desk: turns coalition.members.access into what Wagtail understands.

Three parts. The permission tester and the policy take away inside a municipality's subtree what the
secretariat's one grant at home would give. The guard closes every admin address to municipality users
that is not on the allow list, so that a view which a Wagtail release brings along is closed by default,
and answers 404 for pages, images and documents of others. The querysets narrow choosers.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db.models import Case, Q, QuerySet, Value, When
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.datastructures import MultiValueDictKeyError
from wagtail.models import Page
from wagtail.models.pages import PagePermissionTester
from wagtail.permission_policies.pages import PagePermissionPolicy

from cms.desk_views import DESK_VIEWS, LOOKING, OFFICER_VIEWS
from cms.views.errors import bad_request
from cms.visibility import public
from coalition.members.access import Access
from coalition.members.models import Municipality
from coalition.record.models import User

# Address of the index page under home; a municipality's root stands right below it.
MUNICIPALITIES = "municipalities"

_WRITING = frozenset({"add", "change", "publish", "lock", "unlock", "bulk_delete"})


def municipality_slug(page: Page) -> str | None:
    """The municipality in whose subtree the page stands, by its address: no query, no join."""
    segments = page.url_path.strip("/").split("/")
    return segments[2] if len(segments) > 2 and segments[1] == MUNICIPALITIES else None


def municipality_root_path(slug: str) -> str:
    """How the `url_path` of everything in this municipality's subtree begins."""
    home = Page.objects.filter(depth=2).values_list("url_path", flat=True).first() or "/home/"
    return f"{home}{MUNICIPALITIES}/{slug}/"


class DeskRequest(HttpRequest):
    """A request inside the admin: somebody is logged in."""

    user: User


class HubPagePermissionTester(PagePermissionTester):
    """Wagtail's tester, minus what the hub does not want.

    - The secretariat sees a municipality's pages and writes there only as its named deputy.
    - Pages of the frame (roots, index pages) are neither deleted nor moved nor taken down by editors.
    - Outside the municipalities a page goes out after a colleague's approval, never by its own author.
    """

    def __init__(self, user: Any, page: Page) -> None:
        super().__init__(user, page)
        self.access = Access.of(user)
        self.slug = municipality_slug(page)
        if self.slug is not None and hasattr(self, "permissions") and self._is_guest():
            self.permissions: set[str] = self.permissions - _WRITING

    def _is_guest(self) -> bool:
        return self.access.is_secretariat and self.slug not in self.access.deputised_slugs

    def _is_frame(self) -> bool:
        page_class = self.page.specific_class
        return not getattr(page_class, "slug_follows_title", True) and not self.user.is_superuser

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return not self._is_frame() and super().can_delete(ignore_bulk)

    def can_move(self) -> bool:
        """A municipality has one place for each kind of page, so its people have nowhere to move one."""
        if self.access.serves_a_municipality and not self.user.is_superuser:
            return False
        return not self._is_frame() and super().can_move()

    def can_copy(self) -> bool:
        return not self._is_frame() and super().can_copy()

    def can_unpublish(self) -> bool:
        return not self._is_frame() and super().can_unpublish()

    def can_publish(self) -> bool:
        if self.slug is None and self.access.is_secretariat and not self.user.is_superuser:
            return False
        return super().can_publish()

    def can_publish_subpage(self) -> bool:
        if self.slug is None and self.access.is_secretariat and not self.user.is_superuser:
            return False
        return super().can_publish_subpage()


class HubPagePolicy(PagePermissionPolicy):
    """The same for lists: what the secretariat may change does not reach into municipalities."""

    def instances_user_has_any_permission_for(self, user: Any, actions: Any) -> QuerySet[Page]:
        pages = super().instances_user_has_any_permission_for(user, actions)
        access = Access.of(user)
        if user.is_superuser or not access.is_secretariat or not _WRITING & set(actions):
            return pages
        if set(actions) >= _WRITING:  # "may explore": seeing is allowed everywhere
            return pages
        foreign = Q(url_path__startswith=municipality_root_path("")[:-1])
        for slug in access.deputised_slugs:
            foreign &= ~Q(url_path__startswith=municipality_root_path(slug))
        return pages.exclude(foreign)


def seen_pages(user: Any) -> QuerySet[Page]:
    """Pages whose title this user may know: the public ones and what stands on their own desk."""
    access = Access.of(user)
    if access.may_keep_hub:
        return Page.objects.all()
    readable = public(Page.objects.all())
    municipality = access.municipality
    if municipality is None or not access.may_view(municipality):
        return readable
    own = Page.objects.filter(url_path__startswith=municipality_root_path(municipality.slug))
    return Page.objects.filter(Q(pk__in=readable.values("pk")) | Q(pk__in=own.values("pk")))


def narrow_chooser(pages: QuerySet[Page], user: Any) -> QuerySet[Page]:
    """What a page chooser offers. `on_own_desk` tells the desk's search whose drafts it may read."""
    access = Access.of(user)
    seen = pages.filter(pk__in=seen_pages(user).values("pk"))
    if access.may_keep_hub:
        return seen
    place = access.municipality
    own = Q(url_path__startswith=municipality_root_path(place.slug)) if place else Q(pk__in=[])
    return seen.annotate(on_own_desk=Case(When(own, then=Value(True)), default=Value(False)))


_PAGE_ARGUMENTS = ("page_id", "parent_page_id")
_FILE_ARGUMENTS = ("image_id", "document_id", "doc_id")


class DeskGuard:
    """Middleware: a municipality user meets only the views and objects of their own desk."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.prefix = f"/{settings.HUB_ADMIN_PATH}"

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]
    ) -> None:
        """Raise 404 for what is not on this user's desk."""
        if not request.path.startswith(self.prefix) or not request.user.is_authenticated:
            return
        _refuse_what_is_no_key(request, kwargs)
        access = Access.of(request.user)
        if access.is_superuser or not access.serves_a_municipality:
            return
        name = request.resolver_match.view_name if request.resolver_match else ""
        municipality = access.municipality
        open_views = DESK_VIEWS if access.writes_for_a_municipality else OFFICER_VIEWS
        if name not in open_views or municipality is None:
            raise Http404("이 화면은 사무국만 씁니다.")
        for argument in _PAGE_ARGUMENTS:
            if argument in kwargs:
                _refuse_foreign_page(kwargs[argument], municipality, looking=name in LOOKING)
        if name == "wagtailadmin_api:pages:detail":
            _refuse_foreign_page(kwargs["pk"], municipality, looking=True)
        for argument in _FILE_ARGUMENTS:
            if argument in kwargs:
                _refuse_foreign_file(argument, kwargs[argument], municipality)
        if name == "wagtail_bulk_action":
            _refuse_foreign_selection(request, kwargs["model_name"], municipality)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A POST that no form of the desk made is a bad request; Wagtail's blocks raise KeyError on it,
        its chooser of addresses AttributeError."""
        name = request.resolver_match.view_name if request.resolver_match else ""
        not_from_a_form = (
            isinstance(exception, MultiValueDictKeyError)
            or (
                # A row of an InlinePanel without its place.
                isinstance(exception, KeyError) and exception.args == ("ORDER",)
            )
            or (
                name == "wagtailadmin_choose_page_external_link"
                and isinstance(exception, AttributeError)
            )
        )
        if request.path.startswith(self.prefix) and not_from_a_form:
            return bad_request(request, exception)
        return None


def _refuse_what_is_no_key(request: HttpRequest, kwargs: dict[str, Any]) -> None:
    """Wagtail's choosers take any text for a key and fail on it inside."""
    name = request.resolver_match.view_name if request.resolver_match else ""
    if name.endswith("_chooser:chosen") and not str(kwargs.get("pk", "")).isdecimal():
        raise Http404("없는 파일입니다.")


def _refuse_foreign_page(page_id: int, municipality: Municipality, *, looking: bool) -> None:
    page = Page.objects.filter(pk=page_id).first()
    if page is None:
        raise Http404("없는 쪽입니다.")
    root = municipality_root_path(municipality.slug)
    if page.url_path.startswith(root):
        return
    if looking and (root.startswith(page.url_path) or _is_public(page)):
        return
    raise Http404("다른 지방정부의 쪽입니다.")


def _refuse_foreign_selection(
    request: HttpRequest, model_name: str, municipality: Municipality
) -> None:
    """A bulk action shows titles before it asks for rights: every object has to be on this desk."""
    for key in [*request.GET.getlist("id"), *request.GET.getlist("childOf")]:
        if not key.isdecimal():
            raise Http404("하나씩 고르세요.")
        if model_name == "page":
            _refuse_foreign_page(int(key), municipality, looking=False)
        else:
            argument = "image_id" if model_name == "hubimage" else "document_id"
            _refuse_foreign_file(argument, int(key), municipality)


def _is_public(page: Page) -> bool:
    return page.live and not page.get_view_restrictions().exists()


def _refuse_foreign_file(argument: str, pk: int, municipality: Municipality) -> None:
    from wagtail.documents import get_document_model
    from wagtail.images import get_image_model

    model = get_image_model() if argument == "image_id" else get_document_model()
    own = municipality.page.collection.get_descendants(inclusive=True)
    if not model.objects.filter(pk=pk, collection__in=own).exists():
        raise Http404("다른 지방정부의 파일입니다.")
