"""For each tile of the board: how a thing comes into its list, and how it is mended (tests/cms/test_board.py)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.utils import timezone
from wagtail.models import WorkflowState

from cms.actions import answer_proposal, decide_case_book, offer_to_case_book, propose_tag
from cms.case_books import compose, keep_case_book
from coalition.advocacy.actions import (
    answer_suspension_request,
    enter_resolution,
    join_statement,
    link_task,
    record_resolution_step,
    release_statement,
    reply_to_opinion,
    verify_position,
    verify_step,
    withdraw_position,
    withdraw_task_link,
    write_statement,
)
from coalition.dialogue.actions import complete_deidentification_review
from coalition.drafts.actions import confirm_link, propose_link, withdraw_link, write_note
from coalition.drafts.beside import Cited
from coalition.drafts.models import Version
from coalition.members.actions import (
    appoint,
    end_appointment,
    enter_contact,
    open_task,
    record_membership,
    step_task,
)
from coalition.members.models import MembershipState, Role
from coalition.members.queries import today
from coalition.record.actions import retry_mail
from coalition.record.mail import write_mail
from coalition.record.models import MailOut
from tests.factories import (
    make_answer,
    make_bill,
    make_case,
    make_news,
    make_question,
    make_version,
    publish,
)
from tests.factories.bills import TEXT
from tests.factories.opinions import make_opinion, make_suspension
from tests.factories.positions import document, make_position, make_terms

PAST, LATE = dt.date(2026, 3, 2), dt.date(2026, 9, 1)
#: 제1조 says something else, 제2조 is gone.
CHANGED = TEXT.replace("시험의 지원에 필요한", "시험의 지원과 평가에 필요한").replace(
    '제2조(정의) 이 법에서 사용하는 용어의 뜻은 다음과 같다.\n  1. "시험"이란 기능을 확인하는 활동을 '
    '말한다.\n  2. "시험자"란 시험을 실시하는 자를 말한다.\n',
    "제2조 삭제\n",
)
Mend = Callable[[], Any]


class Scene:
    """Who acts, and on what."""

    def __init__(self, get: Callable[[str], Any]) -> None:
        self.garam, self.by, self.colleague = (
            get("garam"), get("secretariat"), get("colleague"),
        )  # fmt: skip
        self.get = get

    def first(self) -> Version:
        return make_version(make_bill())

    def changed(self, old: Version) -> Version:
        return make_version(old.bill, "0.2", text=CHANGED, date=LATE)

    def link(self, version: Version, eid: str = "art_1", thing: Any = None) -> Any:
        return propose_link(
            provision=version.provisions.get(eid=eid), thing=thing or make_question(), kind="need",
            note="물은 까닭", by=self.by,
        )  # fmt: skip

    def confirmed(self, version: Version, eid: str = "art_1", thing: Any = None) -> Any:
        link = self.link(version, eid, thing)
        return self.confirm(link, version, eid)

    def confirm(self, link: Any, version: Version, eid: str = "art_1") -> Any:
        provision = version.provisions.get(eid=eid)
        return confirm_link(link=link, provision=provision, by=self.colleague)

    def member(self) -> None:
        record_membership(
            municipality=self.garam, state=MembershipState.APPROVED, on=PAST, by=self.by
        )

    def resolution(self) -> Any:
        return enter_resolution(
            municipality=self.garam, bill=make_bill(), council="가람시의회", title="건의안",
            on=PAST, by=self.by,
        )  # fmt: skip


def _approvals(s: Scene) -> Mend:
    page = make_case(s.garam, "기다리는 글", live=False)
    page.save_revision(user=s.get("garam_editor"))
    page.get_workflow().start(page, s.get("garam_editor"))
    long_ago = timezone.now() - dt.timedelta(days=8)
    WorkflowState.objects.update(created_at=long_ago)
    return lambda: page.current_workflow_state.cancel(user=s.get("garam_editor"))


def _case_book(s: Scene) -> Mend:
    entry = offer_to_case_book(page=make_case(s.garam, in_case_book=True), by=None)
    return lambda: decide_case_book(entry=entry, taken=True, reason="", by=s.by)


def _broken_edition(s: Scene) -> Mend:
    pages = [make_case(s.garam, f"사례 {number}", in_case_book=True) for number in (1, 2)]
    for page in pages:
        entry = page.case_book_entries.first() or offer_to_case_book(page=page, by=None)
        decide_case_book(entry=entry, taken=True, reason="", by=s.by)

    def keep(chosen: list[Any]) -> None:
        book = compose(title="사례집", foreword="", pages=chosen)
        keep_case_book(book=book, pdf=b"%PDF-1.7", by=s.by)

    keep(pages)
    pages[0].unpublish()
    return lambda: keep(pages[1:])


def _tags(s: Scene) -> Mend:
    proposal = propose_tag(name="낱말", reason="없어서", municipality=s.garam, by=s.by)
    return lambda: answer_proposal(proposal=proposal, accept=True, answer="", by=s.by)


def _silent_case(s: Scene) -> Mend:
    page = make_case(s.garam, phase="running", period_to=PAST)

    def mend() -> None:
        page.phase = "ended"
        publish(page)

    return mend


def _dead_link(s: Scene) -> Mend:
    there = make_case(s.garam, "내려갈 글")
    body = [("paragraph", f'<p><a linktype="page" id="{there.pk}">여기</a></p>')]
    page = make_news(s.garam, body=body)
    there.unpublish()

    def mend() -> None:
        page.body = [("paragraph", "<p>링크를 뺌</p>")]
        publish(page)

    return mend


def _mail(s: Scene) -> Mend:
    mail = write_mail(key="k", to=s.by, subject="알림", text="글")
    assert mail is not None
    MailOut.objects.filter(pk=mail.pk).update(given_up_at=timezone.now(), error="SMTPException")
    return lambda: retry_mail(mail=mail, by=s.by)


def _answer(s: Scene) -> Mend:
    row = make_answer(live=False)
    return lambda: complete_deidentification_review(answers=[row.pk], by=s.by)


def _question(s: Scene) -> Mend:
    row = make_question("전화 주세요", held=True)
    return lambda: complete_deidentification_review(questions=[row.pk], by=s.by)


def _proposed(s: Scene) -> Mend:
    version = s.first()
    link = s.link(version)
    return lambda: s.confirm(link, version)


def _stale_link(s: Scene) -> Mend:
    old = s.first()
    link = s.confirmed(old)
    new = s.changed(old)
    return lambda: s.confirm(link, new)


def _gone_link(s: Scene) -> Mend:
    old = s.first()
    link = s.confirmed(old, "art_2")
    s.changed(old)
    return lambda: withdraw_link(link=link, because="조문이 없어짐", by=s.by)


def _hidden_link(s: Scene) -> Mend:
    page = make_case(s.garam)
    s.confirmed(s.first(), thing=page)
    page.unpublish()
    return lambda: publish(page)


def _bare_clause(s: Scene) -> Mend:
    version = s.first()
    for eid in ("art_2", "art_3", "art_4"):
        s.confirmed(version, eid)
    return lambda: s.confirmed(version)


def _old_note(s: Scene) -> Mend:
    old = s.first()
    told = {"kind": "plain", "text": "쉬운 말", "by": s.by}
    write_note(provision=old.provisions.get(eid="art_1"), **told)
    new = s.changed(old)
    return lambda: write_note(provision=new.provisions.get(eid="art_1"), **told)


def _position(s: Scene) -> Mend:
    make_terms()
    row = make_position(s.garam, s.first(), "art_1", by=s.by)
    return lambda: verify_position(position=row, accepted=True, by=s.by)


def _stale_position(s: Scene) -> Mend:
    make_terms()
    old = s.first()
    row = make_position(s.garam, old, "art_1", by=s.by, verified=dt.date(2026, 7, 11))
    s.changed(old)
    return lambda: withdraw_position(position=row, reason="새 글을 다시 봄", by=s.by)


def _council_document(s: Scene) -> Mend:
    step = record_resolution_step(
        resolution=s.resolution(), stage="passed", happened_on=PAST, file=document(), on=PAST, by=s.by
    )  # fmt: skip
    return lambda: verify_step(step=step, accepted=True, by=s.by)


def _waiting_opinion(s: Scene) -> Mend:
    row = make_opinion(s.first(), "art_1", on=LATE)
    return lambda: reply_to_opinion(opinion=row, verdict="declined", reason="이미 있음", by=s.by)


def _asked_suspension(s: Scene) -> Mend:
    opinion = make_opinion(s.first(), "art_1", on=LATE)
    reply_to_opinion(opinion=opinion, verdict="declined", reason="이미 있음", by=s.by)
    asked = make_suspension(opinion)
    return lambda: answer_suspension_request(
        request=asked, outcome="declined", answer="사실을 다룬 말입니다.", by=s.by
    )


def _orphan_opinion(s: Scene) -> Mend:
    old = s.first()
    row = make_opinion(old, "art_2", on=LATE)
    s.changed(old)
    return lambda: reply_to_opinion(opinion=row, verdict="declined", reason="삭제함", by=s.by)


def _unanswered(s: Scene) -> Mend:
    told = {"resolution": s.resolution(), "by": s.by}
    record_resolution_step(**told, stage="sent", happened_on=PAST, on=PAST)
    return lambda: record_resolution_step(**told, stage="replied", happened_on=PAST)


def _national_task(s: Scene) -> Mend:
    old = s.first()
    link = link_task(
        bill=old.bill, task="국정과제 1", quote="만든다", cited=Cited("과제", "정부", PAST),
        provision=old.provisions.get(eid="art_1"), by=s.by,
    )  # fmt: skip
    s.changed(old)
    return lambda: withdraw_task_link(link=link, by=s.by)


def _statement(s: Scene) -> Mend:
    s.member()
    enter_contact(municipality=s.garam, post="과", telephone="031-000-0000", by=None)
    row = write_statement(title="함께", text="글", fictional=True, by=s.by)
    join_statement(statement=row, municipality=s.garam, by=s.by)
    return lambda: release_statement(statement=row, by=s.by)


def _late_task(s: Scene) -> Mend:
    task = open_task(municipality=None, title="회신", owner=s.by, due=PAST, by=s.by, on=PAST)
    return lambda: step_task(task=task, state="done", by=s.by)


def _left_task(s: Scene) -> Mend:
    editor, day = s.get("garam_editor"), today() + dt.timedelta(days=9)
    task = open_task(municipality=s.garam, title="회신", owner=editor, due=day, by=s.by)
    end_appointment(appointment=editor.appointments.get(), on=today(), by=s.by)
    return lambda: step_task(task=task, state="open", owner=s.get("garam_approver"), by=s.by)


def _no_approver(s: Scene) -> Mend:
    s.member()
    enter_contact(municipality=s.garam, post="과", telephone="031-000-0000", by=None)
    user = s.get("make_user")("later-approver")
    role = Role.APPROVER
    return lambda: appoint(user=user, municipality=s.garam, role=role, since=PAST, by=s.by)


def _no_contact(s: Scene) -> Mend:
    s.member()
    told = {"municipality": s.garam, "post": "과", "telephone": "031-000-0000"}
    return lambda: enter_contact(**told, by=s.by)


STORIES: dict[str, Callable[[Scene], Mend]] = {
    "approvals": _approvals,
    "case-book": _case_book,
    "case-book-editions": _broken_edition,
    "tag-proposals": _tags,
    "cases-without-outcome": _silent_case,
    "dead-links": _dead_link,
    "mails": _mail,
    "answers": _answer,
    "questions": _question,
    "links-proposed": _proposed,
    "links-stale": _stale_link,
    "links-gone": _gone_link,
    "links-hidden": _hidden_link,
    "clauses-without-reasons": _bare_clause,
    "notes-stale": _old_note,
    "positions": _position,
    "positions-stale": _stale_position,
    "resolution-documents": _council_document,
    "resolutions-unanswered": _unanswered,
    "opinions": _waiting_opinion,
    "suspensions": _asked_suspension,
    "opinions-orphan": _orphan_opinion,
    "national-tasks": _national_task,
    "statements": _statement,
    "tasks-overdue": _late_task,
    "tasks-ownerless": _left_task,
    "no-approver": _no_approver,
    "no-contact": _no_contact,
}
