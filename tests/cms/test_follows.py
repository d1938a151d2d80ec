"""알림 받기 on the screen: a look changes nothing, a button does, and nobody needs a login."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from cms.follows import tell_followers_of_pages
from cms.queries.follows import topic_of
from coalition.advocacy.actions import ask_follow, confirm_follow
from coalition.advocacy.following import confirm_link, end_link
from coalition.advocacy.models import Follow
from coalition.drafts.models import Bill
from coalition.record.models import Event, MailOut, Person
from tests.factories import make_case, make_news
from tests.factories.positions import make_position, make_terms

pytestmark = pytest.mark.django_db


def _path(link: str) -> str:
    return "/" + link.partition("//")[2].partition("/")[2]


def _ask(client: Client, **fields: str) -> Any:
    told = {"kind": "clause", "key": "sjsa/v0.3/art_21", "email": "one@example.kr", "consent": "1"}
    return client.post("/follow/", {**told, **fields})


def test_a_clause_is_followed_by_mail_and_button(sjsa: Bill, client: Client) -> None:
    page = client.get("/bills/sjsa/v0.3/art_21/").content.decode()
    address = re.search(r'href="(/follow/[^"]+)"', page)
    assert address is not None
    form = client.get(address[1].replace("&amp;", "&"))
    assert "제21조" in form.content.decode()
    assert "no-store" in form["Cache-Control"]

    assert "확인 메일을 보냈습니다" in _ask(client).content.decode()
    follow = Follow.objects.get()
    link = _path(confirm_link(follow))
    assert link in MailOut.objects.get().text
    assert "알림을 받으시겠습니까" in client.get(link).content.decode()
    follow.refresh_from_db()
    assert follow.confirmed_at is None  # a mail program's look confirms nothing
    client.post(link)
    follow.refresh_from_db()
    assert follow.confirmed_at is not None


def test_it_is_ended_without_a_login_and_a_look_ends_nothing(sjsa: Bill) -> None:
    for key in ("sjsa/v0.3/art_21", "sjsa/v0.3/art_22"):
        topic = topic_of("clause", key)
        assert topic is not None
        confirm_follow(follow=ask_follow(topic=topic, email="one@example.kr", by=None), by=None)
    person = Person.objects.get()
    link, stranger = _path(end_link(person)), Client(enforce_csrf_checks=True)

    assert stranger.get(link).content.decode().count("그만 받기<span") == 2
    assert Follow.objects.filter(ended_at__isnull=True).count() == 2
    first = Follow.objects.order_by("pk")[0]
    stranger.post(link, {"follow": str(first.pk)})
    assert Follow.objects.filter(ended_at__isnull=True).count() == 1
    answer = stranger.post(link, {"List-Unsubscribe": "One-Click"})
    assert "지웁니다" in answer.content.decode()
    assert not Follow.objects.filter(ended_at__isnull=True).exists()


def test_the_answer_does_not_tell_whether_an_address_is_known(sjsa: Bill, client: Client) -> None:
    first, second = _ask(client).content, _ask(client).content

    assert first == second
    assert MailOut.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"email": "no address"}, 400),
        ({"consent": ""}, 400),
        ({"key": "sjsa/v9/art_1"}, 404),
        ({"key": "sjsa/v0.3/art_21__para_1"}, 404),
        ({"kind": "everything"}, 404),
        ({"kind": "case", "key": "x"}, 404),
        ({"kind": "case", "key": "9" * 60}, 404),
        ({"kind": "bill", "key": "none"}, 404),
    ],
)
def test_bad_input_is_told(fields: dict[str, str], status: int, sjsa: Bill, client: Client) -> None:
    assert _ask(client, **fields).status_code == status
    assert not Person.objects.exists()


def test_a_machine_that_fills_in_everything_is_thanked_and_ignored(
    sjsa: Bill, client: Client
) -> None:
    assert _ask(client, website="x").status_code == 200
    assert not Person.objects.exists()


def test_wrong_links_are_no_pages(sjsa: Bill, client: Client) -> None:
    for path in ("/follow/confirm/x/", "/follow/end/x/", "/follow/"):
        assert client.get(path).status_code == 404


def test_who_follows_a_municipality_hears_of_a_new_case_once(garam: Any) -> None:
    topic = topic_of("municipality", "garam")
    assert topic is not None
    confirm_follow(follow=ask_follow(topic=topic, email="one@example.kr", by=None), by=None)
    page = make_case(garam, "마을 돌봄")
    while tell_followers_of_pages():
        pass
    told = MailOut.objects.filter(key__startswith="quiet:")
    assert [m.subject for m in told] == ["[연대 허브] 새 글: 마을 돌봄"]

    page.save_revision().publish()
    assert Event.objects.filter(verb="page.published", object_id=page.pk).count() >= 2
    while tell_followers_of_pages():
        pass
    assert told.count() == 1
    topic = topic_of("case", str(page.pk))
    assert topic is not None
    confirm_follow(follow=ask_follow(topic=topic, email="two@example.kr", by=None), by=None)
    page.save_revision().publish()
    while tell_followers_of_pages():
        pass
    assert [m.person.email for m in told.order_by("pk") if m.person] == [
        "one@example.kr",
        "two@example.kr",
    ]


def test_no_page_shows_an_address(sjsa: Bill, secretariat: Any, login: Any) -> None:
    topic = topic_of("bill", "sjsa")
    assert topic is not None
    follow = ask_follow(topic=topic, email="one@example.kr", by=None)
    confirm_follow(follow=follow, by=None)

    for path in (_path(confirm_link(follow)), _path(end_link(follow.person)), "/bills/sjsa/"):
        assert "one@example.kr" not in Client().get(path).content.decode()
    assert not any("one@" in str(event.data) for event in Event.objects.all())


def test_feeds_tell_of_changed_words_and_of_no_renumbering(sjsa: Bill, client: Client) -> None:
    changed = client.get("/feeds/bills/sjsa/art_21/").content.decode()
    assert "보조할 수 있다" in changed
    assert changed.count("<entry>") == 1
    renumbered = client.get("/feeds/bills/sjsa/art_22/").content.decode()
    assert "<entry>" not in renumbered
    assert client.get("/feeds/bills/sjsa/").content.decode().count("<entry>") == 2
    assert client.get("/feeds/bills/sjsa/art_99/").status_code == 404
    assert client.get("/feeds/bills/none/").status_code == 404


def _links(client: Client, address: str) -> list[str]:
    page = client.get(address).content.decode()
    found = re.findall(
        r'<link rel="alternate" type="application/atom\+xml"[^>]*href="([^"]+)"', page
    )
    return [one for one in found if one not in ("/feeds/cases/", "/feeds/bills/")]


def test_every_page_that_is_followed_leads_to_its_feed(
    sjsa: Bill, garam: Any, client: Client
) -> None:
    case = make_case(garam, "마을 돌봄")
    feeds = {
        "/bills/sjsa/": "/feeds/bills/sjsa/",
        "/bills/sjsa/v0.2/art_20/": "/feeds/bills/sjsa/v0.2/art_20/",
        case.address: f"/feeds/cases/{case.pk}/",
        "/municipalities/garam/": "/feeds/municipalities/garam/",
    }
    for page, feed in feeds.items():
        assert _links(client, page) == [feed]
        answer = client.get(feed)
        assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    for page in ("/bills/sjsa/v0.2/art_20/", case.address, "/municipalities/garam/"):
        form = re.search(r'href="(/follow/[^"]+)"', client.get(page).content.decode())
        assert form is not None
        assert feeds[page] in client.get(form[1].replace("&amp;", "&")).content.decode()


def test_feeds_of_a_case_and_a_municipality_hold_only_what_is_public(
    sjsa: Bill, garam: Any, nuri: Any, secretariat: Any, client: Client
) -> None:
    make_terms()
    case, news = make_case(garam, "마을 돌봄"), make_news(garam, "대화마당을 엽니다")
    make_case(garam, "아직 초안", live=False)
    make_case(nuri, "누리의 사례")
    version = sjsa.versions.get(no="0.3")
    day = version.date
    make_position(garam, version, by=secretariat, on=day, verified=day, reason="필요하다")
    make_position(garam, version, "art_1", by=secretariat, on=day, reason="아직 확인 전")
    text = client.get("/feeds/municipalities/garam/").content.decode()
    assert text.count("<entry>") == 3
    assert all(word in text for word in ("마을 돌봄", "대화마당", "입장 확인: 지지", "필요하다"))
    assert not any(word in text for word in ("초안", "누리", "확인 전"))

    case.result_line = "더 나아졌다."
    case.save_revision().publish()
    case.title = "고치는 중"
    case.save_revision()
    text = client.get(f"/feeds/cases/{case.pk}/").content.decode()
    assert [word in text for word in ("실렸습니다", "바뀌었습니다", "고치는 중")] == [
        True,
        True,
        False,
    ]
    case.unpublish()
    news.unpublish()
    assert client.get(f"/feeds/cases/{case.pk}/").status_code == 404
    assert client.get("/feeds/municipalities/garam/").content.decode().count("<entry>") == 1
    assert client.get("/feeds/municipalities/none/").status_code == 404
    assert client.get("/feeds/bills/sjsa/v0.9/art_1/").status_code == 404
