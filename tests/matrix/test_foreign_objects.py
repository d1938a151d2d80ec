"""The matrix of design/reliability.md: every address × who has no business there × somebody else's things.

The addresses come from the resolver, so a view that Wagtail or we add is asked from its first day on. A
post carries what a form of the owner showed, so that it is refused for who sends it and for nothing else.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.files.base import ContentFile
from django.db import transaction
from django.test import Client
from wagtail.models import Page, Revision, TaskState

from cms.actions import make_review_link
from cms.models import HubDocument, HubImage, MunicipalityPage, ReviewLink, TableUpload
from cms.uploading import carry_on, take_upload
from coalition.drafts.actions import propose_link
from coalition.drafts.models import ClauseLink
from coalition.members.actions import open_task
from coalition.members.models import Appointment, Task, TaskStep
from coalition.members.queries import today
from coalition.record.models import User
from tests.cms.test_media import picture
from tests.factories import make_bill, make_case, make_version
from tests.forms import shown_form
from tests.matrix.addresses import Address, addresses

pytestmark = pytest.mark.django_db
DUE = today() + dt.timedelta(days=30)
TITLE, IMAGE, FILE, AUTHOR = "아직 누구도 모르는 사례", "비밀 그림", "bimil-munseo", "숨은담당"
LINK = "아직 검토하지 않은 연결"
UPLOAD = "olrin-pyo.csv"
TASK = "우리끼리 하는 일"
MARKS = (TITLE, IMAGE, FILE, AUTHOR, LINK, UPLOAD, TASK)
# These end the session of who asks; they have no object.
LEFT_OUT = {"wagtailadmin_logout"}


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

    def values(self) -> dict[str, list[Any]]:
        """What an address may be filled with, by the names of parameters that Wagtail and we use."""
        page, revision = [self.page.pk], [self.page.latest_revision_id]
        keys = [self.page.pk, self.image.pk, self.document.pk, self.state.pk, self.editor.pk]
        keys += [self.link.pk, self.task.pk]
        return {
            **dict.fromkeys(
                ("page_id", "parent_page_id", "page_to_move_id", "destination_id", "root_page_id"),
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
            "review_id": [self.review.pk],
            "app_label": ["wagtailcore", "cms"],
            "model_name": ["page", "hubimage", "casepage"],
            "content_type_app_name": ["cms"],
            "content_type_model_name": ["casepage"],
            "content_type_id": [1],
            "slug": ["garam"],
            "no": ["0.1"],
            "filter_spec": ["max-100x100"],
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
            list(ReviewLink.objects.order_by("pk").values("page", "revoked_at")),
            list(Appointment.objects.order_by("pk").values("user", "role", "until")),
        ]  # fmt: skip


@pytest.fixture
def desk(garam: Any, garam_editor: Any, garam_approver: Any) -> Desk:
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
    link = propose_link(
        provision=make_version(make_bill()).provisions.get(eid="art_1"),
        thing=page,
        kind="need",
        note=LINK,
        by=garam_editor,
    )
    review, _ = make_review_link(page=page, reader=AUTHOR, days=7, by=garam_editor)
    table = ContentFile("동,수\n가,1\n".encode(), name=UPLOAD)
    upload = take_upload(file=table, municipality=garam, page=None, by=garam_editor)
    carry_on(upload)
    task = open_task(municipality=garam, title=TASK, owner=garam_editor, due=DUE, by=garam_editor)
    return Desk(page, image, document, state, garam_editor, link, review, upload, task)


def _asked(desk: Desk) -> Iterator[Address]:
    for address in addresses(desk.values()):
        if address.view not in LEFT_OUT:
            yield address
            if "bulk" in address.path or "chosen" in address.path:
                yield Address(address.view, f"{address.path}?id={desk.page.pk}&next=/")
    # Listings are asked for the words of what they must not show.
    for path in (
        "/admin/pages/search/",
        "/admin/choose-page/search/",
        "/admin/images/",
        "/search/",
    ):
        for word in MARKS:
            yield Address("listing", f"{path}?q={word}")


def _client(user: Any) -> Client:
    client = Client(raise_request_exception=False)
    if user is not None:
        client.force_login(user)
    return client


def _body(answer: Any) -> str:
    parts = answer.streaming_content if getattr(answer, "streaming", False) else [answer.content]
    text = b"".join(parts).decode("utf-8", "replace")
    return text + str(answer.get("Location", ""))


def _leaks(answer: Any, asked: str) -> list[str]:
    """The marks in an answer; a word of the question that is only said back is none."""
    text = _body(answer)
    if "html" in answer.get("Content-Type", ""):
        page = BeautifulSoup(text, "html.parser")
        for field in page.select("input[name=q]"):
            field.decompose()
        text = str(page)
    return [mark for mark in MARKS if mark in text and mark not in asked]


def _foreign(who: str, request: pytest.FixtureRequest) -> Any:
    return None if who == "stranger" else request.getfixturevalue(who)


WHO = ["stranger", "nuri_editor", "nuri_approver"]


@pytest.mark.parametrize("who", WHO)
def test_no_address_shows_what_is_not_public(
    who: str, desk: Desk, request: pytest.FixtureRequest
) -> None:
    client = _client(_foreign(who, request))
    faults = []
    for address in _asked(desk):
        with transaction.atomic():
            answer = client.get(address.path)
            transaction.set_rollback(True)
        leaks = _leaks(answer, address.path)
        if leaks or answer.status_code >= 500:
            faults.append((answer.status_code, address.view, address.path, leaks))

    assert not faults, faults


@pytest.mark.parametrize("who", WHO)
def test_no_post_changes_what_is_somebody_elses(
    who: str, desk: Desk, garam_editor: Any, request: pytest.FixtureRequest
) -> None:
    client, owner = _client(_foreign(who, request)), _client(garam_editor)
    faults = []
    before = desk.fingerprint()
    for address in _asked(desk):
        for data in _forms(owner, address):
            with transaction.atomic():
                answer = client.post(address.path, data)
                changed = desk.fingerprint() != before
                transaction.set_rollback(True)
            leaks = _leaks(answer, f"{address.path} {data}")
            if changed or leaks or answer.status_code >= 500:
                faults.append((answer.status_code, address.view, address.path, leaks, changed))

    assert not faults, faults


def _forms(owner: Client, address: Address) -> Iterator[dict[str, Any]]:
    """An empty post, and what the owner's own screen would have sent."""
    yield {}
    with transaction.atomic():
        answer = owner.get(address.path)
        is_form = answer.status_code == 200 and "<form" in _body(answer)
        if is_form:
            try:
                data = shown_form(owner, address.path)
            except ValueError:  # no form that posts
                data = {}
        transaction.set_rollback(True)
    if is_form and data:
        yield {**data, "action-publish": "1"}


