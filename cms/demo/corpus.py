"""Thousands of invented texts in the voice of a public-sector record, the same ones every time.

A text is put together from the clauses of one topic (data/demo/corpus.json), so that what follows belongs to what
came before; numbers, months and places make it its own. For filling a hub and for measuring, never for judging.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings

RESPONDENTS = ("시민", "시민", "노동자", "노동자", "기업", "전문가", "단체", "행정")


@dataclass(frozen=True, slots=True)
class Said:
    """A text with what it is about and where it was said."""

    text: str
    division: str
    origin: str


def towns() -> list[str]:
    """The slugs of the municipalities that it tells of."""
    return list(_told()["places"])


def questions(slug: str, number: int) -> Iterator[Said]:
    """So many different questions of citizens of the municipality of that slug."""
    return _different(slug, number, f"questions-{slug}", ("openers", "troubles", "asks"))


def answers(slug: str, number: int) -> Iterator[Said]:
    """So many different answers."""
    return _different(slug, number, f"answers-{slug}", ("answers", "openers", "cautions"))


def sentences(number: int, *, seed: str = "sentences") -> list[str]:
    """So many different sentences of all topics and places."""
    chance, found = _chance(seed), dict[str, None]()
    told = _told()
    while len(found) < number:
        topic, slug = chance.choice(told["topics"]), chance.choice(towns())
        kind = chance.choice(("openers", "troubles", "asks", "answers", "answers"))
        found.setdefault(_filled(chance, slug, chance.choice(topic[kind])))
    return list(found)


def case(slug: str, number: int) -> dict[str, Any]:
    """The `number`th case of a municipality, as data/demo/cases.json writes one."""
    chance = _chance(f"case-{slug}-{number}")
    topic = chance.choice(_told()["topics"])
    year, month = 2019 + number % 7, 1 + number % 9

    def one(*kinds: str) -> str:
        return " ".join(
            filter(None, (_filled(chance, slug, chance.choice(_clauses(topic, k))) for k in kinds))
        )

    label, unit, least, most = chance.choice(topic["measures"])
    before, after = (_measured(chance.randint(least, most), unit) for _ in "12")
    n = chance.randint(12, 180)
    months = chance.randint(4, 10)
    finding = (
        "늘었습니다" if after > before else "줄었습니다" if after < before else "그대로였습니다"
    )
    changed = f"{label}: {before}{unit}에서 {after}{unit}. {finding}"
    end = month + min(months, 12 - month)
    return {
        "municipality": slug,
        "title": f"{one('titles')} ({year}년 {number + 1}호)",
        "summary": one("openers", "troubles"),
        "result_line": f"{changed}. {_told_limit(chance)}",
        "phase": chance.choices(("ended", "running", "stopped"), (7, 2, 1))[0],
        "period_from": f"{year}-{month:02}-01",
        "period_to": f"{year}-{end:02}-28",
        "division": topic["division"],
        "tags": topic["tags"],
        "problem": f"<p>{one('openers', 'troubles')}</p><p>{one('troubles', 'asks', 'closings')}</p>",
        "process": [
            {"title": "물었다", "text": one("asks"), "note": f"응답 {n}명"},
            {"title": "했다", "text": one("answers", "cautions"), "note": f"{months}달"},
            {"title": "쟀다", "text": f"{changed}.", "note": ""},
        ],
        "result": f"<p>{one('answers', 'answers')}</p><p>{one('cautions')}</p>",
        "numbers": [
            {
                "label": label, "before": before, "value": after, "unit": unit, "n": n,
                "respondents": "참여자", "measured": f"{year}. {month}.–{year}. {end}.",
                "source": f"{topic['field']} 사업 기록",
            }
        ],
        "limits": f"<ul><li>{_told_limit(chance)}</li></ul>",
        "differences": [],
        "story": [],
        "published_on": f"{year}-{end:02}-28",
    }  # fmt: skip


def rows(slug: str, number: int) -> Iterator[tuple[str, ...]]:
    """A table of a municipality by month, place and subject: header first."""
    chance, told = _chance(f"rows-{slug}"), _told()
    yield "달", "동·면", "사업", "상담(건)", "참여(명)", "그만둠(명)"
    for i in range(number):
        places, topics = told["places"][slug], told["topics"]
        month = i // (len(places) * len(topics))
        joined = chance.randint(10, 90)
        yield (
            f"{2018 + month // 12}년 {month % 12 + 1}월",
            places[i % len(places)],
            topics[i // len(places) % len(topics)]["field"],
            str(chance.randint(20, 400)),
            str(joined),
            str(chance.randint(5, joined)),
        )


def _chance(seed: str) -> random.Random:
    """The same numbers every time: nothing here is a secret."""
    return random.Random(seed)  # noqa: S311


def _different(slug: str, number: int, seed: str, kinds: tuple[str, ...]) -> Iterator[Said]:
    chance, told, seen = _chance(seed), _told(), set[str]()
    while len(seen) < number:
        topic = chance.choice(told["topics"])
        said = [_filled(chance, slug, chance.choice(_clauses(topic, kind))) for kind in kinds]
        if chance.random() < 0.6:
            said.append(_filled(chance, slug, chance.choice(told["closings"])))
        text = " ".join(filter(None, said))
        if text not in seen:
            seen.add(text)
            yield Said(
                text,
                topic["division"],
                _filled(chance, slug, chance.choice(told["origins"])),
            )


def _clauses(topic: dict[str, Any], kind: str) -> list[str]:
    found: list[str] = topic.get(kind) or _told()[kind]
    return found


def _measured(number: int, unit: str) -> float:
    """A scale of five is told with one place."""
    return number / 10 if unit == "점" else number


def _told_limit(chance: random.Random) -> str:
    return str(chance.choice(_told()["limits"]))


def _filled(chance: random.Random, slug: str, clause: str) -> str:
    return clause.format(
        dong=chance.choice(_told()["places"][slug]),
        years=chance.randint(2, 24),
        months=chance.randint(3, 18),
        month=chance.randint(1, 12),
        houses=chance.randint(3, 60),
        minutes=5 * chance.randint(2, 18),
        people=chance.randint(5, 48),
        offices=chance.randint(3, 19),
        times=chance.randint(2, 14),
        percent=chance.randint(6, 68),
        money=10 * chance.randint(4, 320),
    )


@cache
def _told() -> dict[str, Any]:
    written = (settings.DATA_DIR / "demo" / "corpus.json").read_text(encoding="utf-8")
    told: dict[str, Any] = json.loads(written)
    return told
