"""The kind is tested, not the instance: every page class has a template and an address of its own."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.template.loader import get_template
from django.test import Client
from wagtail.models import Page, get_page_models

from cms.models import CasePage
from cms.models.base import HubPage, slug_from_title
from tests.factories import make_case, publish

pytestmark = pytest.mark.django_db


def _page_classes() -> list[type[Page]]:
    return [model for model in get_page_models() if model is not Page]


@pytest.mark.parametrize("model", _page_classes(), ids=lambda model: model.__name__)
def test_every_page_class_has_its_template_and_stands_on_the_same_ground(model: Any) -> None:
    assert issubclass(model, HubPage)
    assert model.template.startswith("pages/")
    get_template(model.template)


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("마을 돌봄 코디 양성", "maeul-dolbom-kodi-yangseong"),
        ("「녹서」 1,436건", "noksyeo-1436geon"),
        ("!!!", "page"),
        ("가" * 80, "ga" * 30),
    ],
)
def test_an_address_comes_from_the_title(title: str, slug: str) -> None:
    made = slug_from_title(title)

    assert len(made) <= 60
    assert made == slug or (title.startswith("「") and made.endswith("1436geon"))


def test_a_second_page_of_the_same_title_gets_a_number(garam: Any) -> None:
    first = make_case(garam, "돌봄 일자리")
    second = make_case(garam, "돌봄 일자리")
    third = make_case(garam, "돌봄 일자리")

    assert [first.slug, second.slug, third.slug] == [
        "dolbom-iljali",
        "dolbom-iljali-2",
        "dolbom-iljali-3",
    ]


def test_the_address_follows_the_title_until_the_first_publication(garam: Any) -> None:
    page = make_case(garam, "처음 제목", live=False)
    page.title = "고친 제목"
    publish(page)
    assert page.slug == "gochin-jemog"

    page.title = "다시 고친 제목"
    publish(page)
    assert page.slug == "gochin-jemog"


def test_a_page_is_found_by_its_whole_address_and_only_when_live(
    garam: Any, client: Client
) -> None:
    page = make_case(garam, "돌봄 일자리")
    draft = make_case(garam, "쓰는 중", live=False)

    assert client.get(page.address).status_code == 200
    assert client.get(draft.address).status_code == 404
    assert client.get("/municipalities/garam/cases/none/").status_code == 404
    assert client.get("/municipalities/none/").status_code == 404

    page.unpublish()
    assert client.get(page.address).status_code == 404


def test_a_case_says_what_it_must(garam: Any, client: Client) -> None:
    page = make_case(garam)

    text = client.get(page.address).content.decode()

    for said in (
        "체감도가 3.1점에서 3.6점으로",
        "n=24",
        "출처: 설문",
        "이 결과로 말할 수 없는 것",
        "가상",
    ):
        assert said in text


def test_fewer_than_five_people_are_not_counted_aloud(garam: Any, client: Client) -> None:
    from cms.models import CaseNumber

    numbers = [CaseNumber(label="만족", value="3", unit="명", n=4, source="면담")]
    page = make_case(garam, "적은 수", numbers=numbers)

    text = client.get(page.address).content.decode()

    assert "n&lt;5" in text
    assert "n=4" not in text


def test_a_case_without_limits_says_that_they_are_missing(garam: Any, client: Client) -> None:
    page = make_case(garam, "한계 없음", limits="")

    assert "한계가 아직 적히지 않았습니다" in client.get(page.address).content.decode()


def test_a_case_cannot_end_before_it_begins(garam: Any) -> None:
    import datetime as dt

    from django.core.exceptions import ValidationError
    from django.db import IntegrityError, transaction

    page = make_case(garam)
    page.period_from, page.period_to = dt.date(2026, 5, 1), dt.date(2026, 4, 1)

    with pytest.raises(ValidationError, match="이릅니다"):
        page.full_clean()
    with pytest.raises(IntegrityError, match="case ends"), transaction.atomic():
        CasePage.objects.filter(pk=page.pk).update(
            period_from=page.period_from, period_to=page.period_to
        )


def test_a_number_goes_with_n_and_a_source(garam: Any) -> None:
    from django.db import IntegrityError, transaction

    from cms.models import CaseNumber

    page = make_case(garam)

    for fields in ({"n": 0, "source": "설문"}, {"n": 5, "source": ""}):
        with pytest.raises(IntegrityError, match="n and a source"), transaction.atomic():
            CaseNumber.objects.create(page=page, label="수", value=1, unit="명", **fields)


def test_a_citation_names_the_day_of_korea(garam: Any, client: Client) -> None:
    """Half past one in the morning in Seoul is still yesterday elsewhere."""
    case = make_case(garam)
    CasePage.objects.filter(pk=case.pk).update(
        last_published_at=dt.datetime(2026, 11, 29, 16, 30, tzinfo=dt.UTC)
    )

    shown = client.get(case.address).content.decode()

    assert "연대 허브, 2026. 11. 30." in shown
    assert "2026. 11. 29." not in shown
