"""The secretariat's board: every number is its list, every list leads to where it is mended, and mending empties it.

The tiles are found, not listed: a new one without a story in board_stories fails.
"""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from cms.board import Look, tiles
from tests.cms.board_stories import STORIES, Scene

pytestmark = pytest.mark.django_db


def test_every_tile_has_its_story() -> None:
    assert [tile.key for tile in tiles()] != []
    assert {tile.key for tile in tiles()} == set(STORIES)


def _number(client: Client, key: str) -> int:
    page = BeautifulSoup(client.get(reverse("board_desk:index")).content, "html.parser")
    link = page.select_one(f'.board a[href="{reverse("board_desk:tile", args=[key])}"] b')
    assert link is not None
    return int(link.get_text().removesuffix("건").replace(",", ""))


def _listed(client: Client, key: str) -> list[str]:
    answer = client.get(reverse("board_desk:tile", args=[key]))
    assert answer.status_code == 200
    page = BeautifulSoup(answer.content, "html.parser")
    return [str(link["href"]) for link in page.select(".desk tbody th a")]


@pytest.mark.parametrize("key", sorted(STORIES))
def test_a_tile_counts_its_list_leads_to_the_remedy_and_is_empty_afterwards(
    key: str, garam: Any, secretariat: Any, login: Any, request: pytest.FixtureRequest
) -> None:
    client = login(secretariat)
    assert (_number(client, key), _listed(client, key)) == (0, [])

    mend = STORIES[key](Scene(request.getfixturevalue))

    listed = _listed(client, key)
    assert _number(client, key) == len(listed) == 1
    assert client.get(listed[0]).status_code == 200
    mend()
    assert (_number(client, key), _listed(client, key)) == (0, [])


def test_the_board_is_nobody_elses_and_knows_no_other_tile(
    garam_approver: Any, secretariat: Any, login: Any, client: Client
) -> None:
    for address in (reverse("board_desk:index"), reverse("board_desk:tile", args=["mails"])):
        assert login(garam_approver).get(address).status_code == 404
        assert client.get(address).status_code == 302
    assert login(secretariat).get(reverse("board_desk:tile", args=["none"])).status_code == 404


def test_a_long_list_is_counted_without_reading_it_and_shown_in_portions(
    secretariat: Any, login: Any, django_assert_max_num_queries: Any
) -> None:
    from tests.factories import make_answer, make_question

    question = make_question()
    for _ in range(55):
        make_answer(question=question, live=False)
    client = login(secretariat)

    assert _number(client, "answers") == 55
    assert len(_listed(client, "answers")) == 50
    (tile,) = [one for one in tiles() if one.key == "answers"]
    with django_assert_max_num_queries(1):
        assert tile.count(Look()) == 55
