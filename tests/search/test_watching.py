"""A followed search tells of what is new and public, once, whatever happens to the worker."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cms.queries.follows import topic_of
from coalition.advocacy.actions import ask_follow, confirm_follow, end_follows
from coalition.advocacy.models import Follow
from coalition.drafts.models import Bill
from coalition.record.models import Event, MailOut, Person
from search import watching
from search.models import SearchWatch
from tests.factories import make_bill, make_case, make_news, make_version
from tests.generators.statutes import bill as text_of

pytestmark = pytest.mark.django_db
Jobs = Callable[[], int]


def _follow(email: str = "one@example.kr", **asked: str) -> Follow:
    topic = topic_of("query", urlencode(asked))
    assert topic is not None
    return confirm_follow(follow=ask_follow(topic=topic, email=email, by=None), by=None)


def _mails() -> list[MailOut]:
    return list(MailOut.objects.filter(key__startswith="quiet:follow").order_by("pk"))


def _an_hour_later() -> None:
    SearchWatch.objects.update(told_at=timezone.now() - dt.timedelta(hours=2))


def test_what_is_published_afterwards_is_told_with_its_address(garam: Any, run_jobs: Jobs) -> None:
    make_case(garam, "폐배터리 수거함")
    run_jobs()
    _follow(q="폐배터리")
    run_jobs()
    assert _mails() == []  # what stood there is no news

    page = make_case(garam, "폐배터리 재활용")
    make_case(garam, "마을 돌봄")
    run_jobs()

    (mail,) = _mails()
    assert mail.subject == "[연대 허브] 검색 ‘폐배터리’: 새 결과 1건"
    assert f"http://127.0.0.1:8000{page.address}" in mail.text
    assert "폐배터리 재활용 (사례, 가람시, 가상)" in mail.text
    assert "마을 돌봄" not in mail.text
    assert "수거함" not in mail.text
    assert "/follow/end/" in mail.text
    run_jobs()
    assert len(_mails()) == 1


def test_facets_narrow_what_is_told(garam: Any, nuri: Any, run_jobs: Jobs) -> None:
    run_jobs()
    _follow(q="폐배터리", region="X0002", kind="case")
    make_case(garam, "폐배터리 재활용")
    make_news(nuri, "폐배터리 모으는 날")
    make_case(nuri, "폐배터리 수거함")
    run_jobs()

    (mail,) = _mails()
    assert mail.subject.endswith("검색 ‘폐배터리’ (종류: 사례, 지역: 누리군): 새 결과 1건")
    assert "수거함" in mail.text
    assert "모으는 날" not in mail.text


def test_a_search_that_finds_nothing_yet_waits_for_its_word(garam: Any, run_jobs: Jobs) -> None:
    """Not for words that are like it: the page would have tried them."""
    _follow(q="수소충전소")
    make_case(garam, "수소 이야기")
    run_jobs()
    assert _mails() == []
    make_case(garam, "수소충전소 안전지기")
    run_jobs()
    assert len(_mails()) == 1


def test_a_page_that_comes_back_is_no_news_and_one_that_now_matches_is(
    garam: Any, run_jobs: Jobs
) -> None:
    _follow(q="폐배터리")
    page, other = make_case(garam, "폐배터리 재활용"), make_case(garam, "마을 돌봄")
    run_jobs()
    assert len(_mails()) == 1
    _an_hour_later()

    page.unpublish()
    run_jobs()
    page.save_revision().publish()
    run_jobs()
    assert len(_mails()) == 1
    other.title = "마을 돌봄과 폐배터리"
    other.save_revision().publish()
    run_jobs()
    assert len(_mails()) == 2
    assert "마을 돌봄과 폐배터리" in _mails()[1].text
    assert "재활용" not in _mails()[1].text


def test_what_is_no_longer_public_is_not_told(garam: Any, run_jobs: Jobs) -> None:
    _follow(q="폐배터리")
    gone, stays = make_case(garam, "폐배터리 재활용"), make_case(garam, "폐배터리 수거함")
    draft = make_case(garam, "폐배터리 초안", live=False)
    from search.projection import project_unread

    while project_unread():
        pass
    watching.watch_searches()
    gone.unpublish()
    run_jobs()

    (mail,) = _mails()
    assert stays.title in mail.text
    assert gone.title not in mail.text
    assert draft.title not in mail.text


def test_an_hour_is_gathered_into_one_mail(garam: Any, run_jobs: Jobs) -> None:
    _follow(q="폐배터리")
    make_case(garam, "폐배터리 하나")
    run_jobs()
    make_case(garam, "폐배터리 둘")
    run_jobs()
    make_case(garam, "폐배터리 셋")
    run_jobs()
    assert len(_mails()) == 1

    _an_hour_later()
    run_jobs()
    assert len(_mails()) == 2
    assert "새 결과 2건" in _mails()[1].subject


def test_killed_between_two_mails_each_gets_one(
    garam: Any, run_jobs: Jobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once while it notes what is new, once while it writes the mails."""
    from coalition.advocacy import telling

    for number in range(3):
        _follow(f"one{number}@example.kr", q="폐배터리")
    make_case(garam, "폐배터리 재활용")
    with monkeypatch.context() as broken:
        broken.setattr("search.actions.record_event", _killed)
        with pytest.raises(KeyboardInterrupt):
            run_jobs()
    assert not Event.objects.filter(verb="search.found").exists()
    write, written = telling.write_mail, []

    def killed_at_the_second(**mail: Any) -> Any:
        if written:
            raise KeyboardInterrupt
        written.append(mail)
        return write(**mail)

    with monkeypatch.context() as broken:
        broken.setattr(telling, "write_mail", killed_at_the_second)
        with pytest.raises(KeyboardInterrupt):
            run_jobs()
    assert len(_mails()) == 1

    run_jobs()
    assert [m.person.email for m in _mails() if m.person] == [
        "one0@example.kr",
        "one1@example.kr",
        "one2@example.kr",
    ]
    assert Event.objects.filter(verb="search.found").count() == 1


