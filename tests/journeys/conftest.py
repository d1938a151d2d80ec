"""Browser journeys: a real Chromium against the real thing, started as `make start` starts it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
#: Without a window of its own a page costs half: the shell is taken where it is installed.
CHROMIUM = (
    shutil.which("chromium-headless-shell") or shutil.which("chromium") or "/usr/bin/chromium"
)
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here needs a browser: missing, it is skipped with its reason, and fails in CI."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="package")
def chromium() -> Iterator[Any]:
    """One browser for all journeys, closed with the last of them: Playwright keeps an event loop running in its
    thread, and Django refuses the database to whatever test would come after on the same worker."""
    if not Path(CHROMIUM).exists():
        reason = "Chromium이 없습니다 (Debian: apt-get install chromium fonts-noto-cjk)."
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def hub_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the hub of the journeys keeps what it has; HUB_TEST_FOLDER beside HUB_TEST_ADDRESS."""
    running = os.environ.get("HUB_TEST_FOLDER")
    return Path(running) if running else tmp_path_factory.mktemp("hub")


@pytest.fixture(scope="package")
def hub(hub_folder: Path) -> Iterator[str]:
    """The address of a hub with the demo: migrated, seeded, indexed and served by `manage.py start`.

    HUB_TEST_ADDRESS names one that runs already: while a journey is being written.
    """
    if running := os.environ.get("HUB_TEST_ADDRESS"):
        yield running
        return
    port, folder = _free_port(), hub_folder
    environment = {
        **{k: v for k, v in os.environ.items() if not k.startswith(("HUB_", "DJANGO_"))},
        "HUB_VAR_DIR": str(folder),
        "HUB_BASE_URL": f"http://127.0.0.1:{port}",
        "PYTHONUNBUFFERED": "1",
    }
    log = (folder / "start.log").open("w")
    server = subprocess.Popen(
        [sys.executable, "manage.py", "start", "--port", str(port)],
        cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT,
    )  # fmt: skip
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(address, server, folder / "start.log")
        yield address
    finally:
        server.terminate()
        server.wait(10)
        log.close()


def _wait_for(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(2400):
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{address}/healthz/ready", timeout=5):
                return
        except OSError:
            time.sleep(0.25)
    pytest.fail(f"누리집이 뜨지 않았습니다.\n{log.read_text()}")


@pytest.fixture
def new_page(chromium: Any, hub: str) -> Iterator[Callable[..., Any]]:
    """A page of a fresh context; it notes errors of the console and requests to other hosts."""
    contexts = []

    def make(*, width: int = 1280, javascript: bool = True) -> Any:
        context = chromium.new_context(
            viewport={"width": width, "height": 900},
            locale="ko-KR",
            timezone_id="Asia/Seoul",
            java_script_enabled=javascript,
            base_url=hub,
        )
        contexts.append(context)
        page = context.new_page()
        page.faults = []
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        page.on(
            "request",
            lambda request: (
                None
                if request.url.startswith((hub, "data:", "blob:"))
                else page.faults.append(f"다른 곳으로: {request.url}")
            ),
        )
        return page

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def log_in(new_page: Callable[..., Any]) -> Callable[..., Any]:
    """A page on which a demo account is logged in."""

    def make(name: str, **options: Any) -> Any:
        page = new_page(**options)
        page.goto("/admin/login/")
        page.fill("[name=username]", name)
        page.fill("[name=password]", name)
        page.click("button[type=submit]")
        page.wait_for_url("**/admin/")
        return page

    return make
