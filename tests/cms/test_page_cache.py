"""A kept page is shown again until anything that readers see has changed, and never to anybody it is not for."""

from __future__ import annotations

import datetime as dt
import gzip
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction, Site

from cms import cache
from cms.cache_shelf import PLACES, Kept, Shelf
from cms.models import HubImage, Operator
from coalition.members.models import Municipality
from coalition.record.queries import content_version
from tests.factories import make_case, make_news

pytestmark = pytest.mark.django_db
HOME = "/municipalities/garam/"


@pytest.fixture
def reader(settings: Any, tmp_path: Path) -> Client:
    """Somebody without a login, before a hub that keeps its pages."""
    settings.HUB_PAGE_CACHE = True
    settings.CACHE_ROOT = tmp_path / "cache"
    return Client()


def _commit() -> None:
    """What waits for the end of the transaction on PostgreSQL is done now."""
    connection.check_constraints()


def _said(client: Client, address: str, **headers: str) -> str:
    _commit()
    return str(client.get(address, headers=headers).headers.get("X-Hub-Cache", "made"))


def _keep(client: Client, address: str) -> Any:
    """The page as it is now, kept."""
    _commit()
    client.get(address)
    answer = client.get(address)
    assert answer.headers["X-Hub-Cache"] == "hit"
    return answer


def test_a_kept_page_is_what_was_made_and_asks_the_database_once(
    reader: Client, garam: Any
) -> None:
    _commit()
    made = reader.get(HOME)

    with CaptureQueriesContext(connection) as asked:
        kept = reader.get(HOME)

    assert (made.headers["X-Hub-Cache"], kept.headers["X-Hub-Cache"]) == ("miss", "hit")
    assert kept.content == made.content
    assert {**kept.headers, "X-Hub-Cache": ""} == {**made.headers, "X-Hub-Cache": ""}
    assert not asked.captured_queries  # the one look goes past Django's cursor


def test_it_carries_the_headers_that_protect_a_page(reader: Client, garam: Any) -> None:
    kept = _keep(reader, HOME)

    assert "script-src 'self'" in kept["Content-Security-Policy"]
    assert kept["X-Content-Type-Options"] == "nosniff"
    assert kept["X-Frame-Options"] == "SAMEORIGIN"
    assert kept["Referrer-Policy"]
    assert kept["Cache-Control"] == "no-cache"


def test_a_browser_that_has_it_gets_no_body_again(reader: Client, garam: Any) -> None:
    etag = _keep(reader, HOME)["ETag"]

    again = reader.get(HOME, headers={"If-None-Match": f'"other", {etag}'})

    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == etag
    assert reader.get(HOME, headers={"If-None-Match": '"other"'}).status_code == 200


def test_it_is_sent_packed_to_those_who_can_unpack(reader: Client, garam: Any) -> None:
    plain = _keep(reader, HOME)

    packed = reader.get(HOME, headers={"Accept-Encoding": "gzip, br"})

    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert packed["ETag"] != plain["ETag"]
    assert packed["Vary"] == plain["Vary"] == "Accept-Encoding"


def test_head_says_the_same_and_sends_nothing(reader: Client, garam: Any) -> None:
    kept = _keep(reader, HOME)

    head = reader.head(HOME)

    assert (head.status_code, head.content) == (200, b"")
    assert head["Content-Length"] == kept["Content-Length"]
    assert head["X-Hub-Cache"] == "hit"


def _unpublish(case: Any) -> None:
    case.unpublish()


def _rename(case: Any) -> None:
    case.slug = "other-address"
    case.save_revision().publish()


def _restrict(case: Any) -> None:
    PageViewRestriction.objects.create(page=case, restriction_type=PageViewRestriction.LOGIN)


def _publish(case: Any) -> None:
    case.title = "고친 제목"
    case.save_revision().publish()


CHANGES: dict[str, Callable[[Any], Any]] = {
    "unpublish": _unpublish,
    "publish": _publish,
    "restrict": _restrict,
    "delete": lambda case: case.delete(),
    "rename": _rename,
    "order": lambda case: case.move(case.get_parent(), pos="first-child"),
    "another page": lambda case: make_news(Municipality.objects.get(slug="garam"), "새 소식"),
    "operator": lambda case: Operator.objects.update_or_create(
        site=Site.objects.get(), defaults={"name": "다른 곳"}
    ),
    "site": lambda case: Site.objects.update(site_name="다른 이름"),
    "by hand": lambda case: type(case).objects.filter(pk=case.pk).update(live=False),
}


@pytest.mark.parametrize("change", CHANGES)
def test_after_a_change_the_next_reader_sees_it(reader: Client, garam: Any, change: str) -> None:
    make_case(garam, "먼저 쓴 사례")
    case = make_case(garam, "돌봄 사례")
    for address in (case.address, HOME, "/"):
        _keep(reader, address)

    CHANGES[change](case)

    for address in (case.address, HOME, "/"):
        assert _said(reader, address) != "hit"
    if change in ("unpublish", "delete", "by hand", "restrict", "rename"):
        assert reader.get(case.address).status_code in (302, 404)


def test_a_picture_and_its_words_belong_to_the_page(reader: Client, garam: Any) -> None:
    HubImage.objects.bulk_create(
        [HubImage(title="그림", file="x.png", width=1, height=1, description="가")]
    )
    _keep(reader, HOME)

    HubImage.objects.update(description="나")

    assert _said(reader, HOME) == "miss"


def test_what_an_editor_keeps_as_a_draft_changes_nothing(reader: Client, garam: Any) -> None:
    case = make_case(garam, "돌봄 사례")
    _keep(reader, case.address)

    case.title = "아직 아닌 제목"
    case.save_revision()

    assert _said(reader, case.address) == "hit"