def _killed(*args: Any, **kwargs: Any) -> None:
    raise KeyboardInterrupt


def test_of_a_new_version_only_changed_articles_are_told(run_jobs: Jobs) -> None:
    """제20조 → 제21조 (보조한다 → 보조할 수 있다) is found anew; 제21조 → 제22조 only moved on."""
    bill = make_bill("sjsa", "지속가능 일자리 지원법안")
    make_version(bill, "0.2", text=text_of("0.2"))
    run_jobs()
    _follow(kind="provision")
    make_version(Bill.objects.get(), "0.3", text=text_of("0.3"), date=dt.date(2026, 9, 1))
    run_jobs()

    (mail,) = _mails()
    assert "/bills/sjsa/v0.3/art_21/" in mail.text
    assert "/bills/sjsa/v0.3/art_22/" not in mail.text
    assert "/bills/sjsa/v0.3/art_8/" not in mail.text


def test_what_nobody_follows_any_more_is_forgotten_and_an_idle_worker_asks_once(
    garam: Any, run_jobs: Jobs
) -> None:
    follow = _follow(q="폐배터리")
    run_jobs()
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert watching.watch_searches() == 0
    assert len(asked) == 1

    end_follows(person=follow.person, by=None)
    make_case(garam, "폐배터리 재활용")
    run_jobs()
    assert not SearchWatch.objects.exists()
    assert _mails() == []
    assert not Person.objects.exclude(email="").exists()


def test_neither_the_log_nor_the_watch_says_who_looks_for_what(garam: Any, run_jobs: Jobs) -> None:
    _follow(q="폐배터리")
    make_case(garam, "폐기물 이야기")
    make_case(garam, "폐배터리")
    run_jobs()

    told = [str(e.data) for e in Event.objects.exclude(verb__startswith="page.")]
    assert not any("one@" in line or "%ED%8F%90" in line or "폐배터리" in line for line in told)


def test_the_same_search_is_followed_once(garam: Any) -> None:
    _follow(q="폐배터리 ", region="X0001", sort="newest", page="2")
    _follow(region="X0001", q="폐배터리")

    assert Follow.objects.count() == SearchWatch.objects.count() == 1


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("", "먼저"),
        ("sort=newest", "먼저"),
        ("region=가", "region"),
        ("q=" + "가" * 501, "너무 깁니다"),
        ("q=" + "가" * 400, "줄인 뒤"),
        ("q=900101-1234568", "개인정보"),
        ("q=010-1234-5678", "개인정보"),
    ],
)
def test_what_can_not_be_kept_is_said(key: str, said: str, garam: Any, client: Client) -> None:
    answer = client.post(
        "/follow/", {"kind": "query", "key": key, "email": "one@example.kr", "consent": "1"}
    )
    assert answer.status_code == 400
    assert said in answer.content.decode()
    assert not Person.objects.exists()


def test_the_page_leads_to_mail_and_feed(garam: Any, run_jobs: Jobs, client: Client) -> None:
    run_jobs()
    page = client.get("/cases/", {"q": "폐배터리", "page": "1"}).content.decode()
    assert "/follow/?kind=query&amp;key=" in page
    assert page.count("/feeds/search/?q=") == 2  # a link, and rel=alternate
    assert "kind%3Dcase" in page
    form = client.get("/follow/", {"kind": "query", "key": "q=폐배터리&kind=case"})
    assert "검색 ‘폐배터리’ (종류: 사례)" in form.content.decode()
    personal = client.get("/search/", {"q": "010-1234-5678"}).content.decode()
    assert "/follow/?" not in personal


def test_the_feed_holds_what_is_public_the_newest_first(
    garam: Any, run_jobs: Jobs, client: Client
) -> None:
    make_case(garam, "폐배터리 하나")
    run_jobs()
    second = make_case(garam, "폐배터리 둘")
    make_case(garam, "폐배터리 초안", live=False)
    run_jobs()
    answer = client.get("/feeds/search/", {"q": "폐배터리"})
    text = answer.content.decode()
    assert answer["X-Robots-Tag"] == "noindex"
    assert text.count("<entry>") == 2
    assert text.index("폐배터리 둘") < text.index("폐배터리 하나")
    assert "초안" not in text

    second.unpublish()
    assert "폐배터리 둘" not in client.get("/feeds/search/", {"q": "폐배터리"}).content.decode()
    for bad in ("", "?region=가", "?q=900101-1234568", "?q=%00"):
        assert client.get(f"/feeds/search/{bad}").status_code == 400


def test_a_feed_costs_the_same_for_many(
    garam: Any, run_jobs: Jobs, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/feeds/search/?q=폐배터리").status_code == 200
        return len(queries)

    for number in range(2):
        make_case(garam, f"폐배터리 {number}")
    run_jobs()
    asked()
    few = asked()
    for number in range(6):
        make_case(garam, f"폐배터리 더 {number}")
    run_jobs()
    asked()
    assert asked() == few <= 8
    monkeypatch.setattr("search.feeds._FEW", 3)
    assert asked() == few + 1
