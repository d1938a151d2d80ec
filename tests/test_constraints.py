"""Every named constraint of ours is broken once: the database says no, whatever the code does.

The constraints are found, not listed: a new one without its breach here fails.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from cms.actions import import_dataset
from cms.models import (
    CaseBookChapter,
    CaseBookEdition,
    CaseBookEntry,
    CaseNumber,
    CasePage,
    CaseTag,
    DatasetColumn,
    DatasetPage,
    HubDocument,
    HubImage,
    HubRendition,
    NewsTag,
    Resource,
    ResourceRow,
    ReviewLink,
    TableUpload,
    Tag,
)
from cms.sheets import Column, Sheet
from cms.uploading import take_upload
from coalition.dialogue.models import Body, CoreQuestion, Division, Paper, Question
from coalition.drafts.models import (
    Bill,
    ClauseLink,
    Counterpart,
    Forebear,
    Lineage,
    LinkStep,
    Provision,
    ProvisionNote,
    Version,
)
from coalition.members.models import (
    Appointment,
    Deputation,
    Fact,
    Invitation,
    Membership,
    Municipality,
    Region,
    Succession,
    Term,
)
from coalition.record.actions import keep_attachment, record_event
from coalition.record.models import Attachment, MailOut, Person, Source, User
from search.models import DeadLetter, DeskText, DocumentText, Mirror, SearchDocument, SearchWord
from tests.coalition.advocacy import breaches as advocacy
from tests.coalition.dialogue import breaches as dialogue
from tests.coalition.members import breaches as members
from tests.coalition.members import joining_breaches as joining
from tests.coalition.practice import breaches as practice
from tests.factories import (
    make_answer,
    make_bill,
    make_case,
    make_news,
    make_paper,
    make_question,
    make_version,
)

pytestmark = pytest.mark.django_db
OURS = (
    "record",
    "members",
    "dialogue",
    "practice",
    "evidence",
    "drafts",
    "advocacy",
    "cms",
    "search",
)
EARLY, LATE = dt.date(2026, 3, 2), dt.date(2026, 9, 1)


def _constraints() -> set[str]:
    return {
        constraint.name
        for label in OURS
        for model in apps.get_app_config(label).get_models()
        for constraint in model._meta.constraints
    }


class Ground:
    """What a breach stands on."""

    def __init__(self, request: pytest.FixtureRequest) -> None:
        self.get = request.getfixturevalue

    @property
    def garam(self) -> Municipality:
        return self.get("garam")

    @property
    def source(self) -> Source:
        return Source.objects.get_or_create(title="기사", publisher="신문", published_on=EARLY)[0]

    def place(self, **changes: Any) -> None:
        region, _ = Region.objects.get_or_create(code="X9", name="시험도", fictional=True)
        fields = {
            "code": "X9999",
            "name": "시험시",
            "region": region,
            "kind": "시",
            "level": "basic",
            "slug": "siheom",
            "fictional": True,
        }
        Municipality.objects.create(**{**fields, **changes})

    def fact(self, **changes: Any) -> None:
        fields = {
            "municipality": self.garam,
            "key": "k",
            "subject": "s",
            "statement": "말",
            "as_of": "2026",
            "source": self.source,
        }
        Fact.objects.create(**{**fields, **changes})

    def body(self) -> Body:
        return Body.objects.get_or_create(
            slug="b", defaults={"municipality": self.garam, "name": "일자리회"}
        )[0]

    def appointment(self, **changes: Any) -> None:
        user = self.get("garam_editor")
        fields = {"user": user, "municipality": self.garam, "role": "approver", "since": EARLY}
        Appointment.objects.create(**{**fields, **changes})

    def deputation(self, **changes: Any) -> None:
        by = self.get("secretariat")
        fields = {"municipality": self.garam, "since": LATE, "reason": "r", "named_by": by}
        Deputation.objects.create(**{**fields, **changes})

    def version(self) -> Version:
        return make_version(make_bill(), live=False)

    def provision(self, **changes: Any) -> Provision:
        version = Version.objects.first() or self.version()
        fields = {
            "version": version,
            "order": 1,
            "kind": "article",
            "eid": "art_1",
            "line": 1,
            "last_line": 1,
        }
        return Provision.objects.create(**{**fields, **changes})

    def note(self, **changes: Any) -> None:
        fields = {"provision": self.provision(), "uid": uuid.uuid4(), "kind": "plain", "text": "x"}
        ProvisionNote.objects.create(**{**fields, **changes})

    def counterpart(self, **changes: Any) -> None:
        fields = {
            "provision": self.provision(),
            "uid": uuid.uuid4(),
            "kind": "ordinance",
            "name": "가람시 조례",
            "article": "제1조",
            "text": "x",
            "municipality": self.garam,
        }
        Counterpart.objects.create(**{**fields, **changes})

    def link(self, **changes: Any) -> ClauseLink:
        provision = Provision.objects.first() or self.provision()
        fields = {
            "provision": provision,
            "uid": uuid.uuid4(),
            "target": "question",
            "content_type": ContentType.objects.get_for_model(Question),
            "object_id": 1,
            "kind": "need",
            "note": "까닭",
            "linked_by": self.get("secretariat"),
        }
        return ClauseLink.objects.create(**{**fields, **changes})

    def link_step(self, **changes: Any) -> None:
        link = ClauseLink.objects.first() or self.link()
        by = self.get("colleague")
        fields = {"link": link, "provision": link.provision, "by": by, "office": "사무국"}
        LinkStep.objects.create(**{**fields, **changes})

    def lineage(self, **changes: Any) -> None:
        provision = Provision.objects.first() or self.provision()
        fields = {"provision": provision, "uid": uuid.uuid4(), "how": "new"}
        Lineage.objects.create(**{**fields, **changes})

    def forebear(self, **changes: Any) -> None:
        if not Lineage.objects.exists():
            self.lineage()
        fields = {"lineage": Lineage.objects.first(), "provision": Provision.objects.first()}
        Forebear.objects.create(**{**fields, **changes})

    def dataset(self) -> DatasetPage:
        import_dataset(
            sheet=Sheet([Column("동", "text", "")], [["가람동"]]),
            municipality=self.garam,
            slug="dolbom",
            title="동별 돌봄 이용",
            licence="kogl-1",
            by=None,
        )
        page = DatasetPage.objects.get()
        page.get_latest_revision_as_object().save()
        return page

    def upload(self) -> TableUpload:
        by = User.objects.create_user("uploader")
        file = ContentFile("동,수\n가,1\n".encode(), name="a.csv")
        return take_upload(file=file, municipality=self.garam, page=None, by=by)

    def resource(self, **changes: Any) -> None:
        counts = {"row_count": 0, "added": 0, "changed": 0, "removed": 0}
        fields = {"page": self.dataset(), "columns": [], "sha256": "0" * 64, **counts}
        Resource.objects.create(**{**fields, **changes})

    def tag(self) -> Tag:
        return Tag.objects.get_or_create(name="돌봄", slug="돌봄")[0]


def _person(**changes: Any) -> Person:
    fields = {"purpose": "의견", "consented_at": timezone.now(), "retain_until": LATE}
    return Person.objects.create(**{**fields, **changes})


def _invitation(ground: Ground, **changes: Any) -> Invitation:
    user = User.objects.get_or_create(username="invited")[0]
    fields = {"user": user, "municipality": ground.garam, "role": "editor", "invited_by": user}
    return Invitation.objects.create(**{**fields, "expires_at": timezone.now(), **changes})


def _event(ground: Ground) -> None:
    record_event("published", ground.source, by=None)


def _twice(make: Callable[[], Any]) -> None:
    make()
    make()


def _told_twice(question: Question) -> None:
    _twice(lambda: question.steps.create(state="model", on=EARLY, note="n"))


def _succession(ground: Ground) -> None:
    Succession.objects.create(
        successor=ground.garam,
        old_code="1",
        old_name="n",
        old_region_name="r",
        on=EARLY,
        kind="k",
        event="e",
    )


def _rendition() -> None:
    from tests.cms.test_media import picture

    image = picture()
    image.save()
    made = image.renditions.first()
    assert made is not None
    made.pk = None
    HubRendition.objects.bulk_create([made])


def _publish_without_hash(ground: Ground) -> None:
    Version.objects.filter(pk=ground.version().pk).update(published_at=timezone.now())


def _two_in_one_place(ground: Ground) -> None:
    bill = make_bill()
    make_version(bill, "0.1")
    second = make_version(bill, "0.2", live=False)
    Version.objects.filter(pk=second.pk).update(
        published_at=timezone.now(), order=1, sha256="0" * 64
    )


def _case_update(ground: Ground, **changes: Any) -> None:
    CasePage.objects.filter(pk=make_case(ground.garam).pk).update(**changes)


def _number(ground: Ground) -> None:
    page = make_case(ground.garam)
    CaseNumber.objects.create(page=page, label="l", value=1, unit="u", n=0, source="s")


def _review_link(ground: Ground) -> None:
    now = timezone.now()
    ReviewLink.objects.create(
        page=make_case(ground.garam), token_hash="0" * 64, reader="r",
        made_by=ground.get("secretariat"), made_at=now, expires_at=now,
    )  # fmt: skip


def _case_book(ground: Ground, number: int = 1, **fields: Any) -> None:
    page = make_case(ground.garam)
    for _ in range(number):
        CaseBookEntry.objects.create(page=page, revision=1, **fields)


def _case_book_refusal(ground: Ground) -> None:
    by = ground.get("secretariat")
    _case_book(ground, state="declined", decided_by=by, decided_at=timezone.now())


def _doubled_tag(ground: Ground, through: Any, make: Any) -> None:
    page, tag = make(ground.garam), ground.tag()
    _twice(lambda: through.objects.create(tag=tag, content_object=page))


def _image() -> None:
    from tests.cms.test_media import picture

    HubImage.objects.bulk_create([picture(description="")])


def _mail(ground: Ground, **fields: Any) -> MailOut:
    return MailOut.objects.create(
        **{
            "key": "k",
            "recipient": ground.get("secretariat"),
            "subject": "s",
            "text": "t",
            **fields,
        }
    )


def _found(**fields: Any) -> SearchDocument:
    return SearchDocument.objects.create(
        **{
            "kind": "page",
            "key": "1",
            "owner_kind": "page",
            "owner_id": 1,
            "url": "/",
            "seq": 1,
            **fields,
        }
    )


def _word(kind: str = "term") -> SearchWord:
    return SearchWord.objects.create(kind=kind, written="느티나무")


def _read_file(**fields: Any) -> DocumentText:
    document = HubDocument.objects.create(title="보고", file="documents/report.pdf")
    return DocumentText.objects.create(document=document, **fields)


def _mirror(name: str, **fields: Any) -> Mirror:
    return Mirror.objects.create(name=name, schema="x", **fields)


def _twice_refused() -> None:
    _found(seq=1)
    document, mirror = SearchDocument.objects.get(seq=1), _mirror("a")
    for _ in range(2):
        DeadLetter.objects.create(mirror=mirror, document=document, seq=1, reason="x")


def _edition(g: Ground, **changes: Any) -> CaseBookEdition:
    kept = keep_attachment(
        file=ContentFile(b"%PDF", name="a.pdf"), title="사례집", by=g.get("secretariat")
    )
    fields = {
        "number": 1,
        "title": "사례집",
        "sha256": "0" * 64,
        "document": kept,
        "on": LATE,
        "made_by": g.get("secretariat"),
    }
    return CaseBookEdition.objects.create(**{**fields, **changes})


def _chapters(g: Ground, **changes: Any) -> None:
    told = {"edition": _edition(g), "revision": 1, "title": "t", "municipality": g.garam}
    for place in ({"place": 1, "page_key": 1}, {"place": 1, "page_key": 1, **changes}):
        CaseBookChapter.objects.create(**told, **place)


BREACHES: dict[str, Callable[[Ground], Any]] = {
    "a source is named once": lambda g: _twice(
        lambda: Source.objects.create(title="a", publisher="b", published_on=EARLY)
    ),
    "a source without a day is named once": lambda g: _twice(
        lambda: Source.objects.create(title="a", publisher="b")
    ),
    "a source has a title and a publisher": lambda g: Source.objects.create(
        title="", publisher="b"
    ),
    "an attachment has its hash": lambda g: Attachment.objects.create(
        title="a", filename="a", media_type="t", size=1, uploaded_by=g.get("secretariat")
    ),
    "an erased person is empty": lambda g: _person(name="아무개", erased_at=timezone.now()),
    "an event's verb is noun.verb": _event,
    "only fictional codes begin with X": lambda g: g.place(code="99999"),
    "an administrative city cannot join": lambda g: g.place(level="admin-city"),
    "a real municipality has a source": lambda g: g.place(code="99999", fictional=False),
    "a municipality ends after it begins": lambda g: g.place(valid_from=LATE, valid_to=EARLY),
    "a succession is told once": lambda g: _twice(lambda: _succession(g)),
    "a term ends after it begins": lambda g: Term.objects.create(number=1, begins=LATE, ends=EARLY),
    "a membership has a known state": lambda g: Membership.objects.create(
        municipality=g.garam, state="maybe", on=EARLY
    ),
    "a post is held once at a time": lambda g: _twice(g.appointment),
    "an appointment ends after it begins": lambda g: g.appointment(since=LATE, until=EARLY),
    "an appointment has a known role": lambda g: g.appointment(role="king"),
    "a municipality has one deputy at a time": lambda g: _twice(g.deputation),
    "a deputation ends after it begins": lambda g: g.deputation(until=EARLY),
    "a fact has one key per municipality": lambda g: _twice(g.fact),
    "a fact says something of some day": lambda g: g.fact(statement=""),
    "a division begins once": lambda g: _twice(
        lambda: Division.objects.create(body=g.body(), name="돌봄", valid_from=EARLY)
    ),
    "a division of unknown beginning stands once": lambda g: _twice(
        lambda: Division.objects.create(body=g.body(), name="돌봄")
    ),
    "a division ends after it begins": lambda g: Division.objects.create(
        body=g.body(), name="돌봄", valid_from=LATE, valid_to=EARLY
    ),
    "a paper has a known kind": lambda g: Paper.objects.create(key="k", kind="red", title="t"),
    "a paper has a title and a key": lambda g: Paper.objects.create(key="k", kind="green"),
    "an invented paper belongs to a body": lambda g: make_paper(fictional=True),
    "a core question has its number once": lambda g: _twice(
        lambda: CoreQuestion.objects.create(paper=make_paper(), number=1)
    ),
    "a question has its number once": lambda g: _twice(
        lambda: Question.objects.create(paper=make_paper(), number=1, text="t")
    ),
    "a question says something": lambda g: make_question(text=""),
    "a reviewed question has its reviewer": lambda g: make_question(reviewed_at=timezone.now()),
    "a withheld question has its reason": lambda g: make_question(withheld_at=timezone.now()),
    "an answer has its number once": lambda g: _twice(lambda: make_answer(number=1)),
    "an answer says something": lambda g: make_answer(text=""),
    "an answer has a known respondent": lambda g: make_answer(respondent="king"),
    "a reviewed answer has its reviewer": lambda g: make_answer(
        live=False, reviewed_at=timezone.now()
    ),
    "a withheld answer has its reason": lambda g: make_answer(withheld_at=timezone.now()),
    "a step has a known state": lambda g: make_question().steps.create(
        state="lost", on=EARLY, note="n"
    ),
    "a step says to what it led or why not": lambda g: make_question().steps.create(
        state="model", on=EARLY
    ),
    "a step is told once": lambda g: _told_twice(make_question()),
    "a bill has a title": lambda g: Bill.objects.create(slug="x", title=""),
    "a version number is used once": lambda g: Version.objects.create(
        bill=g.version().bill, no="0.1", date=EARLY, source_text="x"
    ),
    "versions are published one after another": _two_in_one_place,
    "a published version has its hash and its place": _publish_without_hash,
    "a provision has its own eid": lambda g: [g.provision(), g.provision(order=2)],
    "provisions stand one after another": lambda g: [g.provision(), g.provision(eid="art_2")],
    "a link has a known kind": lambda g: g.link(kind="praise"),
    "a barrier and nothing else has its relation to the clause": lambda g: g.link(
        relation="resolves"
    ),
    "a link says why": lambda g: g.link(note=""),
    "a link's step has a known state": lambda g: g.link_step(state="maybe"),
    "a link is refused with a reason": lambda g: g.link_step(state="declined"),
    "nobody agrees twice to one link and text": lambda g: _twice(
        lambda: g.link_step(state="confirmed")
    ),
    "a link is proposed once": lambda g: _twice(lambda: g.link_step(state="proposed")),
    "only a new provision has no predecessor": lambda g: g.lineage(how="text"),
    "a score is between 0 and 1": lambda g: g.lineage(score=1.5),
    "a forebear is named once": lambda g: _twice(g.forebear),
    "a forebear's score is between 0 and 1": lambda g: g.forebear(score=-0.5),
    "a note says something or is withdrawn": lambda g: g.note(text=""),
    "a note has a known kind": lambda g: g.note(kind="gossip"),
    "a statute has its source, an ordinance its municipality": lambda g: g.counterpart(
        kind="statute"
    ),
    "a counterpart says something or takes another away": lambda g: g.counterpart(text=""),
    "a counterpart is named": lambda g: g.counterpart(article=""),
    "an image is described or decorative": lambda g: _image(),
    "a rendition is made once": lambda g: _rendition(),
    "a case ends after it begins": lambda g: _case_update(g, period_from=LATE, period_to=EARLY),
    "a case number has n and a source": _number,
    "a review link ends after it begins": _review_link,
    "a case waits once for the case book": lambda g: _case_book(g, 2),
    "a case book decision names who and when": lambda g: _case_book(g, state="taken"),
    "a case that is not taken is told why": _case_book_refusal,
    "a case has a tag once": lambda g: _doubled_tag(g, CaseTag, make_case),
    "news has a tag once": lambda g: _doubled_tag(g, NewsTag, make_news),
    "a mail is written once": lambda g: [_mail(g, key="a"), _mail(g, key="a")],
    "a mail has one recipient": lambda g: _mail(g, person=_person()),
    "a mail is sent or given up": lambda g: _mail(
        g, sent_at=timezone.now(), given_up_at=timezone.now()
    ),
    "a thing is found once": lambda g: [_found(seq=1), _found(seq=2)],
    "a found thing has a known kind": lambda g: _found(kind="rumour"),
    "a search word is added once": lambda g: [_word() for _ in range(2)],
    "a search word has a known kind": lambda g: _word(kind="rumour"),
    "one mirror serves readers": lambda g: [_mirror(n, serving=True) for n in ("a", "b")],
    "a row is refused once by a mirror": lambda g: _twice_refused(),
    "a dataset has a known licence": lambda g: DatasetPage.objects.filter(pk=g.dataset().pk).update(
        licence="rumour"
    ),
    "a dataset column is explained once": lambda g: DatasetColumn.objects.create(
        page=g.dataset(), name="동"
    ),
    "a dataset version has its own number": lambda g: g.resource(number=1),
    "a dataset version has a number and a hash": lambda g: g.resource(number=2, sha256=""),
    "a dataset row stands in one place": lambda g: ResourceRow.objects.create(
        resource=g.dataset().resources.get(), number=1, cells=["가"]
    ),
    **dialogue.BREACHES,
    "an invitation is to a known role": lambda g: _invitation(g, role="king"),
    "an invitation is accepted or withdrawn": lambda g: _invitation(
        g, accepted_at=timezone.now(), withdrawn_at=timezone.now()
    ),
    "an invitation waits once": lambda g: _twice(lambda: _invitation(g)),
    "an upload has a known state": lambda g: TableUpload.objects.filter(pk=g.upload().pk).update(
        state="eaten"
    ),
    "an upload keeps its file until it is finished": lambda g: TableUpload.objects.filter(
        pk=g.upload().pk
    ).update(state="done"),
    "a document text has a known state": lambda g: _read_file(state="eaten"),
    "a withheld document keeps no text": lambda g: _read_file(state="withheld", parts=[[1, "글"]]),
    "a thing is on the desk's index once": lambda g: [
        DeskText.objects.create(model="cms.tag", object_id=1) for _ in range(2)
    ],
    **practice.BREACHES,
    **joining.BREACHES,
    **advocacy.BREACHES,
    **members.BREACHES,
    "an edition has its name and hash": lambda g: _edition(g, title=""),
    "a chapter has its own place": lambda g: _chapters(g, page_key=2),
    "a case stands once in an edition": lambda g: _chapters(g, place=2),
}


def test_every_constraint_has_its_breach() -> None:
    assert _constraints() == set(BREACHES)


@pytest.mark.parametrize("name", sorted(BREACHES))
def test_the_database_refuses(name: str, request: pytest.FixtureRequest) -> None:
    ground = Ground(request)

    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        BREACHES[name](ground)

    # SQLite names a CHECK, but of a UNIQUE only its columns.
    said = str(refused.value)
    assert name in said or said.startswith("UNIQUE constraint failed"), said
