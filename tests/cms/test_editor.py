"""The editor of a law text: nothing typed is lost, nothing is overwritten, what is brought in is shown first."""

from __future__ import annotations

import datetime as dt
import io
import json
import unicodedata
from collections.abc import Callable
from typing import Any

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from coalition.drafts.models import Version
from tests.factories import make_bill, make_version
from tests.factories.bills import TEXT
from tests.factories.hwpx import make_hwpx
from tests.forms import shown_form

pytestmark = pytest.mark.django_db
WRAPPED = (
    "제26조(새 조문) ① 시장ㆍ군수ㆍ구청장은 다음 각 호의 사항을 포함하는\n"
    "계획을 해마다 세우고 이를 시행하여야 하며 그 결과를 널리 알려야 하고\n"
    "또한 의회에 보고하여야 하고 그 밖에 필요한 사항은 조례로 정하는 바에\n"
    "따라 시행할 수 있으며 그에 관하여 필요한 경비는 예산의 범위에서 이를\n"
    "지원할 수 있다.\n"
)


@pytest.fixture
def draft(secretariat: Any) -> Version:
    return make_version(make_bill(), live=False)


@pytest.fixture
def desk(secretariat: Any, login: Any) -> Client:
    client: Client = login(secretariat)
    return client


def _address(version: Version) -> str:
    return f"/admin/bills/versions/{version.pk}/"


def _form(client: Client, version: Version, **changes: Any) -> dict[str, Any]:
    return {**shown_form(client, _address(version), "form.law-editor"), **changes}


def _said(answer: Any) -> str:
    return str(answer.content.decode())


def test_of_two_who_edit_the_second_sees_both_texts_and_overwrites_nothing(
    draft: Version, desk: Client, colleague: Any, login: Any
) -> None:
    other = login(colleague)
    mine = _form(desk, draft, source_text=TEXT.replace("매년", "2년마다"))
    theirs = _form(other, draft, source_text=TEXT.replace("매년", "3년마다"))
    assert other.post(_address(draft), theirs).status_code == 302

    answer = desk.post(_address(draft), mine)

    text = _said(answer)
    assert answer.status_code == 409
    assert "2년마다" in text
    assert "3년마다" in text
    assert "<del>3년마다</del>" in text
    assert "아무것도 덮어쓰지 않았습니다" in text
    assert "3년마다" in Version.objects.get().source_text


def test_after_looking_the_second_saves_with_open_eyes_or_takes_the_other_text(
    draft: Version, desk: Client
) -> None:
    mine = _form(desk, draft, source_text=TEXT.replace("매년", "2년마다"))
    desk.post(_address(draft), _form(desk, draft, source_text=TEXT.replace("매년", "3년마다")))
    refused = desk.post(_address(draft), mine)
    base = refused.context["form"]["base"].value()

    back = desk.post(_address(draft), {**mine, "base": base, "do": "use-theirs"})
    assert "3년마다" in back.context["form"]["source_text"].value()
    desk.post(_address(draft), {**mine, "base": base})

    assert "2년마다" in Version.objects.get().source_text


def test_a_number_that_is_taken_is_told_and_nothing_typed_is_lost(
    draft: Version, desk: Client
) -> None:
    fields = {"no": "0.1", "date": "2026-03-02", "source_text": "제1조(목적) 글", "summary": "요약"}

    answer = desk.post(f"/admin/bills/{draft.bill_id}/versions/add/", fields)

    assert answer.status_code == 200
    assert "desk-error" in _said(answer) or "errorlist" in _said(answer)
    assert "요약" in _said(answer)
    assert Version.objects.count() == 1


@pytest.mark.parametrize("do", ["check", "compare", "preview", "tidy"])
def test_looking_saves_nothing_and_keeps_what_was_typed(
    do: str, draft: Version, desk: Client
) -> None:
    typed = TEXT.replace("매년", "격년으로")

    answer = desk.post(
        _address(draft), _form(desk, draft, source_text=typed, summary="적던 것", no="", do=do)
    )

    assert answer.status_code == 200
    assert answer.context["form"]["source_text"].value().replace("\r\n", "\n") == typed
    assert answer.context["form"]["summary"].value() == "적던 것"
    assert Version.objects.get().source_text == TEXT


