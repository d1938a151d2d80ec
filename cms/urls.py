"""Public addresses of records; they stand before Wagtail's catch-all."""

from django.conf import settings
from django.contrib.sitemaps.views import sitemap
from django.urls import path, re_path, register_converter
from wagtail.urls import serve_pattern

from cms import feeds
from cms.sitemaps import SITEMAPS
from cms.views import (
    bills,
    briefings,
    case_books,
    comparisons,
    datasets,
    dialogue,
    embeds,
    exports,
    follows,
    health,
    invitations,
    joining,
    linked_data,
    mail,
    meetings,
    opinions,
    originals,
    packets,
    pages,
    positions,
    practice,
    questions,
    resolutions,
    reviews,
    road,
    robots,
    statements,
    support,
    suspensions,
    trail,
)


class VersionNumber:
    """0.3, 1, 1.0.2."""

    regex = r"\d+(?:\.\d+)*"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class ComparedVersions:
    """v0.2...v0.3, v0.2...other/v0.1 with one of another bill, and three of them."""

    regex = r"v\d+(?:\.\d+)*(?:\.\.\.(?:[-a-zA-Z0-9_]+/)?v\d+(?:\.\d+)*){1,2}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(VersionNumber, "no")
register_converter(ComparedVersions, "versions")

urlpatterns = [
    path("bills/", bills.bill_list, name="bills"),
    path("bills/compare/", comparisons.choose, name="compare"),
    path("bills/<slug:slug>/", bills.bill, name="bill"),
    path("bills/<slug:slug>/compare/", comparisons.choose, name="compare_bill"),
    path(
        "bills/<slug:slug>/compare/<versions:versions>/",
        comparisons.comparison,
        name="comparison",
    ),
    path(
        "bills/<slug:slug>/compare/<versions:versions>.json",
        comparisons.comparison_json,
        name="comparison_json",
    ),
    path("bills/<slug:slug>/v<no:no>/", bills.version, name="version"),
    path("bills/<slug:slug>/v<no:no>/export.<slug:extension>", exports.export, name="export"),
    path(
        "bills/<slug:slug>/v<no:no>/legislation.jsonld",
        linked_data.version,
        name="version_described",
    ),
    path(
        "bills/<slug:slug>/v<no:no>/<str:provision>/legislation.jsonld",
        linked_data.provision,
        name="provision_described",
    ),
    path("organization.jsonld", linked_data.coalition, name="coalition_described"),
    path("bills/<slug:slug>/v<no:no>/originals/<int:pk>/", originals.original, name="original"),
    path("bills/<slug:slug>/v<no:no>/columns/", bills.columns, name="columns"),
    path("bills/<slug:slug>/v<no:no>/reasons/", bills.reason_list, name="reasons"),
    path("bills/<slug:slug>/v<no:no>/opinions/new/", opinions.write, name="opinion_form"),
    path("bills/<slug:slug>/v<no:no>/<str:provision>/", bills.provision, name="provision"),
    path("bills/<slug:slug>/v<no:no>/<str:provision>/history/", bills.history, name="history"),
    path("bills/<slug:slug>/packet.zip", packets.packet, name="packet"),
    path("bills/<slug:slug>/positions/", positions.position_list, name="positions"),
    path(
        "bills/<slug:slug>/positions/export.<slug:extension>",
        positions.export,
        name="positions_export",
    ),
    path(
        "bills/<slug:slug>/positions/<int:pk>/document/",
        positions.document,
        name="position_document",
    ),
    path("bills/<slug:slug>/opinions/", opinions.opinion_list, name="opinions"),
    path(
        "bills/<slug:slug>/opinions/export.<slug:extension>",
        opinions.export,
        name="opinions_export",
    ),
    path("bills/<slug:slug>/opinions/sent/", opinions.sent, name="opinion_sent"),
    path("bills/<slug:slug>/opinions/<int:pk>/", opinions.opinion, name="opinion"),
    path(
        "bills/<slug:slug>/opinions/<int:pk>/suspension/", suspensions.ask, name="suspension_form"
    ),
    path(
        "bills/<slug:slug>/opinions/<int:pk>/suspension/asked/",
        suspensions.asked,
        name="suspension_asked",
    ),
    path("opinions/suspension/<str:token>/", suspensions.confirm, name="suspension_confirm"),
    path("opinions/confirm/<str:token>/", opinions.confirm, name="opinion_confirm"),
    path("opinions/own/<str:token>/", opinions.own, name="opinion_own"),
    path("bills/<slug:slug>/road/", road.road, name="road"),
    path("bills/<slug:slug>/support/", support.support, name="support"),
    path("bills/<slug:slug>/support/give/", support.give, name="support_give"),
    path("bills/<slug:slug>/support/asked/", support.asked, name="support_asked"),
    path("bills/<slug:slug>/support/end/", support.ask_to_end, name="support_ask_end"),
    path("support/confirm/<str:token>/", support.confirm, name="support_confirm"),
    path("support/end/<str:token>/", support.end, name="support_end"),
    path("bills/<slug:slug>/resolutions/", resolutions.resolution_list, name="resolutions"),
    path(
        "bills/<slug:slug>/resolutions/template.<slug:extension>",
        resolutions.template,
        name="resolution_template",
    ),
    path("bills/<slug:slug>/resolutions/<int:pk>/", resolutions.resolution, name="resolution"),
    path(
        "bills/<slug:slug>/resolutions/<int:pk>/<int:step>/document/",
        resolutions.document,
        name="resolution_document",
    ),
    path("bills/<slug:slug>/<str:provision>/", bills.newest_provision, name="newest_provision"),
    path("case-book/", case_books.edition_list, name="editions"),
    path("case-book/<int:number>/", case_books.edition, name="edition"),
    path("case-book/<int:number>.pdf", case_books.edition_file, name="edition_file"),
    path("statements/", statements.statement_list, name="statements"),
    path("statements/<int:number>/", statements.statement, name="statement"),
    path(
        "statements/<int:number>/names/<int:pk>/document/",
        statements.document,
        name="statement_document",
    ),
    path("follow/", follows.follow, name="follow"),
    path("follow/confirm/<str:token>/", follows.confirm, name="follow_confirm"),
    path("follow/end/<str:token>/", follows.end, name="follow_end"),
    path("join/", joining.join, name="join"),
    path("join/confirm/<str:token>/", joining.confirm, name="join_confirm"),
    path("embed/municipalities/<slug:slug>/", embeds.municipality, name="embed_newest"),
    path("embed/v1/municipalities/<slug:slug>/", embeds.municipality, name="embed"),
    path("embed/help/<slug:slug>/", embeds.help_page, name="embed_help"),
    path("dialogue/", dialogue.body_list, name="dialogue"),
    path("dialogue/<slug:slug>/", dialogue.body, name="body"),
    path("dialogue/<slug:slug>/events/<int:number>/", meetings.event, name="dialogue_event"),
    path("meetings/", meetings.meeting_list, name="meetings"),
    path("meetings.ics", meetings.all_calendar, name="meetings_calendar"),
    path("meetings/<slug:slug>/", meetings.body_meetings, name="body_meetings"),
    path("meetings/<slug:slug>.ics", meetings.body_calendar, name="body_calendar"),
    path(
        "meetings/<slug:slug>/divisions/<int:division>.ics",
        meetings.division_calendar,
        name="division_calendar",
    ),
    path("meetings/<slug:slug>/<int:number>/", meetings.meeting, name="meeting"),
    path(
        "meetings/<slug:slug>/<int:number>.ics", meetings.meeting_calendar, name="meeting_calendar"
    ),
    path(
        "meetings/<slug:slug>/<int:number>/documents/<int:pk>/",
        meetings.document,
        name="meeting_document",
    ),
    path("models/", practice.models, name="models"),
    path("models/<slug:slug>/", practice.model, name="model"),
    path("pilots/", practice.pilot_list, name="pilots"),
    path("pilots/<slug:slug>/", practice.pilot, name="pilot"),
    path("spread/", practice.spread_list, name="spread"),
    path("spread/<slug:slug>/", practice.place, name="spread_place"),
    path("methods/", practice.methods, name="methods"),
    path("questions/", questions.question_list, name="questions"),
    path("questions/<slug:key>/", questions.paper, name="paper"),
    path("questions/<slug:key>/<int:number>/", questions.question, name="question"),
    path("questions/<slug:key>/core/<int:number>/", questions.core_question, name="core_question"),
    path("trail/", trail.core_list, name="trails"),
    path("trail/<slug:key>/<int:number>/", trail.core, name="trail"),
    path("trail/bills/<slug:slug>/v<no:no>/<str:provision>/", trail.origins, name="origins"),
    path("feeds/cases/", feeds.CaseFeed(), name="case_feed"),
    path("feeds/cases/<int:pk>/", feeds.OneCaseFeed(), name="one_case_feed"),
    path("feeds/municipalities/<slug:slug>/", feeds.MunicipalityFeed(), name="municipality_feed"),
    path("feeds/news/", feeds.NewsFeed(), name="news_feed"),
    path("feeds/bills/", feeds.VersionFeed(), name="version_feed"),
    path("feeds/bills/<slug:slug>/", feeds.BillFeed(), name="bill_feed"),
    path("feeds/bills/<slug:slug>/v<no:no>/<slug:eid>/", feeds.ClauseFeed(), name="clause_feed"),
    path("feeds/bills/<slug:slug>/<slug:eid>/", feeds.ClauseFeed(), name="newest_clause_feed"),
    path("review/<str:token>/", reviews.review, name="review"),
    path("invitation/<str:token>/", invitations.invitation, name="invitation"),
    path("healthz/live", health.live, name="live"),
    path("healthz/ready", health.ready, name="ready"),
    *([path("dev/mail/", mail.dev_mail, name="dev_mail")] if settings.DEBUG else []),
    path("robots.txt", robots.robots, name="robots"),
    # In a group, since no record's address may begin like a page's (cms.E002): this one hides none.
    re_path(
        r"^(?:municipalities)/(?P<slug>[-a-z0-9]+)/organization\.jsonld$",
        linked_data.municipality,
        name="municipality_described",
    ),
    re_path(
        r"^(?:municipalities)/(?P<place>[-a-z0-9]+)/data/(?P<slug>[-a-z0-9]+)/v(?P<number>[1-9][0-9]{0,8})\.csv$",
        datasets.dataset_csv,
        name="dataset_csv",
    ),
    re_path(
        r"^(?:municipalities)/(?P<place>[-a-z0-9]+)/data/(?P<slug>[-a-z0-9]+)/v(?P<number>[1-9][0-9]{0,8})\.(?P<extension>ris|bib|jsonld)$",
        datasets.dataset_citation,
        name="dataset_citation",
    ),
    re_path(
        r"^(?:municipalities)/(?P<place>[-a-z0-9]+)/data/(?P<slug>[-a-z0-9]+)/v(?P<number>[1-9][0-9]{0,8})/changes/$",
        datasets.dataset_changes,
        name="dataset_changes",
    ),
    re_path(
        r"^(?:municipalities)/(?P<place>[-a-z0-9]+)/briefing/$",
        briefings.briefing,
        name="briefing",
    ),
    re_path(
        r"^(?:municipalities)/(?P<place>[-a-z0-9]+)/briefing\.pdf$",
        briefings.briefing_file,
        name="briefing_file",
    ),
    re_path(serve_pattern, pages.serve, name="page"),
    path("sitemap.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
]
