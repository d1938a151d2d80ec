"""The gate finds numbers that name a person, tells where they stand, and never repeats them."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coalition.record.privacy import Level, find_personal_data, stops

WEIGHTS = (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)


def registration(born: dt.date, sort: int, serial: int, gap: str = "-") -> str:
    """A number with a right check digit, made from nobody's."""
    front = born.strftime("%y%m%d") + str(sort) + f"{serial:05}"
    total = sum(int(d) * w for d, w in zip(front, WEIGHTS, strict=True))
    last = (13 - total % 11) % 10 if sort in (5, 6, 7, 8) else (11 - total % 11) % 10
    whole = f"{front}{last}"
    return f"{whole[:6]}{gap}{whole[6:]}"


def card(body: str) -> str:
    """The body with its check digit (Luhn)."""
    for last in "0123456789":
        digits = [int(d) for d in body + last]
        total = sum(digits[-1::-2]) + sum(sum(divmod(2 * d, 10)) for d in digits[-2::-2])
        if total % 10 == 0:
            return body + last
    raise AssertionError


korean = st.text(alphabet="가나다라마바사아자차카타파하 ,.?!\n", max_size=40)
days = st.dates(dt.date(1930, 1, 1), dt.date(1999, 12, 31))


@given(
    korean,
    korean,
    days,
    st.sampled_from([1, 2, 5, 6]),
    st.integers(0, 99_999),
    st.sampled_from(["-", "", " ", " - ", "－", "–"]),
)
def test_a_registration_number_is_found_in_any_text_at_its_place(
    before: str, after: str, born: dt.date, sort: int, serial: int, gap: str
) -> None:
    number = registration(born, sort, serial, gap)

    (hit,) = find_personal_data(f"{before}{number}{after}")

    assert hit.level is Level.STOP
    assert hit.kind == ("외국인등록번호" if sort >= 5 else "주민등록번호")
    assert (hit.start, hit.end) == (len(before), len(before) + len(number))
    assert not any(character.isdigit() for character in hit.reason)


@given(
    st.text(
        alphabet=st.characters(exclude_categories=["Nd", "Cs"], exclude_characters="@"),
        max_size=300,
    )
)
def test_a_text_without_digits_and_addresses_has_no_hit(text: str) -> None:
    assert find_personal_data(text) == []


@given(st.text(max_size=300))
def test_hits_lie_in_the_text_and_do_not_overlap(text: str) -> None:
    hits = find_personal_data(text)

    assert all(0 <= hit.start < hit.end <= len(text) for hit in hits)
    assert all(one.end <= other.start for one, other in pairwise(hits))


@given(st.text(alphabet="0123456789-. ", max_size=60))
def test_what_stops_is_also_a_hit(text: str) -> None:
    assert set(stops(text)) <= set(find_personal_data(text))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("여권은 M12345678입니다", "여권번호"),
        ("새 여권 M123A4567", "여권번호"),
        ("면허 11-12-345678-90", "운전면허번호"),
        ("면허 광주 02-123456-12", "운전면허번호"),
        (f"카드 {card('400000000000000')}", "카드번호"),
        (
            "카드 " + "-".join([card("555555555555444")[i : i + 4] for i in range(0, 16, 4)]),
            "카드번호",
        ),
        ("201231-3123456", "주민등록번호"),  # born after the check digit was given up
    ],
)
def test_what_identifies_for_life_stops(text: str, kind: str) -> None:
    (hit,) = find_personal_data(text)

    assert (hit.kind, hit.level) == (kind, Level.STOP)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("연락은 010-1234-5678로", "휴대전화 번호"),
        ("０１０ １２３４ ５６７８", "휴대전화 번호"),
        ("01012345678", "휴대전화 번호"),
        ("+82 10-1234-5678", "휴대전화 번호"),
        ("계좌 110-234-567890으로", "계좌번호"),
        ("농협 3021234567891", "계좌번호"),
        ("hong.gildong@naver.com", "개인 전자우편 주소"),
        ("900101-1234567 틀린 번호", "주민등록번호"),
    ],
)
def test_a_way_to_reach_somebody_is_a_warning(text: str, kind: str) -> None:
    (hit,) = find_personal_data(text)

    assert (hit.kind, hit.level) == (kind, Level.WARN)


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-02부터 2026-09-01까지 24명",
        "예산 1,234,567,890원",
        "법인 전화 062-960-8114",
        "문의 job@gwangsan.go.kr",
        "사업자 123-45-67890",
        "991332-1234567",  # no such day
        "번호 4000000000000001",  # no card: the check digit is wrong
        "0000 0000 0000 0000",
        "제12조제1항, 2024헌마123",
        "12330-2026-000123",
    ],
)
def test_what_names_nobody_passes(text: str) -> None:
    assert find_personal_data(text) == []


def test_a_long_text_of_digits_is_read_in_linear_time() -> None:
    import time

    begin = time.process_time()
    find_personal_data("1234-" * 100_000)
    find_personal_data("9" * 500_000)
    find_personal_data("a@" * 100_000 + "a" * 200_000)
    assert time.process_time() - begin < 10
