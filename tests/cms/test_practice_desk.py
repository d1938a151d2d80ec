"""도입과 평가: a municipality writes of its own, never of another's; the donor is told."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from cms.notices import write_notices
from coalition.evidence.models import Measurement
from coalition.practice.models import Adoption
from coalition.record.models import MailOut
from tests.factories.practice import (
    make_adoption,
    make_indicator,
    make_measurement,
    make_model,
    make_pilot,
)

pytestmark = pytest.mark.django_db


def url(name: str, *args: Any) -> str:
    return reverse(f"practice_desk:{name}", args=args)


def measured(**changes: Any) -> dict[str, Any]:
    return {
        "indicator": make_indicator().pk,
        "respondents": "participant",
        "side": "internal",
        "wave": "baseline",
        "on": "2026-03-02",
        "n": "24",
        "value": "3.1",
        "method": "설문",
        **changes,
    }


def test_an_editor_adopts_and_the_donor_hears_of_it(
    garam: Any, nuri_editor: Any, garam_editor: Any, login: Any
) -> None:
    model = make_model(garam)
    write_notices()
    client = login(nuri_editor)
    assert "가람시: 마을 돌봄 코디" in client.get(url("begin")).content.decode()

    answer = client.post(url("begin"), {"model": model.pk, "on": "2026-04-01", "period": "4개월"})

    assert answer.status_code == 302
    adoption = Adoption.objects.get()
    assert (adoption.adopter.name, adoption.donor.name) == ("누리군", "가람시")
    write_notices()
    mail = MailOut.objects.get(key__startswith="adoption_begun")
    assert mail.recipient == garam_editor
    assert "누리군이 가람시의 ‘마을 돌봄 코디’ 도입을 검토 단계로" in mail.text


def test_a_step_changes_and_outcome_are_written_at_one_screen(
    garam: Any, nuri: Any, nuri_editor: Any, login: Any
) -> None:
    adoption = make_adoption(make_model(garam), nuri)
    client, address = login(nuri_editor), url("adoption", adoption.pk)
    refused = client.post(address, {"act": "step", "state": "stopped", "on": "2026-05-01"})
    assert refused.status_code == 400
    assert "까닭을 쓰세요" in refused.content.decode()

    for told in (
        {"act": "step", "state": "running", "on": "2026-05-01"},
        {"act": "adapt", "adaptation": "차비를 더했다", "period": "4개월"},
        {"act": "outcome", "months": "6", "on": "2026-11-01", "text": "열 명이 남았다", "n": "10"},
    ):
        assert client.post(address, told).status_code == 302, told

    adoption.refresh_from_db()
    assert adoption.period == "4개월"
    assert list(adoption.events.values_list("state", flat=True)) == ["review", "running"]
    assert adoption.outcomes.get().n == 10
    assert client.post(address, {"act": "x"}).status_code == 404


def test_an_editor_measures_its_own_pilot_and_takes_it_back(
    garam: Any, garam_editor: Any, login: Any
) -> None:
    pilot, client = make_pilot(garam), login(garam_editor)
    address = url("measure", pilot.pk)
    assert client.get(address).status_code == 200
    refused = client.post(address, measured(value="9"))
    assert refused.status_code == 400
    assert "척도" in refused.content.decode()

    assert client.post(address, measured()).status_code == 302

    made = Measurement.objects.get()
    assert client.post(url("withdraw_measurement", made.pk), {"because": ""}).status_code == 302
    made.refresh_from_db()
    assert made.withdrawn_at is None
    client.post(url("withdraw_measurement", made.pk), {"because": "잘못 옮겼다"})
    made.refresh_from_db()
    assert made.withdrawn_because == "잘못 옮겼다"


def test_neighbour_and_stranger_get_nowhere(
    garam: Any, nuri: Any, nuri_editor: Any, garam_editor: Any, secretariat: Any, make_user: Any,
    login: Any,
) -> None:  # fmt: skip
    pilot = make_pilot(garam)
    made = make_measurement(pilot)
    adoption = make_adoption(pilot.model, nuri)
    for user, own_pilot, own_adoption in (
        (nuri_editor, False, True), (garam_editor, True, False), (secretariat, False, False),
    ):  # fmt: skip
        client = login(user)
        assert client.get(url("index")).status_code == 200
        assert (client.get(url("measure", pilot.pk)).status_code == 200) is own_pilot
        assert (client.get(url("adoption", adoption.pk)).status_code == 200) is own_adoption
    client = login(nuri_editor)
    for address, told in (
        (url("measure", pilot.pk), measured(wave="end")),
        (url("withdraw_measurement", made.pk), {"because": "남의 것"}),
    ):
        assert client.post(address, told).status_code in (302, 403, 404)
    assert Measurement.objects.filter(withdrawn_at__isnull=True).count() == 1
    assert "돌봄 코디 시범" not in client.get(url("index")).content.decode()
    stranger = login(make_user("stranger"))
    assert stranger.get(url("index")).status_code in (302, 403, 404)
