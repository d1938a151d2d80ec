"""What an officer takes down is gone at the next request, in every process: 0 stale answers of 1,000.

Real processes: the hub's own server and, over the same folder, two workers of the production server.
"""

from __future__ import annotations

import http.cookiejar
import os
import re
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.conftest import ROOT, _free_port

PAGES, LOOKS = 10, 100
MAKE = f"""
from coalition.members.models import Municipality
from tests.factories import make_news
place = Municipality.objects.get(slug="garam")
for number in range({PAGES}):
    page = make_news(place, f"곧 내려갈 소식 {{number}}")
    print("page", page.pk, page.address)
"""


@pytest.fixture
def workers(hub: str, hub_folder: Path) -> Iterator[str]:
    """The address of two more processes over the same hub."""
    port = _free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "-c", "deploy/gunicorn.conf.py", "coalition.wsgi"],
        cwd=ROOT, env=_surroundings(hub_folder, HUB_BIND=f"127.0.0.1:{port}", WEB_CONCURRENCY="2"),
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(600):
            try:
                urllib.request.urlopen(f"{address}/healthz/live", timeout=5)
                break
            except OSError:
                time.sleep(0.25)
        yield address
    finally:
        process.terminate()
        process.wait(30)


def _surroundings(folder: Path, **more: str) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("HUB_", "DJANGO_"))}
    return {
        **kept, "HUB_VAR_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "coalition.settings.dev", **more,
    }  # fmt: skip


def _officer(hub: str) -> urllib.request.OpenerDirector:
    """Somebody who is logged in at the desk."""
    door = urllib.request.build_opener(
        urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
    )
    _post(door, f"{hub}/admin/login/", username="admin", password="admin")
    return door


def _post(door: urllib.request.OpenerDirector, address: str, **fields: str) -> None:
    form = door.open(address, timeout=60).read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', form)
    assert token
    fields["csrfmiddlewaretoken"] = token[1]
    door.open(address, urllib.parse.urlencode(fields).encode(), timeout=60)


def _look(address: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(address, timeout=60) as answer:
            return answer.status, answer.headers.get("X-Hub-Cache", "")
    except urllib.error.HTTPError as refused:
        return refused.code, ""


def test_what_is_taken_down_is_gone_in_every_process(
    hub: str, hub_folder: Path, workers: str
) -> None:
    made = subprocess.run(
        [sys.executable, "manage.py", "shell", "-v", "0", "-c", MAKE],
        cwd=ROOT, env=_surroundings(hub_folder), capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    pages = re.findall(r"^page (\d+) (\S+)$", made, re.MULTILINE)
    assert len(pages) == PAGES
    officer, servers = _officer(hub), (hub, workers)
    stale = 0

    for pk, address in pages:
        for server in servers:
            _look(server + address)
            assert _look(server + address) == (200, "hit")
        _post(officer, f"{hub}/admin/pages/{pk}/unpublish/")
        answers = [_look(servers[number % 2] + address)[0] for number in range(LOOKS)]
        stale += sum(status != 404 for status in answers)

    assert stale == 0
