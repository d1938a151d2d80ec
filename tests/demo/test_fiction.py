"""Fiction and fact, over the whole database: nothing invented stands with a real municipality.

The tables are found, not listed: a new model that hangs on a municipality fails until it has a Source or
its reason here.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.db.models import ForeignKey, Model, OneToOneField
from django.test import Client
from wagtail.models import Page

from cms.models import MunicipalityPage
from coalition.drafts.models import Bill, ClauseLink
from coalition.members.models import Municipality
from coalition.record.models import Source

pytestmark = pytest.mark.django_db
OURS = (
    "record",
    "members",
    "dialogue",
    "practice",
    "evidence",
    "drafts",
    "advocacy",
    "cms",
    "search",
)

# What hangs on a municipality and states nothing about it, with the reason.
NO_STATEMENT = {
    "members.Appointment": "who works at the desk of the hub",
    "members.Deputation": "who works at the desk of the hub",
    "drafts.ClauseLink": "ties things that are tested themselves; its own test below",
    "drafts.LinkStep": "who agreed to a link",
    "evidence.MeasurementCell": "a part of a measurement, which has its source",
    "advocacy.PositionVerification": "the secretariat's look at a document",
    "advocacy.Follow": "somebody wants to hear of it",
    "advocacy.StepVerification": "the secretariat's look at a document",
    "members.Application": "a letter to the secretariat, which shows it to nobody",
    "members.CarriedSuccession": "what was done with a succession, which has its source",
    "members.TermOpening": "what was done with the posts of the desk",
    "members.Invitation": "who is asked to work at the desk of the hub",
    "members.Task": "what somebody has to do at the desk of the hub",
    "members.TaskStep": "what somebody has to do at the desk of the hub",
    "cms.CaseBookChapter": "the title of a page that is tested itself",
    "cms.TagProposal": "a word that an editor asked for",
    "cms.TableUpload": "a file on its way into a draft page",
    "cms.MunicipalityPage": "its own test below",
    "cms.CasePage": "a page: its own test below",
    "cms.CaseNumber": "a page: its own test below",
    "cms.CaseTag": "a page: its own test below",
    "search.SearchDocument": "a copy of what is tested here",
}


def _paths(model: type[Model], depth: int = 3) -> list[str]:
    """Look-ups over foreign keys of ours that lead from the model to a municipality."""
    if depth == 0:
        return []
    found = []
    for field in model._meta.get_fields():
        if not isinstance(field, ForeignKey | OneToOneField) or not isinstance(
            field.related_model, type
        ):
            continue
        if field.related_model is Municipality:
            found.append(field.name)
        elif field.related_model._meta.app_label in OURS and field.related_model is not model:
            found += [f"{field.name}__{rest}" for rest in _paths(field.related_model, depth - 1)]
    return found


def _models() -> list[type[Model]]:
    return [
        model
        for label in OURS
        for model in apps.get_app_config(label).get_models()
        if not model._meta.proxy and model is not Municipality and _paths(model)
    ]


@pytest.mark.parametrize("model", _models(), ids=lambda model: model._meta.label)
def test_every_row_of_a_real_municipality_has_its_source(model: type[Model]) -> None:
    if model._meta.label in NO_STATEMENT:
        return
    assert any(field.name == "source" for field in model._meta.get_fields()), (
        f"{model._meta.label} hangs on a municipality and has no Source"
    )
    for path in _paths(model):
        real = model._default_manager.filter(
            **{f"{path}__isnull": False, f"{path}__fictional": False}
        )
        assert not real.filter(source__isnull=True).exists(), path


def test_the_demo_has_something_to_hold_against_the_rule() -> None:
    """Else the test above would hold over nothing."""
    gwangsan = Municipality.objects.get(slug="gwangsan")

    assert gwangsan.facts.count() == 25
    assert gwangsan.memberships.count() == 1
    assert gwangsan.bodies.get().divisions.count() == 10
    assert gwangsan.bodies.get().source
    assert Municipality.objects.filter(fictional=True).count() == 6


def test_the_rule_bites() -> None:
    from coalition.dialogue.models import Body

    Body.objects.create(
        municipality=Municipality.objects.get(slug="gwangsan"), name="지어낸 모임", slug="invented"
    )

    with pytest.raises(AssertionError):
        test_every_row_of_a_real_municipality_has_its_source(Body)


def test_under_a_real_municipality_stand_only_pages_of_the_frame_without_words() -> None:
    for root in MunicipalityPage.objects.filter(municipality__fictional=False):
        below = Page.objects.descendant_of(root).specific()
        assert {type(page).__name__ for page in below} == {
            "CaseIndexPage",
            "DataIndexPage",
            "NewsIndexPage",
        }
        words: list[Any] = [root.intro, root.contact_post, root.contact_phone, root.website]
        assert not any([*words, root.summary, *(page.summary for page in below)])


def test_no_link_to_a_clause_speaks_of_a_real_municipality() -> None:
    assert not ClauseLink.objects.filter(municipality__fictional=False).exists()


def test_every_source_is_a_publication_with_its_publisher() -> None:
    for source in Source.objects.all():
        assert source.title
        assert source.publisher
        assert source.published_on


def test_the_bill_is_marked_on_every_page_that_shows_it(client: Client) -> None:
    assert not Bill.objects.filter(fictional=False).exists()
    for address in ("/bills/", "/bills/sjsa/", "/bills/sjsa/v0.3/", "/bills/sjsa/v0.3/art_1/", "/"):
        assert "시연용 초안" in client.get(address).content.decode(), address


def test_while_fiction_is_there_nothing_is_indexed_and_a_bar_says_so(client: Client) -> None:
    for address in ("/", "/municipalities/gwangsan/", "/bills/sjsa/v0.3/", "/dialogue/"):
        text = client.get(address).content.decode()
        assert "시연용 자료가 들어 있습니다" in text
        assert '<meta name="robots" content="noindex, nofollow">' in text
    assert "Disallow: /\n" in client.get("/robots.txt").content.decode()


def test_only_real_members_are_coloured_on_the_map(client: Client) -> None:
    text = client.get("/municipalities/").content.decode()
    drawn = text[text.index('<svg class="map"') :]
    drawn = drawn[: drawn.index("</svg>")]

    assert drawn.count("<a href=") == 1
    assert 'href="/municipalities/gwangsan/"' in drawn


def test_seeding_again_adds_nothing() -> None:
    from cms.demo import seed
    from cms.models import CasePage, NewsPage
    from coalition.drafts.models import Version

    def counts() -> list[int]:
        models = (Page, CasePage, NewsPage, Municipality, Version, Source)
        return [model._default_manager.count() for model in models]

    before = counts()
    seed()
    assert counts() == before
