"""Law text from the command line, without a database (design/architecture.md, Commands).

    python -m coalition.drafts.text parse FILE --json
    python -m coalition.drafts.text render FILE
    python -m coalition.drafts.text lint FILE [--law] [--json]
    python -m coalition.drafts.text references FILE --json
    python -m coalition.drafts.text compare A B --json

Exit codes: 0; 1 when `lint` finds an error; 2 when a file cannot be read.
"""

from __future__ import annotations

import argparse
import io
import json
import sys
from pathlib import Path
from typing import Any

from coalition.drafts.compare import compare
from coalition.drafts.text.diagnostics import Diagnostic, Level
from coalition.drafts.text.lint import lint
from coalition.drafts.text.parse import parse
from coalition.drafts.text.references import references
from coalition.drafts.text.render import render
from coalition.drafts.text.tree import Node, walk

_LEVELS = {Level.ERROR: "오류", Level.WARNING: "주의", Level.INFO: "정보"}


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit code."""
    asked = _parser().parse_args(arguments)
    try:
        texts = [_read(path) for path in asked.files]
    except (OSError, UnicodeDecodeError) as error:
        print(f"파일을 읽을 수 없습니다: {error}", file=sys.stderr)
        return 2
    return int(asked.run(asked, *texts))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m coalition.drafts.text")
    commands = parser.add_subparsers(required=True)
    for name, run, files in (
        ("parse", _parse, 1),
        ("render", _render, 1),
        ("lint", _lint, 1),
        ("references", _references, 1),
        ("compare", _compare, 2),
    ):
        command = commands.add_parser(name)
        command.add_argument("files", nargs=files, type=Path, metavar="FILE")
        command.add_argument("--json", action="store_true")
        if name == "lint":
            command.add_argument("--law", action="store_true")
        command.set_defaults(run=run)
    return parser


def _read(path: Path) -> str:
    """The text exactly as stored: line ends are not translated."""
    return path.read_bytes().decode("utf-8")


def _parse(asked: argparse.Namespace, text: str) -> int:
    parsed = parse(text)
    if asked.json:
        _print_json(parsed.as_json())
        return 0
    for node in walk(parsed.tree):
        print(f"{node.line:5d}  {_outline(node)}")
    _print_diagnostics(parsed.diagnostics)
    return 0


def _outline(node: Node) -> str:
    first, _, _ = node.text.partition("\n")
    title = f"({node.title})" if node.title else ""
    return f"{node.eid or node.kind:32s} {node.label}{title} {first[:60]}".rstrip()


def _render(_asked: argparse.Namespace, text: str) -> int:
    sys.stdout.buffer.write(render(parse(text).tree).encode("utf-8"))
    return 0


def _lint(asked: argparse.Namespace, text: str) -> int:
    found = lint(parse(text), law=asked.law)
    if asked.json:
        _print_json({"diagnostics": [diagnostic.as_json() for diagnostic in found]})
    else:
        _print_diagnostics(found)
    return 1 if any(diagnostic.level is Level.ERROR for diagnostic in found) else 0


def _references(asked: argparse.Namespace, text: str) -> int:
    found = references(parse(text).tree)
    _print_json({"version": asked.files[0].stem, **found.as_json()})
    return 0


def _compare(_asked: argparse.Namespace, before: str, after: str) -> int:
    _print_json(compare(parse(before).tree, parse(after).tree).as_json())
    return 0


def _print_diagnostics(found: list[Diagnostic]) -> None:
    for each in found:
        print(f"{each.line}행 {each.column}열 [{each.code} {_LEVELS[each.level]}] {each.message}")


def _print_json(form: dict[str, Any]) -> None:
    print(json.dumps(form, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")  # whatever the locale: the forms are Korean
    sys.exit(main())
