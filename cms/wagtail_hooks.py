"""Registration only: what each hook does stands in the module that it names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSet
from wagtail.admin.widgets import Button
from wagtail.models import Page

from cms.logins import second_factor
from cms.menu import DeskMenuItem, leave_one_way_out, narrow_menu
from cms.panels import add_panels
from cms.privacy import warn_the_author
from cms.publication import refuse_unfinished_selection
from cms.references import refuse_hidden_document
from cms.tenancy import narrow_chooser
from cms.viewsets.bills import BillsDesk
from cms.viewsets.board import BoardDesk
from cms.viewsets.bodies import BodiesDesk
from cms.viewsets.bringing import BringDesk
from cms.viewsets.clauses import ClausesDesk
from cms.viewsets.contacts import ContactsDesk
from cms.viewsets.datasets import DatasetsDesk
from cms.viewsets.deidentification import DeidentificationDesk
from cms.viewsets.embedding import EmbedDesk
from cms.viewsets.gatherings import GatheringsDesk
from cms.viewsets.indicators import IndicatorsDesk
from cms.viewsets.joining import JoiningDesk
from cms.viewsets.links import LinksDesk
from cms.viewsets.mail import MailDesk
from cms.viewsets.notices import NoticesDesk
from cms.viewsets.opinions import OpinionsDesk
from cms.viewsets.pages import PagesDesk, page_desks
from cms.viewsets.people import PeopleDesk
from cms.viewsets.positions import PositionsDesk
from cms.viewsets.practice import PracticeDesk
from cms.viewsets.resolutions import ResolutionsDesk
from cms.viewsets.reviews import REVIEW_URLS, CaseBookDesk
from cms.viewsets.road import RoadDesk
from cms.viewsets.statements import StatementsDesk
from cms.viewsets.states import StatesDesk
from cms.viewsets.successions import SuccessionsDesk
from cms.viewsets.tags import TagsDesk, propose
from cms.viewsets.tasks import TasksDesk
from cms.viewsets.terms import TermsDesk
from cms.viewsets.trials import TrialsDesk

DESK_SCRIPTS = ("desk", "case-form")


@hooks.register("register_admin_viewset")
def register_bills() -> BillsDesk:
    return BillsDesk()


@hooks.register("register_admin_viewset")
def register_coordination() -> list[ViewSet]:
    return [BoardDesk(), TasksDesk(), NoticesDesk(), StatementsDesk(), ContactsDesk()]


@hooks.register("register_admin_viewset")
def register_mail() -> MailDesk:
    return MailDesk()


@hooks.register("register_admin_viewset")
def register_deidentification() -> DeidentificationDesk:
    return DeidentificationDesk()


@hooks.register("register_admin_viewset")
def register_gatherings() -> list[ViewSet]:
    return [BodiesDesk(), GatheringsDesk(), IndicatorsDesk()]


@hooks.register("register_admin_viewset")
def register_clauses() -> ClausesDesk:
    return ClausesDesk()


@hooks.register("register_admin_viewset")
def register_links() -> LinksDesk:
    return LinksDesk()


@hooks.register("register_admin_viewset")
def register_opinions() -> OpinionsDesk:
    return OpinionsDesk()


@hooks.register("register_admin_viewset")
def register_positions() -> PositionsDesk:
    return PositionsDesk()


@hooks.register("register_admin_viewset")
def register_trials() -> TrialsDesk:
    return TrialsDesk()


@hooks.register("register_admin_viewset")
def register_practice() -> PracticeDesk:
    return PracticeDesk()


@hooks.register("register_admin_viewset")
def register_road() -> RoadDesk:
    return RoadDesk()


@hooks.register("register_admin_viewset")
def register_resolutions() -> ResolutionsDesk:
    return ResolutionsDesk()


@hooks.register("register_admin_viewset")
def register_bringing() -> BringDesk:
    return BringDesk()


@hooks.register("register_admin_viewset")
def register_datasets() -> DatasetsDesk:
    return DatasetsDesk()


@hooks.register("register_admin_viewset")
def register_people() -> PeopleDesk:
    return PeopleDesk()


@hooks.register("register_admin_viewset")
def register_joining() -> list[ViewSet]:
    return [JoiningDesk(), TermsDesk(), SuccessionsDesk(), EmbedDesk()]


@hooks.register("register_admin_viewset")
def register_tags() -> TagsDesk:
    return TagsDesk()


@hooks.register("register_admin_viewset")
def register_case_book() -> list[ViewSet]:
    return [CaseBookDesk(), StatesDesk()]


@hooks.register("register_admin_urls")
def register_reviews() -> list[Any]:
    return REVIEW_URLS


@hooks.register("register_page_header_buttons")
def link_reviews(page: Page, user: Any, **kwargs: Any) -> Iterator[Button]:
    if page.pk and page.permissions_for_user(user).can_edit():
        address = reverse("review_links", args=[page.pk])
        yield Button("검토 링크", address, icon_name="link", priority=60)


@hooks.register("register_admin_viewset")
def register_pages() -> list[PagesDesk]:
    return page_desks()


@hooks.register("register_admin_urls")
def register_proposal() -> list[Any]:
    return [path("propose-tag/", propose, name="propose_tag")]


@hooks.register("register_admin_urls")
def register_second_factor() -> list[Any]:
    return [path("second-factor/", second_factor, name="second_factor")]


@hooks.register("register_admin_menu_item")
def register_proposal_menu() -> DeskMenuItem:
    return DeskMenuItem("주제어 제안", reverse("propose_tag"), icon_name="tag", order=400)


@hooks.register("construct_main_menu")
def narrow(request: HttpRequest, items: list[Any]) -> None:
    narrow_menu(request, items)


@hooks.register("construct_page_action_menu")
def narrow_actions(items: list[Any], request: HttpRequest, context: Any) -> None:
    leave_one_way_out(items, request, context.get("page"))


@hooks.register("construct_homepage_panels")
def add_home_panels(request: HttpRequest, panels: list[Any]) -> None:
    add_panels(request, panels)


@hooks.register("before_bulk_action")
def keep_unfinished(request: HttpRequest, kind: str, objects: Any, action: Any) -> Any:
    return refuse_unfinished_selection(request, kind, objects, action)


@hooks.register("before_serve_document")
def refuse_hidden(document: Any, request: HttpRequest) -> None:
    refuse_hidden_document(document, request)


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def warn(request: HttpRequest, page: Page) -> None:
    warn_the_author(request, page)


@hooks.register("construct_page_chooser_queryset")
def narrow_page_chooser(pages: QuerySet[Page], request: HttpRequest) -> QuerySet[Page]:
    return narrow_chooser(pages, request.user)


@hooks.register("insert_global_admin_js")
def admin_js() -> str:
    return format_html_join(
        "\n", '<script src="{}"></script>', ((static(f"js/{name}.js"),) for name in DESK_SCRIPTS)
    )


@hooks.register("insert_global_admin_css")
def admin_css() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin.css"))
