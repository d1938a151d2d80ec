"""자료 is found by its words, its rows by what they say, and neither while it may not be read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from coalition.record import jobs
from search.models import SearchDocument
from tests.factories import make_dataset

pytestmark = pytest.mark.django_db
ADDRESS = "/municipalities/garam/data/dolbom/"
TABLE = "동,쉼터 이름,자리(석)\n강마을동,은방울쉼터,12\n산단동,물푸레쉼터,30\n"


def _found(client: Client, words: str, kind: str) -> list[str]:
    answer = client.get("/api/v1/search", {"q": words, "kind": kind})
    assert answer.status_code == 200
    return [result["url"] for result in answer.json()["results"]]


@pytest.fixture
def page(garam: Any, tmp_path: Path) -> Any:
    page = make_dataset(garam, tmp_path, TABLE, title="노동자 쉼터 현황")
    jobs.run_until_idle()
    return page


def test_a_dataset_is_found_by_its_words_and_a_row_by_its_cells(page: Any, client: Client) -> None:
    assert [
        url.rpartition("/municipalities")[2] for url in _found(client, "쉼터 현황", "dataset")
    ] == ["/garam/data/dolbom/"]
    (row,) = _found(client, "물푸레쉼터", "dataset_row")
    assert row.endswith(f"{ADDRESS}?row=2#row-2")
    assert "노동자 쉼터 현황" in client.get("/data/").content.decode()


def test_a_draft_is_not_found(garam: Any, tmp_path: Path, client: Client) -> None:
    make_dataset(garam, tmp_path, TABLE, live=False)
    jobs.run_until_idle()

    assert not SearchDocument.objects.filter(owner_kind="dataset").exists()


@pytest.mark.parametrize("how", ["unpublish", "delete", "restrict"])
def test_what_may_not_be_read_is_gone_at_once(page: Any, client: Client, how: str) -> None:
    from wagtail.models import PageViewRestriction

    if how == "restrict":
        PageViewRestriction.objects.create(page=page, restriction_type="login")
    else:
        getattr(page, how)()

    assert _found(client, "물푸레쉼터", "dataset_row") == []
    assert _found(client, "쉼터", "dataset") == []
    assert not SearchDocument.objects.filter(owner_kind="dataset", deleted=False).exists()
    jobs.run_until_idle()
    assert not SearchDocument.objects.filter(owner_kind="dataset", deleted=False).exists()


def test_a_row_that_a_new_version_lacks_is_gone(garam: Any, page: Any, tmp_path: Path) -> None:
    make_dataset(garam, tmp_path, "동,쉼터 이름,자리(석)\n강마을동,은방울쉼터,12\n")
    jobs.run_until_idle()

    rows = SearchDocument.objects.filter(kind="dataset_row", deleted=False)
    assert [row.key for row in rows] == [f"{page.pk}/1"]


def test_of_a_large_table_the_dataset_itself_is_found_by_what_it_says(
    garam: Any, tmp_path: Path, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.datasets.MOST_ROWS", 1)
    make_dataset(garam, tmp_path, TABLE)
    jobs.run_until_idle()

    assert _found(client, "물푸레쉼터", "dataset_row") == []
    assert len(_found(client, "물푸레쉼터", "dataset")) == 1
