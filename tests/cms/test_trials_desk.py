"""모델과 시범: a municipality keeps its own models, pilots and what is known of them, never another's."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from coalition.dialogue.models import Body, CoreQuestion
from coalition.evidence.models import Finding
from coalition.members.models import Municipality
from coalition.practice.models import Adoption, Barrier, JobModel, Pilot, PilotPlan, ZoneItem
from coalition.record.models import Event, Source
from tests.factories import make_case
from tests.factories.practice import (
    make_barrier,
    make_indicator,
    make_measurement,
    make_model,
    make_pilot,
)
from tests.factories.questions import make_paper

pytestmark = pytest.mark.django_db


def url(name: str, *args: Any) -> str:
    return reverse(f"trials_desk:{name}", args=args)


def test_an_editor_brings_a_model_to_a_pilot_with_plan_and_milestones(
    garam: Any, garam_editor: Any, login: Any
) -> None:
    client = login(garam_editor)
    told = {"name": "새벽 두레", "summary": "첫차를 함께 탄다", "period": "6개월", "quality": "4"}
    assert client.post(url("new_model"), told).status_code == 302
    model = JobModel.objects.get()
    assert (model.slug, model.quality, model.ecology) == ("garam-saebyeog-dule", 4, None)

    told = {
        "name": "새벽 두레 시범",
        "model": model.pk,
        "owner": "교통과",
        "planned_from": "2026-03-02",
    }
    assert client.post(url("new_pilot"), told).status_code == 302
    pilot = Pilot.objects.get()
    plan = {
        "goal": "새벽에 일하러 간다",
        "target": "열 사람",
        "activities": "첫차",
        "period": "반년",
    }
    for told in (
        {"act": "event", "state": "running", "on": "2026-03-02", "note": "첫차가 떠났다"},
        {"act": "milestone", "name": "첫 조사", "planned_on": "2026-03-09"},
        {"act": "plan", "on": "2026-03-02", **plan},
        {"act": "plan", "on": "2026-05-02", **plan, "period": "한 해", "because": "2차 정기회의"},
    ):
        assert client.post(url("pilot", pilot.pk), told).status_code == 302, told
    milestone = pilot.milestones.get()
    told = {"act": "reach", "milestone": milestone.pk, "on": "2026-03-12", "note": "비가 왔다"}
    assert client.post(url("pilot", pilot.pk), told).status_code == 302

    page = client.get(f"/pilots/{pilot.slug}/").content.decode()
    for said in ("첫차가 떠났다", "3일 늦음", "2차 정기회의", "<ins>한 해</ins>"):
        assert said in page, said
    refused = client.post(url("pilot", pilot.pk), {"act": "plan", "on": "2026-06-02", **plan})
    assert refused.status_code == 400
    assert "무엇이 계획을 바꾸었는지 쓰세요" in refused.content.decode()
    assert PilotPlan.objects.count() == 2
    keep = {"act": "keep", "name": "새벽 두레 시범", "model": model.pk, "owner": "일자리과"}
    assert client.post(url("pilot", pilot.pk), keep).status_code == 302
    assert Pilot.objects.get().owner == "일자리과"
    assert client.get(url("index")).content.decode().count("새벽 두레") >= 2


def test_a_plan_names_the_decision_that_changed_it(
    garam: Any, garam_editor: Any, login: Any
) -> None:
    body = Body.objects.create(municipality=garam, slug="garam-body", name="가람시 일자리회")
    core = CoreQuestion.objects.create(paper=make_paper(body=body), number=3, text="왜 늦는가")
    pilot = make_pilot(garam)
    plan = {
        "goal": "목표",
        "target": "열 사람",
        "activities": "일",
        "period": "반년",
        "on": "2026-03-02",
    }
    chosen = {"act": "plan", **plan, "cause": f"q{core.pk}"}
    assert login(garam_editor).post(url("pilot", pilot.pk), chosen).status_code == 302
    assert PilotPlan.objects.get().cause_id == core.pk


def test_barriers_findings_and_the_zone_are_written_and_taken_back(
    garam: Any, garam_editor: Any, login: Any
) -> None:
    case, client = make_case(garam), login(garam_editor)
    told = {"case": case.address, "kind": "budget", "what": "과목이 없다", "proof": "회신 공문"}
    assert client.post(url("barrier"), told).status_code == 302
    told = {"claim": "체감도가 올랐다", "case": case.address, "n": "24", "source_text": "조사"}
    assert client.post(url("finding"), told).status_code == 302
    told = {"point": "ordinance", "on": "2026-03-02", "title": "일자리 조례"}
    assert client.post(url("zone"), told).status_code == 302
    assert ZoneItem.objects.get().title == "일자리 조례"
    assert "체감도가 올랐다" in client.get(case.address).content.decode()

    finding, barrier = Finding.objects.get(), Barrier.objects.get()
    for name, row in (("withdraw_finding", finding), ("withdraw_barrier", barrier)):
        client.post(url(name, row.pk), {"because": ""})
        row.refresh_from_db()
        assert row.withdrawn_at is None
        client.post(url(name, row.pk), {"because": "잘못 적음"})
        row.refresh_from_db()
        assert row.withdrawn_because == "잘못 적음"
    assert "체감도가 올랐다" not in client.get(case.address).content.decode()


def test_a_real_municipality_is_asked_for_a_source(
    garam: Any, garam_editor: Any, login: Any
) -> None:
    source = Source.objects.create(title="코드표", publisher="행정안전부")
    Municipality.objects.filter(pk=garam.pk).update(fictional=False, code="99999", source=source)
    client = login(garam_editor)
    refused = client.post(url("new_model"), {"name": "마을 모델"})
    assert refused.status_code == 400
    assert not JobModel.objects.exists()
    told = {"name": "마을 모델", "source_title": "백서", "source_publisher": "구청"}
    assert client.post(url("new_model"), told).status_code == 302
    assert JobModel.objects.get().source.title == "백서"


def test_neighbour_secretariat_and_stranger_write_nothing(
    garam: Any, nuri: Any, nuri_editor: Any, secretariat: Any, make_user: Any, login: Any
) -> None:
    pilot = make_pilot(garam)
    barrier = make_barrier(make_case(garam))
    before = Event.objects.count()
    step = {"act": "event", "state": "running", "on": "2026-03-02", "note": "남의 것"}
    for user in (nuri_editor, secretariat, make_user("stranger")):
        client = login(user)
        for address, told in (
            (url("pilot", pilot.pk), step),
            (url("model", pilot.model.pk), {"name": "빼앗은 이름"}),
            (url("withdraw_barrier", barrier.pk), {"because": "남의 것"}),
        ):
            assert client.post(address, told).status_code in (302, 403, 404), address
        assert client.get(url("pilot", pilot.pk)).status_code in (302, 403, 404)
    assert "돌봄 코디 시범" in login(secretariat).get(url("index")).content.decode()
    assert "돌봄 코디 시범" not in login(nuri_editor).get(url("index")).content.decode()
    own = {"name": "남의 모델로", "model": pilot.model.pk}
    assert login(nuri_editor).post(url("new_pilot"), own).status_code == 400
    case = {"case": make_case(garam, "둘째").address, "kind": "budget", "what": "x", "proof": "y"}
    assert login(nuri_editor).post(url("barrier"), case).status_code == 400
    assert not pilot.events.exists()
    assert Barrier.objects.filter(withdrawn_at__isnull=True).count() == 1
    assert not Event.objects.filter(
        pk__gt=before, actor=nuri_editor, verb__startswith="pilot"
    ).exists()


def test_a_case_an_ordinance_and_a_model_of_another_adopter_are_adopted(
    garam: Any, nuri: Any, nuri_editor: Any, login: Any, make_municipality: Any
) -> None:
    from coalition.practice.actions import adopt

    dasol = make_municipality("X0003", "다솔구", "dasol")
    model, case, client = make_model(garam), make_case(garam), login(nuri_editor)
    adopt(model=model, adopter=dasol, on="2026-03-02", by=None)
    begin, day = reverse("practice_desk:begin"), {"on": "2026-04-01"}
    assert case.address in client.get(f"{begin}?case={case.address}").content.decode()

    for told in (
        {"case": case.address},
        {"ordinance": "가람시 조례(가상)", "donor": garam.pk},
        {"model": model.pk, "donor": dasol.pk},
    ):
        assert client.post(begin, {**told, **day}).status_code == 302, told
    taken = Adoption.objects.filter(adopter=nuri).order_by("pk")
    assert [one.donor.name for one in taken] == ["가람시", "가람시", "다솔구"]
    for wrong, said in (
        ({}, "하나만"),
        ({"case": case.address, "ordinance": "조례"}, "하나만"),
        ({"case": "/없는/곳/"}, "공개된 사례가 없습니다"),
        ({"ordinance": "조례"}, "무엇을 도입하는지"),
    ):
        refused = client.post(begin, {**wrong, **day})
        assert refused.status_code == 400
        assert said in refused.content.decode()


def test_what_cannot_be_is_said_in_the_words_of_the_thing(
    garam: Any, garam_editor: Any, login: Any
) -> None:
    pilot, client = make_pilot(garam), login(garam_editor)
    make_measurement(pilot)
    measured = {
        "indicator": make_indicator().pk, "respondents": "participant", "side": "internal",
        "wave": "baseline", "on": "2026-03-02", "n": "24", "invited": "30", "value": "3.1",
        "method": "설문조사",
    }  # fmt: skip
    measure = reverse("practice_desk:measure", args=[pilot.pk])
    keep = {"act": "keep", "name": pilot.name, "model": pilot.model_id}
    days = {"planned_from": "2026-05-01", "planned_to": "2026-03-01"}
    for address, told, said in (
        (measure, measured, "먼저 거두세요"),
        (measure, {**measured, "wave": "end", "invited": "20"}, "물은 사람보다 많을 수 없습니다"),
        (measure, {**measured, "wave": "end", "low": "3.2", "high": "3.4"}, "95% 구간 안에"),
        (url("pilot", pilot.pk), {**keep, **days}, "시작하는 날보다 앞설 수 없습니다"),
    ):
        answer = client.post(address, told)
        assert answer.status_code == 400, told
        assert said in answer.content.decode(), said
