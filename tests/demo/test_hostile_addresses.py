"""Whatever is written into an address of the public site: an answer, or a sentence in Korean. Never an error of ours.

Every real address is spoilt at each of its parts and in each of its parameters, and every route of the table is filled
with what its converters let through.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import get_resolver

from tests.demo.test_public_pages import PAGES

pytestmark = pytest.mark.django_db

PARTS = [
    "%00",
    "9" * 40,
    "-1",
    "%F0%28%8C%28",
    "가" * 300,
    "..%2f..%2fetc%2fpasswd",
    "' OR 1=1 --",
    "%E2%80%AE%CC%81",
    "제99999999999999999999조의2제0항",
    "v" + "9" * 30,
    "a" * 3000,
    "{{7*7}}",
    "art_9__para_" + "1" * 50,
    "%ED%A0%80",
]
VALUES = [
    "%00",
    "9" * 40,
    "-1",
    "1e309",
    "%ED%A0%80",
    "%F0%28",
    "가" * 400,
    "[*]",
    "' OR 1=1 --",
    "٣",
    "2026-13-45",
    "9999-12-31",
    "0001-01-01",
    "sjsa:0.3%00",
    "a:b:c",
]
PARAMETERS = (
    "page", "row", "view", "kind", "form", "state", "type", "on", "q", "a", "b", "c", "stance", "clause",
    "municipality", "division", "from", "to", "year", "sort", "size", "tag", "key", "field", "method",
)  # fmt: skip
# What a converter lets through and a database may not.
FILLERS = {
    "int": ["0", "9" * 19, "9" * 60],
    "slug": ["sjsa", "-", "x" * 400],
    "str": ["sjsa", "%00", "가" * 300],
    "path": ["sjsa", "a/%00/b", "9" * 40],
    "no": ["0.3", "9" * 400, "0" * 20 + "." + "1" * 20],
    "versions": ["v0.2...v0.3", "v" + "9" * 50 + "...v0", "v1...x/v1...y/v2"],
}


def _refused_in_korean(answer: Any) -> bool:
    if answer.status_code < 400 or not answer.content:
        return True
    return bool(re.search("[가-힣]|\\\\u[b-d][0-9a-f]{3}", answer.content.decode(errors="replace")))


def _faults(addresses: Iterator[str] | list[str]) -> list[str]:
    client = Client(raise_request_exception=False)
    found = []
    for address in dict.fromkeys(addresses):
        answer = client.get(address)
        if answer.streaming:
            continue
        if answer.status_code >= 500 or not _refused_in_korean(answer):
            found.append(f"{answer.status_code} {address[:160]}")
    return found


def _spoilt_parts() -> Iterator[str]:
    turn = itertools.cycle(PARTS)
    for page in PAGES:
        path, _, query = page.partition("?")
        parts = path.strip("/").split("/")
        for place in range(len(parts)):
            for _ in range(3):
                spoilt = [*parts[:place], next(turn), *parts[place + 1 :]]
                yield f"/{'/'.join(spoilt)}{'/' if path.endswith('/') else ''}?{query}"


def _spoilt_parameters() -> Iterator[str]:
    turn = itertools.cycle(VALUES)
    for page in PAGES:
        path = page.partition("?")[0]
        yield f"{path}?{'&'.join(f'{name}={next(turn)}' for name in PARAMETERS if name != 'on')}"
        yield f"{path}?on={next(turn)}"
        for name in re.findall(r"[?&](\w+)=", page):
            yield from (f"{path}?{name}={value}" for value in VALUES)


def _filled_routes() -> Iterator[str]:
    def walk(resolver: Any, before: str) -> Iterator[str]:
        for entry in resolver.url_patterns:
            route = before + getattr(entry.pattern, "_route", "\0")
            if hasattr(entry, "url_patterns"):
                yield from walk(entry, route)
            elif "\0" not in route and not route.startswith(settings.HUB_ADMIN_PATH):
                yield route

    for route in walk(get_resolver(), "/"):
        for number in range(3):
            yield re.sub(
                r"<(?:(\w+):)?\w+>",
                lambda found, number=number: FILLERS[found[1] or "str"][number],
                route,
            )


@pytest.mark.parametrize(
    "spoil", [_spoilt_parts, _spoilt_parameters, _filled_routes], ids=lambda f: f.__name__[1:]
)
def test_no_address_breaks_the_hub(spoil: Any) -> None:
    assert _faults(spoil()) == []


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch", "options", "trace"])
def test_no_method_breaks_it_either(method: str) -> None:
    client = Client(raise_request_exception=False)

    for address in PAGES:
        assert getattr(client, method)(address.partition("?")[0]).status_code < 500, address
