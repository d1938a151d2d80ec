"""의원실 묶음: one file for a bill and a day, with everything in it and the hashes of everything."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import zipfile
from pathlib import Path
from typing import Any

import pypdf
import pytest
from django.conf import settings
from django.test import Client

from coalition.drafts.models import Bill
from tests.factories.positions import make_position, make_terms
from tests.services.pango import require_pango

pytestmark = pytest.mark.django_db
ADDRESS = "/bills/sjsa/packet.zip"


@pytest.fixture(autouse=True)
def _folder(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    require_pango()
    monkeypatch.setattr(settings, "VAR_DIR", tmp_path)


@pytest.fixture
def bill(sjsa: Bill, garam: Any, secretariat: Any) -> Bill:
    make_terms()
    version = sjsa.versions.get(no="0.3")
    day = dt.date(2026, 10, 5)
    make_position(
        garam, version, "art_21", by=secretariat, on=day, verified=day, stance="opposed",
        reason="재정이 약한 곳부터 접게 됩니다",
    )  # fmt: skip
    return sjsa


def _members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_asked_twice_it_is_the_same_file_and_made_anew_it_says_the_same(
    bill: Bill, client: Client
) -> None:
    first = client.get(f"{ADDRESS}?on=2026-10-10")
    assert first.status_code == 200
    assert client.get(f"{ADDRESS}?on=2026-10-10").content == first.content
    (kept,) = Path(settings.VAR_DIR).glob("packets/sjsa/*.zip")
    kept.unlink()

    again = _members(client.get(f"{ADDRESS}?on=2026-10-10").content)
    before = _members(first.content)
    assert list(again) == sorted(again)

    def read(members: dict[str, bytes]) -> list[str]:
        pages = pypdf.PdfReader(io.BytesIO(members["packet.pdf"])).pages
        return [page.extract_text() for page in pages]

    assert read(again) == read(before)
    assert {n: d for n, d in again.items() if n not in ("packet.pdf", "SHA256SUMS.txt")} == {
        n: d for n, d in before.items() if n not in ("packet.pdf", "SHA256SUMS.txt")
    }


def test_it_holds_every_part_and_the_hash_of_every_file(bill: Bill, client: Client) -> None:
    members = _members(client.get(f"{ADDRESS}?on=2026-10-10").content)
    text = members["packet.txt"].decode()
    newest = bill.versions.get(no="0.3")

    for part in (
        "제안이유", "주요내용", "조문과 부칙", "조문별 근거", "지방정부의 입장", "의회 결의", "예상 쟁점",
        "출처와 해시",
    ):  # fmt: skip
        assert f". {part}\n" in text
    assert "재정이 약한 곳부터 접게 됩니다" in text
    assert newest.sha256 in text
    assert members["bill-v0.3.txt"].decode() == newest.source_text
    for line in members["SHA256SUMS.txt"].decode().splitlines():
        digest, _, name = line.partition("  ")
        assert hashlib.sha256(members[name]).hexdigest() == digest
    printed = "".join(
        page.extract_text() for page in pypdf.PdfReader(io.BytesIO(members["packet.pdf"])).pages
    )
    assert "예상 쟁점" in printed
    assert "부칙" in printed


def test_another_day_is_another_packet(bill: Bill, client: Client) -> None:
    then = _members(client.get(f"{ADDRESS}?on=2026-10-01").content)

    assert "재정이 약한" not in then["packet.txt"].decode()
    assert "bill-v0.2.txt" in _members(client.get(f"{ADDRESS}?on=2026-05-01").content)
    assert client.get(f"{ADDRESS}?on=2020-01-01").status_code == 404
    assert client.get(f"{ADDRESS}?on=2999-01-01").status_code == 404
    assert client.get("/bills/none/packet.zip").status_code == 404
