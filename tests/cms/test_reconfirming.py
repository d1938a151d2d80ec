"""A published lineage is mended at the desk, and only there, and only by who keeps bills."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from coalition.drafts.models import Lineage, Version
from coalition.drafts.queries import predecessors
from coalition.record.models import Event
from tests.factories import make_bill, make_version
from tests.generators.statutes import bill as text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def published() -> Version:
    old = make_version(make_bill(), "0.2", text=text_of("0.2"))
    return make_version(old.bill, "0.3", text=text_of("0.3"), date=dt.date(2026, 9, 1))


def _address(version: Version, eid: str = "") -> str:
    return f"/admin/bills/versions/{version.pk}/lineage/{f'{eid}/' if eid else ''}"


def _came(version: Version, eid: str) -> list[str]:
    return [kin.provision.eid for kin in predecessors(version.provisions.get(eid=eid))]


def test_the_list_says_where_every_article_comes_from_in_few_queries(
    published: Version, secretariat: Any, login: Any, django_assert_max_num_queries: Any
) -> None:
    client = login(secretariat)
    client.get(_address(published))

    with django_assert_max_num_queries(20):
        text = client.get(_address(published)).content.decode()

    assert "제19조(특구 지정의 해제) + 제18조(특구 지정의 변경)" in text
    assert "제안대로 받아들임" in text
    assert "새 조문" in text
    assert _address(published) in client.get("/admin/bills/").content.decode()


def test_another_origin_is_written_down_with_its_author(
    published: Version, secretariat: Any, login: Any
) -> None:
    client = login(secretariat)
    shown = client.get(_address(published, "art_20"))
    assert shown.context["form"].initial == {"first": "art_19", "second": "art_18"}

    answer = client.post(_address(published, "art_20"), {"first": "art_18", "second": ""})

    assert answer.status_code == 302
    assert _came(published, "art_20") == ["art_18"]
    assert Event.objects.get(verb="lineage.reconfirmed").actor == secretariat


def test_the_same_answer_and_a_wrong_one_are_told(
    published: Version, secretariat: Any, login: Any
) -> None:
    client, count = login(secretariat), Lineage.objects.count()

    same = client.post(_address(published, "art_17"), {"first": "art_16", "second": ""})
    wrong = client.post(_address(published, "art_17"), {"first": "art_99", "second": ""})

    assert "적혀 있는 이어짐과 같습니다" in same.content.decode()
    assert wrong.status_code == 200
    assert "desk-error" in wrong.content.decode()
    assert Lineage.objects.count() == count


def test_what_is_not_there_is_a_404(published: Version, secretariat: Any, login: Any) -> None:
    client = login(secretariat)
    first = published.bill.versions.get(no="0.2")
    draft = make_version(published.bill, "0.4", live=False)

    for address in (
        _address(first),
        _address(draft),
        _address(published, "art_99"),
        _address(published, "art_3__item_1"),
    ):
        assert client.get(address).status_code == 404


@pytest.mark.parametrize("who", ["garam_editor", "garam_approver", "nuri_editor", "anonymous"])
def test_others_neither_see_nor_mend_it(
    who: str, published: Version, login: Any, request: pytest.FixtureRequest
) -> None:
    client = Client() if who == "anonymous" else login(request.getfixturevalue(who))
    expected = 302 if who == "anonymous" else 404

    for address in (_address(published), _address(published, "art_20")):
        assert client.get(address).status_code == expected
        assert client.post(address, {"first": "", "second": ""}).status_code == expected
    assert _came(published, "art_20") == ["art_19", "art_18"]
