"""Random law texts as trees: what is printed from them must be read back as the same tree.

A tree is drawn from one seed, so that a failure is told in one number and five hundred trees are
drawn in seconds.
"""

from __future__ import annotations

import random

from hypothesis import strategies as st

from coalition.drafts.text import eids, numbers
from coalition.drafts.text.tree import Node

_NOUNS = (
    "지방자치단체", "일자리", "시민", "기본계획", "사회적 대화", "시범사업", "고용노동부장관",
    "「지방자치법」 제9조", "제3조제1항", "평가(評價)", "시ㆍ도지사", "100분의 30", '"특구"', "다음 각 호의 사항",
)  # fmt: skip
_VERBS = (
    "수립하여야 한다", "둘 수 있다", "따른다", "정한다", "공개하여야 한다", "아니 된다", "말한다",
)  # fmt: skip
_TITLES = (
    "목적",
    "정의",
    "시ㆍ도의 책무",
    "위원회(분과를 포함한다)의 구성 등",
    "벌칙",
    "적용 범위",
)
_MARKS = (
    "<개정 2025.10.1>",
    "<신설 2019. 4. 30.>",
    "<개정 2010.6.4, 2012.2.1>",
    "[전문개정 2008.3.21]",
)


def trees() -> st.SearchStrategy[Node]:
    """Whole texts: title, 장 or none, articles with all levels, some 부칙, some 별표."""
    return st.integers(0, 2**32 - 1).map(lambda seed: _Maker(random.Random(seed)).bill())


class _Maker:
    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._articles_so_far = 0

    def bill(self) -> Node:
        root = Node("bill", title=self._chance.choice(("시험법안", "어느 지원에 관한 법률")))
        chapters = self._chance.randint(0, 3)
        root.children = [self._chapter(num) for num in range(1, chapters + 1)] or self._articles()
        for position in range(1, self._chance.randint(0, 2) + 1):
            root.children.append(self._supplement(position))
        for num in range(1, self._chance.randint(0, 2) + 1):
            text = "\n".join(self._nouns() for _ in range(self._chance.randint(0, 2)))
            root.children.append(Node("annex", num, (), f"별표 {num}", self._nouns(), text))
        eids.assign(root)
        return root

    def _once_in(self, times: int) -> bool:
        return self._chance.randrange(times) == 0

    def _nouns(self) -> str:
        return " 및 ".join(self._chance.choices(_NOUNS, k=self._chance.randint(1, 5)))

    def _sentence(self) -> str:
        return f"{self._nouns()}은 {self._chance.choice(_VERBS)}."

    def _marks(self) -> tuple[str, ...]:
        return tuple(self._chance.choices(_MARKS, k=self._chance.choice((0, 0, 1, 2))))

    def _chapter(self, num: int) -> Node:
        title = self._chance.choice(("총칙", "지원 및 특례", "보칙"))
        node = Node("chapter", num, (), f"제{num}장", title, marks=self._marks())
        if self._once_in(2):
            for section in (1, 2):
                child = Node("section", section, (), f"제{section}절", "통칙")
                child.children = self._articles()
                node.children.append(child)
        else:
            node.children = self._articles()
        return node

    def _articles(self) -> list[Node]:
        found = []
        for _ in range(self._chance.randint(1, 3)):
            self._articles_so_far += 1
            found.append(self._article(self._articles_so_far, ()))
            if self._once_in(5):
                found.append(self._article(self._articles_so_far, (2,)))
        return found

    def _article(self, num: int, branch: tuple[int, ...]) -> Node:
        node = Node("article", num, branch, f"제{num}조{numbers.branch_text(branch)}")
        if self._once_in(10):
            return _deleted(node)
        node.title = self._chance.choice(_TITLES)
        if self._once_in(2):
            count = self._chance.choice((1, 2, 3, 5, 22))
            node.children = [self._paragraph(n) for n in range(1, count + 1)]
        else:
            node.text, node.marks = self._sentence(), self._marks()
            node.children = self._items()
        if self._once_in(6):
            node.children.append(Node("note", text="[본조신설 2011. 7. 14.]"))
        return node

    def _paragraph(self, num: int) -> Node:
        node = Node("paragraph", num, (), f"제{num}항")
        if self._once_in(10):
            return _deleted(node)
        node.text, node.marks = self._sentence(), self._marks()
        node.children = self._items() if self._once_in(4) else []
        return node

    def _items(self) -> list[Node]:
        found = []
        for num in range(1, self._chance.randint(0, 4) + 1):
            node = Node("item", num, (), f"제{num}호", text=self._nouns())
            node.children = self._subitems() if self._once_in(4) else []
            found.append(node)
            if self._once_in(6):
                found.append(Node("item", num, (2,), f"제{num}호의2", text=self._nouns()))
        return found

    def _subitems(self) -> list[Node]:
        found = []
        for num in range(1, self._chance.choice((1, 3, 16)) + 1):
            node = Node("subitem", num, (), f"{numbers.syllable(num)}목", text=self._nouns())
            if self._once_in(4):
                node.children = [
                    Node("subsubitem", deep, (), f"{deep})", text=self._nouns()) for deep in (1, 2)
                ]
            found.append(node)
        return found

    def _supplement(self, position: int) -> Node:
        node = Node("supplement", position, (), "부칙")
        if self._once_in(2):
            node.title = self._chance.choice(("", "다른 법률(가칭)", "정부조직법"))
            node.marks = (f"<제{1000 + position}호,2018.3.20>",)
        form = self._chance.choice(("article", "paragraph", "sentence"))
        if form == "sentence":
            node.text = "이 법은 공포한 날부터 시행한다."
        elif form == "article":
            node.children = [
                Node("article", 1, (), "제1조", "시행일", self._sentence()),
                Node("article", 2, (), "제2조", "위원회에 관한 경과조치", self._sentence()),
            ]
        else:
            node.children = [
                Node("paragraph", 1, (), "제1항", "시행일", self._sentence()),
                Node("paragraph", 2, (), "제2항", "벌칙에 관한 경과조치", self._sentence()),
            ]
        return node


def _deleted(node: Node) -> Node:
    node.text, node.deleted, node.marks = "삭제", True, ("<2019.4.30>",)
    return node
