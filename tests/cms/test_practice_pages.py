"""Pages of models, pilots and spread: computed from the records, and changed with them at once."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coalition.evidence.actions import Part, withdraw_measurement
from coalition.practice.actions import (
    adopt,
    reach_milestone,
    record_adoption_event,
    record_outcome,
    record_pilot_event,
    record_zone_item,
    set_milestone,
    withdraw_adoption,
    write_plan,
)
from tests.factories import make_case, make_question
from tests.factories.practice import (
    case_ref,
    make_adoption,
    make_measurement,
    make_model,
    make_pilot,
)

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 4, 1)
TEMPLATES = Path(__file__).resolve().parents[2] / "templates"


def read(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    text = answer.content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text[text.index("<main") :]))


def test_pages_without_anything_say_so(client: Client, garam: Any) -> None:
    for address in ("/models/", "/pilots/", "/spread/", "/spread/garam/"):
        assert "아직" in read(client, address) or "없습니다" in read(client, address)
    assert client.get("/models/none/").status_code == 404
    assert client.get("/pilots/none/").status_code == 404
    assert client.get("/spread/none/").status_code == 404


def test_withdrawing_a_measurement_changes_level_and_change_at_once(
    client: Client, garam: Any, secretariat: Any
) -> None:
    pilot = make_pilot(garam)
    baseline = make_measurement(pilot)
    make_measurement(pilot, "3.6", wave="end")
    for address in ("/pilots/garam-care-pilot/", "/models/garam-care/", "/models/", "/pilots/"):
        assert "근거 수준 2 전후" in read(client, address), address
    assert "3.1 → 3.6점" in read(client, "/pilots/garam-care-pilot/")

    withdraw_measurement(measurement=baseline, because="다른 설문이었다", by=secretariat)

    for address in ("/pilots/garam-care-pilot/", "/models/garam-care/", "/models/", "/pilots/"):
        assert "근거 수준 1 사후" in read(client, address), address
    page = read(client, "/pilots/garam-care-pilot/")
    assert "3.1" not in page
    assert "기초 값이 없어 변화를 말하지 않습니다" in page


def test_an_adoption_is_seen_on_every_page_and_gone_from_all_when_withdrawn(
    client: Client, garam: Any, nuri: Any, secretariat: Any
) -> None:
    case = make_case(garam, "돌봄을 잇다")
    model = make_model(garam)
    first = make_adoption(model, nuri, adaptation="차비를 더했다", period="4개월")
    second = adopt(adopter=nuri, case=case_ref(case), on=DAY, by=None)
    pages = ("/models/garam-care/", "/spread/", "/spread/garam/", "/spread/nuri/",
             "/municipalities/nuri/")  # fmt: skip
    for address in pages:
        assert "차비를 더했다" in read(client, address), address
    assert "6개월 → 4개월" in read(client, "/models/garam-care/")
    assert "도입 2건 검토 2" in read(client, "/spread/")
    assert "누리군" in read(client, str(case.address))

    for adoption in (first, second):
        withdraw_adoption(adoption=adoption, because="잘못 눌렀다", by=secretariat)

    for address in pages:
        assert "차비를 더했다" not in read(client, address), address
    assert "도입 2건" not in read(client, "/spread/")
    assert "누리군" not in read(client, str(case.address))


def test_an_ended_adoption_stays_with_its_reason_and_is_counted(
    client: Client, garam: Any, nuri: Any
) -> None:
    adoption = make_adoption(make_model(garam), nuri)
    record_adoption_event(
        adoption=adoption, state="stopped", on=DAY, note="예산 과목이 없다", by=None
    )
    record_outcome(adoption=adoption, months=6, on=DAY, text="세 사람이 남았다", n=3, by=None)

    page = read(client, "/models/garam-care/")

    assert "중단 1" in page
    assert "예산 과목이 없다" in page
    assert "n&lt;5" in page
    assert "n=3" not in page


def test_a_hidden_case_is_named_by_nothing(client: Client, garam: Any, nuri: Any) -> None:
    case = make_case(garam, "곧 내려갈 사례")
    adopt(adopter=nuri, case=case_ref(case), on=DAY, by=None)
    case.unpublish()

    assert "곧 내려갈 사례" not in read(client, "/spread/")
    assert "공개하지 않는 사례" in read(client, "/spread/")


def test_progress_is_said_only_of_milestones(client: Client, garam: Any) -> None:
    pilot = make_pilot(garam)
    record_pilot_event(pilot=pilot, state="running", on=DAY, note="시작", by=None)
    page = read(client, "/pilots/garam-care-pilot/")
    assert "이정표가 없어 진행률을 적지 않습니다" in page
    assert "%" not in page
    first = set_milestone(pilot=pilot, name="모집", planned_on=DAY, by=None)
    set_milestone(pilot=pilot, name="교육", planned_on=dt.date(2030, 1, 1), by=None)
    reach_milestone(milestone=first, on=dt.date(2026, 4, 8), by=None)

    page = read(client, "/pilots/garam-care-pilot/")

    assert "이정표 2개 가운데 1개(50%)" in page
    assert "7일 늦음" in page


def test_a_plan_shows_what_changed_and_by_what(client: Client, garam: Any) -> None:
    pilot = make_pilot(garam)
    told = {"goal": "g", "target": "서른 명", "activities": "모집", "period": "p", "budget": 1000}
    write_plan(pilot=pilot, on=DAY, told=told, by=None)
    cause = make_question("몇 명이 맞나요?")
    write_plan(
        pilot=pilot, on=DAY, because="질문에 답하며", cause=cause,
        told={**told, "target": "스물네 명"}, by=None,
    )  # fmt: skip

    html = client.get("/pilots/garam-care-pilot/").content.decode()

    assert "<del>서른 명</del>" in html
    assert "<ins>스물네 명</ins>" in html
    assert f'<a href="/questions/{cause.paper.key}/{cause.number}/">질문에 답하며</a>' in html
    assert html.count("<del>") == 1


def test_the_zone_says_none_and_not_looked_at(client: Client, garam: Any) -> None:
    record_zone_item(municipality=garam, point="plan", on=DAY, title="특구 계획", by=None)
    record_zone_item(municipality=garam, point="budget", on=DAY, by=None)

    page = read(client, "/spread/garam/")

    assert "다섯 항목 가운데 1개" in page
    assert "예산 없음" in page
    assert "확인 전" in page


def test_places_alike_say_why(client: Client, garam: Any, nuri: Any) -> None:
    make_model(garam, agenda="돌봄의 시간", target_group="care")
    make_model(nuri, "방문 돌봄", agenda="돌봄의 시간", target_group="care")

    page = read(client, "/spread/garam/")

    assert "누리군 가상 의제 「돌봄의 시간」 대상 「돌봄 종사자」" in page
    assert "같은 시" not in page


@settings(max_examples=12, suppress_health_check=[*HealthCheck], deadline=None)
@given(st.lists(st.integers(0, 9), min_size=2, max_size=4))
def test_no_page_tells_of_fewer_than_five(
    client: Client, garam: Any, secretariat: Any, counts: list[int]
) -> None:
    """The parts' own values are the marks: what is hidden stands nowhere in the page, drawings included."""
    pilot = make_pilot(garam)
    values = [Decimal("1.11") + Decimal("0.37") * place for place in range(len(counts))]
    made = make_measurement(
        pilot, "4.99", wave="end", n=sum(counts), invited=None, low=None, high=None,
        parts=[Part("동", f"{i}동", n, v) for i, (n, v) in enumerate(zip(counts, values, strict=True))],
    )  # fmt: skip
    page = client.get("/pilots/garam-care-pilot/").content.decode()
    withdraw_measurement(measurement=made, because="다음 예", by=secretariat)

    shown = [n for n, value in zip(counts, values, strict=True) if f"{value}점" in page]
    assert all(n >= 5 for n in shown)
    assert ("4.99" in page) == (sum(counts) >= 5)
    rest = sum(counts) - sum(shown)
    assert not shown or rest == 0 or rest >= 10


