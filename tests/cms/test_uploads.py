"""자료 올리기 at the desk: looked at before it is brought in, and nothing of a person kept on the way."""

from __future__ import annotations

import datetime as dt
import io
import logging
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cms import uploading
from cms.models import DatasetPage, Resource, TableUpload, UploadState
from cms.privacy import warnings_of
from coalition.record.jobs import run_until_idle
from coalition.record.models import Lease
from tests.factories import make_dataset
from tests.factories.datasets import TABLE
from tests.forms import shown_form

pytestmark = pytest.mark.django_db
UPLOAD = "/admin/datasets/garam/upload/"
MOBILE, RESIDENT = "010-2345-6789", "900101-1234568"


@pytest.fixture
def editor(garam_editor: Any, login: Any) -> Client:
    client: Client = login(garam_editor)
    return client


def _send(client: Client, content: str | bytes, name: str = "표.csv", **data: Any) -> Any:
    raw = content.encode() if isinstance(content, str) else content
    return client.post(UPLOAD, {"file": SimpleUploadedFile(name, raw), **data}, follow=True)


def _newest() -> TableUpload:
    return TableUpload.objects.latest("pk")


def _address(upload: TableUpload, name: str = "show") -> str:
    return reverse(f"datasets_desk:{name}", args=["garam", upload.pk])


def _files() -> list[str]:
    from django.conf import settings

    folder = Path(settings.PRIVATE_ROOT) / "uploads"
    return [path.name for path in folder.glob("*")] if folder.is_dir() else []


def _written_anywhere(*apps_left_out: str) -> str:
    """Every cell of every table of ours, as one text."""
    found = []
    for label in ("record", "members", "cms", "search", "wagtailcore"):
        for model in apps.get_app_config(label).get_models():
            if model._meta.label not in apps_left_out:
                found += [str(row) for row in model._default_manager.values_list()]
    return "\n".join(found)


def test_a_table_is_looked_at_and_becomes_a_draft(
    editor: Client, garam: Any, django_capture_on_commit_callbacks: Any
) -> None:
    shown = _send(editor, TABLE.encode("cp949"))
    text = shown.content.decode()
    for said in ("가람1동", "3줄", "돌봄 이용(명)", "날짜</span>", "공공누리 제1유형"):
        assert said in text, said

    address = _address(_newest())
    data = shown_form(editor, address)
    assert data["unit-2"] == "명"
    with django_capture_on_commit_callbacks(execute=True):
        done = editor.post(
            address,
            {**data, "title": "동별 돌봄", "source": "돌봄과", "meaning-2": "이용한 사람"},
            follow=True,
        )

    assert "초안으로 들였습니다" in done.content.decode()
    page = DatasetPage.objects.get()
    assert (page.live, page.slug) == (False, "dongbyeol-dolbom")
    assert page.resources.get().row_count == 3
    draft = page.get_latest_revision_as_object()
    assert draft.source == "돌봄과"
    assert {c.name: c.meaning for c in draft.dictionary.all()}["돌봄 이용(명)"] == "이용한 사람"
    assert _newest().state == UploadState.DONE
    assert _files() == []


def test_a_header_of_two_lines_is_shown_as_one(editor: Client, garam: Any) -> None:
    book = openpyxl.Workbook()
    for row in (("시군구별", "2025", None), ("시군구별", "남자", "여자"), ("가람시", 1, 2)):
        book.active.append(row)
    buffer = io.BytesIO()
    book.save(buffer)

    text = _send(editor, buffer.getvalue(), "kosis.xlsx").content.decode()

    assert "2025 남자" in text
    assert "머리줄 두 줄을 하나로 읽음" in text


