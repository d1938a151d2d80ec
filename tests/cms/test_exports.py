"""A published version is taken away as a file, under a lasting address and a Korean name."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings
from django.test import Client

from coalition.drafts.exporting import ExportBusy
from coalition.drafts.exports import FORMATS
from coalition.drafts.exports.printing import PrintingFailed
from coalition.drafts.models import Version
from tests.factories import make_bill, make_version
from tests.factories.bills import TEXT

pytestmark = pytest.mark.django_db
TYPES = {
    "txt": "text/plain; charset=utf-8",
    "json": "application/json",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xml": "application/akn+xml",
}


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "EXPORT_ROOT", tmp_path / "exports")


@pytest.fixture
def version() -> Version:
    return make_version(make_bill(short_title="시험 지원법: 가/나"))


@pytest.mark.parametrize("extension", sorted(TYPES))
def test_a_version_comes_as_an_attachment_with_both_names(
    extension: str, version: Version, client: Client
) -> None:
    answer = client.get(f"/bills/test/v0.1/export.{extension}")

    assert answer.status_code == 200
    assert answer["Content-Type"] == TYPES[extension]
    korean = quote(f"시험 지원법 가나 v0.1 (시연용 초안).{extension}", safe="")
    assert answer["Content-Disposition"] == (
        f"attachment; filename=\"test-v0.1.{extension}\"; filename*=UTF-8''{korean}"
    )
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Robots-Tag"] == "noindex"
    assert version.sha256 in answer["ETag"]
    assert answer.content


def test_txt_is_the_exact_text(version: Version, client: Client) -> None:
    assert client.get("/bills/test/v0.1/export.txt").content.decode() == TEXT


def test_what_did_not_change_is_not_sent_again(version: Version, client: Client) -> None:
    address = "/bills/test/v0.1/export.txt"
    etag = client.get(address)["ETag"]

    answer = client.get(address, headers={"if-none-match": etag})

    assert answer.status_code == 304
    assert answer.content == b""
    assert client.head(address).status_code == 200
    assert client.post(address).status_code == 405


@pytest.mark.parametrize(
    "address",
    [
        "/bills/test/v0.9/export.txt",
        "/bills/none/v0.1/export.txt",
        "/bills/test/v0.1/export.exe",
        "/bills/test/v0.1/export.TXT",
        "/bills/test/v0.1/export.txt/",
        "/bills/test/v0.2/export.txt",
    ],
)
def test_what_is_not_there_is_a_404(address: str, version: Version, client: Client) -> None:
    make_version(version.bill, "0.2", live=False)

    assert client.get(address).status_code == 404


def test_a_download_takes_few_queries_and_writes_nothing(
    version: Version, client: Client, django_assert_max_num_queries: object
) -> None:
    for extension in TYPES:
        with django_assert_max_num_queries(4):  # type: ignore[operator]
            client.get(f"/bills/test/v0.1/export.{extension}")


def _pdf(monkeypatch: pytest.MonkeyPatch, *, possible: bool) -> None:
    changed = dataclasses.replace(FORMATS["pdf"], is_possible=lambda: possible)
    monkeypatch.setitem(FORMATS, "pdf", changed)


@pytest.mark.parametrize("failure", [ExportBusy(7), PrintingFailed("고장")])
def test_a_pdf_that_is_not_ready_says_when_to_come_back(
    failure: Exception, version: Version, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> bytes:
        raise failure

    _pdf(monkeypatch, possible=True)
    monkeypatch.setattr("cms.views.exports.make_export", fails)

    answer = client.get("/bills/test/v0.1/export.pdf")

    assert answer.status_code == 503
    assert int(answer["Retry-After"]) > 0
    assert "초 뒤에 다시" in answer.content.decode()
    assert "고장" not in answer.content.decode()


def test_where_pdf_is_impossible_the_page_says_so_and_the_others_remain(
    version: Version, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    _pdf(monkeypatch, possible=False)

    page = client.get("/bills/test/v0.1/").content.decode()
    answer = client.get("/bills/test/v0.1/export.pdf")

    assert "이 서버는 PDF를 만들 수 없습니다." in page
    assert "export.pdf" not in page
    assert "/bills/test/v0.1/export.docx" in page
    assert answer.status_code == 404
    assert "이 서버는 PDF를 만들 수 없습니다." in answer.content.decode()


def test_the_page_lists_all_formats_with_the_size_of_what_is_ready(
    version: Version, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    _pdf(monkeypatch, possible=True)
    client.get("/bills/test/v0.1/export.txt")

    page = client.get("/bills/test/v0.1/").content.decode()

    for extension in FORMATS:
        assert f'href="/bills/test/v0.1/export.{extension}"' in page
    assert "글(TXT)</a> <span" in page
    assert "워드(DOCX)</a><p" in page
