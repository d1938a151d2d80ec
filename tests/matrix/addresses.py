"""Every address of the resolver, filled with the ids of somebody's things."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, get_resolver, reverse

# At most so many combinations of ids for one view.
_MOST = 12


@dataclass(frozen=True, slots=True)
class Address:
    """One address of a view."""

    view: str
    path: str


def all_views() -> Iterator[tuple[str, list[str]]]:
    """(name, names of its parameters) of every named view."""

    def walk(resolver: Any, namespace: str, before: list[str]) -> Iterator[tuple[str, list[str]]]:
        for entry in resolver.url_patterns:
            inside = [*before, *_parameters(entry.pattern)]
            if hasattr(entry, "url_patterns"):
                inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
                yield from walk(entry, inner, inside)
            elif entry.name:
                yield f"{namespace}{entry.name}", inside

    yield from walk(get_resolver(), "", [])


def _parameters(pattern: Any) -> list[str]:
    if getattr(pattern, "converters", None):
        return list(pattern.converters)
    regex = getattr(pattern, "regex", None)
    if regex is None or not regex.groups:
        return []
    return list(regex.groupindex) or [f"#{index}" for index in range(regex.groups)]


def addresses(values: dict[str, list[Any]]) -> Iterator[Address]:
    """Every view with every combination of `values`.

    What fills a parameter is looked up as `namespace:name` (`positions_desk:pk`), then as `name`, then as `*`.
    """
    seen: set[str] = set()
    for view, parameters in all_views():
        space = view.rpartition(":")[0]
        choices = [
            values.get(f"{space}:{name}", values.get(name, values["*"])) for name in parameters
        ]
        for chosen in itertools.islice(itertools.product(*choices), _MOST):
            path = _reverse(view, parameters, chosen)
            if path is not None and path not in seen:
                seen.add(path)
                yield Address(view, path)


def _reverse(view: str, parameters: list[str], chosen: tuple[Any, ...]) -> str | None:
    try:
        if any(name.startswith("#") for name in parameters):
            return reverse(view, args=chosen)
        return reverse(view, kwargs=dict(zip(parameters, chosen, strict=True)))
    except NoReverseMatch:
        return None