def test_a_number_for_life_stops_the_table_and_stands_nowhere(
    editor: Client,
    garam: Any,
    mailoutbox: Any,
    caplog: Any,
    django_capture_on_commit_callbacks: Any,
) -> None:
    caplog.set_level(logging.DEBUG)
    with django_capture_on_commit_callbacks(execute=True):
        text = _send(editor, f"동,비고\n가,없음\n나,{RESIDENT}\n").content.decode()

    assert "행 3, 열 &#x27;비고&#x27;: 주민등록번호로 보이는 글이 있습니다." in text
    assert RESIDENT not in text
    assert _newest().state == UploadState.REFUSED
    assert _files() == []
    assert RESIDENT not in _written_anywhere() + caplog.text + str(mailoutbox)


def test_a_way_to_reach_somebody_needs_a_reason_and_is_blotted_out(
    editor: Client, garam: Any, mailoutbox: Any, caplog: Any
) -> None:
    caplog.set_level(logging.DEBUG)
    text = _send(editor, f"동,연락\n가,{MOBILE}\n나,없음\n").content.decode()
    assert "행 2, 열 &#x27;연락&#x27;: 휴대전화 번호로 보이는 글이 있습니다." in text
    assert MOBILE not in text

    address = _address(_newest())
    data = {**shown_form(editor, address), "title": "동별 연락처"}
    refused = editor.post(address, data)
    assert refused.status_code == 400
    assert "공개해도 되는 까닭" in refused.content.decode()
    assert not DatasetPage.objects.exists()

    editor.post(address, {**data, "reason": f"내 번호 {MOBILE}"})
    assert not DatasetPage.objects.exists()

    editor.post(address, {**data, "reason": "기관의 대표 번호임"})
    page = DatasetPage.objects.get()
    assert page.resources.get().reason == "기관의 대표 번호임"
    assert "표를 올린 사람이 적은 까닭: 기관의 대표 번호임" in warnings_of(
        page.get_latest_revision_as_object()
    )
    # The rows themselves are the table that somebody answers for; nothing else holds the number.
    everywhere = _written_anywhere("cms.ResourceRow") + caplog.text + str(mailoutbox)
    assert MOBILE not in everywhere


@pytest.mark.parametrize(
    "content",
    [
        f"가람동,{MOBILE}\n나람동,010-3456-7890\n",
        f"{MOBILE},{MOBILE}\n가,1\n",
        f"가,,{MOBILE}\n1,2,3\n",
        "900101,1234568\n가,1\n",
        f"2025,2025,{MOBILE}\n가,나,다\n1,2,3\n",
    ],
)
def test_a_table_without_a_header_tells_no_number_as_a_name(
    editor: Client, garam: Any, content: str
) -> None:
    text = _send(editor, content).content.decode()

    assert "열 이름이 있을 줄에" in text
    assert "휴대전화" in text or "주민등록번호" in text
    for number in (MOBILE, "1234568"):
        assert number not in text + _written_anywhere()


def test_a_file_called_after_a_number_is_called_otherwise(editor: Client, garam: Any) -> None:
    _send(editor, TABLE, f"{MOBILE} 김아무개.csv")

    assert _newest().filename == "표"


def test_a_new_version_shows_which_rows_differ(editor: Client, garam: Any, tmp_path: Path) -> None:
    page = make_dataset(garam, tmp_path)
    text = TABLE.replace("가람2동,2026-03-02,7", "가람2동,2026-03-02,8").replace(
        "가람3동", "가람4동"
    )

    shown = _send(editor, text, page=page.pk).content.decode()
    assert "더함 1, 바뀜 1, 뺌 1, 그대로 1" in shown
    assert "<del>7</del> <ins>8</ins>" in shown

    address = _address(_newest())
    editor.post(address, shown_form(editor, address))
    assert page.resources.first().number == 2
    page.refresh_from_db()
    assert page.live
    assert page.version == 1  # the public page waits for its approval


def test_the_same_table_makes_no_version(editor: Client, garam: Any, tmp_path: Path) -> None:
    page = make_dataset(garam, tmp_path)

    assert "같은 표입니다" in _send(editor, TABLE, page=page.pk).content.decode()
    address = _address(_newest())
    editor.post(address, shown_form(editor, address))

    assert page.resources.count() == 1


