"""Pages of models, pilots and spread: computed from the records, and changed with them at once."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cms.models import CaseNumber
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
    assert "도입 2건: 검토 2" in read(client, "/spread/")
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


def test_a_number_of_four_people_stands_not_on_the_case(client: Client, garam: Any) -> None:
    number = {"label": "만족도", "unit": "점", "source": "면담", "measured": "2026년 3월"}
    case = make_case(
        garam,
        numbers=[
            CaseNumber(value="4.37", before="3.91", n=4, **number),
            CaseNumber(value="4.21", n=24, **number),
        ],
    )
    page = client.get(case.address).content.decode()

    assert "4.21" in page
    assert "4.37" not in page
    assert "3.91" not in page
    assert "근거 수준 1 사후" in page, "what four people said counts for nothing"
    assert "n=24" in page[page.index('class="verdict"') : page.index("</dl>")]


@pytest.fixture
def dasol(make_municipality: Any) -> Any:
    return make_municipality("X0003", "다솔구", "dasol")


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


def _drawing(page: str, after: str) -> str:
    begin = page.index("<svg", page.index(after))
    return page[begin : page.index("</svg>", begin)]


def test_a_model_goes_on_from_who_took_it_over(
    client: Client, garam: Any, nuri: Any, dasol: Any, secretariat: Any
) -> None:
    """What the second changed is held against the first; a link that is taken back loses nobody."""
    model = make_model(garam, target="마을 주민")
    first = make_adoption(model, nuri, target="청년 20명")
    second = adopt(model=model, donor=nuri, adopter=dasol, on=DAY, told={"target": "노년"}, by=None)

    page = client.get("/models/garam-care/").content.decode()
    drawn = _drawing(page, 'id="spread"')
    names = re.findall(r'<text class="b" x="(\d+)" y="\d+">([^<]+)<', drawn)
    assert [name for _, name in names] == ["가람시", "누리군", "다솔구"]
    assert int(names[1][0]) < int(names[2][0]), "it stands below the one it learned from"
    assert "누리군에서 다솔구로" in drawn
    table = read(client, "/models/garam-care/")
    assert "대상: 마을 주민 → 청년 20명" in table
    assert "대상: 청년 20명 → 노년" in table

    withdraw_adoption(adoption=first, because="잘못 적음", by=secretariat)
    after = read(client, "/models/garam-care/")
    assert "청년 20명" not in after
    assert "대상: 마을 주민 → 노년" in after
    withdraw_adoption(adoption=second, because="잘못 적음", by=secretariat)
    assert "가져간 기록이 아직 없습니다" in read(client, "/models/garam-care/")


def test_a_model_is_given_on_only_by_who_took_it_over(garam: Any, nuri: Any, dasol: Any) -> None:
    model = make_model(garam)
    with pytest.raises(ValidationError, match="누리군은"):
        adopt(model=model, donor=nuri, adopter=dasol, on=DAY, by=None)
    make_adoption(model, nuri)
    with pytest.raises(ValidationError, match="자기 것"):
        adopt(model=model, donor=nuri, adopter=garam, on=DAY, by=None)


def test_a_stop_ends_its_line_in_time(client: Client, garam: Any, nuri: Any) -> None:
    adoption = make_adoption(make_model(garam), nuri)
    for state, month in (("running", 5), ("stopped", 9)):
        record_adoption_event(
            adoption=adoption, state=state, on=dt.date(2026, month, 1), note="까닭", by=None
        )
    page = client.get("/spread/").content.decode()
    drawn = _drawing(page, 'id="garam"')
    assert drawn.count('stroke-dasharray="3 3"') == 1, "the review"
    assert drawn.count('stroke-width="8"') == 1, "the time that it ran"
    assert 'stroke-width="2.5"' in drawn, "the stop"
