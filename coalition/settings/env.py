"""Reads the environment once, and stops the start where a value is wrong. Nothing is guessed."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

from coalition.particles import subject


def text(name: str, default: str | None = None) -> str:
    """The variable as written. Without a default it has to be set."""
    value = os.environ.get(name, default)
    if value is None or (value == "" and default is None):
        msg = f"환경 변수 {subject(name)} 비어 있습니다. .env.example을 보고 값을 넣으세요."
        raise ImproperlyConfigured(msg)
    return value


def boolean(name: str, *, default: bool) -> bool:
    """`true` or `false`, and nothing else."""
    value = os.environ.get(name)
    if value is None or value == "":
        return default
    if value not in ("true", "false"):
        msg = f"환경 변수 {name}={value!r}: true 또는 false로 쓰세요."
        raise ImproperlyConfigured(msg)
    return value == "true"


def integer(name: str, *, default: int, low: int, high: int) -> int:
    """A whole number between `low` and `high`, both included."""
    value = os.environ.get(name)
    if value is None or value == "":
        return default
    if not value.isdecimal() or not low <= int(value) <= high:
        msg = f"환경 변수 {name}={value!r}: {low}부터 {high}까지의 정수로 쓰세요."
        raise ImproperlyConfigured(msg)
    return int(value)


def words(name: str, default: str = "") -> list[str]:
    """A list written with commas."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def folder(name: str, default: Path) -> Path:
    """A folder that exists afterwards."""
    path = Path(os.environ.get(name) or default).expanduser().resolve()
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        msg = f"환경 변수 {name}={path}: 폴더를 만들 수 없습니다 ({error.strerror})."
        raise ImproperlyConfigured(msg) from error
    return path


def web_address(name: str, default: str) -> str:
    """`https://host` without a path; mails and feeds print it before our own paths."""
    value = text(name, default).rstrip("/")
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path:
        msg = f"환경 변수 {name}={value!r}: https://hub.example.kr 꼴로 쓰세요."
        raise ImproperlyConfigured(msg)
    return value


def address_segment(name: str, default: str) -> str:
    """One path segment such as `admin`, given back as `admin/`."""
    value = text(name, default).strip("/")
    if not value or "/" in value or not value.replace("-", "").isalnum():
        msg = f"환경 변수 {name}={value!r}: 영문자·숫자·붙임표로 된 한 마디로 쓰세요."
        raise ImproperlyConfigured(msg)
    return f"{value}/"


def database(name: str, default: str) -> dict[str, Any]:
    """Settings of the default database from `sqlite:///…` or `postgresql://…`."""
    value = text(name, default)
    scheme = value.partition(":")[0]
    if scheme == "sqlite":
        return {**dj_database_url.parse(value, conn_max_age=60), "OPTIONS": SQLITE_OPTIONS}
    if scheme in ("postgres", "postgresql"):
        return dict(dj_database_url.parse(value, conn_max_age=60, conn_health_checks=True))
    msg = f"환경 변수 {name}: sqlite:///… 또는 postgresql://… 로 쓰세요 (지금은 {scheme}:)."
    raise ImproperlyConfigured(msg)


def elasticsearch() -> dict[str, str]:
    """The search server from HUB_ELASTICSEARCH_*; empty where there is none."""
    url = text("HUB_ELASTICSEARCH_URL", "").rstrip("/")
    if not url:
        return {}
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username:
        msg = "환경 변수 HUB_ELASTICSEARCH_URL: https://search.example.kr:9200 꼴로, 계정 없이 쓰세요."
        raise ImproperlyConfigured(msg)
    found = {
        "url": url,
        "user": text("HUB_ELASTICSEARCH_USER", ""),
        "password": text("HUB_ELASTICSEARCH_PASSWORD", ""),
        "api_key": text("HUB_ELASTICSEARCH_API_KEY", ""),
        "ca": text("HUB_ELASTICSEARCH_CA", ""),
        "index": text("HUB_ELASTICSEARCH_INDEX", "") or "hub",
    }
    if bool(found["user"]) != bool(found["password"]):
        msg = "환경 변수 HUB_ELASTICSEARCH_USER와 HUB_ELASTICSEARCH_PASSWORD는 함께 쓰세요."
        raise ImproperlyConfigured(msg)
    if found["user"] and found["api_key"]:
        msg = "환경 변수 HUB_ELASTICSEARCH_API_KEY를 쓰면 계정과 비밀번호는 비워 두세요."
        raise ImproperlyConfigured(msg)
    if found["ca"] and not Path(found["ca"]).is_file():
        msg = f"환경 변수 HUB_ELASTICSEARCH_CA={found['ca']}: 읽을 수 있는 인증서 파일이 아닙니다."
        raise ImproperlyConfigured(msg)
    if not found["index"].replace("-", "").isalnum() or found["index"] != found["index"].lower():
        msg = "환경 변수 HUB_ELASTICSEARCH_INDEX: 영문 작은 글자와 숫자, 붙임표로 쓰세요."
        raise ImproperlyConfigured(msg)
    return found


def day(name: str) -> dt.date:
    """A day that has come, as 2026-09-01."""
    value = text(name)
    try:
        found = dt.date.fromisoformat(value)
    except ValueError as error:
        msg = f"환경 변수 {name}={value!r}: 2026-09-01처럼 있는 날짜로 쓰세요."
        raise ImproperlyConfigured(msg) from error
    if found > dt.datetime.now(ZoneInfo("Asia/Seoul")).date():
        msg = f"환경 변수 {name}={value!r}: 아직 오지 않은 날입니다. 검토를 마친 날을 쓰세요."
        raise ImproperlyConfigured(msg)
    return found


def citizen_support() -> dict[str, Any]:
    """시민 공감 from HUB_CITIZEN_SUPPORT_*; empty while it is off.

    Support for a bill can be 민감정보 and election law may apply: whoever switches it on says who looked at
    that, when, and for how many days what is known of a supporter is kept.
    """
    if not boolean("HUB_CITIZEN_SUPPORT", default=False):
        return {}
    given = ("REVIEWED_BY", "REVIEWED_ON", "DAYS")
    missing = [
        f"HUB_CITIZEN_SUPPORT_{name}"
        for name in given
        if not text(f"HUB_CITIZEN_SUPPORT_{name}", "").strip()
    ]
    if missing:
        msg = (
            f"환경 변수 HUB_CITIZEN_SUPPORT=true: {', '.join(missing)}도 쓰세요. 공감은 민감정보일 수 있고 "
            "선거법이 적용될 수 있어, 누가 언제 검토했는지와 보관 일수가 있어야 켭니다."
        )
        raise ImproperlyConfigured(msg)
    reviewer = text("HUB_CITIZEN_SUPPORT_REVIEWED_BY").strip()
    if len(reviewer) > 100:
        msg = "환경 변수 HUB_CITIZEN_SUPPORT_REVIEWED_BY: 100자까지, 검토한 부서나 기관의 이름을 쓰세요."
        raise ImproperlyConfigured(msg)
    return {
        "reviewed_by": reviewer,
        "reviewed_on": day("HUB_CITIZEN_SUPPORT_REVIEWED_ON"),
        "days": integer("HUB_CITIZEN_SUPPORT_DAYS", default=0, low=1, high=1095),
    }


# A writer takes the lock when its transaction begins: with the default (DEFERRED) two writers that
# both read first can never both go on, and one gets "database is locked" at once, whatever the timeout.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
}
