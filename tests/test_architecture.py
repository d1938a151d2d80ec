"""What import-linter sees, and what it can't: the direction of the story, the size of rooms, no drawers."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
STORY = [
    "coalition.record", "coalition.members", "coalition.dialogue", "coalition.practice",
    "coalition.evidence", "coalition.drafts", "coalition.advocacy", "coalition.trail", "cms", "search",
]  # fmt: skip
MOST_LINES = 400


def _modules(*folders: str) -> list[Path]:
    return [
        path
        for folder in folders
        for path in sorted((ROOT / folder).rglob("*.py"))
        if "migrations" not in path.parts
    ]


OURS = _modules("coalition", "cms", "search")


def _layer(dotted: str) -> int | None:
    """The place in the story of a dotted name, if it is ours."""
    for place, layer in enumerate(STORY):
        if dotted == layer or dotted.startswith(f"{layer}."):
            return place
    return None


def _own_layer(path: Path) -> int | None:
    return _layer(".".join(path.relative_to(ROOT).with_suffix("").parts))


def test_the_import_contracts_are_kept() -> None:
    linter = Path(sys.executable).with_name("lint-imports")

    done = subprocess.run([linter], cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("path", OURS, ids=lambda p: str(p.relative_to(ROOT)))
def test_dotted_strings_point_down_the_story(path: Path) -> None:
    """`apps.get_model`, lazy foreign keys and `import_string` hide from import-linter."""
    here = _own_layer(path)
    labels = {layer.rpartition(".")[2]: place for place, layer in enumerate(STORY)}
    if here is None:
        return
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            dotted = _layer(node.value)
            model = re.fullmatch(r"([a-z]+)\.[A-Z]\w+", node.value)
            there = dotted if dotted is not None else labels.get(model[1]) if model else None
            assert there is None or there <= here, f"{path}:{node.lineno}: {node.value!r}"


def test_templates_of_pages_and_records_know_no_search() -> None:
    """Links to the search page go by address; only templates/search loads what is search's."""
    for path in sorted((ROOT / "templates").rglob("*.html")):
        if "search" in path.relative_to(ROOT / "templates").parts:
            continue
        loads = re.findall(r"{%\s*load\s+([^%]+)%}", path.read_text(encoding="utf-8"))
        assert not {"search", "search_tags"} & {word for load in loads for word in load.split()}, (
            path
        )


@pytest.mark.parametrize("path", OURS, ids=lambda p: str(p.relative_to(ROOT)))
def test_a_module_is_read_at_one_sitting(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MOST_LINES


def test_there_is_no_drawer() -> None:
    drawers = {"utils", "helpers", "common", "core", "misc"}

    assert not [path for path in OURS if drawers & {path.stem, *path.parts}]


@pytest.mark.parametrize("path", OURS, ids=lambda p: str(p.relative_to(ROOT)))
def test_a_module_says_what_it_is_for(path: Path) -> None:
    if path.name == "__init__.py" or path.name == "apps.py":
        return
    source = path.read_text(encoding="utf-8")
    assert not source.strip() or ast.get_docstring(ast.parse(source)), path


def test_reads_are_in_query_modules_and_templates_compute_nothing() -> None:
    """A template neither filters rows nor calls what could ask the database with arguments."""
    for path in sorted((ROOT / "templates").rglob("*.html")):
        source = path.read_text(encoding="utf-8")
        assert "objects." not in source, path
        assert source.count("{% with ") <= 1, path


def test_elasticsearch_and_kiwi_have_one_door_each() -> None:
    for path in OURS:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module:
                names = [node.module]
            for name in names:
                place = path.relative_to(ROOT).as_posix()
                if name.split(".")[0] in ("elasticsearch", "elasticsearch_dsl"):
                    assert place == "search/backends/elastic.py", place
                if name.split(".")[0] == "kiwipiepy":
                    assert place == "search/korean.py", place
