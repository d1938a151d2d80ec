"""What stands on one municipality's desk and is nobody else's business, with words that give it away."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.models import Page, Revision, TaskState

from cms.actions import make_review_link
from cms.models import HubDocument, HubImage, MunicipalityPage, ReviewLink, TableUpload
from cms.models.upload import UploadState
from cms.uploading import carry_on, take_upload
from coalition.advocacy.actions import enter_resolution, record_resolution_step
from coalition.advocacy.models import (
    CouncilResolution,
    Opinion,
    Position,
    ResolutionStep,
    SuspensionRequest,
)
from coalition.dialogue.actions import (
    When,
    found_body,
    give_seat,
    open_term,
    plan_event,
    plan_meeting,
)
from coalition.dialogue.models import (
    Body,
    BodyTerm,
    DialogueEvent,
    Division,
    DivisionLineage,
    Meeting,
    Seat,
)
from coalition.drafts.actions import propose_link
from coalition.drafts.models import ClauseLink, Version
from coalition.evidence.models import Measurement
from coalition.members.actions import enter_fictional, invite, open_task, record_membership
from coalition.members.models import (
    Appointment,
    Invitation,
    MembershipState,
    Municipality,
    Role,
    Task,
    TaskStep,
)
from coalition.members.queries import today
from coalition.practice.models import Adoption, AdoptionEvent
from coalition.record.models import User
from tests.cms.test_media import picture
from tests.factories import make_bill, make_case, make_version
from tests.factories.opinions import make_opinion
from tests.factories.positions import document as document_file
from tests.factories.positions import make_position, make_terms
from tests.factories.practice import make_adoption, make_measurement, make_model, make_pilot

DAY = dt.date(2026, 8, 3)
TITLE, IMAGE, FILE, AUTHOR = "아직 누구도 모르는 사례", "비밀 그림", "bimil-munseo", "숨은담당"
LINK = "아직 검토하지 않은 연결"
UPLOAD = "olrin-pyo.csv"
TASK = "우리끼리 하는 일"
OPINION = "아직 사무국만 읽는 의견"
ASKED = "사무국만 읽는 권리침해 신고"
MEETING, INVITED = "아직 공고하지 않은 회의", "chodae@garam.example"
MARKS = (TITLE, IMAGE, FILE, AUTHOR, LINK, UPLOAD, TASK, OPINION, ASKED, MEETING, INVITED)


@dataclass
class Records:
    """What the municipality's people keep beside pages: nobody else may change it."""

    meeting: Meeting
    event: DialogueEvent
    invitation: Invitation
    position: Position
    resolution: CouncilResolution
    adoption: Adoption
    measurement: Measurement
    seat: Seat
    term: BodyTerm
    division: Division

    def values(self) -> dict[str, list[Any]]:
        return {
            "bodies_desk:pk": [self.meeting.body_id],
            "key": [self.seat.pk, self.term.pk, self.division.pk],
            "gatherings:pk": [self.meeting.pk, self.event.pk],
            "act": ["revise", "notice", "cancel", "tell", "complete"],
            "body": [self.meeting.body_id],
            "invitation": [self.invitation.pk],
            "positions_desk:pk": [self.position.pk],
            "resolutions_desk:pk": [self.resolution.pk],
            "practice_desk:pk": [self.adoption.pk, self.measurement.pk],
        }

    def fingerprint(self) -> list[Any]:
        return [
            list(model._default_manager.order_by("pk").values())
            for model in (
                Meeting, DialogueEvent, Invitation, Position, ResolutionStep, Adoption, AdoptionEvent,
                Measurement, Body, BodyTerm, Seat, Division, DivisionLineage,
            )
        ]  # fmt: skip


@dataclass
class Desk:
    """What stands on one municipality's desk and is nobody else's business."""

    page: Any
    image: HubImage
    document: HubDocument
    state: TaskState
    editor: User
    link: ClauseLink
    review: ReviewLink
    upload: TableUpload
    task: Task
    opinion: Opinion
    asked: SuspensionRequest
    records: Records

    def values(self) -> dict[str, list[Any]]:
        """What an address may be filled with, by the names of parameters that Wagtail and we use."""
        page, revision = [self.page.pk], [self.page.latest_revision_id]
        keys = [self.page.pk, self.image.pk, self.document.pk, self.state.pk, self.editor.pk]
        keys += [self.link.pk, self.task.pk, self.opinion.pk]
        return {
            "parent_page_id": [self.page.pk, self.page.get_parent().pk],
            **dict.fromkeys(
                ("page_id", "page_to_move_id", "destination_id", "root_page_id"),
                page,
            ),
            **dict.fromkeys(("revision_id", "revision_id_a", "revision_id_b"), revision),
            "image_id": [self.image.pk],
            "document_id": [self.document.pk],
            "upload": [self.upload.pk],
            "appointment": [self.editor.appointments.get().pk],
            "document_filename": [self.document.filename],
            "task_state_id": [self.state.pk],
            "workflow_state_id": [self.state.workflow_state_id],
            "action_name": ["approve", "reject"],
            "action": ["delete", "publish"],
            "asked": [self.asked.pk],
            "review_id": [self.review.pk],
            "app_label": ["wagtailcore", "cms"],
            "app_name": ["cms"],
            "model_name": ["page", "hubimage", "casepage", "tag"],
            "content_type_app_name": ["cms"],
            "content_type_model_name": ["casepage"],
            "content_type_id": [1],
            "slug": ["garam"],
            "no": ["0.1"],
            "filter_spec": ["max-100x100"],
            **self.records.values(),
            "*": [*keys, "x"],
        }

    def fingerprint(self) -> list[Any]:
        """Everything of it that a foreign hand could have changed."""
        pages = Page.objects.filter(path__startswith=self.page.path[:12])
        return [
            list(pages.order_by("pk").values("pk", "path", "title", "slug", "live", "locked", "latest_revision")),
            Revision.objects.filter(object_id__in=map(str, pages.values_list("pk", flat=True))).count(),
            list(HubImage.objects.filter(pk=self.image.pk).values("title", "file", "collection")),
            list(HubDocument.objects.filter(pk=self.document.pk).values("title", "file", "collection")),
            list(TableUpload.objects.order_by("pk").values("filename", "file", "state", "told")),
            list(TaskState.objects.filter(pk=self.state.pk).values("status", "comment")),
            list(ClauseLink.objects.order_by("pk").values("pk", "steps__state")),
            list(TaskStep.objects.order_by("pk").values("task", "state", "owner", "due")),
            list(Opinion.objects.order_by("pk").values("pk", "text", "moderations", "replies")),
            list(SuspensionRequest.objects.values("pk", "outcome", "claim")),
            list(ReviewLink.objects.order_by("pk").values("page", "revoked_at")),
            list(Appointment.objects.order_by("pk").values("user", "role", "until")),
            self.records.fingerprint(),
        ]  # fmt: skip


