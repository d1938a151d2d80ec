"""What stands beside a clause: shown as no law, told when it must be looked at again, kept by the secretariat."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from coalition.drafts.actions import place_counterpart, write_note
from coalition.drafts.models import Counterpart, ProvisionNote, Version
from tests.factories import make_bill, make_version
from tests.generators.statutes import DATA, bill

pytestmark = pytest.mark.django_db
SOURCE = {
    "title": "지방자치법(법률 제21065호)",
    "publisher": "법제처",
    "published_on": "2025-10-01",
}


@pytest.fixture
def version() -> Version:
    made = make_bill()
    make_version(made, "0.2", text=bill("0.2"))
    return make_version(made, "0.3", text=bill("0.3"), date=dt.date(2026, 9, 1))


def _article(version: Version, eid: str = "art_11") -> Any:
    return version.provisions.get(eid=eid)


def _write(version: Version, no: str, eid: str, text: str) -> None:
    provision = Version.objects.get(bill=version.bill, no=no).provisions.get(eid=eid)
    write_note(provision=provision, kind="plain", text=text, by=None)


def test_a_note_is_shown_as_no_law_beside_and_on_the_page_of_its_clause(
    version: Version, client: Client
) -> None:
    _write(version, "0.3", "art_11", "둘 수 있다는 뜻입니다.")

    for path in ("", "art_11/", "art_11__para_1/", "chp_2/"):
        text = client.get(f"/bills/test/v0.3/{path}").content.decode()
        assert "둘 수 있다는 뜻입니다." in text, path
        assert "법문이 아닙니다" in text
    assert "둘 수 있다는 뜻입니다." not in client.get("/bills/test/v0.3/art_12/").content.decode()


def test_a_note_for_other_words_says_so_and_shows_them(version: Version, client: Client) -> None:
    _write(version, "0.2", "art_12", "의논합니다.")

    text = client.get("/bills/test/v0.3/art_13/").content.decode()

    assert "재확인 필요" in text
    assert "v0.2 제12조를 보고 쓴 글" in text
    assert 'href="/bills/test/v0.2/art_12/"' in text
    assert "재확인 필요" not in client.get("/bills/test/v0.2/art_12/").content.decode()


def test_a_note_is_text_and_never_markup(version: Version, client: Client) -> None:
    _write(version, "0.3", "art_1", "<script>alert(1)</script>")

    assert "<script>alert" not in client.get("/bills/test/v0.3/").content.decode()


def test_the_columns_show_clauses_with_texts_only(
    version: Version, garam: Any, client: Client
) -> None:
    assert "넣은 조문이 없습니다" in client.get("/bills/test/v0.3/columns/").content.decode()
    place_counterpart(
        provision=_article(version),
        kind="ordinance",
        name="가람시 조례",
        article="제2조",
        text="둔다.\n둘째 줄",
        municipality=garam,
        by=None,
    )

    text = client.get("/bills/test/v0.3/columns/").content.decode()

    assert "가람시 조례 제2조" in text
    assert "지어낸 조례" in text
    assert text.count('<table class="cmp"') == 1
    assert 'id="art_11"' in text
    whole = client.get("/bills/test/v0.3/").content.decode()
    assert 'href="/bills/test/v0.3/columns/#art_11"' in whole
    assert client.get("/bills/test/v9/columns/").status_code == 404


def test_notes_and_columns_do_not_grow_the_number_of_questions(
    version: Version, garam: Any, client: Client
) -> None:
    def asked(path: str) -> int:
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        return len(queries)

    def place(eid: str) -> None:
        _write(version, "0.2" if eid == "art_12" else "0.3", eid, "말")
        place_counterpart(
            provision=_article(version, eid),
            kind="ordinance",
            name="조례",
            article="제1조",
            text="글",
            municipality=garam,
            by=None,
        )

    place("art_12")
    paths = ["/bills/test/v0.3/", "/bills/test/v0.3/art_13/", "/bills/test/v0.3/columns/"]
    few = [asked(path) for path in paths]
    for number in range(14, 24):
        place(f"art_{number}")

    assert [asked(path) for path in paths] == few
    assert max(few) <= 12, few


# The desk


def test_the_secretariat_writes_confirms_and_withdraws_a_note(
    version: Version, secretariat: Any, login: Any
) -> None:
    client, article = login(secretariat), _article(version)
    address = f"/admin/clauses/{article.pk}/"

    client.post(f"{address}notes/plain/", {"plain-text": "쉬운 말", "plain-seen": "0"})
    written = ProvisionNote.objects.get()
    assert (written.text, written.written_by, written.provision) == (
        "쉬운 말",
        secretariat,
        article,
    )
    assert "쉬운 말" in client.get(address).content.decode()
    client.post(f"{address}notes/plain/", {"plain-text": "", "plain-seen": str(written.pk)})

    assert ProvisionNote.objects.order_by("-pk")[0].withdrawn
    assert "/admin/clauses/" in client.get("/admin/").content.decode()


def test_two_writers_do_not_overwrite_each_other(
    version: Version, secretariat: Any, login: Any
) -> None:
    client, article = login(secretariat), _article(version)
    _write(version, "0.3", "art_11", "먼저 쓴 글")

    answer = client.post(
        f"/admin/clauses/{article.pk}/notes/plain/", {"plain-text": "나중 글", "plain-seen": "0"}
    )

    assert answer.status_code == 409
    assert "그 사이 다른 사람이" in answer.content.decode()
    assert "나중 글" in answer.content.decode()
    assert ProvisionNote.objects.get().text == "먼저 쓴 글"


def test_the_secretariat_places_a_statute_with_its_source_and_takes_it_away(
    version: Version, secretariat: Any, login: Any
) -> None:
    client, article = login(secretariat), _article(version)
    address = f"/admin/clauses/{article.pk}/counterparts/"
    fields = {"kind": "statute", "name": "지방자치법", "article": "제130조", "text": "둔다."}

    refused = client.post(address, fields)
    assert refused.status_code == 409
    assert "출처를 쓰세요" in refused.content.decode()
    half = client.post(address, {**fields, "title": "지방자치법"})
    assert "모두 쓰세요" in half.content.decode()
    client.post(address, {**fields, **SOURCE})
    placed = Counterpart.objects.get()
    assert placed.source is not None
    assert placed.source.published_on == dt.date(2025, 10, 1)
    client.post(f"/admin/clauses/counterparts/{placed.pk}/take-away/", {"back": str(article.pk)})

    assert "넣은 조문이 없습니다" in client.get("/bills/test/v0.3/columns/").content.decode()


@pytest.mark.parametrize("who", ["garam_approver", "nuri_editor"])
def test_only_the_secretariat_keeps_what_stands_beside(
    who: str, version: Version, login: Any, request: pytest.FixtureRequest
) -> None:
    client, article = login(request.getfixturevalue(who)), _article(version)

    for address in (
        "/admin/clauses/",
        f"/admin/clauses/versions/{version.pk}/",
        f"/admin/clauses/{article.pk}/",
    ):
        assert client.get(address).status_code == 404
    for address in ("notes/plain/", "counterparts/"):
        answer = client.post(f"/admin/clauses/{article.pk}/{address}", {"plain-text": "x"})
        assert answer.status_code == 404
    assert not ProvisionNote.objects.exists()


def test_bad_input_at_the_desk_is_told_in_korean(
    version: Version, secretariat: Any, login: Any
) -> None:
    client, article = login(secretariat), _article(version)
    paragraph = version.provisions.get(eid="art_11__para_1")

    assert client.post(f"/admin/clauses/{article.pk}/notes/gossip/").status_code == 404
    assert client.get(f"/admin/clauses/{paragraph.pk}/").status_code == 404
    long = client.post(f"/admin/clauses/{article.pk}/notes/plain/", {"plain-text": "가" * 5000})
    assert long.status_code == 409
    empty = client.post(f"/admin/clauses/{article.pk}/counterparts/", {})
    assert "넣지 않았습니다" in empty.content.decode()
    for path in ("", f"versions/{version.pk}/", f"{article.pk}/"):
        assert client.get(f"/admin/clauses/{path}").status_code == 200


def test_the_demo_quotes_acts_word_for_word() -> None:
    told = json.loads(Path(settings.DATA_DIR, "demo", "clauses.json").read_text("utf-8"))
    statutes = "".join(
        file.read_text("utf-8") for file in sorted((DATA / "statutes").glob("*/*.txt"))
    )
    lines = {line.strip().split(" <개정")[0] for line in statutes.split("\n")}

    quoted = [one for one in told["counterparts"] if one["kind"] == "statute"]
    assert len(quoted) == 4
    for one in quoted:
        assert one["source"]["title"].startswith(one["name"])
        for line in one["text"].split("\n"):
            assert line in lines, line
