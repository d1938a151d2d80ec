"""How levels, counts and matches are computed: the rules that stand behind the figures' "?"."""

from __future__ import annotations

from dataclasses import dataclass

from coalition.evidence.level import FADES_AFTER, NAMES, NEEDS
from coalition.evidence.suppression import SMALLEST
from coalition.practice.models import HIGHEST_SCORE


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule with its anchor. `rows` is a table of name and meaning; `code` is where it is computed."""

    key: str
    title: str
    paragraphs: tuple[str, ...]
    code: str
    rows: tuple[tuple[str, str], ...] = ()


RULES = (
    Rule(
        "level",
        "근거 수준",
        (
            "수준은 사람이 고르지 않습니다. 채워진 칸에서 계산하고, 칸이 비거나 측정을 거두면 곧바로 내려갑니다. "
            "한 수준은 그 아래 수준의 조건을 모두 갖추어야 합니다.",
            "시범 사업의 수준은 지표, 응답자, 평가 주체가 같은 측정 묶음 가운데 가장 높은 것입니다. 모델의 수준은 그 모델의 "
            "시범 사업 전체에서 같은 방법으로 구합니다.",
            "사례의 수준은 그 사례의 근거 가운데 가장 높은 것입니다. 근거가 없으면 핵심 수치에서 구합니다. 응답자 수와 잰 때가 있으면 "
            "1, 앞선 값까지 있으면 2이고, 다른 집단과 견준 결과는 근거로 적어야 3이 됩니다.",
            f"마지막으로 잰 날에서 {FADES_AFTER}개월이 지나면 「오래됨」으로 표시합니다. 응답자가 {SMALLEST}명보다 적은 값은 "
            "수준에 넣지 않습니다.",
        ),
        "coalition/evidence/level.py",
        tuple((f"{number} {name}", NEEDS[number]) for number, name in enumerate(NAMES)),
    ),
    Rule(
        "change",
        "변화",
        (
            "같은 지표를 같은 응답자 집단에 물은 기초 값이 있을 때만 변화를 적습니다. 종료 값이 있으면 기초에서 종료까지, "
            "없으면 기초에서 중간까지입니다.",
            "응답자 수, 응답률, 95% 구간 가운데 하나라도 없으면 변화를 적지 않고 까닭을 적습니다. 두 구간이 겹치지 않을 때만 "
            "「차이가 뚜렷함」이라고 씁니다. 응답률은 응답자 수를 물은 사람 수로 나눈 값입니다.",
            "그림의 가로축은 지표의 척도 전체입니다. 작은 변화는 작게 보입니다.",
        ),
        "coalition/evidence/queries.py",
    ),
    Rule(
        "suppression",
        "작은 수 가림",
        (
            f"{SMALLEST}명보다 적은 사람에게서 나온 수는 쪽, 그림, 내려받는 파일 어디에도 싣지 않습니다. "
            "몇 사람만 모인 간담회나 면접도 「5명 미만」이라고만 적습니다.",
            "한 부류를 가리면 전체에서 빼어 알아낼 수 있으므로, 표의 차례에서 이웃한 부류를 함께 가립니다. 가린 부류가 둘 이상이고 "
            f"그 사람 수를 더해 {2 * SMALLEST}명 이상이 될 때까지 가리며, 그래도 모자라면 나눈 표를 모두 가립니다.",
            "비율은 사람 수를 달리 적은 것입니다. 24명의 12.5%는 3명입니다. 단위가 %인 값에 응답자 수를 곱해 그 안이나 밖의 사람이 "
            f"{SMALLEST}명보다 적을 수 있으면 비율도 구간도 변화도 싣지 않고, 부류별 표에서는 전체에서 빼어 그렇게 되는 때에도 모든 부류의 "
            "비율을 가립니다. 답하지 않은 사람의 수는 가리지 않습니다. 그들에 대하여 잰 것이 없습니다.",
            "부류별 표는 마지막 차수의 것만 싣습니다. 두 차수의 표를 견주면 누가 들고 났는지 드러날 수 있어서입니다.",
        ),
        "coalition/evidence/suppression.py",
    ),
    Rule(
        "progress",
        "이정표와 진행",
        (
            "진행은 이룬 이정표의 수를 전체 이정표의 수로 나눈 값입니다. 이정표가 없으면 진행률을 적지 않습니다.",
            "늦은 날수는 이룬 날에서 계획한 날을 뺀 것이고, 이루지 못한 이정표는 오늘까지 셉니다. 시범 사업의 상태는 기록된 "
            "사건 가운데 날짜가 가장 늦은 것입니다.",
        ),
        "coalition/practice/queries.py",
    ),
    Rule(
        "score",
        "모델의 기준",
        (
            "모델을 정하는 네 기준은 일자리의 질, 사회통합성, 생태지향성, 사회적 대화입니다(광산구 조례에 관한 보도를 따름). "
            f"점수는 일자리회가 매긴 1~{HIGHEST_SCORE}점을 그대로 옮기고, 매기지 않은 것은 비워 둡니다. 더하거나 평균을 내지 않습니다.",
        ),
        "coalition/practice/models/job_model.py",
    ),
    Rule(
        "counts",
        "발표와 수록",
        (
            "「발표」는 출처가 말한 수이고 「수록」은 이 누리집에 실려 읽을 수 있는 것을 그때그때 센 수입니다. 둘이 다르면 그 차이를 "
            "「명칭 미수록」으로 적고, 이름을 지어내지 않습니다.",
        ),
        "cms/queries/practice.py",
    ),
    Rule(
        "spread",
        "도입과 확산",
        (
            "도입은 한 지방정부가 다른 지방정부의 모델, 사례, 조례를 가져온 기록입니다. 상태는 검토, 결정, 시행, 중단, 종료 가운데 "
            "날짜가 가장 늦은 기록이고, 멈추거나 마친 도입도 까닭과 함께 남아 수에 들어갑니다. 잘못 적어 거둔 도입은 어디에서도 세지 않습니다.",
            "「바꾼 곳」은 원래 모델의 대상, 단가, 기간, 주체와 도입한 곳이 적은 것을 견주어 다른 것만 보입니다.",
        ),
        "coalition/practice/queries.py",
    ),
    Rule(
        "alike",
        "우리와 비슷한 곳",
        (
            "같은 시·군·구 유형, 같은 이름의 분과, 같은 의제의 모델, 같은 대상 집단을 하나씩 세어 많은 차례로 보입니다. 무게를 두지 "
            "않으며, 유형만 같은 곳은 넣지 않습니다. 까닭을 늘 함께 적습니다.",
        ),
        "coalition/practice/alike.py",
    ),
    Rule(
        "zone",
        "특구 점검",
        (
            "조례, 계획, 조직, 예산, 법률 조항 다섯 항목에 문서와 날짜를 적습니다. 살펴보았으나 문서가 없으면 「없음」, 살펴본 기록이 "
            "없으면 「확인 전」입니다. 분모 없이 비율을 적지 않습니다.",
        ),
        "coalition/practice/queries.py",
    ),
    Rule(
        "reasons",
        "조문 근거 장부",
        (
            "이은 사람이 아닌 사람이 검토해 확정한 연결만 셉니다. 「근거가 있는 조문」은 지금 글에 필요성, 효과, 설계 근거 가운데 하나라도 "
            "확정된 본칙의 조입니다. 주의와 반론은 따로 세고 근거에 더하지 않습니다.",
            "이은 뒤에 조문의 글이 바뀌거나 나뉘거나 합쳐지면 「재확인 필요」가 되어 근거로 세지 않습니다. 번호만 바뀐 조문에는 그대로 이어집니다.",
        ),
        "coalition/drafts/links.py",
    ),
    Rule(
        "trail",
        "질문에서 조문까지",
        (
            "핵심 질문에 묶인 질문, 공개된 답변, 그 질문에서 나온 모델, 그 모델의 시범 사업, 그것에 대한 근거를 셉니다. 조문은 이 가운데 "
            "하나와 확정된 연결로 이어진 것입니다. 모델, 시범, 근거가 아직 적히지 않았으면 질문에 적힌 걸음을 셉니다.",
        ),
        "coalition/trail/queries.py",
    ),
    Rule(
        "positions",
        "조문별 지지 대장",
        (
            "문서를 확인한 입장만 셉니다. 한 지방정부의 단체장과 의회는 따로 세고, 고쳐 낸 입장은 확인된 뒤에 앞의 것을 대신합니다. 본 글이 바뀐 입장은 "
            "「재확인 필요」, 민선 기가 끝난 입장은 흐리게, 합쳐진 지방정부의 입장은 「승계 여부 미확인」으로 두고 세지 않습니다.",
        ),
        "coalition/advocacy/positions.py",
    ),
    Rule(
        "resolutions",
        "의회 결의와 회신",
        (
            "의결은 날짜와 문서가 있을 때만 셉니다. 회신을 기다린 날은 이송한 날부터 오늘(또는 기준일)까지이고, 회신이 오면 세지 않습니다.",
        ),
        "coalition/advocacy/resolutions.py",
    ),
)
