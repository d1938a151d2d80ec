"""`GET /api/v1/search`: the same finding for machines, and its description. The contract is public.

Fields may be added; none is taken away or changes its meaning while the address says v1.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from search.backends.base import Sort
from search.finding import Outcome, find
from search.forms import DEFAULT_RESULTS, MOST_RESULTS, Asked, BadParameter, read
from search.models import Kind
from search.repair import Step
from search.results import Result, results_of
from search.views import not_indexed


@require_safe
@not_indexed
def search(request: HttpRequest) -> JsonResponse:
    """Results as data; a wrong parameter is a 400 that names it."""
    try:
        asked = read(request.GET)
    except BadParameter as error:
        body = {"title": "잘못된 요청", "detail": error.detail, "parameter": error.parameter}
        return _json(body, status=400)
    outcome = find(asked.wanted)
    results = results_of(outcome.answer.hits, outcome.plan)
    return _json(_answer(asked, outcome, results))


@require_safe
@not_indexed
def description(request: HttpRequest) -> JsonResponse:
    """`/api/v1/openapi.json`."""
    return _json(openapi())


def _json(body: dict[str, Any], *, status: int = 200) -> JsonResponse:
    """Open data: any page may read it."""
    response = JsonResponse(body, status=status, json_dumps_params={"ensure_ascii": False})
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _answer(asked: Asked, outcome: Outcome, results: list[Result]) -> dict[str, Any]:
    answer = outcome.answer
    return {
        "query": asked.wanted.query.written,
        "searched": outcome.searched,
        "step": str(outcome.step),
        "total": answer.total,
        "total_partial": answer.total_partial,
        "page": asked.page,
        "size": asked.wanted.limit,
        "engine": outcome.engine,
        "degraded": outcome.degraded,
        "did_you_mean": outcome.instead,
        "facets": {
            name: [
                {"value": e.value, "label": e.label, "count": e.count, "selected": e.selected}
                for e in entries
            ]
            for name, entries in answer.facets.items()
        },
        "results": [result_as_data(result) for result in results],
    }


def result_as_data(result: Result) -> dict[str, Any]:
    """A result in the form of the contract."""
    place = result.municipality
    return {
        "kind": result.kind,
        "id": f"{result.kind}:{result.key}",
        "url": result.url,
        "title": result.title,
        "title_html": result.title_html,
        "snippet_html": result.snippet_html,
        "municipality": place and {"code": place.code, "slug": place.slug, "name": place.name},
        "date": result.date and result.date.isoformat(),
        "evidence_level": result.evidence_level,
        "match": "all" if result.full else "some",
        "fictional": result.fictional,
    }


# ---- description ---------------------------------------------------------------------------------------

_TEXT = {"type": "string"}
_COUNT = {"type": "integer", "minimum": 0}
_PARAMETERS: tuple[tuple[str, str, dict[str, Any], bool], ...] = (
    (
        "q",
        '찾을 말. "구절", -제외, 지역: 분과: 연도: 주제어: 종류: 판: 을 쓸 수 있습니다.',
        _TEXT,
        False,
    ),
    ("kind", "종류", {"enum": list(Kind.values)}, True),
    ("region", "행정코드 두 자리(시도) 또는 다섯 자리(시군구)", _TEXT, True),
    ("division", "분과의 이름", _TEXT, True),
    ("phase", "단계", _TEXT, True),
    ("evidence", "근거 수준", {"enum": list("01234")}, True),
    ("method", "방법", _TEXT, True),
    ("target", "대상", _TEXT, True),
    ("clause", "조문의 eId", _TEXT, True),
    ("year", "연도", {"type": "string", "pattern": "^[0-9]{4}$"}, True),
    ("tag", "주제어의 주소", _TEXT, True),
    ("from", "이 날부터", {"type": "string", "format": "date"}, False),
    ("to", "이 날까지", {"type": "string", "format": "date"}, False),
    ("sort", "순서", {"enum": [str(sort) for sort in Sort]}, False),
    ("page", "쪽", {"type": "integer", "minimum": 1, "default": 1}, False),
    (
        "size",
        "한 쪽의 결과 수",
        {"type": "integer", "minimum": 1, "maximum": MOST_RESULTS, "default": DEFAULT_RESULTS},
        False,
    ),
)


def openapi() -> dict[str, Any]:
    """The description in OpenAPI 3.1."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"{settings.WAGTAIL_SITE_NAME} 검색",
            "version": "1",
            "description": "같은 이름을 되풀이하면 그 가운데 하나라도 맞는 것을 찾습니다.",
        },
        "servers": [{"url": settings.HUB_BASE_URL}],
        "paths": {
            "/api/v1/search": {
                "get": {
                    "operationId": "search",
                    "summary": "사례, 조문, 소식에서 찾기",
                    "parameters": [_parameter(*each) for each in _PARAMETERS],
                    "responses": {
                        "200": _response("찾은 것", "Answer"),
                        "400": _response("쓸 수 없는 값", "Problem"),
                    },
                }
            }
        },
        "components": {"schemas": _SCHEMAS},
    }