def test_rows_without_a_key_are_told_whole(editor: Client, garam: Any, tmp_path: Path) -> None:
    page = make_dataset(garam, tmp_path, "동,수\n가,1\n가,1\n나,3\n")

    _send(editor, "동,수\n가,1\n가,2\n나,3\n", page=page.pk)

    changes = _newest().report["changes"]
    assert [(c["kind"], c["number"]) for c in changes] == [("added", 2), ("removed", 2)]


@pytest.mark.parametrize(
    ("content", "said"),
    [("", "빈 파일입니다"), ("동,수\n가,1,2\n", "행 2: 칸이 3개"), (b"\xd0\xcf\x11\xe0x", "옛 엑셀"),
     (b"PK\x03\x04broken", "파일이 잘렸거나 망가졌습니다")],
)  # fmt: skip
def test_what_is_no_table_is_refused_in_words(
    editor: Client, garam: Any, content: str | bytes, said: str
) -> None:
    assert said in _send(editor, content).content.decode()
    assert not DatasetPage.objects.exists()


def test_owner_neighbour_secretariat_and_stranger(
    garam_editor: Any,
    garam_approver: Any,
    nuri_editor: Any,
    nuri_approver: Any,
    secretariat: Any,
    login: Any,
) -> None:
    _send(login(garam_editor), TABLE)
    upload = _newest()
    addresses = [reverse("datasets_desk:listing", args=["garam"]), UPLOAD, _address(upload),
                 _address(upload, "progress")]  # fmt: skip

    for address in addresses:
        assert login(garam_editor).get(address).status_code == 200
        assert login(garam_approver).get(address).status_code == 200
        assert login(nuri_editor).get(address).status_code == 404
        assert login(nuri_approver).get(address).status_code == 404
        assert login(secretariat).get(address).status_code in (302, 403)  # refused, told in words
        assert Client().get(address).status_code == 302
    # The neighbour's own address does not lead there either.
    foreign = reverse("datasets_desk:show", args=["nuri", upload.pk])
    assert login(nuri_editor).get(foreign).status_code == 404
    assert login(nuri_editor).post(_address(upload, "discard")).status_code == 404
    assert TableUpload.objects.get().state == UploadState.READY


def test_a_foreign_dataset_cannot_be_given_a_version(
    editor: Client, garam: Any, nuri: Any, tmp_path: Path
) -> None:
    foreign = make_dataset(nuri, tmp_path)

    answer = _send(editor, TABLE, page=foreign.pk)

    assert answer.status_code == 400
    assert not TableUpload.objects.exists()
    assert foreign.resources.count() == 1


def test_a_deputy_may_bring_a_table_in(
    garam: Any, garam_approver: Any, secretariat: Any, login: Any
) -> None:
    from coalition.members.actions import name_deputy

    name_deputy(municipality=garam, since=timezone.localdate(), reason="출장", by=garam_approver)

    assert login(secretariat).get(UPLOAD).status_code == 200