@pytest.mark.parametrize("address", ["/models/", "/pilots/", "/spread/", "/spread/garam/"])
def test_more_rows_ask_no_more_queries(client: Client, garam: Any, nuri: Any, address: str) -> None:
    def grow(number: int) -> None:
        model = make_model(garam, f"모델 {number}", slug=f"m{number}")
        pilot = make_pilot(garam, f"시범 {number}", slug=f"p{number}", model=model)
        make_measurement(pilot, wave="end")
        make_adoption(model, nuri)

    grow(1)
    counts = []
    for numbers in (range(0), range(2, 8)):
        for number in numbers:
            grow(number)
        client.get(address)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(address).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 12


def test_every_question_mark_leads_to_a_rule(client: Client) -> None:
    anchors = set(re.findall(r'id="([a-z]+)"', client.get("/methods/").content.decode()))
    used = {
        key
        for path in TEMPLATES.rglob("*.html")
        for key in re.findall(r'rule\.html" with rule="([a-z]+)"', path.read_text(encoding="utf-8"))
    }
    assert used
    assert used <= anchors


def test_no_count_is_typed_in_a_template() -> None:
    """A number with a counter in the words of a page would stay when the records change."""
    typed = re.compile(r"(?<![\w.{%])\d+\s*(?:건|곳|개|명)(?!\s*(?:미만|보다|이상))")
    for name in (
        "model_list",
        "model_detail",
        "pilot_list",
        "pilot_detail",
        "spread_list",
        "spread_place",
    ):
        source = (TEMPLATES / "records" / f"{name}.html").read_text(encoding="utf-8")
        words = re.sub(r"{[{%].*?[%}]}|<[^>]+>", " ", source)
        assert not typed.findall(words), name
