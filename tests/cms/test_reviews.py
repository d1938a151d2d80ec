"""Outside reviewers read one draft until a day; the 사무국 decides about the case book and nothing else."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cms.actions import decide_case_book, make_review_link, revoke_review_link
from cms.models import CaseBookEntry, CaseBookState, CasePage, ReviewLink
from cms.notices import write_notices
from cms.reviews import hash_of_token
from coalition.record.models import MailOut
from tests.factories import make_case
from tests.factories.pages import publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(garam: Any, garam_editor: Any) -> Any:
    page = make_case(garam, "아직 초안인 사례", live=False, owner=garam_editor)
    page.save_revision(user=garam_editor)
    return page


def _link(page: Any, by: Any, days: int = 7) -> tuple[ReviewLink, str]:
    link, token = make_review_link(page=page, reader="노동연구원", days=days, by=by)
    return link, reverse("review", args=[token])


def test_a_stranger_with_the_link_reads_the_draft_as_it_will_be_seen(
    draft: Any, garam_editor: Any, client: Client
) -> None:
    _, address = _link(draft, garam_editor)
    draft.result_line = "방금 고친 한 문장"
    draft.save_revision(user=garam_editor)

    answer = client.get(address)

    shown = answer.content.decode()
    assert answer.status_code == 200
    assert "방금 고친 한 문장" in shown
    assert "검토용 초안입니다" in shown
    assert "noindex" in answer["X-Robots-Tag"]
    assert "no-store" in answer["Cache-Control"]
    assert answer["Referrer-Policy"] == "no-referrer"
    assert client.get(draft.address).status_code == 404


def test_the_link_shows_no_other_draft(
    draft: Any, garam: Any, garam_editor: Any, client: Client
) -> None:
    other = make_case(garam, "다른 초안", live=False)
    other.save_revision()

    _, address = _link(draft, garam_editor)

    assert "다른 초안" not in client.get(address).content.decode()


def test_after_its_day_it_is_gone(draft: Any, garam_editor: Any, client: Client) -> None:
    link, address = _link(draft, garam_editor)
    past = timezone.now() - dt.timedelta(days=8)
    ReviewLink.objects.filter(pk=link.pk).update(
        made_at=past, expires_at=past + dt.timedelta(days=7)
    )

    answer = client.get(address)

    assert answer.status_code == 410
    assert "아직 초안인 사례" not in answer.content.decode()
    assert "검토 링크가 끝났습니다" in answer.content.decode()


def test_a_revoked_link_is_gone_at_once(draft: Any, garam_editor: Any, client: Client) -> None:
    link, address = _link(draft, garam_editor)

    revoke_review_link(link=link, by=garam_editor)

    assert client.get(address).status_code == 410


@pytest.mark.parametrize("token", ["x", "a" * 5_000, "가나다"])
def test_what_never_was_a_link_is_not_found(token: str, client: Client) -> None:
    assert client.get(f"/review/{token}/").status_code == 404


def test_the_token_is_not_kept_and_shown_once(draft: Any, garam_editor: Any, login: Any) -> None:
    client, address = login(garam_editor), reverse("review_links", args=[draft.pk])

    made = client.post(address, {"reader": "노동연구원", "days": "7"})

    shown = BeautifulSoup(made.content, "html.parser").select_one("#made-link")
    assert shown is not None
    token = str(shown["value"]).rstrip("/").rsplit("/", 1)[-1]
    link = ReviewLink.objects.get()
    assert link.token_hash == hash_of_token(token)
    assert token not in client.get(address).content.decode()
    assert Client().get(reverse("review", args=[token])).status_code == 200


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"reader": "", "days": "7"}, "누구에게 보내는지"),
        ({"reader": "연구원", "days": "31"}, "30일까지"),
        ({"reader": "연구원", "days": "일곱"}, "숫자로"),
    ],
)
def test_a_wrong_form_says_what_is_wrong(
    data: dict[str, str], said: str, draft: Any, garam_editor: Any, login: Any
) -> None:
    answer = login(garam_editor).post(reverse("review_links", args=[draft.pk]), data)

    assert said in answer.content.decode()
    assert not ReviewLink.objects.exists()


@pytest.mark.parametrize("who", ["nuri_editor", "nuri_approver", "secretariat"])
def test_nobody_else_makes_or_revokes_a_link(
    who: str, draft: Any, garam_editor: Any, login: Any, request: pytest.FixtureRequest
) -> None:
    link, _ = _link(draft, garam_editor)
    client = login(request.getfixturevalue(who))

    made = client.post(reverse("review_links", args=[draft.pk]), {"reader": "나", "days": "7"})
    closed = client.post(reverse("revoke_review_link", args=[draft.pk, link.pk]))

    link.refresh_from_db()
    assert {made.status_code, closed.status_code} <= {302, 403, 404}
    assert link.is_open
    assert ReviewLink.objects.count() == 1


# --- 공동 사례집 ---


@pytest.fixture
def offered(garam: Any, garam_editor: Any, garam_approver: Any) -> CasePage:
    return make_case(garam, "사례집에 낸 사례", owner=garam_editor, in_case_book=True)


def test_only_what_is_offered_waits_and_it_is_public_meanwhile(
    offered: CasePage, garam: Any, client: Client
) -> None:
    make_case(garam, "내지 않은 사례")

    entry = CaseBookEntry.objects.get()
    assert entry.page == offered
    assert entry.state == CaseBookState.WAITING
    answer = client.get(offered.address)
    assert answer.status_code == 200
    assert "공동 사례집" not in answer.content.decode()


def test_the_secretariat_is_asked_by_mail_and_its_answer_is_mailed(
    offered: CasePage, secretariat: Any, garam_editor: Any, login: Any
) -> None:
    write_notices()
    asked = MailOut.objects.get(recipient=secretariat)
    desk = login(secretariat)
    shown = desk.get(reverse("case_book:index")).content.decode()

    entry = CaseBookEntry.objects.get()
    desk.post(
        reverse("case_book:decide", args=[entry.pk]), {"do": "decline", "reason": "n이 없습니다"}
    )
    write_notices()

    offered.refresh_from_db()
    told = MailOut.objects.filter(recipient=garam_editor).latest("pk")
    assert "사례집 확인을 기다립니다" in asked.subject
    assert "사례집에 낸 사례" in shown
    assert "n이 없습니다" in told.text
    assert offered.live


def test_a_refusal_without_a_reason_is_refused(
    offered: CasePage, secretariat: Any, login: Any
) -> None:
    entry = CaseBookEntry.objects.get()

    answer = login(secretariat).post(
        reverse("case_book:decide", args=[entry.pk]), {"do": "decline", "reason": " "}, follow=True
    )

    entry.refresh_from_db()
    assert "까닭을 적으세요" in answer.content.decode()
    assert entry.state == CaseBookState.WAITING


def test_what_was_taken_says_so_and_stays_taken_when_it_is_mended(
    offered: CasePage, secretariat: Any, client: Client
) -> None:
    decide_case_book(entry=CaseBookEntry.objects.get(), taken=True, reason="", by=secretariat)

    publish(CasePage.objects.get(pk=offered.pk))

    assert CaseBookEntry.objects.count() == 1
    assert "공동 사례집" in client.get(offered.address).content.decode()


def test_what_was_declined_is_looked_at_again_after_it_was_mended(
    offered: CasePage, secretariat: Any
) -> None:
    decide_case_book(
        entry=CaseBookEntry.objects.get(), taken=False, reason="출처가 없음", by=secretariat
    )

    publish(CasePage.objects.get(pk=offered.pk))

    states = CaseBookEntry.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == [CaseBookState.DECLINED, CaseBookState.WAITING]


@pytest.mark.parametrize("who", ["garam_editor", "garam_approver", "nuri_approver"])
def test_no_municipality_decides_about_the_case_book(
    who: str, offered: CasePage, login: Any, request: pytest.FixtureRequest
) -> None:
    entry, client = CaseBookEntry.objects.get(), login(request.getfixturevalue(who))

    shown = client.get(reverse("case_book:index")).status_code
    done = client.post(reverse("case_book:decide", args=[entry.pk]), {"do": "take"}).status_code

    entry.refresh_from_db()
    assert {shown, done} <= {302, 403, 404}
    assert entry.state == CaseBookState.WAITING
