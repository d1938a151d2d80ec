"""Every named action writes exactly one Event of its own, with its actor, in its own transaction.

The actions are found, not listed: a new one without a scenario here fails.
"""

from __future__ import annotations

import datetime as dt
import importlib
import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from cms.actions import decide_case_book, offer_to_case_book
from cms.bringing import Brought
from cms.case_books import compose
from cms.models import CaseBookEntry, ReviewLink, Tag, TagProposal
from cms.sheets import Column, Sheet
from cms.uploading import Told, carry_on
from coalition.drafts.beside import Cited
from coalition.drafts.models import Bill, Version
from coalition.members.models import Role
from coalition.record.mail import write_mail
from coalition.record.models import Event, Person
from search.models import FruitlessQuery, SearchWatch, SearchWord
from tests.coalition.advocacy import scenarios as advocacy
from tests.coalition.dialogue import scenarios as dialogue
from tests.coalition.members import joining_scenarios as joining
from tests.coalition.members import scenarios as members
from tests.coalition.practice import scenarios as practice
from tests.factories import make_answer, make_bill, make_case, make_question, make_version
from tests.factories.bills import TEXT

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parent.parent
DAY = dt.date(2026, 4, 1)

# Wagtail's own doings, which come on top of an action's own Event (cms.events).
SIGNALS = ("page.published", "page.unpublished", "page.deleted", "page.moved", "page.renamed")


def _actions() -> dict[str, Callable[..., Any]]:
    """`package.name` → function, for every public function of every actions module that has an actor."""
    found = {}
    for path in sorted(
        [
            *ROOT.glob("coalition/*/actions.py"),
            *ROOT.glob("coalition/*/actions/[a-z]*.py"),
            ROOT / "cms/actions.py",
            ROOT / "cms/bringing.py",
            ROOT / "cms/case_books.py",
            ROOT / "cms/uploading.py",
            ROOT / "search/actions.py",
        ]
    ):
        dotted = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        package = dotted.partition(".actions")[0]
        module = importlib.import_module(dotted)
        for name, function in inspect.getmembers(module, inspect.isfunction):
            has_actor = "by" in inspect.signature(function).parameters
            if function.__module__ == dotted and not name.startswith("_") and has_actor:
                found[f"{package}.{name}"] = function
    del found["coalition.record.record_event"]  # the pen itself
    return found


ACTIONS = _actions()


class Scene:
    """What the scenarios need, made when it is asked for."""

    def __init__(self, request: pytest.FixtureRequest) -> None:
        self.get = request.getfixturevalue
        self.by = self.get("secretariat")

    def draft(self) -> Version:
        bill = Bill.objects.filter(slug="test").first() or make_bill()
        return make_version(bill, "0.1", live=False)

    def lineage(self) -> dict[str, Any]:
        old = make_version(make_bill())
        new = make_version(old.bill, "0.2", date=dt.date(2026, 9, 1))
        return {"provision": new.provisions.get(eid="art_1"), "predecessors_now": []}

    def article(self) -> Any:
        return make_version(make_bill()).provisions.get(eid="art_1")

    def ordinance(self) -> dict[str, Any]:
        return {
            "provision": self.article(),
            "kind": "ordinance",
            "name": "가람시 조례",
            "article": "제1조",
            "text": "가",
            "municipality": self.get("garam"),
            "cited": Cited("공보", "가람시", DAY),
        }

    def counterpart(self) -> Any:
        return ACTIONS["coalition.drafts.place_counterpart"](**self.ordinance(), by=self.by)

    def link(self) -> Any:
        """A proposal by somebody else."""
        return ACTIONS["coalition.drafts.propose_link"](
            provision=self.article(),
            thing=make_question(),
            kind="need",
            note="물은 까닭",
            by=self.get("colleague"),
        )

    def attachment(self) -> Any:
        keep = ACTIONS["coalition.record.keep_attachment"]
        return keep(file=ContentFile(b"x", name="a.txt"), title="문서", by=self.by)

    def appointment(self) -> Any:
        return self.get("garam_editor").appointments.get()

    def invitation(self) -> Any:
        given = SCENARIOS["coalition.members.invite"](self)
        return ACTIONS["coalition.members.invite"](**given, by=self.by)

    def deputation(self) -> Any:
        name = ACTIONS["coalition.members.name_deputy"]
        return name(municipality=self.get("garam"), since=DAY, reason="출장", by=self.by)

    def upload(self) -> Any:
        given = SCENARIOS["cms.uploading.take_upload"](self)
        taken = ACTIONS["cms.uploading.take_upload"](**given, by=self.by)
        carry_on(taken)
        return taken

    def proposal(self) -> TagProposal:
        propose = ACTIONS["cms.propose_tag"]
        return propose(name="새 낱말", reason="없어서", municipality=None, by=self.by)


def _book(s: Scene) -> Any:
    page = make_case(s.get("garam"), in_case_book=True)
    entry = CaseBookEntry.objects.filter(page=page).first() or offer_to_case_book(
        page=page, by=None
    )
    decide_case_book(entry=entry, taken=True, reason="", by=s.by)
    return compose(title="사례집", foreword="", pages=[page])


