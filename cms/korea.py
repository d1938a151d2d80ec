"""The map of Korea as numbers: outlines, and the grid of the tile view. Drawn by templates/components/.

경계: 통계청 SGIS(2018, 공공누리 제1유형) 가공; 법적 경계 아님. Fit to show members, not borders.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings

from coalition.members.models import Municipality

_POINT = re.compile(r"(-?\d+(?:\.\d+)?) (-?\d+(?:\.\d+)?)")
CREDIT = "경계: 통계청 SGIS(2018, 공공누리 제1유형) 가공. 법적 경계가 아닙니다."


@dataclass(frozen=True, slots=True)
class Shape:
    """One municipality on the map: its outline and where its name stands."""

    municipality: Municipality
    address: str
    outline: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Tile:
    """One municipality on the grid, 1-based cell at (x, y) in units of the drawing."""

    code: str
    name: str
    address: str
    x: int
    y: int


@lru_cache(maxsize=1)
def _map() -> tuple[str, dict[str, str]]:
    loaded = json.loads((settings.DATA_DIR / "map_paths.json").read_text(encoding="utf-8"))
    return " ".join(map(str, loaded["viewBox"])), loaded["paths"]


def view_box() -> str:
    """The drawing's frame."""
    return _map()[0]


@lru_cache(maxsize=1)
def land() -> str:
    """All outlines as one path: the ground on which members are coloured."""
    return " ".join(_map()[1].values())


def shapes(members: Iterable[tuple[Municipality, str]]) -> list[Shape]:
    """The real members that the map knows, with their addresses. Fictional places are not on it."""
    _, outlines = _map()
    return [
        Shape(municipality, address, outlines[municipality.code], *_centre(municipality.code))
        for municipality, address in members
        if not municipality.fictional and municipality.code in outlines
    ]


@lru_cache(maxsize=512)
def _centre(code: str) -> tuple[float, float]:
    """The middle of the largest outline's bounding box: enough to hang a name on.

    Outlines are written as one absolute point (M) followed by relative steps.
    """
    largest = max(_map()[1][code].split("M"), key=len)
    head, _, steps = largest.partition("l")
    x, y = map(float, head.split())
    xs, ys = [x], [y]
    for dx, dy in _POINT.findall(steps.split("z")[0]):
        x, y = x + float(dx), y + float(dy)
        xs.append(x)
        ys.append(y)
    return round((min(xs) + max(xs)) / 2, 1), round((min(ys) + max(ys)) / 2, 1)


TILE_WIDTH, TILE_HEIGHT = 60, 36


@lru_cache(maxsize=1)
def _grid() -> dict[str, tuple[int, int]]:
    with (settings.DATA_DIR / "cartogram_auto.csv").open(encoding="utf-8", newline="") as lines:
        return {row["code"]: (int(row["col"]), int(row["row"])) for row in csv.DictReader(lines)}


def tiles(municipalities: Iterable[Municipality], addresses: dict[int, str]) -> list[Tile]:
    """Every municipality of the grid as a box of equal size; `addresses` of members by primary key."""
    grid = _grid()
    return [
        Tile(
            m.code,
            m.name,
            addresses.get(m.pk, ""),
            grid[m.code][0] * TILE_WIDTH,
            grid[m.code][1] * TILE_HEIGHT,
        )
        for m in municipalities
        if m.code in grid
    ]


@lru_cache(maxsize=1)
def tile_box() -> str:
    """The frame of the tile drawing."""
    columns = max(column for column, _ in _grid().values()) + 1
    rows = max(row for _, row in _grid().values()) + 1
    return f"0 0 {columns * TILE_WIDTH} {rows * TILE_HEIGHT}"
