"""The real Elasticsearch, one node of the run's own: the vendor's distribution, a free port, gone afterwards.

`python -m tests.services.elasticsearch` fetches it into the cache folder beforehand. Where Java or Maven is
missing the tests that need it are skipped with the reason; with CI=true that is a failure.
"""

from __future__ import annotations

import base64
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

VERSION = "8.19.21"
ARTIFACT = f"org.elasticsearch.distribution.integ-test-zip:elasticsearch:{VERSION}:zip"
NOBODY = "nobody"
USER, PASSWORD = "elastic", "hub-tests-1"


class Missing(Exception):
    """Why there is no Elasticsearch here."""


def cache() -> Path:
    """Outside the checkout; the unpacked copy stays there."""
    base = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    return Path(base).expanduser() / "hub-tests"


def distribution() -> Path:
    """The unpacked distribution; fetched and unpacked once."""
    home = cache() / f"elasticsearch-{VERSION}"
    if (home / "bin/elasticsearch").exists():
        return home
    if shutil.which("mvn") is None:
        raise Missing("Maven이 없습니다 (Debian: apt-get install maven).")
    cache().mkdir(parents=True, exist_ok=True)
    packed = cache() / f"elasticsearch-{VERSION}.zip"
    if not packed.exists():
        command = ["mvn", "-q", "dependency:copy", f"-Dartifact={ARTIFACT}"]
        done = subprocess.run([*command, f"-DoutputDirectory={cache()}"], check=False)
        if done.returncode or not packed.exists():
            raise Missing("Maven이 Elasticsearch를 가져오지 못했습니다.")
    with tempfile.TemporaryDirectory(dir=cache()) as folder, zipfile.ZipFile(packed) as archive:
        archive.extractall(folder)
        (Path(folder) / home.name).rename(home)
    for program in (home / "bin").iterdir():
        program.chmod(0o755)
    return home


def java_home() -> str:
    """Of the Java on PATH; the distribution brings none."""
    java = shutil.which("java")
    if java is None:
        raise Missing("Java 17 이상이 없습니다 (Debian: apt-get install default-jre-headless).")
    return str(Path(java).resolve().parent.parent)


class Node:
    """A running node, which a test may stop, freeze and start again."""

    def __init__(self, folder: Path, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start, and wait until it answers."""
        environment = {
            "PATH": os.environ["PATH"],
            "ES_JAVA_HOME": java_home(),
            "ES_JAVA_OPTS": "-Xms512m -Xmx512m",
            "ES_PATH_CONF": str(self._folder / "config"),
            "HOME": str(self._folder),
        }
        program = self._folder / "home/bin/elasticsearch"
        log = (self._folder / "out").open("ab")
        with log:
            self._process = subprocess.Popen(
                [*_as_nobody(), str(program)], env=environment, stdout=log, stderr=log,
                cwd=self._folder, start_new_session=True,
            )  # fmt: skip
        self._wait()

    def stop(self) -> None:
        """As if the power went."""
        if self._process is not None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None

    def freeze(self) -> None:
        """It accepts connections and never answers."""
        if self._process is not None:
            os.killpg(self._process.pid, signal.SIGSTOP)

    def thaw(self) -> None:
        if self._process is not None:
            os.killpg(self._process.pid, signal.SIGCONT)

    def _wait(self) -> None:
        for _ in range(360):
            if self._process is None or self._process.poll() is not None:
                break
            try:
                # Up is not enough: the shards have to be there too.
                address = f"{self.url}/_cluster/health?wait_for_status=yellow&timeout=60s"
                secret = base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
                ready = urllib.request.Request(
                    address, headers={"Authorization": f"Basic {secret}"}
                )
                with urllib.request.urlopen(ready, timeout=70):
                    return
            except OSError:  # nobody listens yet, or it answers that it is not ready
                time.sleep(0.5)
        said = (self._folder / "out").read_text("utf-8", "replace")[-3000:]
        message = f"Elasticsearch가 시작하지 않았습니다:\n{said}"
        raise RuntimeError(message)


@contextmanager
def node() -> Iterator[Node]:
    """Start a node that wants a password, give it, stop it. It refuses to run as root: then as nobody."""
    home = distribution()
    java_home()
    with tempfile.TemporaryDirectory(prefix="hub-es-", dir="/tmp") as name:
        folder, port, inner = Path(name), _free_port(), _free_port()
        shutil.copytree(home, folder / "home", symlinks=True, copy_function=_link)
        shutil.copytree(home / "config", folder / "config")
        (folder / "config/elasticsearch.yml").write_text(
            f"""cluster.name: hub-tests
discovery.type: single-node
xpack.security.enabled: true
network.host: 127.0.0.1
http.port: {port}
transport.port: {inner}
path.data: {folder}/data
path.logs: {folder}/logs
"""
        )
        for each in ("data", "logs"):
            (folder / each).mkdir()
        made = Node(folder, port)
        if os.geteuid() == 0:
            own = [name, *(str(folder / each) for each in ("config", "data", "logs"))]
            subprocess.run(["chown", f"{NOBODY}:nogroup", *own], check=True)
            subprocess.run(["chown", "-R", f"{NOBODY}:nogroup", *own[1:]], check=True)
        _set_password(folder)
        try:
            made.start()
            yield made
        finally:
            made.stop()


def _link(source: str, target: str) -> None:
    """Hard links where the file system allows it: the distribution is large and never written to."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy(source, target)


def _as_nobody() -> list[str]:
    if os.geteuid() != 0:
        return []
    return ["setpriv", "--reuid", NOBODY, "--regid", "nogroup", "--clear-groups"]


def _set_password(folder: Path) -> None:
    environment = {
        "PATH": os.environ["PATH"],
        "ES_JAVA_HOME": java_home(),
        "ES_PATH_CONF": str(folder / "config"),
        "HOME": str(folder),
    }
    keystore = [*_as_nobody(), str(folder / "home/bin/elasticsearch-keystore")]
    subprocess.run(
        [*keystore, "add", "-f", "-x", "bootstrap.password"],
        input=PASSWORD.encode(), env=environment, check=True, cwd=folder,
    )  # fmt: skip


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def main() -> int:
    try:
        print(distribution(), java_home())
    except Missing as why:
        print(f"건너뜀: {why}")
        return 1 if os.environ.get("CI") == "true" else 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
