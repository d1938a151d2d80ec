"""The editing desk's search: Korean, drafts included, each at their own desk, and no writing breaks it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.test import Client
from wagtail.models import Page
from wagtail.search.backends import get_search_backend

from cms.models import HubDocument
from search import desk, korean
from search.models import DeskText
from tests.factories import make_case, publish

pytestmark = pytest.mark.django_db
EXPLORER = "/admin/pages/search/"
CHOOSER = "/admin/choose-page/search/"


def _titles(client: Client, address: str, text: str) -> str:
    response = client.get(address, {"q": text})
    assert response.status_code == 200, response.status_code
    is_json = response.headers["Content-Type"].startswith("application/json")
    html = response.json()["html"] if is_json else response.content.decode()
    return re.sub(r"<[^>]+>", " ", html)


@pytest.fixture
def drafts(garam: Any, nuri: Any, run_jobs: Callable[[], int]) -> tuple[Any, Any]:
    """A draft of 가람시 and one of 누리군."""
    made = (
        make_case(garam, "마을돌봄코디 양성", live=False),
        make_case(nuri, "누리 마을돌봄코디 학교", live=False),
    )
    run_jobs()
    return made


@pytest.mark.parametrize("address", [EXPLORER, CHOOSER])
@pytest.mark.parametrize(
    "asked", ["돌봄", "돌봄을", "마을돌봄", "코디 양성", "마을 돌봄 코디", "돌보"]
)
def test_an_editor_finds_the_own_draft_and_never_the_neighbours(
    address: str,
    asked: str,
    drafts: tuple[Any, Any],
    garam_editor: Any,
    login: Callable[[Any], Client],
) -> None:
    found = _titles(login(garam_editor), address, asked)

    if asked != "돌보":  # half a word finds only what is written so
        assert "마을돌봄코디 양성" in found
    assert "누리 마을돌봄코디 학교" not in found


@pytest.mark.parametrize("address", [EXPLORER, CHOOSER])
@pytest.mark.parametrize(
    "asked", ['"', '"돌봄', "돌봄 OR", "AND NOT (", "돌봄*", "-", "-돌봄", "live:yes 돌봄", "ㄷㅂ", "x" * 3000,
              "지역:가람시", "\u0000", "title:돌봄^2", "' OR 1=1 --", "돌보ㅁ", "*", "제12조의2"],
)  # fmt: skip
def test_no_writing_breaks_the_desk(
    address: str, asked: str, drafts: Any, garam_editor: Any, login: Callable[[Any], Client]
) -> None:
    assert login(garam_editor).get(address, {"q": asked}).status_code == 200


def test_the_body_of_a_page_and_what_only_its_draft_says_are_found(
    garam: Any, garam_editor: Any, login: Callable[[Any], Client], run_jobs: Callable[[], int]
) -> None:
    page = make_case(garam, "폐배터리 작업장", problem="<p>느티나무가 쓰러졌다.</p>")
    page.title = "반딧불 작업장"
    page.save_revision()
    run_jobs()
    client = login(garam_editor)

    assert "작업장" in _titles(client, EXPLORER, "느티나무")
    assert "작업장" in _titles(client, EXPLORER, "반딧불을")

    publish(page)
    run_jobs()
    assert "작업장" not in _titles(client, EXPLORER, "폐배터리")
    assert not DeskText.objects.filter(object_id=page.pk, draft=True).exists()


def test_a_neighbours_public_page_is_not_found_by_its_draft(
    nuri: Any, garam_editor: Any, nuri_editor: Any, login: Any, run_jobs: Callable[[], int]
) -> None:
    """The chooser offers public pages of others; what they are about to become is not ours to ask."""
    page = make_case(nuri, "폐배터리 작업장")
    page.summary = "반딧불이 돌아왔다."
    page.save_revision()
    run_jobs()

    def chosen(user: Any, text: str) -> bool:
        return f'data-id="{page.pk}"' in login(user).get(CHOOSER, {"q": text}).content.decode() or (
            "폐배터리 작업장" in _titles(login(user), CHOOSER, text)
        )

    assert chosen(garam_editor, "폐배터리")
    assert not chosen(garam_editor, "반딧불")
    assert chosen(nuri_editor, "반딧불")


def test_documents_and_images_are_found_in_their_choosers(
    garam: Any, nuri: Any, garam_editor: Any, login: Any, run_jobs: Callable[[], int]
) -> None:
    from tests.cms.test_media import picture

    for place, title in ((garam, "마을돌봄코디 지침"), (nuri, "누리 돌봄코디 지침")):
        HubDocument.objects.create(
            title=title,
            collection=place.page.collection,
            file=ContentFile(b"x", "guide.txt"),
        )
        picture(title, description="지침", collection=place.page.collection).save()
    run_jobs()

    for address in ("/admin/documents/chooser/", "/admin/images/chooser/"):
        found = _titles(login(garam_editor), address, "돌봄")
        assert "마을돌봄코디 지침" in found, address
        assert "누리 돌봄코디 지침" not in found, address


def test_a_title_is_found_before_the_worker_came_and_without_kiwi(
    garam: Any, garam_editor: Any, login: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(korean, "loaded", lambda: None)
    monkeypatch.setattr(korean, "load_in_background", lambda _: None)
    make_case(garam, "마을돌봄코디 양성", live=False)

    assert DeskText.objects.filter(stale=True).exists()
    assert "마을돌봄코디 양성" in _titles(login(garam_editor), EXPLORER, "돌봄")


def test_a_deleted_page_leaves_nothing(drafts: Any, run_jobs: Callable[[], int]) -> None:
    page = drafts[0]
    page.delete()

    assert not DeskText.objects.filter(model="wagtailcore.page", object_id=page.pk).exists()


def test_title_hits_come_first_and_facets_count_what_was_found(
    garam: Any, run_jobs: Callable[[], int]
) -> None:
    old = make_case(garam, "느티나무 아래")
    new = make_case(garam, "쉼터", problem="<p>느티나무를 심었다.</p>")
    run_jobs()
    found = get_search_backend().autocomplete("느티나무", Page.objects.all())

    assert [page.pk for page in found] == [old.pk, new.pk]
    assert found.count() == 2
    assert [page.pk for page in found[1:2]] == [new.pk]
    assert list(found.facet("content_type_id").values()) == [2]


def test_building_marks_what_was_missed(garam: Any) -> None:
    make_case(garam)
    call_command("search_build", verbosity=0)
    DeskText.objects.all().delete()
    assert list(desk.missing())

    call_command("search_build", verbosity=0)

    assert list(desk.missing()) == []


def test_unchanged_text_is_not_analysed_again(
    garam: Any, kiwi: Any, run_jobs: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    page = make_case(garam)
    run_jobs()
    asked: list[str] = []
    monkeypatch.setattr(type(kiwi), "units", lambda self, text, **_: asked.append(text) or [])

    desk.mark(type(page), [page.pk])
    assert desk.write_stale() == 1

    assert asked == []