def _person() -> Person:
    return Person.objects.create(
        name="아무개", purpose="의견", consented_at=timezone.now(), retain_until=DAY
    )


SCENARIOS: dict[str, Callable[[Scene], dict[str, Any]]] = {
    "search.add_synonym": lambda s: {"written": "집세, 다달이 내는 돈"},
    "search.add_term": lambda s: {"written": "다누리모아드림"},
    "search.remove_word": lambda s: {
        "word": SearchWord.objects.create(kind="term", written="다누리모아드림")
    },
    "search.note_results": lambda s: {
        "watch": SearchWatch.objects.create(key="q=1"),
        "fresh": [1],
        "seen": b"",
        "seq": 1,
    },
    "search.dismiss_query": lambda s: {
        "query": FruitlessQuery.objects.create(text="느티나무", times=1, last_on=DAY)
    },
    "coalition.record.keep_attachment": lambda s: {
        "file": ContentFile(b"x", name="a.txt"),
        "title": "문서",
    },
    "coalition.record.show_attachment": lambda s: {"attachment": s.attachment()},
    "coalition.record.erase_person": lambda s: {"person": _person()},
    "coalition.record.retry_mail": lambda s: {
        "mail": write_mail(key="a", to=s.by, subject="결재", text="글")
    },
    "coalition.members.enter_fictional": lambda s: {
        "code": "X0009",
        "name": "온유구",
        "slug": "onyu",
    },
    "coalition.members.record_membership": lambda s: {
        "municipality": s.get("garam"),
        "state": "approved",
        "on": DAY,
    },
    "coalition.members.appoint": lambda s: {
        "user": s.get("make_user")("new"),
        "municipality": s.get("garam"),
        "role": Role.EDITOR,
        "since": DAY,
    },
    "coalition.members.end_appointment": lambda s: {"appointment": s.appointment(), "on": DAY},
    "coalition.members.invite": lambda s: {
        "email": "new@garam.go.kr",
        "name": "새담당",
        "post": "",
        "municipality": s.get("garam"),
        "role": Role.EDITOR,
    },
    "coalition.members.accept_invitation": lambda s: {
        "invitation": s.invitation(),
        "password": "긴 비밀번호 하나",
    },
    "coalition.members.withdraw_invitation": lambda s: {"invitation": s.invitation()},
    "coalition.members.hand_over": lambda s: {
        "appointment": s.appointment(),
        "to": s.get("make_user")("next"),
    },
    "coalition.members.name_deputy": lambda s: {
        "municipality": s.get("garam"),
        "since": DAY,
        "reason": "출장",
    },
    "coalition.members.end_deputation": lambda s: {"deputation": s.deputation(), "on": DAY},
    "coalition.dialogue.found_body": lambda s: {
        "municipality": s.get("garam"),
        "name": "가람시 일자리회",
        "slug": "garam",
        "summary": "",
        "divisions": ["돌봄", "청년"],
        "since": DAY,
        "source": None,
    },
    "coalition.dialogue.keep_paper": lambda s: {
        "key": "garam-green",
        "kind": "green",
        "title": "가람시 녹서",
        "body": None,
        "date": DAY,
        "source": None,
    },
    "coalition.dialogue.complete_deidentification_review": lambda s: {
        "questions": [make_question(held=True).pk],
        "answers": [make_answer(live=False).pk],
    },
    "coalition.dialogue.withhold_question": lambda s: {
        "question": make_question(),
        "because": "이름이 있다",
    },
    "coalition.dialogue.withhold_answer": lambda s: {
        "answer": make_answer(),
        "because": "이름이 있다",
    },
    "coalition.dialogue.record_step": lambda s: {
        "question": make_question(),
        "state": "declined",
        "on": DAY,
        "note": "다른 법의 일이다",
    },
    **dialogue.SCENARIOS,
    "coalition.drafts.open_bill": lambda s: {"slug": "new", "title": "새 법안"},
    "coalition.drafts.draft_version": lambda s: {
        "bill": make_bill(),
        "no": "0.1",
        "date": DAY,
        "source_text": TEXT,
    },
    "coalition.drafts.revise_version": lambda s: {"version": s.draft(), "summary": "고침"},
    "coalition.drafts.discard_version": lambda s: {"version": s.draft()},
    "coalition.drafts.publish_version": lambda s: {"version": s.draft()},
    "coalition.drafts.reconfirm_lineage": lambda s: s.lineage(),
    "coalition.drafts.attach_original": lambda s: {
        "version": s.draft(),
        "file": ContentFile(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", name="초안.hwp"),
    },
    "coalition.drafts.write_note": lambda s: {
        "provision": s.article(),
        "kind": "plain",
        "text": "쉬운 말",
    },
    "coalition.drafts.place_counterpart": lambda s: s.ordinance(),
    "coalition.drafts.take_counterpart_away": lambda s: {"counterpart": s.counterpart()},
    "coalition.drafts.propose_link": lambda s: {
        "provision": s.article(),
        "thing": make_question(),
        "kind": "objection",
        "note": "반대한 까닭",
    },
    "coalition.drafts.confirm_link": lambda s: {
        "link": (link := s.link()),
        "provision": link.provision,
    },
    "coalition.drafts.decline_link": lambda s: {"link": s.link(), "because": "다른 조문의 일"},
    "coalition.drafts.withdraw_link": lambda s: {"link": s.link(), "because": "잘못 이음"},
    "cms.provision_municipality": lambda s: {"municipality": s.get("garam")},
    "cms.add_tag": lambda s: {"name": "돌봄"},
    "cms.merge_tags": lambda s: {
        "tag": Tag.objects.create(name="요양", slug="요양"),
        "into": Tag.objects.create(name="돌봄", slug="돌봄"),
    },
    "cms.propose_tag": lambda s: {"name": "낱말", "reason": "없어서", "municipality": None},
    "cms.import_dataset": lambda s: {
        "sheet": Sheet([Column("동", "text", "")], [["가람동"]]),
        "municipality": s.get("garam"),
        "slug": "dolbom",
        "title": "동별 돌봄 이용",
        "licence": "kogl-1",
    },
    "cms.bringing.bring_case": lambda s: {
        "brought": Brought("마을 돌봄", {}, []),
        "municipality": s.get("garam"),
        "original": None,
    },
    "cms.uploading.take_upload": lambda s: {
        "file": ContentFile("동,수\n가,1\n".encode(), name="표.csv"),
        "municipality": s.get("garam"),
        "page": None,
    },
    "cms.uploading.confirm_upload": lambda s: {
        "upload": s.upload(),
        "told": Told(title="동별 돌봄", licence="kogl-1"),
    },
    "cms.uploading.discard_upload": lambda s: {"upload": s.upload()},
    "cms.answer_proposal": lambda s: {"proposal": s.proposal(), "accept": True, "answer": ""},
    "cms.make_review_link": lambda s: {"page": _case(s), "reader": "연구원", "days": 7},
    "cms.revoke_review_link": lambda s: {"link": _review_link(s)},
    "cms.offer_to_case_book": lambda s: {"page": _case(s)},
    "cms.decide_case_book": lambda s: {
        "entry": _case_book_entry(s),
        "taken": False,
        "reason": "출처가 없음",
    },
    **practice.SCENARIOS,
    **joining.SCENARIOS,
    **advocacy.SCENARIOS,
    **members.SCENARIOS,
    "cms.case_books.keep_case_book": lambda s: {"book": _book(s), "pdf": b"%PDF-1.7"},
}


def _case(scene: Scene) -> Any:
    return make_case(scene.get("garam"))


def _review_link(scene: Scene) -> ReviewLink:
    made = ACTIONS["cms.make_review_link"]
    return made(page=_case(scene), reader="연구원", days=7, by=scene.by)[0]  # type: ignore[no-any-return]


def _case_book_entry(scene: Scene) -> CaseBookEntry:
    offer = ACTIONS["cms.offer_to_case_book"]
    return offer(page=_case(scene), by=scene.by)  # type: ignore[no-any-return]


def test_every_action_has_a_scenario_and_takes_keywords_only() -> None:
    assert set(ACTIONS) == set(SCENARIOS)
    for name, action in ACTIONS.items():
        kinds = {p.kind for p in inspect.signature(action).parameters.values()}
        assert kinds == {inspect.Parameter.KEYWORD_ONLY}, name


@pytest.mark.parametrize("name", sorted(SCENARIOS))
def test_an_action_writes_one_event_of_its_own_with_its_actor(
    name: str, request: pytest.FixtureRequest
) -> None:
    scene = Scene(request)
    given = SCENARIOS[name](scene)
    before = set(Event.objects.values_list("pk", flat=True))

    ACTIONS[name](**given, by=scene.by)

    written = Event.objects.exclude(pk__in=before).exclude(verb__in=SIGNALS)
    assert [event.actor for event in written] == [scene.by]


@pytest.mark.parametrize("name", sorted(SCENARIOS))
def test_an_action_that_cannot_write_its_event_changes_nothing(
    name: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene = Scene(request)
    given = SCENARIOS[name](scene)
    before = _rows()

    def fail(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("기록할 수 없음")

    monkeypatch.setattr(inspect.getmodule(ACTIONS[name]), "record_event", fail)
    with pytest.raises(RuntimeError):
        ACTIONS[name](**given, by=scene.by)

    assert _rows() == before


def _rows() -> dict[str, int]:
    """How many rows every table of ours has."""
    from django.apps import apps

    ours = (
        "record",
        "members",
        "dialogue",
        "practice",
        "evidence",
        "drafts",
        "advocacy",
        "cms",
        "auth",
    )
    return {
        model._meta.label: model._default_manager.count()
        for label in ours
        for model in apps.get_app_config(label).get_models()
    }