def _parameter(name: str, text: str, schema: dict[str, Any], repeated: bool) -> dict[str, Any]:
    typed = schema if "type" in schema else {"type": "string", **schema}
    shape = {"type": "array", "items": typed} if repeated else typed
    return {
        "name": name,
        "in": "query",
        "description": text,
        "required": False,
        "schema": shape,
        **({"style": "form", "explode": True} if repeated else {}),
    }


def _response(text: str, schema: str) -> dict[str, Any]:
    content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}
    return {"description": text, "content": content}


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _or_null(schema: dict[str, Any]) -> dict[str, Any]:
    return {"anyOf": [schema, {"type": "null"}]}


_SCHEMAS: dict[str, Any] = {
    "Problem": _object({"title": _TEXT, "detail": _TEXT, "parameter": _TEXT}),
    "Entry": _object(
        {"value": _TEXT, "label": _TEXT, "count": _COUNT, "selected": {"type": "boolean"}}
    ),
    "Municipality": _object({"code": _TEXT, "slug": _TEXT, "name": _TEXT}),
    "Result": _object(
        {
            "kind": {"type": "string", "enum": list(Kind.values)},
            "id": {"type": "string", "description": "<kind>:<key>"},
            "url": {"type": "string", "description": "경로"},
            "title": _TEXT,
            "title_html": {"type": "string", "description": "<mark>만 들어 있는 HTML"},
            "snippet_html": {"type": "string", "description": "<mark>만 들어 있는 HTML"},
            "municipality": _or_null({"$ref": "#/components/schemas/Municipality"}),
            "date": _or_null({"type": "string", "format": "date"}),
            "evidence_level": _or_null({"type": "integer", "minimum": 0, "maximum": 4}),
            "match": {"type": "string", "enum": ["all", "some"]},
            "fictional": {"type": "boolean", "description": "시연을 위해 지어낸 것"},
        }
    ),
    "Answer": _object(
        {
            "query": _TEXT,
            "searched": {"type": "string", "description": "실제로 찾은 말"},
            "step": {"type": "string", "enum": [str(step) for step in Step]},
            "total": _COUNT,
            "total_partial": _COUNT,
            "page": {"type": "integer", "minimum": 1},
            "size": {"type": "integer", "minimum": 1, "maximum": MOST_RESULTS},
            "engine": {"type": "string", "enum": ["embedded", "elasticsearch"]},
            "degraded": {"type": "boolean"},
            "did_you_mean": _or_null(_TEXT),
            "facets": {
                "type": "object",
                "additionalProperties": {
                    "type": "array",
                    "items": {"$ref": "#/components/schemas/Entry"},
                },
            },
            "results": {"type": "array", "items": {"$ref": "#/components/schemas/Result"}},
        }
    ),
}
