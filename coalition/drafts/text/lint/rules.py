"""The drafting rules that are checked: what each asks, where it comes from, how to mend a breach.

Pages of 「법령 입안ㆍ심사 기준」 (법제처, 2026) and 「법제업무편람」 are those of research/mission.md §6.3, taken
from a digest of both; they are to be checked against the originals before they are printed as quotations.
"""

from __future__ import annotations

from dataclasses import dataclass

from coalition.drafts.text.diagnostics import Level

_STANDARD = "법령 입안ㆍ심사 기준"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its code, what it asks in a few words, its source, how to mend a breach.

    `level` is the gravest level at which it is reported for our own drafts.
    """

    code: str
    title: str
    source: str
    mend: str
    level: Level


def _rule(code: str, level: Level, title: str, source: str, mend: str) -> tuple[str, Rule]:
    return code, Rule(code, title, source, mend, level)


_E, _W, _I = Level.ERROR, Level.WARNING, Level.INFO

RULES: dict[str, Rule] = dict(
    (
        _rule(
            "S1",
            _E,
            "조(편ㆍ장ㆍ절ㆍ관) 번호가 빠짐",
            f"{_STANDARD} 799쪽(조의 표시)",
            "빠진 번호를 넣거나 뒤의 번호를 당깁니다. 시행 중인 법률에서는 주의입니다.",
        ),
        _rule(
            "S2",
            _E,
            "조(편ㆍ장ㆍ절ㆍ관) 번호가 겹침",
            f"{_STANDARD} 799쪽(조의 표시)",
            "뒤에 나오는 것부터 번호를 다시 매깁니다.",
        ),
        _rule(
            "S3",
            _E,
            "항(호ㆍ목) 번호가 건너뛰거나 겹침",
            f"{_STANDARD} 799–801쪽(항ㆍ호ㆍ목의 표시)",
            "빠진 번호를 넣거나 뒤의 번호를 당깁니다.",
        ),
        _rule(
            "S4",
            _E,
            "없는 조ㆍ항ㆍ호의 인용",
            f"{_STANDARD} 804쪽(조문의 인용)",
            "인용한 번호를 확인하여 고칩니다.",
        ),
        _rule(
            "L1",
            _W,
            "조ㆍ항ㆍ호ㆍ목의 표시",
            f"{_STANDARD} 799–801쪽",
            "조에는 괄호 제목을 바로 붙이고, 항이 하나뿐이면 ①을 쓰지 않습니다.",
        ),
        _rule(
            "L2",
            _W,
            "항은 두 문장 이하의 완성된 문장, 호ㆍ목은 명사구",
            f"{_STANDARD} 800쪽",
            "호와 목은 명사나 「…할 것」으로 맺습니다. 뜻풀이와 단서ㆍ후단은 문장으로 쓸 수 있습니다.",
        ),
        _rule(
            "L3",
            _W,
            "총칙의 순서",
            f"{_STANDARD} 111쪽, 140쪽",
            "목적 → 기본이념 → 정의 → 책무 → 적용 범위 → 다른 법률과의 관계 차례로 둡니다.",
        ),
        _rule(
            "L4",
            _W,
            "목적 규정의 꼴",
            f"{_STANDARD} 111쪽",
            "제1조(목적)는 「이 법은 …을 규정함으로써 …함을 목적으로 한다.」 한 문장으로 씁니다.",
        ),
        _rule(
            "L5",
            _W,
            "정의와 약칭",
            f"{_STANDARD} 121–131쪽",
            "「이 법에서 사용하는 용어의 뜻은 다음과 같다.」 다음에 호로 풀고, 한 말을 두 번 줄이지 않습니다.",
        ),
        _rule(
            "L6",
            _W,
            "다른 법률과의 관계",
            f"{_STANDARD} 140–147쪽",
            "법률에서는 「다른 법률과의 관계」라 하고 적용 범위와 나누어 둡니다.",
        ),
        _rule(
            "L8",
            _W,
            "포괄위임 금지(기계로 보이는 것만)",
            f"{_STANDARD} 19–20쪽",
            "위임할 사항을 구체적으로 적습니다.",
        ),
        _rule(
            "L9",
            _W,
            "위원회",
            f"{_STANDARD} 461–471쪽",
            "「위원장 1명을 포함하여 ○명 이내의 위원으로 구성한다.」라 쓰고 존속기한을 5년 이내로 둡니다.",
        ),
        _rule(
            "L10",
            _I,
            "기본계획(기계로 보이는 것만)",
            f"{_STANDARD} 141–142쪽",
            "수립권자, 사항, 수립 주기, 절차를 적습니다.",
        ),
        _rule(
            "L11",
            _W,
            "재정 지원과 기금",
            f"{_STANDARD} 331쪽, 401쪽",
            "「보조한다」가 아니라 「보조할 수 있다」로 씁니다. 기금은 「국가재정법」 별표 2와 함께 봅니다.",
        ),
        _rule(
            "L12",
            _W,
            "인용의 표기",
            f"{_STANDARD} 804쪽",
            "「제3조제1항」은 붙여 쓰고, 다른 법률은 「」로 묶으며, 다시 인용할 때는 「같은 법」이라 합니다.",
        ),
        _rule(
            "L13",
            _W,
            "각 호의 전부와 하나",
            f"{_STANDARD} 806쪽",
            "모두를 뜻하면 「모두 해당」, 하나를 뜻하면 「어느 하나에 해당」이라 씁니다.",
        ),
        _rule(
            "L14",
            _W,
            "부칙의 짜임",
            f"{_STANDARD} 681쪽",
            "시행일 → 유효기간 → 폐지 → 준비행위 → 적용례 → 특례 → 경과조치 → 다른 법률의 개정 → "
            "다른 법령과의 관계 차례로 제1조부터 둡니다.",
        ),
        _rule(
            "L15",
            _W,
            "시행일",
            "법제업무편람 9쪽",
            "하위법령이 필요하면 공포 후 6개월 이상 지난 날부터 시행합니다.",
        ),
        _rule(
            "L16",
            _E,
            "가지번호는 조와 호에만",
            f"{_STANDARD} 822–823쪽",
            "항은 새 번호를 받습니다. 뒤의 항 번호를 하나씩 밉니다.",
        ),
        _rule(
            "L18",
            _W,
            "알기 쉬운 말",
            "알기 쉬운 법령 정비기준(법제처)",
            "당해 → 해당, 기타 → 그 밖의, 내지 → 부터 … 까지처럼 고칩니다.",
        ),
        _rule(
            "L20",
            _I,
            "기호의 통일",
            f"{_STANDARD} 801쪽(표기)",
            "「」의 짝을 맞추고 가운뎃점, 물결표, 따옴표는 한 가지만 씁니다.",
        ),
    )
)
