"""Measure and report: `python -m tests.bench [SUBJECT…] [--check]`.

A subject is a module of this package with `measure() -> list[Figure]`. Each runs in a process of its
own, so that it may set up Django, fill a database of its own and warm its caches without touching the
others. The results are printed and written to docs/benchmarks.md; sections of subjects that did not
run stay as they are. Exit code 1 when a figure misses its target.
"""

from __future__ import annotations

import argparse
import ast
import importlib
import json
import os
import platform
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

from tests.bench.figures import Figure

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
REPORT = ROOT / "docs" / "benchmarks.md"
HEAD = """# Benchmarks

Written by `make bench` (`tests/bench`). Each figure is CPU time (user and system), the median of three; a
ratio is to a baseline of the same run on the same machine, which is what can be compared between machines.
"""


def subjects() -> list[str]:
    """The modules that say how they measure."""
    found = []
    for path in sorted(HERE.glob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        if any(isinstance(node, ast.FunctionDef) and node.name == "measure" for node in tree.body):
            found.append(path.stem)
    return found


def usual() -> list[str]:
    """Those that are measured unless others are named: not what takes half an hour."""
    return [subject for subject in subjects() if not subject.endswith("_large")]


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    parser.add_argument("subjects", nargs="*", metavar="SUBJECT", help=", ".join(subjects()))
    parser.add_argument("--check", action="store_true", help="print only, write no report")
    parser.add_argument("--alone", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if unknown := set(asked.subjects) - set(subjects()):
        parser.error(f"no such subject: {', '.join(sorted(unknown))}")
    if asked.alone:
        print(json.dumps([figure.as_json() for figure in _measured(asked.subjects[0])]))
        return 0
    missed = 0
    for subject in asked.subjects or usual():
        figures = _in_its_own_process(subject)
        table = _table(figures)
        print(f"\n{subject}\n{table}", flush=True)
        missed += sum(not figure.is_met for figure in figures)
        if not asked.check:
            _report(subject, table)
    if missed:
        print(f"\n{missed} missed", file=sys.stderr)
    return 1 if missed else 0


def _measured(subject: str) -> list[Figure]:
    measured: list[Figure] = importlib.import_module(f"tests.bench.{subject}").measure()
    return measured


def _in_its_own_process(subject: str) -> list[Figure]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench", "--alone", subject],
        cwd=ROOT, stdout=subprocess.PIPE, text=True, encoding="utf-8", check=True,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    # What a subject prints of its progress stands before its last line.
    return [Figure(**figure) for figure in json.loads(done.stdout.splitlines()[-1])]


def _table(figures: list[Figure]) -> str:
    rows = ["| what | measured | target | ratio | |", "|---|---:|---:|---|---|"]
    for figure in figures:
        target = "" if figure.most is None else f"≤ {_number(figure.most)} {figure.unit}"
        ratio = f"{figure.ratio:.3g} × {figure.baseline}" if figure.ratio is not None else ""
        if figure.ratio is None and figure.baseline:
            ratio = f"to {figure.baseline}"
        verdict = "" if figure.most is None else "met" if figure.is_met else "**missed**"
        measured = f"{_number(figure.value)} {figure.unit}"
        rows.append(f"| {figure.what} | {measured} | {target} | {ratio} | {verdict} |")
    sources = sorted({figure.source for figure in figures if figure.source})
    return "\n".join(rows) + (f"\n\nTargets: {', '.join(sources)}." if sources else "")


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def _report(subject: str, table: str) -> None:
    """Put the subject's section into the report, in the place of its older one."""
    told = REPORT.read_text(encoding="utf-8") if REPORT.exists() else HEAD
    sections = dict(re.findall(r"^## (\S+)\n(.*?)(?=^## |\Z)", told, re.MULTILINE | re.DOTALL))
    sections[subject] = f"\n{date.today():%Y-%m-%d}, {_machine()}.\n\n{table}\n\n"  # noqa: DTZ011
    written = "".join(f"## {name}\n{body.rstrip()}\n\n" for name, body in sorted(sections.items()))
    REPORT.write_text(f"{HEAD}\n{written.rstrip()}\n", encoding="utf-8")


def _machine() -> str:
    """The processor and the Python: what a figure can only be read with."""
    info = Path("/proc/cpuinfo")
    model = ""
    if info.exists():
        found = re.search(r"^model name\s*: (.+)$", info.read_text(), re.MULTILINE)
        model = found[1] if found else ""
    cores = f"{os.cpu_count()} cores"
    return f"{model or platform.machine()}, {cores}, Python {platform.python_version()}"


if __name__ == "__main__":
    sys.exit(main())
