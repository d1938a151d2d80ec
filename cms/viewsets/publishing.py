"""발행: the last look before a text becomes unchangeable, and the answers that only a person can give."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from cms.tenancy import DeskRequest
from cms.viewsets.desk import require_keeper
from cms.viewsets.lineage import Screen, screen_of
from cms.viewsets.outline import check_text
from coalition.drafts import actions
from coalition.drafts.lineage import plan_of, state_of
from coalition.drafts.models import Version
from coalition.drafts.queries import newest_published
from coalition.particles import object_, topic

#: What no rule can check (「법령 입안ㆍ심사 기준」; design/drafts.md): a person looks and ticks.
CHECKLIST = {
    "L7": (
        "이름",
        "‘특별법’이라면 그것에 앞서는 일반법이 있고, ‘기본법’이라면 기본 원칙을 정합니다.",
    ),
    "L8": (
        "위임",
        "대통령령·부령·조례에 맡긴 것은 범위를 구체적으로 정했고, 지방자치의 일은 조례에 먼저 맡겼습니다.",
    ),
    "L10": (
        "계획의 중복",
        "새로 두는 계획과 위원회가 다른 법률에 이미 있는 것과 겹치지 않는지 살폈습니다.",
    ),
    "L19": (
        "제출 꾸러미",
        "제안이유와 주요내용, 비용추계서나 미첨부 사유서를 따로 갖추었거나 갖출 사람을 정했습니다.",
    ),
}


@dataclass(frozen=True, slots=True)
class Tick:
    """One line of the checklist."""

    code: str
    name: str
    text: str
    ticked: bool


def publish(request: DeskRequest, pk: int) -> HttpResponse:
    """Show what is to be confirmed; publish when everything is."""
    require_keeper(request)
    version = get_object_or_404(Version.objects.select_related("bill"), pk=pk)
    if version.is_published:
        messages.info(request, f"{topic(f'v{version.no}')} 이미 발행되었습니다.")
        return redirect("bills_desk:index")
    given = request.POST.dict() if request.method == "POST" else None
    plan, previous = plan_of(version), newest_published(version.bill)
    screen = screen_of(plan, previous, given) if plan and previous else None
    checklist = _checklist(given)
    state, check = state_of(version), check_text(version.source_text)
    refused: list[str] = []
    if given is not None:
        refused = (
            [f"오류 {check.errors}개를 고쳐야 발행할 수 있습니다."]
            if check.errors
            else _unfinished(given, screen, checklist, state)
        )
        if not refused:
            try:
                published = actions.publish_version(
                    version=version,
                    by=request.user,
                    confirmations=screen.answers if screen else None,
                    seen=state,
                    checklist=[tick.code for tick in checklist],
                )
            except ValidationError as error:
                refused = error.messages
            else:
                messages.success(
                    request, f"{object_(published)} 발행했습니다. 이제 누구도 고칠 수 없습니다."
                )
                return redirect("bills_desk:index")
    context = {
        "version": version,
        "bill": version.bill,
        "check": check,
        "screen": screen,
        "checklist": checklist,
        "unticked": given is not None and not all(tick.ticked for tick in checklist),
        "state": state,
        "refused": refused,
    }
    return render(request, "admin/bills/publish.html", context, status=409 if refused else 200)


def _checklist(given: dict[str, str] | None) -> list[Tick]:
    return [
        Tick(code, name, text, (given or {}).get(f"tick-{code}") == "yes")
        for code, (name, text) in CHECKLIST.items()
    ]


def _unfinished(
    given: dict[str, str], screen: Screen | None, checklist: list[Tick], state: str
) -> list[str]:
    """Why it can't be published yet; nothing that was answered is lost."""
    found = []
    if given.get("state", state) != state:
        found.append(
            "확인하는 동안 글이나 앞 판이 바뀌었습니다. 아래는 바뀐 글입니다. "
            "바뀌지 않은 조문의 답은 그대로 있으니 나머지를 확인하세요."
        )
    if screen and screen.open:
        found.append(f"이어짐을 확인할 것이 {len(screen.open)}건 남았습니다.")
    if not all(tick.ticked for tick in checklist):
        found.append("사람이 볼 것에 모두 표시하세요.")
    return found
