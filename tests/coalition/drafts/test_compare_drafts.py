"""`compare_drafts` holds stored versions against each other, published or not, of any bills."""

from __future__ import annotations

import datetime as dt
import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from coalition.drafts.models import Version
from tests.factories import make_bill, make_version
from tests.factories.bills import TEXT
from tests.generators.statutes import DATA, bill

pytestmark = pytest.mark.django_db


@pytest.fixture
def sjsa() -> list[Version]:
    """The demo bill; its second version is not published yet."""
    found = make_bill("sjsa", "지속가능 일자리 지원법안")
    return [
        make_version(found, "0.2", text=bill("0.2")),
        make_version(found, "0.3", text=bill("0.3"), date=dt.date(2026, 9, 1), live=False),
    ]


def _run(*arguments: str) -> tuple[int, str, str]:
    out, err, code = StringIO(), StringIO(), 0
    try:
        call_command("compare_drafts", *arguments, stdout=out, stderr=err)
    except SystemExit as stopped:
        code = int(stopped.code or 0)
    return code, out.getvalue(), err.getvalue()


def _essence(form: dict[str, Any]) -> list[tuple[list[str], list[str], list[str]]]:
    return [
        (change["kinds"], [u["eid"] for u in change["a"]], [u["eid"] for u in change["b"]])
        for change in form["changes"]
    ]


def test_the_demo_bill_gives_exactly_the_expected_comparison(sjsa: list[Version]) -> None:
    expected = json.loads((DATA / "bills/sjsa/expected-0.2-0.3.json").read_text("utf-8"))

    code, out, _ = _run("sjsa", "0.2", "0.3", "--json")

    found = json.loads(out)
    assert code == 0
    assert found["fictional"] is True
    assert found["summary"] == expected["summary"]
    assert _essence(found) == [(c["kinds"], c["a"], c["b"]) for c in expected["changes"]]
    assert found["changes"][4]["b"][0]["title"] == "시민 등의 참여"


def test_people_are_told_in_words_what_changed(sjsa: list[Version]) -> None:
    code, out, _ = _run("sjsa", "0.2", "v0.3")

    lines = out.splitlines()
    assert code == 0
    assert "신설 1, 삭제 1, 바뀜 3, 제목 1" in lines[0]
    assert "번호만 13, 그대로 6" in lines[0]
    assert len(lines) == 1 + 9
    assert "[신설] 제5조(시민 등의 참여)" in lines
    assert "[바뀜·나뉨] 제16조(평가 및 데이터의 축적) → 제17조" in out


def test_a_version_of_another_bill_is_named_by_its_bill(sjsa: list[Version]) -> None:
    make_version(make_bill("test"), "1")

    code, out, _ = _run("sjsa", "0.3", "test:1", "--json")

    assert code == 0
    assert {"inserted", "deleted"} <= set(json.loads(out)["summary"])
    assert _run("test", "sjsa:0.3", "1")[0] == 0


@pytest.mark.parametrize("written", ["9", "none:0.2", "", ":", "0.2.", "다른:판"])
def test_a_version_that_is_not_there_is_said_and_exits_with_two(
    written: str, sjsa: list[Version]
) -> None:
    code, out, err = _run("sjsa", written, "0.3")

    assert code == 2
    assert not out
    assert "판이 없습니다" in err


def test_a_draft_is_compared_as_it_is_now(sjsa: list[Version]) -> None:
    draft = make_version(make_bill("test"), "1", live=False)
    first = _run("test", "1", "1", "--json")[1]
    Version.objects.filter(pk=draft.pk).update(source_text=TEXT.replace("매년", "2년마다"))

    assert json.loads(first)["summary"] == {"same": 5}
    assert json.loads(_run("test", "1", "1", "--json")[1])["summary"] == {"same": 5}
    make_version(draft.bill, "2", live=False)
    assert json.loads(_run("test", "2", "1", "--json")[1])["summary"] == {"same": 4, "text": 1}
