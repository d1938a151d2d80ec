"""A legacy .hwp lies beside a version as its witness: kept as it is, never read."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from coalition.drafts.models import Original
from tests.factories import make_bill, make_version

pytestmark = pytest.mark.django_db
HWP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"legacy" * 40


def _file(name: str = "초안.hwp", content: bytes = HWP) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def _attach(client: Client, version: Any, file: Any) -> Any:
    return client.post(reverse("bills_desk:originals", args=[version.pk]), {"file": file})


def _taken(client: Client, original: Original) -> Any:
    version = original.version
    return client.get(reverse("original", args=[version.bill.slug, version.no, original.pk]))


def test_the_secretariat_attaches_an_hwp_and_gets_the_same_bytes_back(
    secretariat: Any, login: Any, client: Client
) -> None:
    version = make_version(make_bill())
    _attach(login(secretariat), version, _file())

    (original,) = version.originals.all()
    answer = _taken(client, original)

    assert b"".join(answer.streaming_content) == HWP
    assert "attachment" in answer["Content-Disposition"]
    assert "%EC%B4%88%EC%95%88.hwp" in answer["Content-Disposition"]
    assert answer["Content-Type"] == "application/octet-stream"
    page = client.get(reverse("version", args=[version.bill.slug, version.no]))
    assert "초안.hwp" in page.content.decode()


def test_an_original_of_a_draft_is_for_those_who_keep_bills(
    secretariat: Any, garam_editor: Any, login: Any, client: Client
) -> None:
    version = make_version(make_bill(), live=False)
    _attach(login(secretariat), version, _file())
    (original,) = version.originals.all()

    readers = {"keeper": login(secretariat), "editor": login(garam_editor), "stranger": client}
    given = {name: _taken(reader, original) for name, reader in readers.items()}
    for answer in given.values():
        b"".join(getattr(answer, "streaming_content", []))  # read to its end, the file is closed

    assert {name: answer.status_code for name, answer in given.items()} == {
        "keeper": 200,
        "editor": 404,
        "stranger": 404,
    }


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (_file("초안.exe"), "원본으로는"),
        (_file("초안.hwp", b"PK not an OLE file"), "그 형식이 아닙니다"),
        (None, "파일을 고르세요"),
    ],
)
def test_what_is_no_original_is_refused_in_words(
    file: Any, said: str, secretariat: Any, login: Any
) -> None:
    version = make_version(make_bill(), live=False)

    answer = _attach(login(secretariat), version, file or "")

    assert answer.status_code == 400
    assert said in answer.content.decode()
    assert not Original.objects.exists()


def test_the_published_text_and_its_hash_stay_as_they_are(secretariat: Any, login: Any) -> None:
    version = make_version(make_bill())
    before = (version.source_text, version.sha256)

    _attach(login(secretariat), version, _file())

    version.refresh_from_db()
    assert (version.source_text, version.sha256) == before


def test_nobody_of_a_municipality_attaches_one(garam_editor: Any, login: Any) -> None:
    version = make_version(make_bill())

    assert _attach(login(garam_editor), version, _file()).status_code in (302, 403, 404)
    assert not Original.objects.exists()
