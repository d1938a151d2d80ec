"""Pages as a server sends them: the speed table of design/reliability.md, as CPU of the server's processes.

Three servers of two workers each: the hub with its page cache, the hub without, and Django alone returning the
same bytes behind its stock middleware. They are asked in turns, so that what else the machine does meets all.
"""

from __future__ import annotations

import http.client
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import quote

from tests.bench.figures import ROUNDS, Figure
from tests.bench.shelves import fill, set_up

TARGETS = "design/reliability.md"
ROOT = Path(__file__).resolve().parent.parent.parent
DOCUMENTS = int(os.environ.get("HUB_BENCH_DOCUMENTS", "10000"))
SENTENCES = 2_000
TICK = os.sysconf("SC_CLK_TCK")
#: Name, address and the most that it may cost without the cache, as times the baseline.
PAGES = (
    ("home", "/", 35.0),
    ("municipality", "/municipalities/garam/", 25.0),
    ("case", "", 25.0),
    ("search", f"/search/?q={quote('돌봄 일자리')}", 40.0),
)
CACHED, UNCACHED = 600, 40


def measure() -> list[Figure]:
    with tempfile.TemporaryDirectory(prefix="hub-bench-") as folder, ExitStack() as stack:
        addresses = _filled(folder)
        hub = stack.enter_context(_served(folder, "tests.bench.web_server", BENCH_CACHE="off"))
        bodies = Path(folder) / "bodies"
        bodies.mkdir()
        for name, address, _ in addresses:
            hub.warm(address)
            (bodies / name).write_bytes(hub.get(address))
        kept = stack.enter_context(_served(folder, "tests.bench.web_server", BENCH_CACHE="on"))
        bare = stack.enter_context(
            _served(folder, "tests.bench.web_baseline", BENCH_BODIES=str(bodies))
        )
        figures = list(_costs(addresses, hub, kept, bare))
        figures.append(
            Figure(
                "memory of 2 workers and their parent (PSS)",
                hub.memory(),
                "MB",
                900.0,
                source=TARGETS,
            )
        )
        return [*figures, _start(folder)]


def _filled(folder: str) -> list[tuple[str, str, float]]:
    """The demo and the documents to search in; the pages with the address of a case."""
    set_up(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench.web_settings"
    from cms.addresses import address_of
    from cms.demo import seed
    from cms.models import CasePage
    from coalition.record import jobs

    seed()
    jobs.run_until_idle()
    fill(DOCUMENTS, SENTENCES)
    case = CasePage.objects.live().order_by("pk")[0]
    return [(name, address or address_of(case), most) for name, address, most in PAGES]


def _costs(
    addresses: list[tuple[str, str, float]], hub: Server, kept: Server, bare: Server
) -> Iterator[Figure]:
    for name, address, most in addresses:
        for server, at in ((kept, address), (hub, address), (bare, f"/{name}")):
            server.warm(at)
        turns = [
            (kept.cost(address, CACHED), hub.cost(address, UNCACHED), bare.cost(f"/{name}", CACHED))
            for _ in range(ROUNDS)
        ]
        cached, made, base = (statistics.median(column) for column in zip(*turns, strict=True))
        baseline = f"the same bytes behind stock middleware ({base * 1000:.2f} ms)"
        if name != "search":  # searches are not kept
            yield Figure(
                f"{name}, kept", cached / base, "×", 0.8, baseline=baseline, source=TARGETS
            )
        yield Figure(f"{name}, made", made / base, "×", most, baseline=baseline, source=TARGETS)


class Server:
    """A gunicorn of two workers that is asked over one connection."""

    def __init__(self, process: subprocess.Popen[bytes], port: int) -> None:
        self.process, self.port = process, port

    def get(self, address: str) -> bytes:
        return self._asked(self._door(), address)

    def warm(self, address: str) -> None:
        """Both workers have imported and compiled what the page needs."""
        for _ in range(24):
            self.get(address)

    def cost(self, address: str, times: int) -> float:
        """Seconds of CPU for one request, over all processes of the server."""
        before = self._cpu()
        door = self._door()
        for _ in range(times):
            self._asked(door, address)
        door.close()
        return (self._cpu() - before) / times

    def memory(self) -> float:
        """Megabytes, shared pages counted once."""
        total = 0
        for pid in self._pids():
            rolled = Path(f"/proc/{pid}/smaps_rollup").read_text()
            total += sum(
                int(line.split()[1]) for line in rolled.splitlines() if line.startswith("Pss:")
            )
        return total / 1024

    def _door(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def _asked(self, door: http.client.HTTPConnection, address: str) -> bytes:
        door.request("GET", address)
        answer = door.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{address}: {answer.status}")
        return body

    def _pids(self) -> list[int]:
        parent = self.process.pid
        children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
        return [parent, *map(int, children)]

    def _cpu(self) -> float:
        return sum(_cpu_of(pid) for pid in self._pids())


def _cpu_of(pid: int) -> float:
    told = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) / TICK


@contextmanager
def _served(folder: str, module: str, **variables: str) -> Iterator[Server]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {
        **os.environ, **variables, "DJANGO_SETTINGS_MODULE": "tests.bench.web_settings", "HUB_VAR_DIR": folder,
        "HUB_BIND": f"127.0.0.1:{port}", "WEB_CONCURRENCY": "2",
    }  # fmt: skip
    configured = [] if module.endswith("baseline") else ["-c", "deploy/gunicorn.conf.py"]
    plain = ["--bind", f"127.0.0.1:{port}", "--workers", "2", "--threads", "4", "--preload"]
    process = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", *(configured or plain), "--log-level", "error", f"{module}:application"],
        cwd=ROOT, env=environment,
    )  # fmt: skip
    try:
        _until_it_listens(port, process)
        yield Server(process, port)
    finally:
        process.terminate()
        process.wait(30)


def _until_it_listens(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(1200):
        if process.poll() is not None:
            raise RuntimeError("the server ended")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("the server does not listen")


def _start(folder: str) -> Figure:
    """`manage.py start` over an installation that is ready, until its first answer, against `django.setup()`."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "coalition.settings.dev",
        "HUB_VAR_DIR": folder,
    }
    before = os.times()
    subprocess.run(
        [sys.executable, "-c", "import django; django.setup()"],
        cwd=ROOT,
        env=environment,
        check=True,
    )
    after = os.times()
    base = (
        after.children_user + after.children_system - before.children_user - before.children_system
    )
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "manage.py", "start", "--port", str(port)],
        cwd=ROOT, env=environment, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        _until_it_listens(port, process)
        Server(process, port).get("/")
        taken = _cpu_of(process.pid)
    finally:
        process.terminate()
        process.wait(30)
    baseline = f"django.setup() ({base:.1f} s)"
    return Figure(
        "warm start to the first answer", taken / base, "×", 10.0, baseline=baseline, source=TARGETS
    )
