"""The demo tells the whole story of the article: what it owes, and the way of a citizen through it."""

from __future__ import annotations

import itertools
import re

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from coalition.dialogue.models import CoreQuestion, DialogueEvent
from coalition.dialogue.papers import public_answers, public_questions
from coalition.evidence.queries import measurements
from coalition.practice.models import AdoptionState, PilotState
from coalition.practice.queries import adoptions, barriers, job_models, pilots, zone_lines
from coalition.trail.queries import trail_address, trail_of

pytestmark = pytest.mark.django_db


def words(client: Client, address: str) -> str:
    page = BeautifulSoup(client.get(address).content, "html.parser")
    main = page.select_one("main")
    assert main is not None
    return re.sub(r"\s+", " ", main.get_text(" "))


def test_garam_tells_the_full_story() -> None:
    assert CoreQuestion.objects.filter(paper__key="garam-green").exclude(text="").count() == 20
    assert public_questions().filter(paper__key="garam-green").count() == 120
    answers = public_answers().filter(question__paper__key="garam-green").count()
    assert 700 < answers <= 800, "the newest wait for their review"
    tried = list(pilots().filter(municipality__slug="garam"))
    assert len(tried) == 4
    assert sum(pilot.state == PilotState.STOPPED for pilot in tried) == 1  # type: ignore[attr-defined]
    assert all(pilot.plans.exists() for pilot in tried)
    assert {row.pilot_id for row in measurements()} >= {pilot.pk for pilot in tried}
    taken = adoptions().filter(donor__slug="garam")
    assert {"dasol", "nuri"} <= {row.adopter.slug for row in taken}
    assert AdoptionState.STOPPED in {row.state for row in taken}  # type: ignore[attr-defined]
    assert barriers().filter(municipality__slug="garam").exists()
    assert len(set(DialogueEvent.objects.values_list("method", flat=True))) == 6


def test_gwangsan_shows_four_names_of_twenty_three_and_pilots_to_come(client: Client) -> None:
    named = job_models().filter(municipality__slug="gwangsan")
    page = words(client, "/models/")
    assert named.count() == 4
    assert "23" in page
    assert "명칭 미수록 19" in page or "19개" in page
    for pilot in pilots().filter(municipality__slug="gwangsan"):
        said = words(client, f"/pilots/{pilot.slug}/")
        assert "하반기 예정" in said
        assert "아직 잰 값이 없습니다" in said
        assert "%" not in said, "no milestones, no share"
    lines = zone_lines(named[0].municipality)
    assert [line.label for line in lines if line.has] == ["조례"]


def test_a_citizen_follows_the_article_from_a_question_to_a_clause(client: Client) -> None:
    """Every thing on the way can be opened, and a clause is five clicks away at most."""
    core = CoreQuestion.objects.get(paper__key="garam-green", number=3)
    way = trail_of(core)
    assert way.reached == 6
    stops = [stop for stage in way.stages for stop in stage.stops if stop.address]
    for stop in stops:
        assert client.get(stop.address.partition("#")[0]).status_code == 200, stop
    told = {stage.label: [s.address for s in stage.stops] for stage in way.stages}
    assert "/models/garam-care-coordinator/" in told["모델"]
    assert "/pilots/garam-care-2026/" in told["시범"]
    assert any(address.startswith("/pilots/") for address in told["근거"])

    clicks = ["/dialogue/", "/dialogue/garam/", "/questions/garam-green/"]
    clicks += ["/questions/garam-green/core/3/", trail_address(core), told["조문"][0]]
    for here, following in itertools.pairwise(clicks):
        page = BeautifulSoup(client.get(here).content, "html.parser")
        assert page.select_one(f'main a[href="{following}"]'), (here, following)
    assert len(clicks) - 1 <= 5
