"""The commands of the contract: forms, exit codes, exact bytes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from coalition.drafts.text.__main__ import main
from coalition.drafts.text.tree import KINDS
from tests.generators.statutes import BILLS, DATA, bill

_NODE = {
    "kind", "num", "branch", "label", "title", "text", "marks", "deleted", "eid", "line", "children",
}  # fmt: skip


def _run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, Any]:
    code = main(list(arguments))
    return code, json.loads(capsys.readouterr().out)


def test_parse_prints_the_tree_in_its_form(capsys: pytest.CaptureFixture[str]) -> None:
    code, form = _run(capsys, "parse", str(BILLS / "0.3.txt"), "--json")

    assert code == 0
    assert set(form) == {"tree", "diagnostics", "counts", "elapsed_ms"}
    assert form["counts"]["article"] == 28
    pending = [form["tree"]]
    while pending:
        node = pending.pop()
        assert set(node) == _NODE
        assert node["kind"] in KINDS
        pending.extend(node["children"])
    chapter = form["tree"]["children"][0]
    assert chapter["children"][0] == {
        "kind": "article",
        "num": 1,
        "branch": [],
        "label": "제1조",
        "title": "목적",
        "text": bill("0.3").split("\n")[2].removeprefix("제1조(목적) "),
        "marks": [],
        "deleted": False,
        "eid": "art_1",
        "line": 3,
        "children": [],
    }


def test_render_prints_the_same_bytes(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    source = bill("0.3").replace("\n", "\r\n").replace("  ", "\u3000").encode() + b"\r\n \t"
    file = tmp_path / "draft.txt"
    file.write_bytes(source)

    assert main(["render", str(file)]) == 0

    assert capfdbinary.readouterr().out == source


def test_lint_exits_with_one_when_there_is_an_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "draft.txt"
    file.write_text("법\n제1조(목적) 가\n제3조(나) 나\n", "utf-8")

    code, form = _run(capsys, "lint", str(file), "--json")
    assert code == 1
    assert {"line", "column", "code", "level", "message"} == set(form["diagnostics"][0])

    code, form = _run(capsys, "lint", str(file), "--law", "--json")
    assert code == 0
    assert [each["level"] for each in form["diagnostics"] if each["code"] == "S1"] == ["warning"]


def test_references_have_the_form_of_the_expected_file(capsys: pytest.CaptureFixture[str]) -> None:
    code, form = _run(capsys, "references", str(BILLS / "0.3.txt"), "--json")

    expected = json.loads((DATA / "bills/sjsa/expected-references.json").read_text("utf-8"))
    assert (code, form) == (0, expected)


def test_compare_has_the_form_of_the_contract(capsys: pytest.CaptureFixture[str]) -> None:
    files = (str(BILLS / "0.2.txt"), str(BILLS / "0.3.txt"))

    code, form = _run(capsys, "compare", *files, "--json")

    assert code == 0
    assert set(form) == {"summary", "elapsed_ms", "changes"}
    for change in form["changes"]:
        assert set(change) == {"kinds", "a", "b", "score", "needs_confirmation", "diff"}
        for unit in (*change["a"], *change["b"]):
            assert set(unit) == {"eid", "label", "title", "text"}
        assert all(sign in "=-+" for sign, _ in change["diff"])
        assert 0 <= change["score"] <= 1


@pytest.mark.parametrize("command", ["parse", "render", "lint", "references"])
def test_an_unreadable_file_exits_with_two(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = tmp_path / "broken.txt"
    broken.write_bytes(b"\xff\xfe\x00")

    assert main([command, str(tmp_path / "absent.txt")]) == 2
    assert main([command, str(broken)]) == 2
    assert "읽을 수 없습니다" in capsys.readouterr().err


def test_the_module_runs_without_django() -> None:
    program = (
        "import sys; from coalition.drafts.text.__main__ import main; "
        f"main(['references', {str(BILLS / '0.3.txt')!r}, '--json']); "
        "import coalition.drafts.compare; assert not any(m.split('.')[0] == 'django' for m in sys.modules)"
    )

    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False, cwd=_root()
    )

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["version"] == "0.3"


def _root() -> Path:
    return Path(__file__).resolve().parents[4]
