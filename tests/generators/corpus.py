"""Thousands of documents in the hub's own language, the same ones every time: for measuring, never for judging."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

FIELDS = [
    "돌봄",
    "청년",
    "이주민",
    "어르신",
    "장애인",
    "마을",
    "문화",
    "환경",
    "에너지",
    "제조",
    "농업",
    "관광",
    "상권",
    "주거",
    "교통",
    "안전",
    "교육",
    "보건",
    "산림",
    "어업",
    "배달",
    "물류",
    "통역",
    "요양",
    "보육",
    "재활용",
    "태양광",
    "도서관",
    "박물관",
    "전통시장",
    "협동조합",
    "사회적기업",
    "공방",
    "식당",
    "빵집",
    "텃밭",
    "하천",
    "공원",
]
THINGS = [
    "일자리",
    "체감도",
    "상담실",
    "작업장",
    "협의체",
    "원탁회의",
    "실태조사",
    "교육과정",
    "현장실습",
    "임금",
    "노동시간",
    "휴게실",
    "안전교육",
    "창업",
    "지원금",
    "주거비",
    "통근버스",
    "쉼터",
    "자격증",
    "멘토링",
    "공동구매",
    "수거함",
    "지도",
    "장부",
    "조례",
    "예산",
    "협약",
    "설명회",
    "보고서",
    "설문",
    "고용유지",
    "근속",
]
PEOPLE = [
    "주민",
    "노동자",
    "담당자",
    "상인",
    "조합원",
    "위원",
    "청년",
    "어르신",
    "활동가",
    "사업주",
    "기사",
    "돌봄코디",
    "통역사",
    "강사",
]
ACTIONS = [
    "늘렸다",
    "줄였다",
    "만들었다",
    "고쳤다",
    "열었다",
    "나누었다",
    "살폈다",
    "물었다",
    "모았다",
    "바꾸었다",
    "시작했다",
    "멈추었다",
    "이어",
    "갔다",
    "넓혔다",
    "지켰다",
]
PLACES = ["가람", "누리", "다솔", "한빛", "새별", "온유"]
SENTENCES = (
    "{place}의 {people}들이 {field} {thing}을 {n}월에 {action}.",
    "{field} 분야에서 일하는 {people} {n}명이 {thing}에 참여하여 {thing2}을 {action}.",
    "{thing}이 모자라 {people}의 {field} 활동이 어려웠고, {place}는 {thing2}을 {action}.",
    "여섯 달 동안 {field} {thing}은 {n}건에서 {m}건으로 늘었다.",
    "{people}에게 {thing}을 물으니 {n}점이었고 {field}의 {thing2}은 {m}점이었다.",
    "{place}는 {field} {thing}을 위한 {thing2}을 {people}와 함께 {action}.",
)


@dataclass(frozen=True, slots=True)
class Made:
    """A document: which sentences of the stock it consists of, and its facets."""

    number: int
    title: str
    sentences: tuple[int, ...]
    place: str
    field: str
    year: int
    level: int


def stock(size: int, *, seed: int = 1) -> list[str]:
    """Sentences; each is analysed once."""
    chance = random.Random(seed)
    made: dict[str, None] = {}
    while len(made) < size:
        sentence = chance.choice(SENTENCES).format(
            place=f"{chance.choice(PLACES)}{chance.choice('시군구')}",
            people=_often(chance, PEOPLE),
            field=_often(chance, FIELDS),
            thing=_often(chance, THINGS),
            thing2=_often(chance, THINGS),
            action=chance.choice(ACTIONS),
            n=chance.randint(2, 900),
            m=chance.randint(2, 900),
        )
        made.setdefault(sentence)
    return list(made)


def documents(number: int, sentences: int, *, seed: int = 2) -> Iterator[Made]:
    """So many documents of four to ten sentences."""
    chance = random.Random(seed)
    for i in range(number):
        field, place = _often(chance, FIELDS), chance.choice(PLACES)
        title = f"{place} {field} {_often(chance, THINGS)} {_often(chance, THINGS)}"
        own = tuple(chance.randrange(sentences) for _ in range(chance.randint(4, 10)))
        yield Made(i, title, own, place, field, chance.randint(2018, 2026), chance.randint(0, 4))


def questions(number: int, *, seed: int = 3) -> list[str]:
    """Questions of one to three words."""
    chance = random.Random(seed)
    words = [*FIELDS, *THINGS, *PEOPLE]
    return [" ".join(chance.sample(words, 1 + i % 3)) for i in range(number)]


def _often(chance: random.Random, words: list[str]) -> str:
    """The first words are the frequent ones, as in any language."""
    return words[min(int(chance.paretovariate(0.8)) - 1, chance.randrange(len(words)))]
