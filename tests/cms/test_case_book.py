"""공동 사례집 and 브리핑: what is printed, that it is printed once, and who chooses."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
from typing import Any

import pypdf
import pytest
from django.conf import settings
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from cms.actions import decide_case_book, offer_to_case_book
from cms.models import CaseBookChapter, CaseBookEdition, CaseNumber
from coalition.members.actions import enter_contact, record_membership
from coalition.members.models import MembershipState
from tests.factories import make_case, publish
from tests.factories.positions import make_position, make_terms
from tests.services.pango import require_pango

pytestmark = pytest.mark.django_db
MAKE = "/admin/case-book/make/"


@pytest.fixture(autouse=True)
def _folder(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    require_pango()
    monkeypatch.setattr(settings, "VAR_DIR", tmp_path)


def taken(page: Any, by: Any, yes: bool = True) -> Any:
    entry = page.case_book_entries.first() or offer_to_case_book(page=page, by=None)
    decide_case_book(entry=entry, taken=yes, reason="" if yes else "아직", by=by)
    return page


def pages_of(data: bytes) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages]


def body(answer: Any) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else bytes(answer.content)


def fonts_of(data: bytes) -> list[Any]:
    """The font programs inside the file."""
    found = []
    for page in pypdf.PdfReader(io.BytesIO(data)).pages:
        for font in page["/Resources"].get("/Font", {}).values():  # type: ignore[index]
            inner = font.get_object()["/DescendantFonts"][0].get_object()
            descriptor = inner["/FontDescriptor"].get_object()
            found.append(descriptor.get("/FontFile3") or descriptor.get("/FontFile2"))
    return found


def test_ten_chosen_cases_make_one_file_that_stays_the_same(
    garam: Any, nuri: Any, secretariat: Any, login: Any, client: Client
) -> None:
    cases = [
        taken(
            make_case(
                garam if number % 2 else nuri, f"사례 {number}", in_case_book=True,
                numbers=[CaseNumber(label="체감도", value="3.6", n=24, source=f"설문 보고서 {number}")],
            ),
            secretariat,
        )
        for number in range(10)
    ]  # fmt: skip
    declined = taken(make_case(garam, "싣지 않은 사례", in_case_book=True), secretariat, yes=False)
    offered = make_case(garam, "아직 확인하지 않은 사례", in_case_book=True)
    keeper = login(secretariat)
    form = keeper.get(MAKE).content.decode()
    assert "사례 9" in form
    assert declined.title not in form
    assert offered.title not in form

    order = {f"place_{page.pk}": 10 - number for number, page in enumerate(cases)}
    order[f"place_{offered.pk}"] = 1
    answer = keeper.post(MAKE, {"title": "함께 만든 사례", "foreword": "여는 글입니다.", **order})
    assert answer.status_code == 302
    edition = CaseBookEdition.objects.get()
    assert list(edition.chapters.values_list("title", flat=True)) == [
        f"사례 {number}" for number in reversed(range(10))
    ]

    first, again = (body(client.get("/case-book/1.pdf")) for _ in range(2))
    assert first == again
    assert hashlib.sha256(first).hexdigest() == edition.document.sha256
    printed = pages_of(first)
    assert len(printed) >= 11
    whole = "\n".join(printed)
    assert "여는 글입니다" in whole
    assert edition.sha256 in whole.replace("\n", "")
    for number in range(10):
        assert f"설문 보고서 {number}" in whole
    for at, text in enumerate(printed, start=1):
        assert f"{at} / {len(printed)}" in text
    assert fonts_of(first)
    assert all(fonts_of(first))
    detail = client.get("/case-book/1/").content.decode()
    assert edition.document.sha256 in detail
    assert "함께 만든 사례" in client.get("/case-book/").content.decode()

    same = keeper.post(MAKE, {"title": "함께 만든 사례", "foreword": "여는 글입니다.", **order})
    assert same.status_code == 400
    assert "내용이 같은 판이 이미 있습니다" in same.content.decode()

    publish_down = cases[3]
    publish_down.unpublish()
    assert client.get("/case-book/1.pdf").status_code == 404
    shown = client.get("/case-book/1/").content.decode()
    assert "지금은 내려받을 수 없습니다" in shown
    assert "사례 3<" not in shown
    publish(publish_down)
    assert body(client.get("/case-book/1.pdf")) == first


def test_only_the_secretariat_makes_editions_and_nobody_changes_one(
    garam: Any, garam_approver: Any, secretariat: Any, login: Any, client: Client
) -> None:
    page = taken(make_case(garam, in_case_book=True), secretariat)
    told = {"title": "사례집", "foreword": "", f"place_{page.pk}": 1}
    assert login(garam_approver).post(MAKE, told).status_code == 404
    assert client.post(MAKE, told).status_code == 302
    keeper = login(secretariat)
    for wrong, said in (
        ({f"place_{page.pk}": ""}, "하나 이상 고르세요"),
        ({"title": ""}, "필수"),
        ({"foreword": "900101-1234568"}, "고유식별정보"),
    ):
        answer = keeper.post(MAKE, {**told, **wrong})
        assert answer.status_code == 400
        assert said in answer.content.decode()
    assert not CaseBookEdition.objects.exists()
    keeper.post(MAKE, told)
    edition, chapter = CaseBookEdition.objects.get(), CaseBookChapter.objects.get()
    for row in (edition, chapter):
        with pytest.raises(DatabaseError), transaction.atomic():
            type(row)._default_manager.filter(pk=row.pk).update(title="다른 이름")
        with pytest.raises(DatabaseError), transaction.atomic():
            type(row)._default_manager.filter(pk=row.pk).delete()
    assert client.get(reverse("edition", args=[9])).status_code == 404


def test_a_briefing_is_one_page_of_the_day_and_the_same_file_when_asked_twice(
    garam: Any, sjsa: Any, secretariat: Any, client: Client
) -> None:
    make_terms()
    record_membership(
        municipality=garam, state=MembershipState.APPROVED, on=dt.date(2026, 2, 10), by=None
    )
    for number in range(12):
        make_case(garam, f"제목이 매우 긴 사례 {number} " + "길고 긴 이름 " * 8)
    version = sjsa.versions.get(no="0.3")
    for number, eid in enumerate(("art_1", "art_2", "art_3", "art_4", "art_5", "art_6"), start=1):
        day = dt.date(2026, 10, number)
        make_position(garam, version, eid, by=secretariat, on=day, verified=day)
    enter_contact(
        municipality=garam,
        post="일자리과",
        telephone="031-000-0000",
        on=dt.date(2026, 10, 20),
        by=None,
    )
    address = "/municipalities/garam/briefing"

    page = client.get(f"{address}/").content.decode()
    for told in ("2026. 2. 10.", "031-000-0000", "지지 6건", "그 밖에 7건"):
        assert told in page, told
    first, again = (client.get(f"{address}.pdf").content for _ in range(2))
    assert first == again
    (printed,) = pages_of(first)
    assert "031-000-0000" in printed
    assert "시연용" in printed
    assert all(fonts_of(first))

    then = client.get(f"{address}/?on=2026-10-03")
    assert "지지 3건" in then.content.decode()
    assert "031-000-0000" not in then.content.decode()
    assert then["Cache-Control"] == "private, no-store"
    (old,) = pages_of(client.get(f"{address}.pdf?on=2026-10-03").content)
    assert "지지 3건" in old
    assert "참여하고 있지 않음" in client.get(f"{address}/?on=2026-01-01").content.decode()
    assert client.get(f"{address}.pdf?on=2999-01-01").status_code == 404
    assert client.get("/municipalities/none/briefing/").status_code == 404
