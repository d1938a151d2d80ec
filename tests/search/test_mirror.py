"""The real Elasticsearch as a mirror: the same sets, nothing hidden shows, and no fault of it reaches a reader."""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client

from cms.models import CasePage
from search import finding, mirror
from search.backends import choice, elastic
from search.backends.breaker import FAILURES, Breaker
from search.backends.elastic import Server, Unavailable
from search.checks import drifts
from search.finding import Wanted
from search.models import DeadLetter, Mirror, SearchDocument
from search.query import parse
from tests.factories import make_case
from tests.search.golden import QUERIES, Text
from tests.search.hiding import HIDINGS, seen
from tests.search.test_golden import SETS
from tests.services import elasticsearch as service

# One worker, so that one node is enough.
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.elasticsearch,
    pytest.mark.xdist_group("elasticsearch"),
]


@pytest.fixture(scope="session")
def distribution() -> None:
    """Elasticsearch and its Java; missing is a failure with CI=true and a skip with the reason elsewhere."""
    try:
        service.distribution()
        service.java_home()
    except service.Missing as why:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(str(why))


@pytest.fixture(scope="session")
def node(distribution: None) -> Iterator[service.Node]:
    """One node for the session."""
    with service.node() as running:
        yield running


def _settings(url: str, **more: str) -> dict[str, str]:
    known = {"user": service.USER, "password": service.PASSWORD}
    return {"url": url, **known, "api_key": "", "ca": "", "index": "hub", **more}


