"""Uploaded documents: found by their text and page when a public page uses them, and gone when none does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.models import Page, PageViewRestriction

from cms.models import HubDocument, MunicipalityPage
from search import extraction
from search.checks import drifts
from search.extraction import extract
from search.models import DocumentText, SearchDocument
from tests.factories import make_case, publish
from tests.factories.archives import packed
from tests.factories.papers import pdf

pytestmark = pytest.mark.django_db
REPORT = ["<p>여는 글입니다.</p>", "<p>폐배터리를 모으는 곳은 열두 군데입니다.</p>"]


def _upload(garam: Any, data: bytes, name: str = "report.pdf", title: str = "첫해 보고") -> Any:
    collection = MunicipalityPage.objects.get(municipality=garam).collection
    return HubDocument.objects.create(
        title=title, file=ContentFile(data, name=name), collection=collection
    )


def _use(garam: Any, document: Any, title: str = "재활용 작업장", **fields: Any) -> Any:
    link = f'<p><a linktype="document" id="{document.pk}">자세한 보고</a></p>'
    return make_case(garam, title, problem=link, **fields)


def _drift() -> list[str]:
    return [str(each) for each in drifts() if each.what != "desk"]


@pytest.fixture(scope="module")
def report() -> bytes:
    return pdf(REPORT)


def test_a_page_of_a_pdf_is_found_and_led_to(
    garam: Any, report: bytes, run_jobs: Callable[[], int], find: Callable[..., Any]
) -> None:
    document = _upload(garam, report)
    _use(garam, document)
    run_jobs()

    _, (found,) = find("폐배터리 열두 군데")

    assert (found.kind, found.title, found.note) == ("document", "첫해 보고", "PDF 2쪽")
    assert found.url == f"{document.url}#page=2"
    assert found.municipality.name == "가람시"
    assert "<mark>폐배터리" in found.snippet_html
    assert _drift() == []


def test_its_title_finds_a_file_once(
    garam: Any, report: bytes, run_jobs: Callable[[], int], find: Callable[..., Any]
) -> None:
    _use(garam, _upload(garam, report, title="느티나무 기록"))
    run_jobs()

    assert [result.note for result in find("느티나무 기록")[1]] == ["PDF 1쪽"]


def test_a_text_file_is_found_in_parts_of_bounded_length(
    garam: Any, run_jobs: Callable[[], int], titles: Callable[..., list[str]]
) -> None:
    text = "마을에서 모은 글입니다.\n" * 1_500 + "느티나무 아래 폐배터리\n"
    _use(garam, _upload(garam, text.encode(), "note.txt"))
    run_jobs()

    rows = SearchDocument.objects.filter(kind="document", deleted=False)
    assert rows.count() == 3
    assert all(len(row.body) <= extraction.LONGEST_PART for row in rows)
    assert titles("느티나무 아래") == ["첫해 보고"]


def test_a_file_that_no_public_page_uses_is_neither_read_nor_found(
    garam: Any, report: bytes, run_jobs: Callable[[], int], titles: Callable[..., list[str]]
) -> None:
    document = _upload(garam, report)
    page = _use(garam, document, live=False)
    run_jobs()

    assert titles("폐배터리") == []
    assert not DocumentText.objects.exists()
    publish(page)
    run_jobs()
    assert titles("폐배터리") == ["첫해 보고"]


def _unpublish(page: Any) -> None:
    page.unpublish()


def _delete(page: Any) -> None:
    Page.objects.get(pk=page.pk).delete()


def _restrict(page: Any) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type="login")


@pytest.mark.parametrize("take_away", [_unpublish, _delete, _restrict])
def test_when_the_page_goes_so_does_its_file_at_once(
    take_away: Callable[[Any], None],
    garam: Any,
    report: bytes,
    run_jobs: Callable[[], int],
    titles: Callable[..., list[str]],
) -> None:
    page = _use(garam, _upload(garam, report))
    run_jobs()
    assert titles("폐배터리") == ["첫해 보고"]

    take_away(page)

    assert titles("폐배터리") == []
    rows = SearchDocument.objects.filter(kind="document")
    assert {(row.deleted, row.body) for row in rows} == {(True, "")}
    run_jobs()
    assert titles("폐배터리") == []
    assert _drift() == []


@pytest.mark.parametrize("take_away", [_unpublish, _delete, _restrict])
def test_a_file_that_another_public_page_uses_stays(
    take_away: Callable[[Any], None],
    garam: Any,
    report: bytes,
    run_jobs: Callable[[], int],
    titles: Callable[..., list[str]],
) -> None:
    document = _upload(garam, report)
    page = _use(garam, document)
    _use(garam, document, "다른 작업장")
    run_jobs()

    take_away(page)

    assert titles("폐배터리") == ["첫해 보고"]


def test_a_page_that_drops_its_link_lets_the_file_go(
    garam: Any, report: bytes, run_jobs: Callable[[], int], titles: Callable[..., list[str]]
) -> None:
    page = _use(garam, _upload(garam, report))
    run_jobs()
    page.problem = "<p>이제 없습니다.</p>"
    publish(page)
    run_jobs()

    assert titles("폐배터리") == []


def test_a_deleted_file_is_gone_at_once(
    garam: Any, report: bytes, run_jobs: Callable[[], int], titles: Callable[..., list[str]]
) -> None:
    document = _upload(garam, report)
    _use(garam, document)
    run_jobs()

    document.delete()

    assert titles("폐배터리") == []
    assert not SearchDocument.objects.filter(kind="document").exclude(body="").exists()


def test_a_file_that_was_replaced_is_read_again(
    garam: Any, report: bytes, run_jobs: Callable[[], int], titles: Callable[..., list[str]]
) -> None:
    document = _upload(garam, report)
    _use(garam, document)
    run_jobs()
    document.file = ContentFile("느티나무 이야기".encode(), name="new.txt")
    document.save()
    run_jobs()

    assert titles("폐배터리") == []
    assert titles("느티나무") == ["첫해 보고"]


def test_a_private_number_keeps_the_file_out_and_is_told_without_it(
    garam: Any,
    secretariat: Any,
    login: Any,
    run_jobs: Callable[[], int],
    titles: Callable[..., list[str]],
) -> None:
    number = "900101-1234568"
    _use(garam, _upload(garam, pdf(["<p>느티나무</p>", f"<p>참여자 {number}</p>"])))
    run_jobs()

    assert titles("느티나무") == []
    assert "첫해 보고" not in titles("첫해 보고")
    row = DocumentText.objects.get()
    assert (row.state, row.parts) == ("withheld", [])
    said = login(secretariat).get("/admin/search-desk/").content.decode()
    assert "첫해 보고" in said
    assert "주민등록번호" in said
    assert "2쪽" in said
    assert number not in said
    assert _drift() == []


@pytest.mark.parametrize(
    ("name", "data"),
    {
        "broken.pdf": b"%PDF-1.7\n1 0 obj << /Type /Catalog >>",
        "broken.docx": b"PK\x03\x04 no archive",
        "old.hwp": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 HWP",
        "table.xlsx": packed({"xl/workbook.xml": b"<workbook/>"}, stored=()),
        "empty.txt": b"",
    }.items(),
)
def test_a_file_that_cannot_be_read_is_found_by_its_title(
    name: str,
    data: bytes,
    garam: Any,
    run_jobs: Callable[[], int],
    titles: Callable[..., list[str]],
) -> None:
    _use(garam, _upload(garam, data, name, title="느티나무 기록"))
    run_jobs()

    assert titles("느티나무") == ["느티나무 기록"]
    assert DocumentText.objects.get().reason
    assert _drift() == []


def test_a_file_that_takes_too_long_is_let_go(report: bytes) -> None:
    assert extract("report.pdf", report, seconds=0.01).refused == extraction.TOO_LONG


def test_a_file_is_read_in_a_process_that_may_not_grow(report: bytes) -> None:
    """A PDF whose page says that it unpacks to far more than the process may hold."""
    assert extract("bomb.pdf", _bomb()).refused


def test_the_page_of_results_shows_the_page_of_the_file(
    garam: Any, report: bytes, run_jobs: Callable[[], int], client: Client
) -> None:
    _use(garam, _upload(garam, report))
    run_jobs()

    html = client.get("/search/", {"q": "폐배터리 열두"}).content.decode()

    assert "<span>PDF 2쪽</span>" in html
    assert "#page=2" in html


def _bomb() -> bytes:
    import zlib

    packed = zlib.compress(b"0" * 2**20 * 1_100, 9)
    head = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>endobj\n"
    )
    body = b"4 0 obj<</Length %d/Filter/FlateDecode>>stream\n" % len(packed)
    return head + body + packed + b"\nendstream endobj\ntrailer<</Root 1 0 R>>\n"
