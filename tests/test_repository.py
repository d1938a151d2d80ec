"""What a clone holds: commands that exist, locks with hashes, no host of a registry, nothing from elsewhere."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TEXT = {".py", ".toml", ".lock", ".md", ".sh", ".html", ".css", ".js", ".txt", ".yaml", ".json", ""}


def _tracked() -> list[Path]:
    """Files of the repository: what git tracks and what it would."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    return [path for name in listed.splitlines() if (path := ROOT / name).is_file()]


def test_no_file_names_the_host_of_a_package_registry() -> None:
    hosts = re.compile(
        r"(pypi|pythonhosted|npmjs|registry\.npm|maven\.org|deb\.debian|crates)\.(org|io|com)"
    )
    for path in _tracked():
        if path.suffix in TEXT and path.name != Path(__file__).name:
            assert not hosts.search(path.read_text(encoding="utf-8", errors="ignore")), path


def test_every_pinned_package_has_a_hash_and_no_index_is_named() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text(encoding="utf-8")
        pins = re.findall(r"^[a-z0-9._-]+(?:\[[a-z]+\])?==", text, re.MULTILINE)
        assert pins
        assert text.count("--hash=sha256:") >= len(pins)
        assert "--index-url" not in text
        assert "--find-links" not in text


def test_every_dependency_is_in_the_lock_with_its_reason_in_pyproject() -> None:
    source = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    project = tomllib.loads(source)["project"]
    lock = (ROOT / "requirements-dev.lock").read_text(encoding="utf-8").lower()
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    for requirement in wanted:
        name = re.split(r"[\[<>=]", requirement)[0].lower()
        line = next(line for line in source.splitlines() if f'"{requirement}"' in line)
        assert f"\n{name}==" in f"\n{lock}" or f"\n{name}[" in f"\n{lock}", name
        assert "#" in line, f"{name}: say what it is for"


@pytest.mark.parametrize("path", sorted((ROOT / "static").rglob("*.css")), ids=lambda p: p.name)
def test_a_stylesheet_brings_nothing_from_another_host(path: Path) -> None:
    source = path.read_text(encoding="utf-8")

    assert "@import" not in source
    assert not re.search(r"url\(\s*['\"]?(https?:)?//", source)


def test_the_pages_stylesheets_and_scripts_are_light() -> None:
    """design/look.md: CSS under 50 KB in all, JS under 30 KB (the admin's own not counted)."""
    public_css = [p for p in (ROOT / "static/css").glob("*.css") if p.name != "admin.css"]
    public_js = [
        p for p in (ROOT / "static/js").glob("*.js") if p.name not in ("law-editor.js", "desk.js")
    ]

    assert sum(path.stat().st_size for path in public_css) < 50_000
    assert sum(path.stat().st_size for path in public_js) < 30_000


def test_templates_carry_no_inline_script_style_or_handler() -> None:
    for path in sorted((ROOT / "templates").rglob("*.html")):
        source = path.read_text(encoding="utf-8")
        assert not re.search(r"<style\b|\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+=", source), path


def test_the_readme_names_every_make_target_and_every_variable() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    targets = re.findall(
        r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE
    )
    code = "\n".join(
        p.read_text(encoding="utf-8") for p in (ROOT / "coalition/settings").glob("*.py")
    )
    variables = set(re.findall(r"\"(HUB_[A-Z_]+)\"", code))
    example = (ROOT / ".env.example").read_text(encoding="utf-8")

    assert all(f"make {target}" in readme for target in targets)
    assert all(f"`{variable}`" in readme for variable in variables)
    assert all(variable in example for variable in variables)


def test_unescaped_output_has_its_reason() -> None:
    for path in _tracked():
        if path.suffix in (".py", ".html") and "tests" not in path.parts:
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                if re.search(r"\|safe\b|mark_safe\(", line):
                    assert "#" in line, f"{path}:{number}"


@pytest.mark.xdist_group("repository")
def test_groups_of_tests_stay_on_one_worker(request: pytest.FixtureRequest) -> None:
    """What one group shares (a browser, a seeded demo, an Elasticsearch) would else be made once per worker:
    xdist 3.8 ignores its groups under pytest 9.2 without a word."""
    if not request.config.getoption("loadgroup", False):
        pytest.skip("only where tests are spread with --dist loadgroup")

    assert request.node.nodeid.endswith("@repository")