def test_the_comparison_is_with_the_version_published_last(desk: Client) -> None:
    published = make_version(make_bill())
    draft = make_version(published.bill, "0.2", live=False)
    typed = TEXT.replace("매년", "격년으로").replace("\n", "\r\n")

    answer = desk.post(_address(draft), _form(desk, draft, source_text=typed, do="compare"))

    text = _said(answer)
    assert "비교: v0.1 → 지금 글" in text
    assert "<del>매년</del>" in text
    assert "<ins>격년으로</ins>" in text
    assert "그대로 4" in text


def test_without_a_published_version_there_is_nothing_to_compare_with(
    draft: Version, desk: Client
) -> None:
    answer = desk.post(_address(draft), _form(desk, draft, do="compare"))

    assert "견줄 글이 없습니다" in _said(answer)


def test_the_preview_shows_the_text_as_it_will_be_read(draft: Version, desk: Client) -> None:
    text = _said(desk.post(_address(draft), _form(desk, draft, do="preview")))

    assert "<h3>제1장 총칙</h3>" in text
    assert "<b>제3조(시험계획의 수립ㆍ공개)</b>" in text
    assert '<span class="law-print__no">②</span> 시험자는' in text
    assert '<span class="law-print__no">1.</span>' in text


@pytest.mark.parametrize("ending", ["\r\n", "\n", "\r"])
def test_lines_and_columns_are_those_of_the_text_area(
    ending: str, draft: Version, desk: Client
) -> None:
    typed = TEXT.replace("제4조(", "제5조(").replace("\n", ending)

    answer = desk.post(
        "/admin/bills/versions/check/",
        {"source_text": typed},
    )
    shown = desk.post(_address(draft), _form(desk, draft, source_text=typed, do="check"))

    fault = json.loads(answer.content)["faults"][0]
    assert (fault["line"], fault["column"]) == (10, 1)
    assert "10행 1열" in _said(shown)


def test_blank_lines_and_indentation_at_the_head_are_kept_with_their_line_numbers(
    draft: Version, desk: Client
) -> None:
    typed = "\n\n  " + TEXT.replace("제4조(", "제5조(")

    checked = json.loads(desk.post("/admin/bills/versions/check/", {"source_text": typed}).content)
    desk.post(_address(draft), _form(desk, draft, source_text=typed.replace("\n", "\r\n")))

    assert checked["faults"][0]["line"] == 12
    assert Version.objects.get().source_text == typed
    again = _said(desk.get(_address(draft)))
    assert "12행" in again
    assert _form(desk, draft)["source_text"] == typed


def test_text_with_broken_lines_is_mended_only_when_asked(draft: Version, desk: Client) -> None:
    shown = desk.post(_address(draft), _form(desk, draft, source_text=WRAPPED, do="tidy"))

    assert "끊긴 줄 5개를 이음" in _said(shown)
    assert shown.context["form"]["source_text"].value().count("\n") == WRAPPED.count("\n")

    taken = desk.post(_address(draft), _form(desk, draft, source_text=WRAPPED, do="use-clean"))
    assert taken.context["form"]["source_text"].value() == WRAPPED.replace("\n", " ").strip() + "\n"
    assert Version.objects.get().source_text == TEXT


def test_what_was_mended_is_told_in_words(desk: Client) -> None:
    source = (
        unicodedata.normalize("NFD", "제1조(목적) 풀린 글자를 모은다.")
        + "\n제2조(정의)\u00a0빈칸이 다르다.\n제3조(가・나) 점이\u200b 다르다.\n"
    )

    answer = desk.post("/admin/bills/versions/paste/", {"text": source, "html": ""})

    found = json.loads(answer.content)
    assert [one["what"] for one in found["mended"]] == [
        "자모로 풀린 글자를 모음",
        "특수한 빈칸을 보통 빈칸으로",
        "보이지 않는 글자를 뺌, 다른 나라 점을 가운뎃점으로",
    ]
    assert found["text"].splitlines()[2] == "제3조(가ㆍ나) 점이 다르다."
    assert found["has_news"]


def test_html_from_hangul_becomes_law_text(desk: Client) -> None:
    html = (
        "<html><body><!--StartFragment--><p class=HStyle0 style='margin-left:10pt'>"
        "<span style='font-family:바탕'>제1조(목적)</span> 이 법은 시험을 정한다.</p>"
        "<p class=HStyle0>제2조(정의)&nbsp;용어의 뜻은 다음과 같다.</p><!--EndFragment--></body></html>"
    )

    found = json.loads(
        desk.post("/admin/bills/versions/paste/", {"html": html, "text": "딴 글"}).content
    )

    assert found["text"].splitlines() == [
        "제1조(목적) 이 법은 시험을 정한다.",
        "제2조(정의) 용어의 뜻은 다음과 같다.",
    ]


