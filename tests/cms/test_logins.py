"""The login of the desk: throttled, ended when nothing happens, and with a second factor where it is required."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from coalition.record.models import FailedLogin

pytestmark = pytest.mark.django_db
LOGIN = "/admin/login/"
CODE = "/admin/second-factor/"


def _try(name: str, password: str, address: str = "10.0.0.1", **more: Any) -> Any:
    data = {"username": name, "password": password}
    return Client(REMOTE_ADDR=address, **more).post(LOGIN, data)


def test_an_account_is_closed_for_a_while_after_five_failures(garam_editor: Any) -> None:
    for number in range(5):
        assert _try("Garam-Editor", "wrong", f"10.0.0.{number}").status_code == 200

    refused = _try("garam-editor", "garam-editor")
    assert refused.status_code == 200
    assert "15분 뒤에" in refused.content.decode()

    FailedLogin.objects.update(at=timezone.now() - dt.timedelta(minutes=16))
    assert _try("garam-editor", "garam-editor").status_code == 302


def test_a_success_forgives_the_account(garam_editor: Any) -> None:
    for _ in range(4):
        _try("garam-editor", "wrong")
    assert _try("garam-editor", "garam-editor").status_code == 302
    for _ in range(4):
        _try("garam-editor", "wrong")
    assert _try("garam-editor", "garam-editor").status_code == 302


def test_an_address_is_closed_whatever_the_account(garam_editor: Any, settings: Any) -> None:
    from coalition.record.logins import MOST_FROM_ADDRESS, note_failure

    for number in range(MOST_FROM_ADDRESS):
        note_failure(f"guess-{number}", "10.9.9.9")

    assert "15분 뒤에" in _try("garam-editor", "garam-editor", "10.9.9.9").content.decode()
    assert _try("garam-editor", "garam-editor", "10.9.9.8").status_code == 302
    # Behind a proxy the client is what the proxy says last, whatever the client says itself.
    settings.HUB_BEHIND_PROXY = True
    said = _try(
        "garam-editor", "garam-editor", "127.0.0.1", HTTP_X_FORWARDED_FOR="1.1.1.1, 10.9.9.9"
    )
    assert "15분 뒤에" in said.content.decode()


def test_neither_name_nor_address_is_kept(garam_editor: Any) -> None:
    _try("비밀번호를여기에", "wrong", "10.1.2.3")

    row = FailedLogin.objects.get()
    assert len(row.account) == len(row.address) == 64
    assert "10.1.2.3" not in str(FailedLogin.objects.values_list())


def test_a_session_ends_after_half_an_hour_of_nothing(
    garam_editor: Any, login: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = login(garam_editor)
    assert client.get("/admin/").status_code == 200
    import cms.logins

    now = cms.logins.time.time()
    clock = type("Clock", (), {"time": staticmethod(lambda: now + 29 * 60)})
    monkeypatch.setattr(cms.logins, "time", clock)
    assert client.get("/admin/").status_code == 200
    clock.time = staticmethod(lambda: now + 58 * 60)
    assert client.get("/admin/").status_code == 200
    clock.time = staticmethod(lambda: now + 90 * 60)
    answer = client.get("/admin/")
    assert answer["Location"].startswith("/admin/login/?next=")
    assert "_auth_user_id" not in client.session


def _codes(device: TOTPDevice) -> str:
    totp = TOTP(device.bin_key, device.step, device.t0, device.digits, device.drift)
    totp.time = __import__("time").time()
    return f"{totp.token():06d}"


@pytest.mark.parametrize("who", ["secretariat", "garam_approver"])
def test_who_may_publish_shows_a_second_factor_in_production(
    who: str, request: pytest.FixtureRequest, settings: Any, login: Any
) -> None:
    settings.HUB_SECOND_FACTOR = True
    user = request.getfixturevalue(who)
    client = login(user)

    assert client.get("/admin/")["Location"] == f"{CODE}?next=/admin/".replace(
        "=/admin/", "=%2Fadmin%2F"
    )
    shown = client.get(f"{CODE}?next=/admin/pages/").content.decode()
    assert "data:image/svg+xml;base64," in shown
    wrong = client.post(CODE, {"code": "12345x"})
    assert wrong.status_code == 400
    device = TOTPDevice.objects.get(user=user)
    assert not device.confirmed
    done = client.post(f"{CODE}?next=//evil.example/", {"code": _codes(device)})
    assert done["Location"] == "/admin/"
    assert client.get("/admin/").status_code == 200

    # The next session is asked for a code and never shown the key again.
    other = login(user)
    assert "data:image" not in other.get(CODE).content.decode()
    assert other.get("/admin/pages/")["Location"].startswith(CODE)


def test_an_editor_needs_none(garam_editor: Any, settings: Any, login: Any) -> None:
    settings.HUB_SECOND_FACTOR = True
    client = login(garam_editor)

    assert client.get("/admin/").status_code == 200
    assert client.get(CODE).status_code == 302
    assert not TOTPDevice.objects.exists()


def test_the_desk_says_where_it_asks_for_none(secretariat: Any, login: Any, settings: Any) -> None:
    assert "2단계 인증을 묻지 않는 설치" in login(secretariat).get("/admin/").content.decode()


def test_production_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    import os
    import subprocess
    import sys

    env = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "coalition.settings.production",
        "HUB_SECRET_KEY": "x" * 60,
        "HUB_ALLOWED_HOSTS": "hub.example.kr",
        "HUB_BASE_URL": "https://hub.example.kr",
    }
    code = "from django.conf import settings as s; print(s.HUB_SECOND_FACTOR, s.HUB_BEHIND_PROXY)"
    found = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, check=True)
    assert found.stdout.split() == [b"True", b"True"]
