"""Personal data is stopped before publication: at every door, and without being repeated anywhere."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.models import Revision

from cms.models import CaseNumber, CasePage
from cms.notices import write_notices
from cms.privacy import search_page, warnings_of
from coalition.record.models import Event, MailOut
from tests.factories import make_case
from tests.forms import case_form

pytestmark = pytest.mark.django_db
# A valid check digit and a day of birth that nobody has told: made for this test.
NUMBER = "900101-1234568"
PHONE = "010-1234-5678"

FIELDS = {
    "result_line": f"{NUMBER} 님이 일했다",
    "problem": f"<p>첫 줄</p><p>번호는 <b>{NUMBER}</b></p>",
    "process": [("step", {"title": "모았다", "text": NUMBER, "note": ""})],
    "story": [("paragraph", f"<p>{NUMBER}</p>")],
    "numbers": [CaseNumber(label="값", value="1", unit="점", n=9, source=f"명단 {NUMBER}")],
}


@pytest.mark.parametrize("field", sorted(FIELDS))
def test_an_identity_number_keeps_a_page_from_being_saved(
    field: str, garam: Any, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG), pytest.raises(ValidationError) as refused:
        make_case(garam, **{field: FIELDS[field]})

    said = str(refused.value)
    assert "주민등록번호" in said
    assert "1234568" not in said
    assert "1234568" not in caplog.text
    assert not CasePage.objects.exists()


def test_a_number_is_told_at_its_line(garam: Any) -> None:
    page = make_case(garam, live=False)
    page.problem = str(FIELDS["problem"])

    (found,) = search_page(page)

    assert (found.field, found.line) == ("problem", 2)
    assert str(found).startswith("‘문제’ 2째 줄")


def test_a_revision_with_an_identity_number_is_not_kept(garam: Any) -> None:
    page = make_case(garam)
    before = Revision.objects.count()
    page.limits = f"<p>{NUMBER}</p>"

    with pytest.raises(ValidationError):
        page.save_revision()

    assert Revision.objects.count() == before


def test_the_form_says_where_the_number_stands_and_keeps_what_was_typed(
    garam: Any, garam_editor: Any, login: Any
) -> None:
    page = make_case(garam, live=False)
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])

    answer = login(garam_editor).post(address, case_form(result_line=f"명단: {NUMBER}"))

    shown = answer.content.decode()
    assert answer.status_code == 200
    assert "주민등록번호로 보이는 글이 있습니다" in shown
    assert not Revision.objects.filter(content__icontains="1234568").exists()
    assert not Event.objects.filter(data__icontains="1234568").exists()


def test_a_telephone_number_is_told_to_the_author(
    garam: Any, garam_editor: Any, login: Any
) -> None:
    page = make_case(garam, live=False)
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])

    answer = login(garam_editor).post(address, case_form(result_line=f"문의: {PHONE}"), follow=True)

    said = [str(message) for message in answer.context["messages"]]
    assert any("휴대전화 번호로 보이는 글" in line for line in said), said
    assert not any("5678" in line for line in said)


def test_who_approves_is_told_of_a_telephone_number_without_it(
    garam: Any, garam_editor: Any, garam_approver: Any
) -> None:
    page = make_case(garam, live=False, result_line=f"문의: {PHONE}")
    page.save_revision(user=garam_editor)
    page.get_workflow().start(page, garam_editor)

    write_notices()

    mail = MailOut.objects.get(recipient=garam_approver)
    assert "‘결과 한 문장’ 1째 줄: 휴대전화 번호로 보이는 글이 있습니다." in mail.text
    assert "5678" not in mail.text


def test_figures_dates_and_an_offices_address_are_no_personal_data(garam: Any) -> None:
    page = make_case(garam, result_line="2026-03-02부터 1,436건, 062-960-0000, jobs@gwangsan.go.kr")

    assert warnings_of(page) == []
