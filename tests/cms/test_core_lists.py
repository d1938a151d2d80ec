"""Core questions to choose from, by division where they are many."""

from __future__ import annotations

from cms.queries.core_lists import cores_by_paper, grouped_cores
from coalition.dialogue.models import CoreQuestion, Paper


def cores(*divisions: str, paper: Paper | None = None) -> list[CoreQuestion]:
    paper = paper or Paper(pk=1, title="녹서")
    return [
        CoreQuestion(paper=paper, paper_id=paper.pk, number=number, division_name=division)
        for number, division in enumerate(divisions, 1)
    ]


def told(rows: list[CoreQuestion]) -> list[tuple[str, list[int]]]:
    groups = grouped_cores(rows, lambda core: f"/{core.number}/")
    assert all(address == f"/{core.number}/" for one in groups for core, address in one.items)
    return [(one.label, [core.number for core, _ in one.items]) for one in groups]


def test_many_are_gathered_by_division_and_those_without_come_last() -> None:
    rows = cores("", "돌봄", "청년", "돌봄", "", "마을", "청년", "돌봄")

    assert told(rows) == [
        ("돌봄 분과", [2, 4, 8]),
        ("청년 분과", [3, 7]),
        ("마을 분과", [6]),
        ("분과를 정하지 않음", [1, 5]),
    ]


def test_few_or_undivided_ones_stay_one_list() -> None:
    assert told(cores("돌봄", "청년")) == [("", [1, 2])]
    assert told(cores(*[""] * 30)) == [("", list(range(1, 31)))]
    assert told([]) == []


def test_anchors_of_one_page_differ() -> None:
    rows = [
        *cores("돌봄", "청년", *["마을"] * 6, paper=Paper(pk=1, title="녹서")),
        *cores("돌봄", "청년", *["마을"] * 6, paper=Paper(pk=2, title="다른 녹서")),
    ]

    shown = cores_by_paper(rows, str)

    assert [one.paper.title for one in shown] == ["녹서", "다른 녹서"]
    keys = [group.key for one in shown for group in one.groups]
    assert len(set(keys)) == len(keys) == 6
