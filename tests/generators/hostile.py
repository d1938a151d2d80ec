"""Texts made to hurt a parser; twice the number gives twice the text."""

from __future__ import annotations

from collections.abc import Callable

HOSTILE: dict[str, Callable[[int], str]] = {
    "branches without end": lambda n: "제1조" + "의2" * n,
    "branched articles": lambda n: "제1조의2의2의2의2\n" * (n // 11),
    "circled numbers on one line": lambda n: "제1조(가) " + "①②③" * (n // 3),
    "circled numbers on lines": lambda n: "제1조(가) 가\n" + "①\n②\n③\n" * (n // 30),
    "one line": lambda n: "국가는 제1조제2항에 따라 " * (n // 15),
    "brackets": lambda n: "제1조" + "(" * n,
    "titles that never close": lambda n: "제1조((((((\n제2조(\n" * (n // 40),
    "blanks": lambda n: "제1조(가) 가" + " " * n + "나",
    "marks that never close": lambda n: "제1조(가) " + "<개정 2010.1.1, " * (n // 14),
    "all levels again and again": lambda n: (
        "제1조(가) 가\n" + "1.\n가.\n1)\n가)\n(1)\n(가)\n" * (n // 90)
    ),
    "wrapped sentence ends": lambda n: "제1조(가) 가\n" + ("가" * 44 + "한\n다. 나\n") * (n // 52),
    "notes and paragraphs": lambda n: "제1조(가) 가\n" + "[전문개정 2010.1.1]\n③\n" * (n // 60),
    "amendments": lambda n: (
        "부칙\n제1조(다른 법률의 개정) 가법 일부를 다음과 같이 개정한다.\n" * (n // 80)
    ),
}