def test_a_large_table_is_brought_in_by_the_worker(
    editor: Client, garam: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cms.viewsets.datasets.SMALL", 0)
    monkeypatch.setattr("cms.sheets._TOLD_EVERY", 50)
    rows = "".join(f"동{n},{n}\n" for n in range(120))

    assert "표를 읽고 개인정보를 찾습니다" in _send(editor, f"동,수\n{rows}").content.decode()
    upload = _newest()
    seen = []
    monkeypatch.setattr(
        uploading,
        "_keep_report",
        lambda row, report: seen.append(editor.get(_address(row, "progress")).json()),
    )
    uploading.carry_on(upload)
    monkeypatch.undo()
    assert seen == [{"waits": True, "done": 100, "total": 120}]

    run_until_idle()
    address = _address(upload)
    monkeypatch.setattr("cms.viewsets.datasets.SMALL", 0)
    assert (
        "들이는 중"
        in editor.post(
            address, {**shown_form(editor, address), "title": "큰 표"}, follow=True
        ).content.decode()
    )
    run_until_idle()

    assert DatasetPage.objects.get().resources.get().row_count == 120
    assert Resource.objects.count() == 1
    run_until_idle()
    assert Resource.objects.count() == 1
    assert not Lease.objects.filter(work__startswith="upload").exists()


def test_a_worker_that_dies_leaves_nothing_half_and_the_work_is_taken_again(
    editor: Client, garam: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    _send(editor, TABLE)
    upload = _newest()
    monkeypatch.setattr("cms.viewsets.datasets.SMALL", 0)
    address = _address(upload)
    editor.post(address, {**shown_form(editor, address), "title": "표"})

    def die(*args: Any, **kwargs: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(uploading, "_finish", die)  # after the rows were written
        with pytest.raises(KeyboardInterrupt):
            uploading.carry_on(upload)
    assert not Resource.objects.exists()
    assert not DatasetPage.objects.exists()

    run_until_idle()
    assert Resource.objects.get().row_count == 3


def test_an_upload_that_kills_its_worker_is_given_up(
    editor: Client, garam: Any, monkeypatch: pytest.MonkeyPatch, caplog: Any
) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError(MOBILE)

    monkeypatch.setattr(uploading, "read_sheet", fail)
    _send(editor, TABLE)
    run_until_idle()

    assert _newest().state == UploadState.REFUSED
    assert "RuntimeError" in caplog.text
    assert MOBILE not in caplog.text


def test_two_workers_do_not_read_the_same_upload(editor: Client, garam: Any) -> None:
    upload = uploading.take_upload(
        file=ContentFile(TABLE.encode(), name="a.csv"),
        municipality=garam,
        page=None,
        by=garam.appointments.first().user,
    )
    until = timezone.now() + dt.timedelta(seconds=30)
    Lease.objects.create(work=f"upload:{upload.pk}", holder="another", until=until)

    assert not uploading.carry_on(upload)
    Lease.objects.update(until=timezone.now() - dt.timedelta(seconds=1))
    assert uploading.carry_on(upload)


def test_what_nobody_came_back_for_is_forgotten(
    editor: Client, garam: Any, django_capture_on_commit_callbacks: Any
) -> None:
    _send(editor, TABLE)
    TableUpload.objects.update(uploaded_at=timezone.now() - dt.timedelta(days=8))

    with django_capture_on_commit_callbacks(execute=True):
        uploading.work_uploads()

    assert _newest().state == UploadState.DISCARDED
    assert _files() == []


def test_a_file_that_no_row_names_is_swept(garam: Any) -> None:
    import os

    from django.conf import settings

    folder = Path(settings.PRIVATE_ROOT) / "uploads"
    folder.mkdir(parents=True)
    for name, age in (("old.csv", 7200), ("new.csv", 0)):
        (folder / name).write_text("x")
        when = timezone.now().timestamp() - age
        os.utime(folder / name, (when, when))

    assert uploading.sweep() == 1
    assert _files() == ["new.csv"]


def test_an_upload_can_be_given_up_and_then_not_confirmed(
    editor: Client, garam: Any, garam_editor: Any
) -> None:
    _send(editor, TABLE)
    upload = _newest()
    editor.post(_address(upload, "discard"))

    with pytest.raises(ValidationError):
        uploading.confirm_upload(
            upload=upload, told=uploading.Told(title="가", licence="own"), by=garam_editor
        )
    assert "그만둔 표입니다" in editor.get(_address(upload)).content.decode()


def test_the_list_asks_as_often_with_many_datasets(
    editor: Client, garam: Any, tmp_path: Path
) -> None:
    address = reverse("datasets_desk:listing", args=["garam"])

    def asked() -> int:
        editor.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert editor.get(address).status_code == 200
        return len(queries)

    make_dataset(garam, tmp_path)
    _send(editor, TABLE)
    few = asked()
    for number in range(4):
        make_dataset(garam, tmp_path, slug=f"more-{number}", title=f"자료 {number}")
        _send(editor, TABLE)

    assert asked() == few
