"""No picture goes out without alternative text or the word that it is decoration."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.images import ImageFile
from django.db import IntegrityError, transaction
from django.test import Client
from PIL import Image
from wagtail.models import Collection

from cms.models import HubImage, HubRendition
from cms.renditions import sources
from tests.factories import make_case

pytestmark = pytest.mark.django_db


def picture(title: str = "그림", **fields: Any) -> HubImage:
    stream = io.BytesIO()
    Image.new("RGB", (1600, 900), "#1a4a8a").save(stream, "PNG")
    values = {
        "title": title,
        "description": "회의하는 사람들",
        "credit": "가람시",
        "collection": Collection.get_first_root_node(),
        "file": ImageFile(io.BytesIO(stream.getvalue()), name="p.png"),
        **fields,
    }
    return HubImage(**values)


def test_a_picture_is_described_or_decorative() -> None:
    with pytest.raises(ValidationError, match="대체 글을 쓰거나"):
        picture(description="").full_clean()
    with pytest.raises(ValidationError, match="장식이면"):
        picture(ornament=True).full_clean()
    with pytest.raises(IntegrityError, match="described or decorative"), transaction.atomic():
        picture(description="").save()

    assert picture(description="", ornament=True).default_alt_text == ""
    assert picture(title="IMG_1234").default_alt_text == "회의하는 사람들"


def test_sizes_are_made_at_upload_and_showing_a_page_makes_none(garam: Any, client: Client) -> None:
    image = picture()
    image.save()
    case = make_case(garam, photo=image)
    before = HubRendition.objects.count()

    text = client.get(case.address).content.decode()

    assert [source.width for source in sources(image)] == [400, 800, 1200]
    assert HubRendition.objects.count() == before == 3
    assert 'alt="회의하는 사람들"' in text
    assert "1200w" in text
    assert "공공누리 제1유형" in text
    assert 'loading="lazy"' in text
