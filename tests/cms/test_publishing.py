"""발행: doubtful lineage first, answered by a person; then the checklist; nothing answered is lost."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from coalition.drafts.models import Carriage, Version
from coalition.drafts.queries import current_lineages, predecessors
from coalition.record.models import Event
from tests.factories import make_bill, make_version
from tests.forms import shown_form
from tests.generators.statutes import bill as text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft() -> Version:
    old = make_version(make_bill(), "0.2", text=text_of("0.2"))
    return make_version(old.bill, "0.3", text=text_of("0.3"), date=dt.date(2026, 9, 1), live=False)


@pytest.fixture
def desk(secretariat: Any, login: Any) -> Client:
    client: Client = login(secretariat)
    return client


def _address(version: Version) -> str:
    return f"/admin/bills/versions/{version.pk}/publish/"


def _page(answer: Any) -> Any:
    return BeautifulSoup(answer.content, "html.parser")


def _shown(desk: Client, version: Version) -> dict[str, Any]:
    return shown_form(desk, _address(version), "form.confirm")


def _all_confirmed(form: dict[str, Any], page: Any) -> dict[str, Any]:
    boxes = page.select("form.confirm input[type=checkbox]")
    return {**form, **{str(box["name"]): "yes" for box in boxes}}


def test_doubtful_pairs_come_first_with_both_texts_and_the_proposal_chosen(
    draft: Version, desk: Client
) -> None:
    page = _page(desk.get(_address(draft)))

    doubts = page.select(".doubt")
    assert [d.select_one(".desk-kind").get_text() for d in doubts] == ["나뉨", "합침"]
    assert "제16조(평가 및 데이터의 축적)" in doubts[0].get_text()
    assert doubts[0].select("ins")
    assert [box.has_attr("checked") for box in page.select(".tick input")] == [False] * 6
    chosen = [str(radio["value"]) for radio in page.select("input[type=radio][checked]")]
    assert chosen == ["art_16", "art_16", "art_18 art_19"]
    assert "거의 같음" in doubts[0].get_text()
    assert page.select_one("details summary").get_text().startswith("확실한 것")


def test_nothing_is_published_before_every_doubt_is_confirmed_and_every_box_ticked(
    draft: Version, desk: Client
) -> None:
    form = _shown(desk, draft)

    answer = desk.post(_address(draft), form)

    page = _page(answer)
    assert answer.status_code == 409
    assert "이어짐을 확인할 것이 2건" in page.get_text()
    assert "사람이 볼 것에 모두 표시" in page.get_text()
    for link in page.select(".desk-panel--error a"):
        assert page.find(id=str(link["href"])[1:]) is not None
    assert not Version.objects.get(pk=draft.pk).is_published


def test_what_is_confirmed_is_published_and_recorded(
    draft: Version, desk: Client, secretariat: Any
) -> None:
    form = _all_confirmed(_shown(desk, draft), _page(desk.get(_address(draft))))

    answer = desk.post(_address(draft), form)

    assert answer.status_code == 302
    rows = current_lineages(Version.objects.get(pk=draft.pk))
    assert rows["art_20"].how == Carriage.CONFIRMED
    assert rows["art_20"].confirmed_by == secretariat
    event = Event.objects.get(verb="version.published", object_id=str(draft.pk))
    assert event.data["checklist"] == ["L7", "L8", "L10", "L19"]
    assert event.data["confirmed"] == ["art_17", "art_18", "art_20"]


def test_another_answer_than_the_proposal_counts(draft: Version, desk: Client) -> None:
    shown = _page(desk.get(_address(draft)))
    form = _all_confirmed(_shown(desk, draft), shown)
    first, second, merged = [name for name in form if name.startswith("from-")]
    form |= {first: "new", second: "other", f"other-{second}": "art_22", merged: "art_18"}

    assert desk.post(_address(draft), form).status_code == 302

    published = Version.objects.get(pk=draft.pk)
    came = {
        eid: [kin.provision.eid for kin in predecessors(published.provisions.get(eid=eid))]
        for eid in ("art_17", "art_18", "art_20")
    }
    assert came == {"art_17": [], "art_18": ["art_22"], "art_20": ["art_18"]}


@pytest.mark.parametrize("value", ["other", "art_99", "", "art_16 art_99"])
def test_an_answer_that_names_no_article_is_asked_again(
    value: str, draft: Version, desk: Client
) -> None:
    form = _all_confirmed(_shown(desk, draft), _page(desk.get(_address(draft))))
    form[next(name for name in form if name.startswith("from-"))] = value

    answer = desk.post(_address(draft), form)

    assert answer.status_code == 409
    assert "앞 판의 조문을 고르세요" in answer.content.decode()
    assert not Version.objects.get(pk=draft.pk).is_published


def test_a_text_that_changed_meanwhile_is_refused_and_the_answers_are_kept(
    draft: Version, desk: Client
) -> None:
    form = _all_confirmed(_shown(desk, draft), _page(desk.get(_address(draft))))
    merged = [name for name in form if name.startswith("from-")][-1]
    form[merged] = "art_18"
    Version.objects.filter(pk=draft.pk).update(
        source_text=draft.source_text.replace("제1조(목적)", "제1조(이 법의 목적)")
    )

    answer = desk.post(_address(draft), form)

    page = _page(answer)
    assert answer.status_code == 409
    assert "바뀌었습니다" in page.get_text()
    chosen = [str(radio["value"]) for radio in page.select("input[type=radio][checked]")]
    assert chosen[-1] == "art_18"
    assert all(box.has_attr("checked") for box in page.select(".doubt input[type=checkbox]"))
    assert not Version.objects.get(pk=draft.pk).is_published
    again = {**form, "state": page.select_one("[name=state]")["value"]}
    assert desk.post(_address(draft), again).status_code == 302


def test_a_doubt_whose_own_text_changed_must_be_confirmed_anew(
    draft: Version, desk: Client
) -> None:
    form = _all_confirmed(_shown(desk, draft), _page(desk.get(_address(draft))))
    changed = draft.source_text.replace("체감도를 평가하여야 한다", "체감도를 조사하여야 한다")
    assert changed != draft.source_text
    Version.objects.filter(pk=draft.pk).update(source_text=changed)

    page = _page(desk.post(_address(draft), form))

    boxes = [box.has_attr("checked") for box in page.select(".doubt input[type=checkbox]")]
    assert boxes == [False, True]


def test_a_first_version_asks_only_for_the_checklist(desk: Client) -> None:
    version = make_version(make_bill(), live=False)
    page = _page(desk.get(_address(version)))

    assert "첫 판이라" in page.get_text()
    form = _all_confirmed(_shown(desk, version), page)
    assert desk.post(_address(version), form).status_code == 302
    assert Version.objects.get().is_published


def test_a_published_version_has_no_confirmation_screen(desk: Client) -> None:
    version = make_version(make_bill())

    assert desk.get(_address(version)).status_code == 302
    assert desk.post(_address(version), {}).status_code == 302


def test_the_screen_can_be_used_by_keyboard_and_by_ear(draft: Version, desk: Client) -> None:
    page = _page(desk.get(_address(draft)))

    for field in page.select(".confirm input:not([type=hidden]), .confirm select"):
        label = field.find_parent("label") or page.find("label", attrs={"for": field.get("id")})
        assert label is not None
        assert field.get("tabindex") is None
    for group in page.select("fieldset"):
        assert group.find("legend").get_text(strip=True)
    ids = [str(each["id"]) for each in page.select("[id]")]
    assert len(ids) == len(set(ids))


def test_no_english_stands_on_the_screens(draft: Version, desk: Client) -> None:
    import re

    for address in (_address(draft), f"/admin/bills/versions/{draft.pk}/"):
        page = _page(desk.get(address))
        for code in page.select("code, script, style, textarea"):
            code.decompose()
        words = re.findall(r"[A-Za-z]{3,}", page.select_one(".desk").get_text(" "))
        assert set(words) <= {"hwpx", "docx", "txt", "hwp"}
