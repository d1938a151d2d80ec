"""Publishing makes a thing findable; what does not change costs nothing; what is hidden is gone at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from cms.actions import add_tag, merge_tags
from cms.models import CaseIndexPage, CasePage, MunicipalityPage, Tag
from coalition.record.models import Event
from coalition.record.queries import count_unread
from search import projection, suggest
from search.models import SearchClock, SearchDocument, SearchTerm
from search.pages import PAGES
from tests.factories import make_bill, make_case, make_news, make_version, publish
from tests.search.hiding import HIDINGS

pytestmark = pytest.mark.django_db


def _row(page: Page) -> SearchDocument:
    return SearchDocument.objects.get(owner_kind="page", owner_id=page.pk)


def test_a_published_case_is_found_when_the_worker_has_been_by(
    garam: Any, run_jobs: Callable[[], int], titles: Callable[..., list[str]]
) -> None:
    make_case(garam, "폐배터리 재활용 작업장")

    before = titles("폐배터리")
    run_jobs()

    assert before == []
    assert titles("폐배터리") == ["폐배터리 재활용 작업장"]


def test_a_draft_is_not_found(
    garam: Any, run_jobs: Callable[[], int], titles: Callable[..., list[str]]
) -> None:
    make_case(garam, "폐배터리 재활용 작업장", live=False)
    run_jobs()

    assert titles("폐배터리") == []


def test_an_unpublished_change_is_not_found(
    garam: Any, run_jobs: Callable[[], int], titles: Callable[..., list[str]]
) -> None:
    page = make_case(garam, "폐배터리 재활용 작업장")
    page.title = "느티나무 작업장"
    page.save_revision()
    run_jobs()

    assert titles("폐배터리") == ["폐배터리 재활용 작업장"]
    assert titles("느티나무") == []


def test_every_part_of_a_case_is_found(
    garam: Any, run_jobs: Callable[[], int], titles: Callable[..., list[str]]
) -> None:
    make_case(
        garam,
        "사례 하나",
        story=[("paragraph", "<p>느티나무 아래에서 <b>점심</b>을 먹었다.</p>")],
        limits="<ul><li>표본이 작다</li></ul>",
    )
    run_jobs()

    for word in ("느티나무", "점심", "표본", "여섯 동", "다섯 달", "설문"):
        assert titles(word) == ["사례 하나"], word


def test_what_did_not_change_is_neither_written_nor_analysed(
    garam: Any, run_jobs: Callable[[], int], monkeypatch: pytest.MonkeyPatch, kiwi: Any
) -> None:
    page = make_case(garam)
    run_jobs()
    before = (_row(page).seq, SearchClock.objects.get().value)
    asked: list[str] = []
    monkeypatch.setattr(type(kiwi), "units_of", lambda self, texts, **_: asked.extend(texts) or [])

    publish(page)
    run_jobs()

    assert (_row(page).seq, SearchClock.objects.get().value) == before
    assert asked == []


def test_a_changed_facet_is_written_without_analysing_again(
    garam: Any, run_jobs: Callable[[], int], monkeypatch: pytest.MonkeyPatch, kiwi: Any
) -> None:
    page = make_case(garam, period_to=dt.date(2025, 9, 1))
    run_jobs()
    before = _row(page)
    asked: list[str] = []
    monkeypatch.setattr(type(kiwi), "units_of", lambda self, texts, **_: asked.extend(texts) or [])

    page.period_to = dt.date(2026, 9, 1)
    publish(page)
    run_jobs()
    after = _row(page)

    assert asked == []
    assert after.seq > before.seq
    assert after.tokens_body == before.tokens_body
    assert ["year", "2026", "2026년"] in after.labels


def test_bringing_a_page_back_needs_no_analysis(
    garam: Any, run_jobs: Callable[[], int], monkeypatch: pytest.MonkeyPatch, kiwi: Any, titles: Any
) -> None:
    page = make_case(garam, "폐배터리 작업장")
    run_jobs()
    page.unpublish()
    run_jobs()
    asked: list[str] = []
    units_of = type(kiwi).units_of

    def noted(self: Any, texts: Any, **k: Any) -> Any:
        texts = list(texts)
        asked.extend(texts)
        return units_of(self, texts, **k)

    monkeypatch.setattr(type(kiwi), "units_of", noted)

    publish(page)
    run_jobs()

    assert asked == []
    assert titles("폐배터리") == ["폐배터리 작업장"]


@pytest.mark.parametrize("hide", HIDINGS, ids=lambda f: f.__name__)
def test_what_is_hidden_is_gone_at_the_next_request_and_stays_so(
    hide: Callable[[Page], None], garam: Any, nuri: Any, run_jobs: Callable[[], int], find: Any
) -> None:
    page = make_case(garam, "폐배터리 재활용 작업장")
    make_case(nuri, "폐배터리 수거함")
    run_jobs()
    assert find("폐배터리")[0].answer.total == 2
    assert suggest.suggest("폐배터리 재활")

    hide(page)
    outcome, results = find("폐배터리")

    assert outcome.answer.total == 1
    assert [result.title for result in results] == ["폐배터리 수거함"]
    assert sum(entry.count for entry in outcome.answer.facets["region"]) == 2  # 시도 and 군
    assert suggest.suggest("폐배터리 재활") == []
    assert "작업장" not in {t.term for t in SearchTerm.objects.filter(documents__gt=0)}

    run_jobs()
    assert [result.title for result in find("폐배터리")[1]] == ["폐배터리 수거함"]


def test_a_page_that_is_hidden_before_the_worker_comes_is_never_found(
    garam: Any, run_jobs: Callable[[], int], titles: Callable[..., list[str]]
) -> None:
    page = make_case(garam, "폐배터리 재활용 작업장")
    page.unpublish()
    run_jobs()

    assert titles("폐배터리") == []


def test_a_page_that_is_hidden_while_it_is_being_read_is_not_written(
    garam: Any, monkeypatch: pytest.MonkeyPatch, titles: Callable[..., list[str]]
) -> None:
    """The worker has read the page; before it writes, an approver takes it down."""
    page = make_case(garam, "폐배터리 재활용 작업장")
    prepare = projection.prepare

    def slowly(*args: Any, **kwargs: Any) -> Any:
        made = prepare(*args, **kwargs)
        CasePage.objects.get(pk=page.pk).unpublish()
        return made

    monkeypatch.setattr(projection, "prepare", slowly)

    projection.project(PAGES, [page.pk])

    assert titles("폐배터리") == []
    assert not SearchDocument.objects.filter(owner_id=page.pk, deleted=False).exists()


def test_a_moved_page_is_found_at_its_new_address(
    garam: Any, nuri: Any, run_jobs: Callable[[], int], find: Any
) -> None:
    page = make_case(garam, "폐배터리 재활용 작업장")
    run_jobs()
    target = CaseIndexPage.objects.child_of(MunicipalityPage.objects.get(municipality=nuri)).get()

    page.move(target, pos="last-child")
    at_once = find("폐배터리")[1]
    run_jobs()
    later = find("폐배터리")[1]

    assert at_once == []
    assert [result.url for result in later] == [f"/municipalities/nuri/cases/{page.slug}/"]
    assert later[0].municipality.name == "누리군"


def test_what_is_open_again_is_found_again(
    garam: Any, run_jobs: Callable[[], int], titles: Callable[..., list[str]]
) -> None:
    page = make_case(garam, "폐배터리 재활용 작업장")
    run_jobs()
    restriction = PageViewRestriction.objects.create(
        page=page.get_parent(), restriction_type="login"
    )
    run_jobs()

    restriction.delete()
    run_jobs()

    assert titles("폐배터리") == ["폐배터리 재활용 작업장"]


def test_a_page_whose_day_has_come_is_not_shown(
    garam: Any, run_jobs: Callable[[], int], find: Any
) -> None:
    page = make_case(garam, "폐배터리 재활용 작업장")
    run_jobs()
    SearchDocument.objects.filter(owner_id=page.pk).update(visible_until=timezone.now())

    assert find("폐배터리")[0].answer.total == 0


def test_a_page_that_was_taken_down_past_every_event_is_not_shown(
    garam: Any, run_jobs: Callable[[], int], find: Any
) -> None:
    page = make_case(garam, "폐배터리 재활용 작업장")
    run_jobs()

    Page.objects.filter(pk=page.pk).update(live=False)

    assert find("폐배터리")[1] == []


def test_of_a_deleted_page_no_text_is_kept(garam: Any, run_jobs: Callable[[], int]) -> None:
    page = make_case(garam, "폐배터리 재활용 작업장")
    pk = page.pk
    run_jobs()

    page.delete()

    row = SearchDocument.objects.get(owner_id=pk)
    assert (row.deleted, row.title, row.body, row.tokens_body, row.labels) == (True, "", "", "", [])


def test_a_row_is_numbered_in_the_order_of_its_writing(
    garam: Any, run_jobs: Callable[[], int]
) -> None:
    first = make_case(garam, "하나")
    run_jobs()
    second = make_case(garam, "둘")
    run_jobs()
    seen = [_row(first).seq, _row(second).seq]

    first.unpublish()

    assert seen == sorted(seen)
    assert _row(first).seq > seen[1]
    assert SearchClock.objects.get().value >= _row(first).seq


def test_the_worker_killed_before_it_marks_does_it_again_without_harm(
    garam: Any, monkeypatch: pytest.MonkeyPatch, run_jobs: Callable[[], int], titles: Any
) -> None:
    make_case(garam, "폐배터리 재활용 작업장")

    def killed(*args: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(projection, "mark_read", killed)
        with pytest.raises(KeyboardInterrupt):
            projection.project_unread()
    assert count_unread("search") > 0
    run_jobs()

    assert titles("폐배터리") == ["폐배터리 재활용 작업장"]
    assert SearchTerm.objects.get(term="폐배터리").documents == 1


def test_a_page_that_cannot_be_read_does_not_stop_the_others(
    garam: Any,
    monkeypatch: pytest.MonkeyPatch,
    run_jobs: Callable[[], int],
    titles: Any,
    caplog: pytest.LogCaptureFixture,
) -> None:
    broken = make_case(garam, "폐배터리 하나")
    make_case(garam, "폐배터리 둘")
    whole = projection.prepare

    def fragile(source: Any, document: Any, *args: Any, **kwargs: Any) -> Any:
        if document.owner == broken.pk:
            raise ValueError(document.title)
        return whole(source, document, *args, **kwargs)

    monkeypatch.setattr(projection, "prepare", fragile)
    run_jobs()

    assert titles("폐배터리") == ["폐배터리 둘"]
    assert "검색에 싣지 못했습니다" in caplog.text


def test_news_and_municipalities_are_found(
    garam: Any, run_jobs: Callable[[], int], find: Any
) -> None:
    make_news(garam, "대화마당을 엽니다", date=dt.date(2026, 9, 3))
    run_jobs()

    news = find("대화마당")[1][0]
    place = find("가람시")[1]

    assert (news.kind, news.note, news.date) == ("page", "소식", dt.date(2026, 9, 3))
    assert "가상도 가람시" in [result.title for result in place]
    assert "개인정보 처리방침" in [result.title for result in find("개인정보")[1]]


def test_articles_of_all_published_versions_are_documents(
    run_jobs: Callable[[], int], find: Any, titles: Callable[..., list[str]]
) -> None:
    bill = make_bill()
    make_version(bill, "0.1")
    run_jobs()
    assert titles("시험계획") == ["제3조(시험계획의 수립ㆍ공개)", "제4조(시험의 실시)"]

    from tests.factories.bills import TEXT

    changed = TEXT.replace("시험계획의 수립ㆍ공개", "시험계획의 공개")
    make_version(bill, "0.2", text=changed, date=dt.date(2026, 9, 1))
    make_version(bill, "0.3", text=changed, date=dt.date(2026, 9, 2), live=False)
    run_jobs()

    results = find("제3조")[1]
    assert [(r.key, r.current) for r in results if r.key.endswith("art_3")] == [
        ("test/v0.2/art_3", True),
        ("test/v0.1/art_3", False),
    ]
    assert "제3조(시험계획의 수립ㆍ공개)" not in titles("시험계획")
    assert titles("판:0.1 시험계획")[0] == "제3조(시험계획의 수립ㆍ공개)"
    assert not SearchDocument.objects.filter(key__contains="v0.3").exists()


def test_an_item_is_found_by_its_full_number(run_jobs: Callable[[], int], find: Any) -> None:
    make_version(make_bill())
    run_jobs()

    result = find("제2조제2호")[1][0]

    assert (result.key, result.url) == ("test/v0.1/art_2", "/bills/test/v0.1/art_2/")


def test_supplementary_provisions_are_told_apart(
    run_jobs: Callable[[], int], titles: Callable[..., list[str]]
) -> None:
    make_version(make_bill())
    run_jobs()

    assert titles("시행일")[0] == "부칙 제1조(시행일)"
    assert titles("제1조")[0] == "제1조(목적)"


def test_a_merged_topic_is_found_under_the_word_that_stayed(
    garam: Any, secretariat: Any, run_jobs: Callable[[], int], find: Any
) -> None:
    old, new = add_tag(name="일터", by=secretariat), add_tag(name="직장", by=secretariat)
    page = make_case(garam, "폐배터리 작업장")
    page.tags.add(old)
    publish(page)
    run_jobs()

    merge_tags(tag=Tag.objects.get(pk=old.pk), into=Tag.objects.get(pk=new.pk), by=secretariat)
    run_jobs()

    tags = [(e.value, e.count) for e in find("폐배터리")[0].answer.facets["tag"]]
    assert tags == [("직장", 1)]


def test_every_verb_of_a_source_is_written_by_somebody() -> None:
    """A verb that nobody writes would be a thing that nobody projects."""
    from pathlib import Path

    from search.documents import SOURCES
    from search.projection import HIDES_ONE, HIDES_TREE

    root = Path(__file__).resolve().parent.parent.parent
    code = "".join(
        p.read_text(encoding="utf-8")
        for d in ("cms", "coalition")
        for p in (root / d).rglob("*.py")
    )

    for verb in {v for source in SOURCES for v in source.verbs} | HIDES_ONE | HIDES_TREE:
        assert f'"{verb}"' in code, verb


def test_the_index_follows_the_rows_through_every_door(
    garam: Any, run_jobs: Callable[[], int]
) -> None:
    from search.triggers import index_is_whole

    page = make_case(garam, "폐배터리 재활용 작업장")
    run_jobs()

    SearchDocument.objects.filter(owner_id=page.pk).update(tokens_title="다른 낱말")
    SearchDocument.objects.exclude(owner_id=page.pk).first().delete()

    assert index_is_whole(connection)


def test_events_of_other_things_are_read_and_passed_over(
    garam: Any, run_jobs: Callable[[], int]
) -> None:
    run_jobs()

    assert Event.objects.exists()
    assert count_unread("search") == 0
