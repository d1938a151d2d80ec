"""What every answer says to the browser, and that a server's settings leave nothing open."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def https(settings: Any) -> Client:
    """A browser before the hub as production serves it: by TLS, with HSTS."""
    settings.SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    return Client(headers={"X-Forwarded-Proto": "https"})


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["/", "/search/", "/robots.txt", "/no/such/", "/api/v1/search?q=x"]
)
def test_a_public_answer_is_protected(https: Client, address: str) -> None:
    answer = https.get(address)

    policy = answer["Content-Security-Policy"]
    for directive in (
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'self'", "base-uri 'none'",
        "form-action 'self'",
    ):  # fmt: skip
        assert directive in policy
    assert "unsafe" not in policy
    assert answer["Strict-Transport-Security"].startswith("max-age=31536000")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert answer["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in answer["Permissions-Policy"]
    assert "Server" not in answer


@pytest.mark.django_db
def test_the_desk_is_protected_too(https: Client) -> None:
    answer = https.get("/admin/login/")

    assert answer.status_code == 200
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "camera=()" in answer["Permissions-Policy"]
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
def test_without_tls_there_is_only_the_way_to_it(settings: Any, https: Client) -> None:
    answer = Client().get("/bills/")

    assert answer.status_code == 301
    assert answer["Location"].startswith("https://")


def test_the_settings_of_production_leave_nothing_to_be_said(tmp_path: Path) -> None:
    variables = {
        **{k: v for k, v in os.environ.items() if not k.startswith(("HUB_", "DJANGO_"))},
        "DJANGO_SETTINGS_MODULE": "coalition.settings.production",
        "HUB_SECRET_KEY": "".join(map(chr, range(40, 120))),
        "HUB_ALLOWED_HOSTS": "hub.example.kr",
        "HUB_BASE_URL": "https://hub.example.kr",
        "HUB_VAR_DIR": str(tmp_path),
    }
    done = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT, env=variables, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