def test_the_owner_is_let_in_where_others_are_not(desk: Desk, garam_editor: Any) -> None:
    """The positive control: the same walk by the page's own editor does show the marks."""
    client = _client(garam_editor)
    shown: dict[str, set[str]] = {mark: set() for mark in MARKS}
    for address in _asked(desk):
        with transaction.atomic():
            for mark in _leaks(client.get(address.path), address.path):
                shown[mark].add(address.view)
            transaction.set_rollback(True)

    assert {
        "wagtailadmin_pages:edit",
        "wagtailadmin_pages:history",
        "wagtailadmin_explore",
    } <= shown[TITLE]
    assert {"wagtailimages:edit", "wagtailimages:index"} <= shown[IMAGE]
    assert {"wagtaildocs:edit", "wagtaildocs:index"} <= shown[FILE]
    assert {"links_desk:index", "links_desk:detail"} <= shown[LINK]
    assert {"tasks_desk:index", "tasks_desk:task"} <= shown[TASK]
    assert {"datasets_desk:listing", "datasets_desk:show"} <= shown[UPLOAD]


def test_without_the_guard_the_matrix_finds_holes(
    desk: Desk, nuri_editor: Any, settings: Any
) -> None:
    """Stock Wagtail has 14 of them (research/wagtail.md §5); a matrix that finds none is no matrix."""
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "DeskGuard" not in name]
    client = _client(nuri_editor)
    holes = set()
    for address in _asked(desk):
        with transaction.atomic():
            if _leaks(client.get(address.path), address.path):
                holes.add(address.view)
            transaction.set_rollback(True)

    assert len(holes) >= 5, holes
