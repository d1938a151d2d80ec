"""A small library of documents and what has to be found in it, the same on every database.

Each query names the documents that a reader would want; the first tests measure how well they come up.
`golden_sets.json` beside it holds the whole set of keys that every query finds, so that a database that
finds one more or one fewer is noticed. HUB_RENEW_GOLDEN=1 writes it anew, to be read before it is kept.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Text:
    """A document of the library. `facts` are region, division, year, tags."""

    key: str
    kind: str
    title: str
    body: str
    region: str = ""
    division: str = ""
    year: str = ""
    tags: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    current: bool = True


REGIONS = {
    "X0001": "가람시",
    "X0002": "누리군",
    "X0003": "다솔구",
    "X0004": "한빛시",
    "12330": "광산구",
}

LIBRARY = [
    Text(
        **{name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}
    )
    for row in json.loads(Path(__file__).with_name("golden_library.json").read_text("utf-8"))
]


@dataclass(frozen=True)
class Query:
    """What is asked, and what a reader wants to see, the best first. `step` says how it must be found."""

    text: str
    wanted: tuple[str, ...]
    kind: str
    step: str = "exact"


def _q(kind: str, text: str, *wanted: str, step: str = "exact") -> Query:
    return Query(text, wanted, kind, step)


QUERIES = [
    # 조사와 어미
    _q("particle", "통역사를", "n2", "c4"),
    _q("particle", "돌봄시설의", "p22"),
    _q("particle", "청년에게", "c5", "c17", "n3"),
    _q("particle", "특구로", "p19", "p10"),
    _q("particle", "마을버스는", "c7"),
    _q("particle", "노동자들의 쉼터", "c11"),
    _q("particle", "위원회에서", "p10"),
    _q("conjugation", "늘리다", "c10", "c16"),
    _q("conjugation", "근속을 늘리는", "c16"),
    _q("conjugation", "줄었다", "c6", "c5", "c4"),
    _q("conjugation", "빈집을 고치다", "c17"),
    _q("conjugation", "과제를 고른", "c21"),
    _q("conjugation", "버스를 태워", "c23"),
    # 겹친 낱말과 띄어쓰기
    _q("compound", "돌봄일자리", "n1", "c1"),
    _q("compound", "청년주거비", "c5"),
    _q("compound", "지속가능일자리위원회", "p10"),
    _q("compound", "지속가능 일자리 위원회", "p10"),
    _q("compound", "이주민통역사", "n2", "c4"),
    _q("compound", "시범 사업 평가", "p17"),
    _q("compound", "시범사업평가", "p17"),
    _q("compound", "마을버스기사", "c7"),
    _q("compound", "조합", "c3"),
    _q("compound", "체감도", "c1", "p17"),
    _q("compound", "체감", "c1", "p17"),
    _q("compound", "요양 보호사", "c14"),
    _q("compound", "재활용", "c6"),
    _q("compound", "배터리", "c6"),
    _q("spacing", "통역 사", "n2", "c4"),
    _q("spacing", "원탁 회의", "c21"),
    _q("spacing", "햇빛 발전소", "c7"),
    _q("spacing", "협동 조합", "c3"),
    _q("spacing", "전통 시장 상인", "c13"),
    _q("spacing", "폐 배터리", "c6"),
    # 자판, 초성, 오타
    _q("keyboard", "dlfwkfl", "p19", "c1", "n1", step="keyboard"),
    _q("keyboard", "ehfqha", "c1", "c2", "n1", step="keyboard"),
    _q("keyboard", "vPqoxjfl", "c6", step="keyboard"),
    _q("keyboard", "dldwlals xhddurtk", step="exact"),
    _q("keyboard", "dlwnals xhddurtk", "n2", "c4", step="keyboard"),
    _q("initials", "ㅎㅂㅂㅈㅅ", "c7", step="typo"),
    _q("initials", "ㅌㅇㅅ", "n2", "c4", step="typo"),
    _q("initials", "ㅇㅌㅎㅇ", "c21", step="typo"),
    _q("half", "통역ㅅ", "n2", "c4", step="typo"),
    _q("half", "요양보ㅎ", "c14", step="typo"),
    _q("typo", "페배터리", "c6", step="typo"),
    _q("typo", "통약사", "n2", "c4", step="typo"),
    _q("typo", "요양보호샤", "c14", step="typo"),
    _q("typo", "햇빛발전쏘", "c7", step="typo"),
    _q("typo", "협동죠합", "c3", step="typo"),
    _q("typo", "바리스따", "c16", step="typo"),
    _q("typo", "개인졍보", "s1", "p18", step="typo"),
    _q("typo", "지속가눙 일자리", "p19", "p10", "p1", step="typo"),
    # 같은 뜻
    _q("synonym", "어르신", "c18", "c9", "p5"),
    _q("synonym", "집세", "n3", "c5", "p22", step="synonym"),
    _q("synonym", "라이더", "c11"),
    _q("synonym", "재래시장", "c13", step="synonym"),
    _q("synonym", "갑질 과태료", "p24", step="any"),
    _q("synonym", "인공지능 상담", "c22"),
    _q("synonym", "노인 일거리", "c9", "c18", step="any"),
    _q("synonym", "벌금", "p24", step="synonym"),
    _q("synonym", "육아", "c12", "c3", step="synonym"),
    _q("synonym", "외국인", "n2", "c4", "p5", step="synonym"),
    # 수와 기호
    _q("number", "24명", "c1"),
    _q("number", "3.6점", "c1"),
    _q("number", "1436건", "n4"),
    _q("number", "1,436", "n4"),
    _q("number", "4200만 원", "c7"),
    _q("number", "RE100", "c23"),
    _q("number", "re100 통근버스", "c23"),
    _q("number", "AI", "c22"),
    _q("number", "주 15시간", "c1"),
    # 조문 번호
    _q("code", "제1조", "p1"),
    _q("code", "제10조", "p10"),
    _q("code", "제12조", "p12"),
    _q("code", "제12조의2", "p12-2"),
    _q("code", "제12조의2제3항", "p12-2"),
    _q("code", "제 17 조", "p17", "p18", "old17"),
    _q("code", "17조", "p17", "p18", "old17"),
    _q("code", "제17조제1항", "p17", "p18", "old17"),
    _q("code", "제22조제2호", "p22"),
    _q("code", "제2조"),
    # 구절, 빼기, 칸
    _q("phrase", '"돌봄 일자리"', "n1"),
    _q("phrase", '"사회적 대화"', "n4", "n1", "c21", "p3", "p5"),
    _q("phrase", '"이주민이 사회적 대화에"', "p5"),
    _q("minus", "돌봄 -코디 -아이", "c20", "c2", "n1"),
    _q("minus", "특구 -위원회", "p19"),
    _q("field", "돌봄 지역:가람시", "c1", "n1", "c20"),
    _q("field", "지역:광산 녹서", "n4", "m1"),
    _q("field", "판:모두 훈련수당", "old9"),
    _q("field", "훈련수당"),
    _q("field", "주제어:이주민", "c4", "n2"),
    _q("field", "종류:조문 돌봄", "p22"),
    # 여러 낱말, 말하듯이
    _q("mixed", "돌봄 코디 만족", "c1"),
    _q("mixed", "야간 배달 노동자 쉴 곳", "c11"),
    _q("mixed", "이동 시간을 임금에 넣은 사례", "c2"),
    _q("mixed", "에어컨 단 휴게실", "c24"),
    _q("mixed", "청년이 빈집을 고친 이야기", "c17", step="any"),
    _q("mixed", "출근 시간을 늦춘 기업", "c19"),
    _q("mixed", "급식실 조리원 근로시간 늘리기", "c10"),
    _q("mixed", "장애인 카페 직업 근속", "c16", step="any"),
    _q("mixed", "숲 나무 가구 재료", "c15"),
    _q("mixed", "지역화폐 수당이 쓰이지 않은 까닭", "c20", step="any"),
]  # fmt: skip

# Written later, in one go and before they were first asked. How each has to be found is left open.
LATER = [
    ("particle", "청년의 주거비를", "c5"),
    ("particle", "휴게실에는", "c24"),
    ("particle", "전통시장에서 배송", "c13"),
    ("particle", "장애인과 바리스타", "c16"),
    ("particle", "어린이집으로", "c12"),
    ("particle", "산업단지까지", "c23"),
    ("particle", "특구를 심의", "p10"),
    ("conjugation", "뽑았다", "c7 c12"),
    ("conjugation", "옮기다", "n3"),
    ("conjugation", "만든 가구", "c15"),
    ("conjugation", "모은 질문", "n4 p3"),
    ("conjugation", "낮아진 소진", "c14"),
    ("conjugation", "공개하는 데이터", "p18"),
    ("conjugation", "고용한 통역사", "c4"),
    ("conjugation", "목수에게 배우다", "c17"),
    ("conjugation", "다듬어 포장", "c18"),
    ("compound", "배송기사", "c13"),
    ("compound", "통근버스", "c23"),
    ("compound", "통근비용", "p22"),
    ("compound", "급식실", "c10"),
    ("compound", "직무지도원", "c16"),
    ("compound", "느린 학습자", "c8"),
    ("compound", "산재상담", "c4"),
    ("compound", "의견제출", "p5"),
    ("compound", "공공 근로", "c9"),
    ("compound", "가구공방", "c15"),
    ("compound", "햇빛발전소배당", "c7"),
    ("compound", "청년 목수단", "c17"),
    ("spacing", "새벽 반 노동자", "c23"),
    ("spacing", "지역 화폐", "c20"),
    ("spacing", "어린이 집", "c12"),
    ("spacing", "개인 정보", "s1 p18"),
    ("spacing", "초단시간근로", "c10"),
    ("keyboard", "cjdsus", "c5 c17 n3"),
    ("keyboard", "xmrrn", "p19 p10"),
    ("initials", "ㅂㄹㅅㅌ", "c16"),
    ("initials", "ㅎㄷㅈㅎ", "c3"),
    ("half", "바리스ㅌ", "c16"),
    ("half", "통근버ㅅ", "c23"),
    ("typo", "마을버쓰", "c7"),
    ("typo", "어린이짚", "c12"),
    ("typo", "원탁회이", "c21"),
    ("typo", "로컬프드", "c18"),
    ("typo", "급식씰", "c10"),
    ("synonym", "알바", "c10"),
    ("synonym", "할머니", "c18"),
    ("synonym", "월급", "c2 c4"),
    ("synonym", "시니어", "c9 c18"),
    ("synonym", "다문화", "c4 n2"),
    ("synonym", "차비", "p22 c23"),
    ("number", "3,120만 원", "c3"),
    ("number", "47분", "c2"),
    ("number", "71퍼센트", "c16"),
    ("number", "38퍼센트", "c20"),
    ("number", "2년 이내", "p15"),
    ("number", "500만 원", "p24"),
    ("code", "제3조", "p3"),
    ("code", "제5조제3항", "p5"),
    ("code", "제12조의2제1항", "p12-2"),
    ("code", "5조", "p5"),
    ("code", "제15조제2항", "p15"),
    ("code", "제22조제1호", "p22"),
    ("phrase", '"동등하게 참여"', "p5"),
    ("phrase", '"실증사례와 데이터"', "p18"),
    ("phrase", '"주 20시간"', "c10"),
    ("minus", "통역사 -모집", "c4"),
    ("minus", "청년 -빈집 -월세", "c5"),
    ("field", "청년 지역:누리군", "c17"),
    ("field", "종류:사례 이주민", "c4"),
    ("field", "연도:2025 돌봄", "c3 c19 c20"),
    ("field", "분과:마을 상인", "c13"),
    ("place", "광산구", "m1"),
    ("place", "가람시", "m2"),
    ("sentence", "노인이 할 수 있는 일자리가 있나요", "c9 c18"),
    ("sentence", "퇴근이 늦은 부모를 위한 어린이집", "c12"),
    ("sentence", "배달하는 사람이 밤에 쉬는 곳", "c11"),
    ("sentence", "회사를 그만두는 청년을 줄이려면", "c5"),
    ("sentence", "폐배터리 사고를 어떻게 줄였나", "c6"),
    ("sentence", "법을 어기면 벌금은 얼마인가", "p24"),
]
QUERIES += [_q(kind, text, *wanted.split(), step="") for kind, text, wanted in LATER]