def lay_desk(garam: Municipality, garam_editor: User) -> Desk:
    """A desk in the middle of its work: a case that waits for approval, files, a link, a table."""
    garam_editor.last_name, garam_editor.first_name = AUTHOR, ""
    garam_editor.save()
    collection = MunicipalityPage.objects.get(municipality=garam).collection
    image = picture(title=IMAGE, collection=collection)
    image.uploaded_by_user = garam_editor
    image.save()
    document = HubDocument.objects.create(
        title=FILE,
        file=ContentFile(b"x", name=f"{FILE}.txt"),
        collection=collection,
        uploaded_by_user=garam_editor,
    )
    page = make_case(garam, TITLE, live=False, owner=garam_editor, photo=image)
    page.save_revision(user=garam_editor)
    workflow = page.get_workflow()
    assert workflow is not None
    state = workflow.start(page, garam_editor).current_task_state
    page.refresh_from_db()
    version = make_version(make_bill())
    # Held by the gate: the secretariat's business and nobody else's.
    opinion = make_opinion(version, text=f"{OPINION}: 010-1234-5678", acknowledged=True)
    asked = SuspensionRequest.objects.create(
        opinion=opinion,
        person=opinion.person,
        right="other",
        claim=ASKED,
        confirmed_at=timezone.now(),
    )
    link = propose_link(
        provision=version.provisions.get(eid="art_1"),
        thing=page,
        kind="need",
        note=LINK,
        by=garam_editor,
    )
    review, _ = make_review_link(page=page, reader=AUTHOR, days=7, by=garam_editor)
    table = ContentFile("동,수\n가,1\n".encode(), name=UPLOAD)
    upload = take_upload(file=table, municipality=garam, page=None, by=garam_editor)
    while upload.state == UploadState.READING:
        carry_on(upload)
        upload.refresh_from_db()
    task = open_task(
        municipality=garam,
        title=TASK,
        owner=garam_editor,
        due=today() + dt.timedelta(days=30),
        by=garam_editor,
    )
    records = _records(garam, version, garam_editor)
    return Desk(
        page,
        image,
        document,
        state,
        garam_editor,
        link,
        review,
        upload,
        task,
        opinion,
        asked,
        records,
    )


def _records(garam: Municipality, version: Version, editor: User) -> Records:
    make_terms()
    # A member: who works here reads what members tell one another.
    record_membership(municipality=garam, state=MembershipState.APPROVED, on=DAY, by=None)
    body = found_body(
        municipality=garam, name="가람시 일자리회", slug="garam", summary="", divisions=["돌봄"],
        since=DAY, source=None, by=None,
    )  # fmt: skip
    resolution = enter_resolution(
        municipality=garam, bill=version.bill, council="가람시의회", title="건의안", by=editor
    )
    record_resolution_step(
        resolution=resolution, stage="passed", happened_on=DAY, file=document_file(), by=editor
    )
    donor = enter_fictional(code="X0009", name="온유구", slug="onyu", by=None)
    return Records(
        meeting=plan_meeting(body=body, kind="regular", title=MEETING, when=When(DAY), by=editor),
        event=plan_event(
            body=body, method="talk", title="간담회", purpose="집", begins_on=DAY, by=editor
        ),
        invitation=invite(
            email=INVITED, name="새 담당", post="주무관", municipality=garam, role=Role.EDITOR, by=editor
        ),
        position=make_position(garam, version, by=editor),
        resolution=resolution,
        adoption=make_adoption(make_model(donor), garam),
        measurement=make_measurement(make_pilot(garam)),
        seat=give_seat(body=body, sector="labour", since=DAY, by=editor),
        term=open_term(body=body, number=1, begins=DAY, ends=dt.date(2027, 3, 1), by=editor),
        division=body.divisions.get(),
    )  # fmt: skip