@pytest.fixture
def server(
    node: service.Node, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> Iterator[service.Node]:
    """The hub with this node as its search server, and nothing in it. Patience is for slow machines:
    how long a reader waits is the concern of one test."""
    monkeypatch.setattr(elastic, "READING", 30.0)
    settings.HUB_ELASTICSEARCH = _settings(node.url)
    _empty()
    _forget()
    yield node
    _forget()


def _empty() -> None:
    for name in Server().names():
        Server().delete(name)


def _forget() -> None:
    choice.breaker.succeeded()
    mirror.Pace.reset()


def _find(text: str, **wanted: Any) -> Any:
    return finding.find(Wanted(parse(text), **wanted))


def _keys(outcome: Any, library: dict[int, Text]) -> list[str]:
    return [library[hit.id].key for hit in outcome.answer.hits]


# ---- the same as the embedded engine -------------------------------------------------------------------


def test_every_question_of_the_golden_set_finds_the_same(
    library: dict[int, Text], server: service.Node
) -> None:
    mirror.sync_all()
    sets = json.loads(SETS.read_text(encoding="utf-8"))

    for query in QUERIES:
        outcome = _find(query.text, limit=1_000)
        keys, full = _keys(outcome, library), outcome.answer.total
        assert (outcome.engine, outcome.degraded) == ("elasticsearch", False)
        assert {"all": sorted(keys[:full]), "some": sorted(keys[full:])} == sets[query.text], (
            query.text
        )
        assert not query.step or str(outcome.step) == query.step


def test_facets_groups_and_orders_are_those_of_the_embedded_engine(
    library: dict[int, Text], server: service.Node, settings: Any
) -> None:
    mirror.sync_all()
    chosen = {"kind": frozenset({"case", "page"}), "region": frozenset({"X0001"})}
    asked = [
        _wanted(text, **wanted)
        for text in ("돌봄", "청년 일자리", "", "일자리 -돌봄", "돌봄 -지역:가람시")
        for wanted in ({}, {"chosen": chosen}, {"group": 3}, {"sort": finding.Sort.NEWEST},
                       {"sort": finding.Sort.EVIDENCE}, {"since": 700_000}, {"offset": 3, "limit": 4})
    ]  # fmt: skip

    there = [finding.find(wanted) for wanted in asked]
    settings.HUB_ELASTICSEARCH = {}
    here = [finding.find(wanted) for wanted in asked]

    for wanted, ours, theirs in zip(asked, here, there, strict=True):
        assert theirs.engine == "elasticsearch"
        assert theirs.answer.facets == ours.answer.facets, wanted
        assert theirs.answer.total == ours.answer.total, wanted
        assert theirs.answer.total_partial == ours.answer.total_partial, wanted
        assert [h.id for h in theirs.answer.hits] == [h.id for h in ours.answer.hits], wanted
        kinds = [[hit.id for hit in group] for group in theirs.answer.groups]
        assert kinds == [[hit.id for hit in group] for group in ours.answer.groups], wanted


def _wanted(text: str, **wanted: Any) -> Wanted:
    return Wanted(parse(text), **wanted)


# ---- what is hidden ------------------------------------------------------------------------------------


def test_what_was_hidden_is_gone_before_the_mirror_hears_of_it(
    server: service.Node, garam: Any, run_jobs: Callable[[], int], client: Client
) -> None:
    page = make_case(garam, "느티나무 아래 쉼터")
    make_case(garam, "느티나무 작업장")
    run_jobs()
    assert _find("느티나무").answer.total == 2

    page.unpublish()
    answer = client.get("/api/v1/search", {"q": "느티나무"}).json()

    assert answer["engine"] == "elasticsearch"
    assert (answer["total"], len(answer["results"])) == (1, 1)
    assert sum(entry["count"] for entry in answer["facets"]["kind"]) == 1


def test_while_the_mirror_is_stale_nothing_hidden_is_behind_any_door(
    server: service.Node, garam: Any, nuri: Any, run_jobs: Callable[[], int], client: Client
) -> None:
    pk = make_case(garam, "느티나무 아래 쉼터").pk
    beside = make_case(nuri, "느티나무 아래 학교")
    run_jobs()
    for hide in HIDINGS:
        with transaction.atomic():
            assert client.get("/api/v1/search", {"q": "느티나무"}).json()["total"] == 2
            hide(CasePage.objects.get(pk=pk))
            assert _find("느티나무").engine == "elasticsearch"
            for name, text, count in seen(client, "느티나무", beside):
                assert "쉼터" not in text, (hide.__name__, name)
                assert count in (None, 1), (hide.__name__, name)
            transaction.set_rollback(True)  # the next one finds it public again


def test_with_too_much_unseen_the_embedded_engine_answers(
    server: service.Node, garam: Any, run_jobs: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    make_case(garam, "느티나무 작업장")
    run_jobs()
    monkeypatch.setattr(choice, "MOST_UNSEEN", 1)
    SearchDocument.objects.update(seq=_later())

    outcome = _find("느티나무")

    assert (outcome.engine, outcome.degraded, outcome.answer.total) == ("embedded", True, 1)


def _later() -> Any:
    from django.db.models import F

    return F("seq") + 10_000_000_000


# ---- faults of the server ------------------------------------------------------------------------------


@pytest.fixture
def filled(server: service.Node, garam: Any, run_jobs: Callable[[], int]) -> service.Node:
    make_case(garam, "느티나무 작업장")
    run_jobs()
    assert _find("느티나무").engine == "elasticsearch"
    return server


def _no_drift() -> None:
    _forget()
    mirror.sync_all()
    assert [drift for drift in drifts() if drift.what == "mirror"] == []
    _forget()
    assert _find("느티나무").engine == "elasticsearch"


def _reads_go_on(client: Client) -> None:
    """The page is there and says who answered; after the first readers nobody asks the server."""
    asked = 0
    answer = elastic.Elastic.answer

    def counted(self: Any, question: Any) -> Any:
        nonlocal asked
        asked += 1
        return answer(self, question)

    with pytest.MonkeyPatch.context() as context:
        context.setattr(elastic.Elastic, "answer", counted)
        for _ in range(5):
            response = client.get("/search/", {"q": "느티나무"})
            html = response.content.decode()
            assert response.status_code == 200
            assert "작업장" in html
            assert "내장 검색으로 찾았습니다" in html
    assert asked <= FAILURES


def test_a_stopped_server_is_not_missed_and_catches_up(
    filled: service.Node, client: Client, garam: Any, run_jobs: Callable[[], int]
) -> None:
    filled.stop()
    try:
        _reads_go_on(client)
        make_case(garam, "느티나무 공원")
        run_jobs()
        assert _find("느티나무").answer.total == 2
    finally:
        filled.start()
    _no_drift()


def test_a_frozen_server_costs_the_first_readers_half_a_second_and_others_nothing(
    filled: service.Node, client: Client, garam: Any, run_jobs: Callable[[], int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(elastic, "READING", 0.5)
    filled.freeze()
    try:
        before = time.monotonic()
        outcome = _find("느티나무")
        assert outcome.engine == "embedded"
        assert 0.4 < time.monotonic() - before < 2
        _reads_go_on(client)
        make_case(garam, "느티나무 공원")
        assert _find("느티나무").answer.total == 1
    finally:
        filled.thaw()
    monkeypatch.setattr(elastic, "READING", 30.0)
    run_jobs()
    _no_drift()


class _Refusing(BaseHTTPRequestHandler):
    """A server that answers everything with one status."""

    status = 429

    def _refuse(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        self.rfile.read(length)
        body = b'{"error": {"type": "refused", "reason": "refused"}, "status": 0}'
        self.send_response(self.status)
        self.send_header("X-Elastic-Product", "Elasticsearch")
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = _refuse  # noqa: N815

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.mark.parametrize("status", [400, 401, 429, 503])
def test_a_server_that_refuses_is_not_missed_and_nothing_is_lost(
    status: int, filled: service.Node, settings: Any, client: Client, garam: Any,
    run_jobs: Callable[[], int], monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(_Refusing, "status", status)
    refusing = ThreadingHTTPServer(("127.0.0.1", 0), _Refusing)
    threading.Thread(target=refusing.serve_forever, daemon=True).start()
    real = settings.HUB_ELASTICSEARCH
    try:
        settings.HUB_ELASTICSEARCH = _settings(f"http://127.0.0.1:{refusing.server_port}")
        _reads_go_on(client)
        make_case(garam, "느티나무 공원")
        run_jobs()
        assert _find("느티나무").answer.total == 2
        assert not DeadLetter.objects.exists()
    finally:
        refusing.shutdown()
        refusing.server_close()
    settings.HUB_ELASTICSEARCH = real
    _no_drift()


def test_a_deleted_index_is_built_anew(
    filled: service.Node, client: Client, run_jobs: Callable[[], int]
) -> None:
    _empty()
    _reads_go_on(client)

    _no_drift()


def test_an_index_with_another_mapping_is_replaced(filled: service.Node, garam: Any) -> None:
    name = Mirror.objects.get().name
    elastic.client().indices.put_mapping(index=name, properties={"strange": {"type": "keyword"}})

    _no_drift()

    assert Mirror.objects.get().name != name
    assert list(Server().names()) == [Mirror.objects.get().name]


def test_lost_documents_are_named_and_the_index_is_built_anew(filled: service.Node) -> None:
    row = SearchDocument.objects.filter(deleted=False).first()
    assert row is not None
    elastic.client().delete(index=Mirror.objects.get().name, id=str(row.pk))
    elastic.client().indices.refresh(index=Mirror.objects.get().name)

    assert list(mirror.drift()) == [f"{row.pk}: 없음"]
    _no_drift()  # the worker sees it by itself


def test_a_refused_document_is_a_dead_letter_and_the_others_go_on(
    filled: service.Node, garam: Any, run_jobs: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    right = elastic.as_document
    page = make_case(garam, "느티나무 공원")
    make_case(garam, "느티나무 광장")
    monkeypatch.setattr(
        elastic,
        "as_document",
        lambda row: {**right(row), **({"strange": 1} if row.key == str(page.pk) else {})},
    )
    run_jobs()

    letter = DeadLetter.objects.get()
    assert (letter.document.key, "strict" in letter.reason) == (str(page.pk), True)
    assert _find("느티나무").answer.total == 2
    assert mirror.standings()[0].refused == 1

    monkeypatch.setattr(elastic, "as_document", right)
    mirror.rebuild()
    _no_drift()
    assert _find("느티나무").answer.total == 3
    assert not DeadLetter.objects.exists()


# ---- rebuilding ----------------------------------------------------------------------------------------


class Killed(BaseException):
    """The process is no more."""


@pytest.mark.parametrize("step", range(1, 15))
def test_a_rebuild_may_be_killed_at_any_step(
    step: int, filled: service.Node, garam: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = 0

    def counted(real: Any) -> Any:
        def call(*args: Any, **kwargs: Any) -> Any:
            nonlocal done
            done += 1
            if done == step:
                raise Killed
            return real(*args, **kwargs)

        return call

    mirror.rebuild()
    with monkeypatch.context() as context:
        context.setattr(mirror, "PORTION", 2)
        for name in ("index_is_ours", "create", "send", "refresh", "count", "point_alias", "names"):
            context.setattr(Server, name, counted(getattr(Server, name)))
        try:
            mirror.sync_all()
        except Killed:
            _forget()
            assert _find("느티나무").answer.total == 1
    _no_drift()
    assert Mirror.objects.filter(serving=True).count() == Mirror.objects.count() == 1


def test_while_a_new_index_is_built_the_old_one_serves_and_neither_misses_a_change(
    filled: service.Node, garam: Any, run_jobs: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    old = Mirror.objects.get().name
    monkeypatch.setattr(mirror, "PORTION", 1)
    mirror.rebuild()
    mirror.sync(look=True)
    page = make_case(garam, "느티나무 공원")
    from search.projection import project_unread

    while project_unread():
        pass
    outcome = _find("느티나무")
    assert (outcome.engine, Mirror.objects.get(serving=True).name) == ("elasticsearch", old)
    page.unpublish()

    _no_drift()

    assert Mirror.objects.get().name != old
    assert _find("느티나무").answer.total == 1
    alias = elastic.client().indices.get_alias(name="hub")
    assert list(alias) == [Mirror.objects.get().name]


def test_the_command_carries_over_and_says_where_it_stands(
    server: service.Node, garam: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    make_case(garam, "느티나무 작업장")
    call_command("search_build", verbosity=0)

    call_command("search_sync", "--once", "--rebuild")

    assert "쓰는 중): 남은 것 0건, 물리친 것 0건" in capsys.readouterr().out


# ---- the breaker, and how the hub shows its papers -----------------------------------------------------


def test_the_breaker_closes_by_itself_when_the_server_is_back() -> None:
    alive = threading.Event()

    def probe() -> None:
        if not alive.is_set():
            raise Unavailable("no")

    breaker = Breaker(probe)
    for _ in range(FAILURES):
        assert breaker.closed
        breaker.failed("no")
    assert not breaker.closed

    alive.set()
    for _ in range(100):
        breaker._open_until = 0.0
        if breaker.closed:
            return
        time.sleep(0.05)
    pytest.fail("it stayed open")


def test_without_a_password_nothing_goes_and_with_it_all(
    server: service.Node, settings: Any
) -> None:
    settings.HUB_ELASTICSEARCH = _settings(server.url, user="", password="")
    with pytest.raises(Unavailable, match="401"):
        Server().names()

    settings.HUB_ELASTICSEARCH = _settings(server.url)
    assert Server().names() == set()


def test_an_api_key_is_sent_as_such(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[str | None] = []

    class Listening(_Refusing):
        def _refuse(self) -> None:
            sent.append(self.headers.get("Authorization"))
            super()._refuse()

        do_GET = do_HEAD = _refuse  # noqa: N815

    listening = ThreadingHTTPServer(("127.0.0.1", 0), Listening)
    threading.Thread(target=listening.serve_forever, daemon=True).start()
    try:
        settings.HUB_ELASTICSEARCH = _settings(
            f"http://127.0.0.1:{listening.server_port}",
            user="",
            password="",
            api_key="a2V5OnNlY3JldA==",
        )
        with pytest.raises(Unavailable):
            Server().names()
    finally:
        listening.shutdown()
        listening.server_close()

    assert sent == ["ApiKey a2V5OnNlY3JldA=="]
