"""`make bench`: subjects are found by themselves, and a run keeps what the others measured."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bench import __main__ as bench
from tests.bench.figures import Figure, cpu, growth


def test_every_module_that_measures_is_a_subject() -> None:
    assert "drafts" in bench.subjects()
    assert not {"figures", "__main__", "__init__"} & {*bench.subjects()}


def test_what_takes_half_an_hour_is_measured_only_by_name() -> None:
    assert "search_large" in bench.subjects()
    assert "search_large" not in bench.usual()
    assert "search" in bench.usual()


def test_a_run_of_one_subject_keeps_the_others_figures(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bench, "REPORT", tmp_path / "benchmarks.md")
    bench._report("pages", "| old |")
    bench._report("drafts", "| first |")
    bench._report("drafts", "| second |")

    written = bench.REPORT.read_text(encoding="utf-8")
    assert written.startswith("# Benchmarks")
    assert [line for line in written.split("\n") if line.startswith("## ")] == [
        "## drafts",
        "## pages",
    ]
    assert "| old |" in written
    assert "| second |" in written
    assert "| first |" not in written


def test_a_figure_above_its_target_is_told_as_missed() -> None:
    table = bench._table([Figure("a", 51.0, "ms", 50.0), Figure("b", 49.0, "ms", 50.0)])

    assert "| a | 51 ms | ≤ 50 ms |  | **missed** |" in table
    assert "| b | 49 ms | ≤ 50 ms |  | met |" in table


def test_what_is_quadratic_grows_fourfold() -> None:
    def work(size: int) -> int:
        return sum(1 for _ in range(size) for _ in range(size))

    assert cpu(lambda: work(300)) > 0
    assert 3 < growth(lambda: work(400), lambda: work(800)) < 5.5
