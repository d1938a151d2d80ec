"""No count is typed: a number with a counter in a template or in the demo would stay when the records change."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
# A limit (5명 미만) or a rule (두 사람) is no count of records; 1조, 5점 and days are not counted here.
TYPED = re.compile(
    r"(?<![\w.{%])\d[\d,]*\s*(?:건|곳|개|명|줄)(?!\s*(?:미만|보다|이상|월|까지|이내|씩|이\b))"
)
#: What the hub counts itself, with a number beside it. What one meeting gathered is told in its own record.
COUNTED = re.compile(
    r"(?:질문|답변|일자리 모델|시범 사업|도입|조문 연결|근거|사례|참여 지방정부)(?:은|는|이|가)? ?"
    r"(?:모두 )?\d[\d,]*(?:건|개|곳)"
)
_RECORDS = (
    "cases.json",
    "events.json",
    "news.json",
    "meetings.json",
)  # what people wrote of single days
DEMO = sorted(p for p in (ROOT / "data/demo").glob("*.json") if p.name not in _RECORDS)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: str(p.relative_to(ROOT / "templates")))
def test_no_count_is_typed_in_a_template(path: Path) -> None:
    words = re.sub(
        r"{#.*?#}|{[{%].*?[%}]}|<[^>]+>", " ", path.read_text(encoding="utf-8"), flags=re.S
    )
    assert not TYPED.findall(words)


def _texts(told: Any) -> Iterator[str]:
    if isinstance(told, dict):
        for value in told.values():
            yield from _texts(value)
    elif isinstance(told, list):
        for value in told:
            yield from _texts(value)
    elif isinstance(told, str):
        yield told


@pytest.mark.parametrize("path", DEMO, ids=lambda p: p.name)
def test_no_count_of_the_hub_s_own_rows_is_typed_in_the_demo(path: Path) -> None:
    told = json.loads(path.read_text(encoding="utf-8"))
    assert [text for text in _texts(told) if COUNTED.search(text)] == []


def test_both_rules_bite() -> None:
    assert TYPED.search("지금까지 1,436건을 모았습니다")
    assert not TYPED.search("응답자 5명 미만이라")
    assert COUNTED.search("가람시는 질문 120건과 답변 800건을 실었습니다")
