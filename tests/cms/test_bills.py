"""The bill is read clause by clause, under addresses that last."""

from __future__ import annotations

import datetime as dt
import json
import unicodedata
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from django.utils.html import strip_tags

from coalition.drafts.models import Version
from tests.factories import make_bill, make_version
from tests.factories.bills import TEXT

pytestmark = pytest.mark.django_db


@pytest.fixture
def version() -> Version:
    return make_version(make_bill())


def test_the_reading_page_shows_chapters_articles_and_supplement(
    version: Version, client: Client
) -> None:
    text = client.get("/bills/test/v0.1/").content.decode()

    assert "2장 4조, 부칙" in text
    for anchor in ("chp_1", "art_3", "art_3__para_2", "art_2__item_1", "supp_1", "supp_1__art_1"):
        assert f'id="{anchor}"' in text
    assert version.sha256 in text


def test_a_provision_is_shown_in_its_whole_article_and_marked(
    version: Version, client: Client
) -> None:
    text = client.get("/bills/test/v0.1/art_3__para_2/").content.decode()

    assert "시험자는 매년 시험계획을 수립하여야 한다." in strip_tags(text)
    assert text.count("unit--marked") == 1
    assert "제3조제2항" in text
    assert "(가칭)「가상 시험 지원법안」 v0.1 제3조제2항 (2026. 3. 2.) [시연용 초안]" in text


@pytest.mark.parametrize("korean", ["제3조제2항", "제2조제1호", "부칙제1조", "제1장"])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_korean_address_leads_to_the_eid_in_any_unicode_form(
    korean: str, form: Any, version: Version, client: Client
) -> None:
    address = f"/bills/test/v0.1/{quote(unicodedata.normalize(form, korean))}/"

    answer = client.get(address)

    eids = {
        "제3조제2항": "art_3__para_2",
        "제2조제1호": "art_2__item_1",
        "부칙제1조": "supp_1__art_1",
        "제1장": "chp_1",
    }
    assert answer.status_code == 301
    assert answer["Location"] == f"/bills/test/v0.1/{eids[korean]}/"
    assert client.get(answer["Location"]).status_code == 200


def test_the_first_paragraph_of_an_article_without_paragraphs_is_the_article(
    version: Version, client: Client
) -> None:
    answer = client.get(f"/bills/test/v0.1/{quote('제1조제1항')}/")

    assert answer["Location"] == "/bills/test/v0.1/art_1/"


def test_a_provision_that_is_gone_says_where_it_is(version: Version, client: Client) -> None:
    shorter = TEXT.replace(
        "제4조(시험의 실시) 시험자는 제3조제1항에 따른 시험계획에 따라 시험을 실시하여야 한다.\n",
        "",
    )
    make_version(version.bill, "0.2", text=shorter, date=dt.date(2026, 9, 1))

    answer = client.get("/bills/test/v0.2/art_4/")

    assert answer.status_code == 404
    assert 'href="/bills/test/v0.1/art_4/"' in answer.content.decode()


def test_the_short_address_leads_to_the_newest_version(version: Version, client: Client) -> None:
    make_version(version.bill, "0.2", date=dt.date(2026, 9, 1))

    answer = client.get("/bills/test/art_1/")

    assert answer.status_code == 302
    assert answer["Location"] == "/bills/test/v0.2/art_1/"


@pytest.mark.parametrize(
    "address",
    [
        "/bills/none/",
        "/bills/test/v9/",
        "/bills/test/v0.2/",
        "/bills/test/v0.1/%EC%95%84%EB%AC%B4%EB%A7%90/",
        "/bills/test/v0.1/art_99/",
        "/bills/test/v0.1/%00/",
        "/bills/test/v0.1/" + "a" * 2000 + "/",
        "/bills/test/v0.1/art_3__para_2__item_9/",
        "/bills/none/art_1/",
    ],
)
def test_an_address_that_leads_nowhere_is_a_korean_404(
    address: str, version: Version, client: Client
) -> None:
    make_version(version.bill, "0.2", live=False)

    answer = client.get(address)

    assert answer.status_code == 404
    assert "없" in answer.content.decode()


def test_an_unpublished_version_is_nowhere(client: Client) -> None:
    make_version(make_bill(), live=False)

    assert client.get("/bills/test/").status_code == 404
    assert client.get("/bills/test/v0.1/").status_code == 404
    assert "가상 시험 지원법안" not in client.get("/bills/").content.decode()


def test_the_editor_checks_a_text_as_it_is_written(secretariat: Any, login: Any) -> None:
    answer = login(secretariat).post(
        "/admin/bills/versions/check/", {"source_text": TEXT.replace("제4조(", "제5조(")}
    )

    found = json.loads(answer.content)
    assert found["errors"] == 1
    assert [(f["line"], f["code"], f["level_name"]) for f in found["faults"]] == [
        (10, "S1", "오류")
    ]
    assert found["outline"][0]["label"] == "제1장"


def test_the_desk_keeps_a_faulty_text_and_refuses_to_publish_it(
    secretariat: Any, login: Any
) -> None:
    bill, client = make_bill(), login(secretariat)
    faulty = TEXT.replace("제4조(", "제5조(")

    client.post(
        f"/admin/bills/{bill.pk}/versions/add/",
        {"no": "0.1", "date": "2026-03-02", "source_text": faulty, "summary": ""},
    )
    version = Version.objects.get()
    answer = client.post(f"/admin/bills/versions/{version.pk}/publish/")

    assert version.source_text == faulty
    assert answer.status_code == 409
    assert "오류 1개를 고쳐야" in answer.content.decode()
    assert not Version.objects.get().is_published


def test_a_form_with_a_fault_loses_nothing_that_was_typed(secretariat: Any, login: Any) -> None:
    bill = make_bill()

    answer = login(secretariat).post(
        f"/admin/bills/{bill.pk}/versions/add/",
        {"no": "영점사", "date": "", "source_text": TEXT, "summary": "요약"},
    )

    text = answer.content.decode()
    assert answer.status_code == 200
    assert "0.4처럼 숫자와 점으로" in text
    assert "시험자는 매년 시험계획을" in text
    assert "요약" in text
    assert not Version.objects.exists()


def test_a_published_version_has_no_editing_screen(
    version: Version, secretariat: Any, login: Any
) -> None:
    client = login(secretariat)

    assert client.get(f"/admin/bills/versions/{version.pk}/").status_code == 302
    client.post(
        f"/admin/bills/versions/{version.pk}/",
        {"no": "0.1", "date": "2026-03-02", "source_text": "바꿈", "summary": ""},
    )
    client.post(f"/admin/bills/versions/{version.pk}/discard/")

    assert Version.objects.get(pk=version.pk).source_text == TEXT


@pytest.mark.parametrize("who", ["garam_approver", "nuri_editor"])
def test_only_the_secretariat_keeps_bills(
    who: str, version: Version, login: Any, request: pytest.FixtureRequest
) -> None:
    client = login(request.getfixturevalue(who))

    for address in (
        "/admin/bills/",
        "/admin/bills/add/",
        f"/admin/bills/{version.bill_id}/versions/add/",
        f"/admin/bills/versions/{version.pk}/",
        f"/admin/bills/versions/{version.pk}/publish/",
    ):
        assert client.get(address).status_code == 404
        assert client.post(address, {}).status_code == 404
