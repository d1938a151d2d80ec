"""What a page names belongs to its own desk, and a file is private until a public page uses it."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from cms.foundation import shared_collection
from cms.models import CasePage, HubDocument, MunicipalityPage
from cms.references import references_of
from tests.cms.test_media import picture
from tests.factories import make_case, publish
from tests.forms import case_form

pytestmark = pytest.mark.django_db
SECRET = "아직 누구도 모르는 문서"


def _collection(municipality: Any) -> Any:
    return MunicipalityPage.objects.get(municipality=municipality).collection


def _document(collection: Any) -> HubDocument:
    return HubDocument.objects.create(
        title=SECRET, file=ContentFile(b"x", name="a.txt"), collection=collection
    )


def _picture(collection: Any) -> Any:
    image = picture(title=SECRET, collection=collection)
    image.save()
    return image


def _in_a_field(file: Any) -> dict[str, str]:
    return {"photo": str(file.pk)}


def _in_rich_text(file: Any) -> dict[str, str]:
    from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

    html = f'<p><a linktype="document" id="{file.pk}">문서</a></p>'
    return {"problem": ContentstateConverter(["document-link"]).from_database_format(html)}


DOORS = {
    "field": (_picture, _in_a_field),
    "rich text": (_document, _in_rich_text),
}


def _names(page: Any, file: Any) -> bool:
    """Whether the newest revision of the page names this file."""
    stored = CasePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    return str(file.pk) in references_of(stored).get(type(file), set())


@pytest.mark.parametrize("door", sorted(DOORS))
def test_a_page_cannot_name_a_file_of_another_municipality(
    door: str, garam: Any, nuri: Any, nuri_editor: Any, login: Any
) -> None:
    make, name = DOORS[door]
    foreign, own, shared = (
        make(c) for c in (_collection(garam), _collection(nuri), shared_collection())
    )
    page = make_case(nuri, live=False)
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    desk = login(nuri_editor)

    refused = desk.post(address, case_form(**name(foreign)))
    taken = [desk.post(address, case_form(**name(file))) for file in (own, shared)]

    # Wagtail answers a refusal inside the desk by leading back to the dashboard.
    assert refused.url == reverse("wagtailadmin_home")
    assert [answer.url for answer in taken] == [address, address]
    assert not _names(page, foreign)
    assert _names(page, shared)


def test_a_page_cannot_link_to_a_draft_of_another_municipality(
    garam: Any, nuri: Any, nuri_editor: Any, login: Any
) -> None:
    from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

    hidden = make_case(garam, SECRET, live=False)
    page = make_case(nuri, live=False)
    html = f'<p><a linktype="page" id="{hidden.pk}">쪽</a></p>'
    written = ContentstateConverter(["link"]).from_database_format(html)

    answer = login(nuri_editor).post(
        reverse("wagtailadmin_pages:edit", args=[page.pk]), case_form(problem=written)
    )

    assert answer.url == reverse("wagtailadmin_home")


def test_what_a_deputy_put_there_stays(garam: Any, nuri: Any, nuri_editor: Any, login: Any) -> None:
    page = make_case(nuri, live=False, photo=_picture(_collection(garam)))

    answer = login(nuri_editor).post(
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
        case_form(photo=str(page.photo_id)),
    )

    assert answer.status_code == 302


def test_a_document_is_private_until_a_public_page_uses_it(
    garam: Any, garam_editor: Any, nuri_editor: Any, secretariat: Any, login: Any, client: Client
) -> None:
    document = _document(_collection(garam))

    def answers() -> list[int]:
        readers = [client, login(nuri_editor), login(garam_editor), login(secretariat)]
        given = [reader.get(document.url) for reader in readers]
        for answer in given:
            b"".join(
                getattr(answer, "streaming_content", [])
            )  # read to its end, the file is closed
        return [answer.status_code for answer in given]

    assert answers() == [404, 404, 200, 200]
    page = make_case(
        garam, live=False, problem=f'<p><a linktype="document" id="{document.pk}">문서</a></p>'
    )
    assert answers() == [404, 404, 200, 200]
    publish(page)
    assert answers() == [200, 200, 200, 200]
    page.unpublish()
    assert answers() == [404, 404, 200, 200]


def test_the_file_of_a_picture_has_a_name_that_nobody_guesses(garam: Any) -> None:
    image = _picture(_collection(garam))

    assert len(image.file.name.rpartition("/")[2]) >= 32
    assert image.get_rendition("width-10").file.name.count(image.file.name[16:40]) == 1
