"""A PostgreSQL of the run's own: a cluster in a temporary folder, on a free port, gone afterwards.

`python -m tests.services.postgres COMMAND …` runs the command with HUB_DATABASE_URL at it. Where no
PostgreSQL is installed it says so and succeeds, except in CI (CI=true), where that is a failure.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NOBODY = "nobody"


def programs() -> Path | None:
    """The newest folder of Debian's PostgreSQL programs, else where PATH finds initdb."""
    debian = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3])
    )
    if debian:
        return debian[-1].parent
    found = shutil.which("initdb")
    return Path(found).parent if found else None


@contextmanager
def cluster(bin_folder: Path) -> Iterator[str]:
    """Start a cluster, give its address, stop it. PostgreSQL refuses to run as root: then as nobody."""
    as_user = ["setpriv", "--reuid", NOBODY, "--regid", "nogroup", "--clear-groups"]
    prefix = as_user if os.geteuid() == 0 else []
    with tempfile.TemporaryDirectory(prefix="hub-pg-", dir="/tmp") as folder:
        if prefix:
            shutil.chown(folder, NOBODY, "nogroup")
        port = _free_port()
        data = f"{folder}/data"
        initdb = [
            bin_folder / "initdb",
            "-D",
            data,
            "-U",
            "hub",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
        ]
        _run([*prefix, *initdb])
        options = f"-p {port} -k {folder} -h 127.0.0.1 -c fsync=off -c full_page_writes=off -c max_connections=60"
        control = [*prefix, bin_folder / "pg_ctl", "-D", data, "-w", "-l", f"{folder}/log"]
        _run([*control, "-o", options, "start"])
        try:
            yield f"postgresql://hub@127.0.0.1:{port}/postgres"
        finally:
            _run([*control, "-m", "immediate", "stop"])


def _run(command: list[object]) -> None:
    subprocess.run(list(map(str, command)), check=True, stdout=subprocess.DEVNULL, cwd="/tmp")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def main(command: list[str]) -> int:
    folder = programs()
    if folder is None:
        print("건너뜀: PostgreSQL이 설치되어 있지 않습니다 (Debian: apt-get install postgresql).")
        return 1 if os.environ.get("CI") == "true" else 0
    with cluster(folder) as address:
        environment = {**os.environ, "HUB_DATABASE_URL": address}
        return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
