"""Pages of a municipality."""

from __future__ import annotations

from typing import Any

from wagtail.models import Page

from cms.models import (
    CaseIndexPage,
    CaseNumber,
    CasePage,
    MunicipalityPage,
    NewsIndexPage,
    NewsPage,
)


def publish(page: Page, by: Any = None) -> Page:
    """Publish the page as it stands."""
    page.save_revision(user=by).publish(user=by, skip_permission_checks=True)
    page.refresh_from_db()
    return page


def make_case(
    municipality: Any, title: str = "마을 돌봄 코디 양성", *, live: bool = True, **fields: Any
) -> CasePage:
    """A case of the municipality; a published one unless told."""
    root = MunicipalityPage.objects.get(municipality=municipality)
    index = CaseIndexPage.objects.child_of(root).get()
    values: dict[str, Any] = {
        "summary": "여섯 달 동안 스물네 명이 일했다.",
        "result_line": "체감도가 3.1점에서 3.6점으로 올랐다.",
        "problem": "<p>돌보는 사람이 모자랐다.</p>",
        "result": "<p>열아홉 명이 계속 일한다.</p>",
        "limits": "<p>비교집단이 없다.</p>",
        "process": [("step", {"title": "질문을 모았다", "text": "여섯 동에서", "note": ""})],
        "differences": [
            ("difference", {"aspect": "기간", "existing": "다섯 달", "here": "여섯 달"})
        ],
        "numbers": [
            CaseNumber(label="체감도", before="3.1", value="3.6", unit="점", n=24, source="설문")
        ],
        **fields,
    }
    page = index.add_child(instance=CasePage(title=title, live=False, **values))
    return publish(page) if live else page  # type: ignore[return-value]


def make_news(
    municipality: Any, title: str = "대화마당을 엽니다", *, live: bool = True, **fields: Any
) -> NewsPage:
    """A piece of news of the municipality."""
    root = MunicipalityPage.objects.get(municipality=municipality)
    index = NewsIndexPage.objects.child_of(root).get()
    body = [("paragraph", "<p>누구나 올 수 있습니다.</p>")]
    page = index.add_child(instance=NewsPage(title=title, live=False, **{"body": body, **fields}))
    return publish(page) if live else page  # type: ignore[return-value]