def test_html_that_cannot_be_read_is_refused_in_words(desk: Client) -> None:
    answer = desk.post("/admin/bills/versions/paste/", {"html": "<" * 3_000_000, "text": ""})

    assert answer.status_code == 400


def _docx(*paragraphs: str) -> bytes:
    document, file = docx.Document(), io.BytesIO()
    for one in paragraphs:
        document.add_paragraph(one)
    document.save(file)
    return file.getvalue()


@pytest.mark.parametrize(("name", "make"), [("새 안.docx", _docx), ("새 안.hwpx", make_hwpx)])
def test_a_file_is_shown_before_it_replaces_the_text(
    name: str, make: Callable[..., bytes], draft: Version, desk: Client
) -> None:
    new = TEXT.replace("매년", "격년으로")
    file = SimpleUploadedFile(name, make(*new.splitlines()))

    shown = desk.post(_address(draft), _form(desk, draft, file=file, do="bring"))

    assert "가져온 글" in _said(shown)
    assert shown.context["form"]["source_text"].value().replace("\r\n", "\n") == TEXT
    brought = shown.context["beside"].brought.raw
    taken = desk.post(_address(draft), _form(desk, draft, brought=brought, do="use-clean"))
    lines = [line.strip() for line in taken.context["form"]["source_text"].value().splitlines()]
    assert lines == [line.strip() for line in new.splitlines()]
    assert Version.objects.get().source_text == TEXT


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("초안.hwp", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "HWPX"),
        ("초안.hwpx", b"PK\x03\x04nonsense", ""),
        ("초안.exe", b"MZ", ".txt, .docx, .hwpx"),
        ("빈.txt", b"", "빈 파일"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_words_and_loses_nothing(
    name: str, data: bytes, said: str, draft: Version, desk: Client
) -> None:
    file = SimpleUploadedFile(name, data)

    answer = desk.post(
        _address(draft),
        _form(desk, draft, file=file, do="bring", source_text="제1조(목적) 쓰던 글"),
    )

    assert answer.status_code == 200
    assert 'role="alert"' in _said(answer)
    assert said in _said(answer)
    assert "쓰던 글" in _said(answer)


def test_no_file_chosen_is_told(draft: Version, desk: Client) -> None:
    answer = desk.post(_address(draft), _form(desk, draft, do="bring"))

    assert "가져올 파일을 고르세요" in _said(answer)


@pytest.mark.parametrize("who", ["garam_editor", "garam_approver", "nuri_editor", "anonymous"])
def test_only_the_secretariat_writes_law_text(
    who: str, draft: Version, login: Any, request: pytest.FixtureRequest
) -> None:
    client = Client() if who == "anonymous" else login(request.getfixturevalue(who))
    expected = 302 if who == "anonymous" else 404
    fields = {"no": "9", "date": "2026-03-02", "source_text": "빼앗음", "summary": "", "text": "가"}

    for address in (
        _address(draft),
        f"{_address(draft)}publish/",
        f"{_address(draft)}discard/",
        f"/admin/bills/{draft.bill_id}/versions/add/",
        "/admin/bills/versions/check/",
        "/admin/bills/versions/paste/",
    ):
        for do in ("save", "bring", "compare", "use-raw"):
            answer = client.post(address, {**fields, "do": do})
            assert answer.status_code == expected, address
            assert TEXT[:20] not in _said(answer)
    assert list(Version.objects.values_list("source_text", "no")) == [(TEXT, "0.1")]


def test_a_superuser_may_too(draft: Version, make_user: Any, login: Any) -> None:
    client = login(make_user("root", is_superuser=True, is_staff=True))

    assert client.get(_address(draft)).status_code == 200


def test_the_date_of_a_version_is_asked_for_when_it_is_missing(
    draft: Version, desk: Client
) -> None:
    answer = desk.post(_address(draft), _form(desk, draft, date=""))

    assert answer.status_code == 200
    assert Version.objects.get().date == dt.date(2026, 3, 2)
