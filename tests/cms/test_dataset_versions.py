"""A 자료 판 is cited, described for machines, and held against the one before."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import make_dataset, publish

pytestmark = pytest.mark.django_db
ADDRESS = "/municipalities/garam/data/dolbom/"


def test_a_version_is_cited_in_the_forms_of_reference_managers(
    garam: Any, tmp_path: Path, client: Client
) -> None:
    make_dataset(garam, tmp_path, title="동별 돌봄 이용 100% & {초안}")

    ris = client.get(f"{ADDRESS}v1.ris")
    lines = ris.content.decode().split("\r\n")
    assert ris["Content-Type"].startswith("application/x-research-info-systems")
    assert lines[0] == "TY  - DATA"
    assert lines[-2:] == ["ER  - ", ""]
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - .*", line) for line in lines[:-1])
    assert {"TI  - 동별 돌봄 이용 100% & {초안}", "ET  - 자료 v1", "LA  - ko"} <= set(lines)
    bib = client.get(f"{ADDRESS}v1.bib").content.decode()
    assert bib.startswith("@misc{garam-dolbom-v1,\n")
    assert r"title = {{동별 돌봄 이용 100\% \& \{초안\}}}" in bib
    assert bib.count("{") - bib.count("\\{") == bib.count("}") - bib.count("\\}")
    page = client.get(ADDRESS).content.decode()
    assert "(가상), 「동별 돌봄 이용 100% &amp; {초안}」, 자료 v1" in page
    assert f"{ADDRESS}v1.csv</code>" in page, "the footnote leads to the version that was used"


def test_machines_read_the_same_in_the_page_and_in_the_file(
    garam: Any, tmp_path: Path, client: Client
) -> None:
    """schema.org/Dataset stands as microdata in the page and as JSON-LD at an address of its own (decision 20)."""
    dataset = make_dataset(garam, tmp_path, period="2026년 3월")
    dataset.summary = "동마다 돌봄을 이용한 사람"
    publish(dataset)

    answer = client.get(f"{ADDRESS}v1.jsonld")
    told = answer.json()
    page = client.get(ADDRESS).content.decode()

    assert answer["Content-Type"].startswith("application/ld+json")
    assert (told["@context"], told["@type"]) == ("https://schema.org", "Dataset")
    assert told["name"] == "동별 돌봄 이용"
    assert told["license"].startswith("https://www.kogl.or.kr/")
    assert told["distribution"][0]["contentUrl"].endswith(f"{ADDRESS}v1.csv")
    assert [one["name"] for one in told["variableMeasured"]] == ["동", "날짜", "돌봄 이용(명)"]
    for name in ("name", "description", "license", "url", "creator", "distribution"):
        assert name in told
        assert f'itemprop="{name}"' in page, name
    assert f'type="application/ld+json" href="{ADDRESS}v1.jsonld"' in page
    assert "<script type" not in page


def test_the_rows_that_differ_are_shown_one_by_one(
    garam: Any, tmp_path: Path, client: Client
) -> None:
    make_dataset(garam, tmp_path, "동,수\n가,1\n나,2\n다,3\n")
    make_dataset(garam, tmp_path, "동,수\n가,1\n나,5\n라,4\n")

    page = client.get(f"{ADDRESS}v2/changes/").content.decode()
    rows = re.findall(r"<tr><th scope=\"row\">.*?</tr>", page)
    words = [re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", row)).strip() for row in rows]

    assert words == ["2 바뀜 나 2 5", "3 더함 라 4", "3 뺌 다 3"]
    assert "<del>2</del> <ins>5</ins>" in page
    assert f'href="{ADDRESS}v2/changes/"' in client.get(ADDRESS).content.decode()
    for wrong in ("v1/changes/", "v3/changes/", "v0/changes/"):
        assert client.get(f"{ADDRESS}{wrong}").status_code == 404


def test_many_changed_rows_are_paged_and_ask_no_more(
    garam: Any, tmp_path: Path, client: Client
) -> None:
    lines = [f"동{n},{n}" for n in range(130)]
    make_dataset(garam, tmp_path, "동,수\n" + "\n".join(lines) + "\n")
    make_dataset(garam, tmp_path, "동,수\n" + "\n".join(f"{line}0" for line in lines) + "\n")

    first = client.get(f"{ADDRESS}v2/changes/")
    with CaptureQueriesContext(connection) as queries:
        third = client.get(f"{ADDRESS}v2/changes/?page=3")

    assert first.content.count(b"<ins>") == 50
    assert third.content.count(b"<ins>") == 30
    assert len(queries) <= 12
    assert client.get(f"{ADDRESS}v2/changes/?page=x").status_code == 200


@pytest.mark.parametrize("ending", ["v1.ris", "v1.bib", "v1.jsonld", "v2/changes/"])
def test_nothing_of_a_hidden_page_is_cited(
    ending: str, garam: Any, tmp_path: Path, client: Client
) -> None:
    make_dataset(garam, tmp_path)
    page = make_dataset(garam, tmp_path, "동,수\n가,1\n")
    assert client.get(f"{ADDRESS}{ending}").status_code == 200
    page.unpublish()
    assert client.get(f"{ADDRESS}{ending}").status_code == 404