def test_a_page_goes_when_its_time_is_over_and_with_it_what_shows_it(
    reader: Client, garam: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = make_case(garam, "돌봄 사례")
    end = timezone.now() + dt.timedelta(minutes=5)
    type(case).objects.filter(pk=case.pk).update(expire_at=end)
    for address in (case.address, HOME):
        _keep(reader, address)

    monkeypatch.setattr(cache.time, "time", lambda: end.timestamp() + 1)

    assert _said(reader, HOME) == "miss"
    type(case).objects.filter(pk=case.pk).update(expire_at=timezone.now())
    assert reader.get(case.address).status_code == 404


def test_a_new_day_makes_pages_anew(
    reader: Client, garam: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    _keep(reader, HOME)

    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    monkeypatch.setattr(cache.timezone, "localdate", lambda: tomorrow)

    assert _said(reader, HOME) == "miss"


def test_somebody_who_is_logged_in_neither_sees_nor_makes_a_kept_page(
    reader: Client, garam_editor: Any
) -> None:
    _keep(reader, HOME)
    reader.force_login(garam_editor)

    assert _said(reader, HOME) == "made"
    assert _said(reader, "/news/") == "made"
    assert _said(Client(), "/news/") == "miss"


@pytest.mark.parametrize(
    "address",
    [
        f"{HOME}?on=2026-05-01",
        f"{HOME}?utm_source=mail",
        f"{HOME}?page=1&x=1",
        f"{HOME}?page={'1' * 100}",
        "/search/",
        "/search/?q=돌봄",
        "/cases/",
        "/data/",
        "/api/v1/search?q=돌봄",
        "/feeds/search/?q=돌봄",
        "/follow/?kind=bill&key=sjsa",
        "/review/abc/",
        "/invitation/abc/",
        "/healthz/live",
        "/admin/login/",
        "/no/such/page/",
        "/municipalities/garam",
    ],
)
def test_what_is_not_for_everybody_or_not_for_long_is_never_kept(
    reader: Client, garam: Any, address: str
) -> None:
    assert _said(reader, address) == "made"
    assert _said(reader, address) == "made"


def test_a_host_that_is_not_ours_gets_nothing_that_is_kept(reader: Client, garam: Any) -> None:
    _keep(reader, HOME)

    assert reader.get(HOME, headers={"Host": "evil.example"}).status_code == 400
    assert _said(reader, HOME, **{"X-Forwarded-Host": "evil.example"}) == "hit"
    assert b"evil.example" not in reader.get(HOME).content


def test_answers_that_set_a_cookie_or_forbid_it_are_not_kept() -> None:
    from django.http import HttpResponse, StreamingHttpResponse

    def answer(**headers: str) -> HttpResponse:
        return HttpResponse(
            "글", headers={name.replace("_", "-"): v for name, v in headers.items()}
        )

    with_cookie = answer()
    with_cookie.set_cookie("csrftoken", "x")

    assert cache.may_be_kept(answer())
    assert not cache.may_be_kept(with_cookie)
    assert not cache.may_be_kept(answer(Cache_Control="private"))
    assert not cache.may_be_kept(answer(Vary="Accept-Encoding,  Cookie"))
    assert not cache.may_be_kept(answer(Vary="*"))
    assert not cache.may_be_kept(answer(Content_Disposition="attachment"))
    assert not cache.may_be_kept(HttpResponse("글", status=404))
    assert not cache.may_be_kept(StreamingHttpResponse(["글"]))


def test_the_shelf_never_has_more_than_its_places(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "cache")
    for number in range(PLACES + 500):
        shelf.put(Kept.of(f"/?page={number}", "now", None, [], b"x"))

    assert len(list(shelf.folder.iterdir())) <= PLACES


def test_a_spoilt_or_foreign_file_is_no_page(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "cache")
    kept = Kept.of("/a", "now", None, [["X", "가"]], b"body" * 1000)
    shelf.put(kept)
    (place,) = shelf.folder.iterdir()

    assert shelf.get("/a", "now", 0) == kept
    assert shelf.get("/a", "later", 0) is None
    for spoilt in (b"", b"{", b"[]\n", place.read_bytes()[:200], b'{"size": 1}\nx'):
        place.write_bytes(spoilt)
        assert shelf.get("/a", "now", 0) is None


def test_a_disk_that_takes_nothing_stops_no_reader(
    reader: Client, garam: Any, settings: Any, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    settings.CACHE_ROOT = tmp_path / "file" / "cache"
    unlucky = Client()

    _commit()
    assert unlucky.get(HOME).status_code == 200
    assert unlucky.get(HOME).headers["X-Hub-Cache"] == "miss"


def test_without_its_database_the_hub_says_so_and_when_to_come_back(
    reader: Client, garam: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    _keep(reader, HOME)
    reader.raise_request_exception = False

    def away(*args: Any, **kwargs: Any) -> None:
        raise OperationalError("away")

    monkeypatch.setattr(cache, "content_version", away)
    monkeypatch.setattr("cms.views.pages.is_restricted", away)
    answer = reader.get(HOME)

    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert "잠시" in answer.content.decode()
    assert "away" not in answer.content.decode()


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_no_other_connection_sees_the_version_before_the_change() -> None:
    import threading

    from django.db import transaction

    from coalition.record.actions import record_event
    from coalition.record.models import Source

    seen: list[str] = []

    def look() -> None:
        seen.append(content_version())
        connection.close()

    def elsewhere() -> str:
        thread = threading.Thread(target=look)
        thread.start()
        thread.join()
        return seen[-1]

    before = elsewhere()
    with transaction.atomic():
        record_event("source.changed", Source.objects.create(title="가", publisher="나"), by=None)
        assert elsewhere() == before

    assert elsewhere() != before
