"""The public contract of `GET /api/v1/search`: checked against its own description."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.factories import make_bill, make_case, make_version

pytestmark = pytest.mark.django_db


def _check(value: Any, schema: dict[str, Any], schemas: dict[str, Any], at: str = "$") -> None:
    """Enough of JSON Schema for our own description."""
    if "$ref" in schema:
        _check(value, schemas[schema["$ref"].rpartition("/")[2]], schemas, at)
        return
    if "anyOf" in schema:
        kinds = [
            each for each in schema["anyOf"] if (each.get("type") == "null") == (value is None)
        ]
        _check(value, kinds[0], schemas, at)
        return
    types = {"string": str, "integer": int, "boolean": bool, "array": list, "object": dict}
    if schema["type"] == "null":
        assert value is None, at
        return
    assert isinstance(value, types[schema["type"]]), (at, value)
    assert not (schema["type"] == "integer" and isinstance(value, bool)), at
    if "enum" in schema:
        assert value in schema["enum"], (at, value)
    if "minimum" in schema:
        assert value >= schema["minimum"], at
    if schema.get("format") == "date":
        dt.date.fromisoformat(value)
    for index, item in enumerate(value if schema["type"] == "array" else ()):
        _check(item, schema["items"], schemas, f"{at}[{index}]")
    if schema["type"] == "object":
        _check_object(value, schema, schemas, at)


def _check_object(value: Any, schema: Any, schemas: Any, at: str) -> None:
    properties = schema.get("properties", {})
    assert {*schema.get("required", ())} <= {*value}, at
    for name, each in value.items():
        other = schema.get("additionalProperties", True)
        assert name in properties or other is not False, f"{at}.{name}"
        _check(each, properties.get(name) or other, schemas, f"{at}.{name}")


@pytest.fixture
def description(client: Client) -> dict[str, Any]:
    return client.get("/api/v1/openapi.json").json()


@pytest.fixture
def ask(client: Client, description: dict[str, Any]) -> Callable[..., dict[str, Any]]:
    """An answer that keeps the contract."""

    def asked(**data: Any) -> dict[str, Any]:
        response = client.get("/api/v1/search", data)
        schemas = description["components"]["schemas"]
        name = "Answer" if response.status_code == 200 else "Problem"
        _check(response.json(), schemas[name], schemas)
        return response.json()

    return asked


@pytest.fixture(scope="module")
def shelf(places: tuple[Any, Any]) -> Any:
    """Two cases and a bill; the first case."""
    from coalition.record.jobs import run_until_idle

    garam, nuri = places
    page = make_case(
        garam, "폐배터리 재활용 작업장", phase="stopped", period_to=dt.date(2025, 9, 1)
    )
    make_case(nuri, "폐배터리 수거함", period_to=dt.date(2026, 9, 1))
    make_version(make_bill())
    run_until_idle()
    return page


def test_an_answer_keeps_the_contract(ask: Any, shelf: Any) -> None:
    answer = ask(q="폐배터리")

    assert (answer["query"], answer["searched"], answer["step"]) == (
        "폐배터리",
        "폐배터리",
        "exact",
    )
    assert (answer["total"], answer["total_partial"]) == (2, 0)
    assert (answer["page"], answer["size"], answer["engine"]) == (1, 20, "embedded")
    assert (answer["degraded"], answer["did_you_mean"]) == (False, None)
    assert {*answer["facets"]} == {"kind", "region", "division", "evidence", "year", "tag"}


def test_a_result_says_everything_that_the_contract_promises(ask: Any, shelf: Any) -> None:
    result = next(r for r in ask(q="폐배터리")["results"] if r["id"] == f"case:{shelf.pk}")

    assert result["title_html"] == "<mark>폐배터리</mark> 재활용 작업장"
    assert result["municipality"] == {"code": "X0001", "slug": "garam", "name": "가람시"}
    assert result["url"] == f"/municipalities/garam/cases/{shelf.slug}/"
    assert (result["match"], result["fictional"]) == ("all", True)
    assert result["evidence_level"] == 0  # told, and nothing measured


def test_a_provision_has_its_place_as_its_key(ask: Any, shelf: Any) -> None:
    result = ask(q="제3조")["results"][0]

    assert result["id"] == "provision:test/v0.1/art_3"
    assert result["url"] == "/bills/test/v0.1/art_3/"
    assert result["date"] == "2026-03-02"
    assert result["municipality"] is None


@pytest.mark.parametrize(
    ("data", "total"),
    [
        ({"region": "X0001"}, 1),
        ({"region": ["X0001", "X0002"]}, 2),
        ({"region": "X0"}, 2),
        ({"year": "2025"}, 1),
        ({"year": ["2025", "2026"], "region": "X0002"}, 1),
        ({"phase": "stopped"}, 1),
        ({"kind": "provision"}, 0),
        ({"evidence": "3"}, 0),
        ({"method": "x"}, 0),
        ({"target": "x"}, 0),
        ({"from": "2000-01-01"}, 2),
        ({"to": "2000-01-01"}, 0),
    ],
)
def test_parameters_narrow(data: dict[str, Any], total: int, ask: Any, shelf: Any) -> None:
    assert ask(q="폐배터리", **data)["total"] == total


def test_a_clause_is_found_by_its_eid(ask: Any, shelf: Any) -> None:
    answer = ask(clause="art_3")

    assert [result["id"] for result in answer["results"]] == ["provision:test/v0.1/art_3"]


def test_sizes_and_pages(ask: Any, shelf: Any) -> None:
    first, second = ask(q="폐배터리", size="1"), ask(q="폐배터리", size="1", page="2")

    assert len(first["results"]) == len(second["results"]) == 1
    assert first["results"] != second["results"]
    assert first["total"] == second["total"] == 2


def test_partial_hits_are_marked_and_counted_apart(ask: Any, shelf: Any) -> None:
    answer = ask(q="폐배터리 블록체인")

    assert (answer["step"], answer["total"], answer["total_partial"]) == ("any", 0, 2)
    assert {result["match"] for result in answer["results"]} == {"some"}


def test_a_slip_is_mended_and_said(ask: Any, shelf: Any) -> None:
    answer = ask(q="페배터리")

    assert (answer["step"], answer["searched"], answer["did_you_mean"]) == (
        "typo",
        "폐배터리",
        "폐배터리",
    )


def test_without_a_question_everything_is_listed(ask: Any, shelf: Any) -> None:
    assert ask()["total"] == ask(sort="newest")["total"] > 5
    assert ask(kind="case")["total"] == 2


def test_any_page_may_read_the_data(client: Client) -> None:
    assert client.get("/api/v1/search?q=a").headers["Access-Control-Allow-Origin"] == "*"


def test_the_description_names_every_parameter_that_is_read(description: Any) -> None:
    from search.forms import FACETS

    named = {p["name"] for p in description["paths"]["/api/v1/search"]["get"]["parameters"]}

    assert named == {"q", "from", "to", "sort", "page", "size", *FACETS}
    assert description["openapi"].startswith("3.1")
