"""Images and documents: nothing goes out without its alternative text, licence and credit."""

from __future__ import annotations

import uuid
from pathlib import PurePath
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage, AbstractRendition


class Licence(models.TextChoices):
    """How others may use a picture, a document or a table. 공공누리: kogl.or.kr."""

    KOGL_1 = "kogl-1", "공공누리 제1유형 (출처표시)"
    KOGL_2 = "kogl-2", "공공누리 제2유형 (출처표시, 상업적 이용금지)"
    KOGL_3 = "kogl-3", "공공누리 제3유형 (출처표시, 변경금지)"
    KOGL_4 = "kogl-4", "공공누리 제4유형 (출처표시, 상업적 이용금지, 변경금지)"
    CC_BY = "cc-by", "CC BY 4.0 (저작자 표시)"
    OWN = "own", "자체 제작"
    PERMITTED = "permitted", "허락 받음"


class HubImage(AbstractImage):
    """A picture with what a blind reader hears, or marked as mere decoration."""

    description = models.CharField(
        "대체 글",
        max_length=255,
        blank=True,
        help_text="그림을 볼 수 없는 사람에게 들려줄 말. 그림이 전하는 내용을 씁니다.",
    )
    # Not `decorative`: Wagtail sets an attribute of that name on every image it makes.
    ornament = models.BooleanField(
        "장식",
        default=False,
        help_text="내용을 전하지 않는 꾸밈이면 표시합니다. 그러면 대체 글을 비웁니다.",
    )
    licence = models.CharField(
        "이용 조건", max_length=12, choices=Licence.choices, default=Licence.KOGL_1
    )
    credit = models.CharField(
        "저작자", max_length=200, help_text="찍거나 그린 사람 또는 기관. 사진 곁에 실립니다."
    )

    admin_form_fields = (
        "title",
        "file",
        "description",
        "ornament",
        "licence",
        "credit",
        "collection",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )

    class Meta(AbstractImage.Meta):
        verbose_name = "그림"
        verbose_name_plural = "그림"
        constraints = [
            models.CheckConstraint(
                condition=Q(ornament=True, description="")
                | (Q(ornament=False) & ~Q(description="")),
                name="an image is described or decorative",
            ),
        ]

    def get_upload_to(self, filename: str) -> str:
        """A name that nobody guesses: pictures are served by the web server, drafts' pictures too."""
        return f"original_images/{uuid.uuid4().hex}{PurePath(filename).suffix.lower()[:10]}"

    def clean(self) -> None:
        super().clean()
        if self.ornament and self.description:
            raise ValidationError({"ornament": "장식이면 대체 글을 비워 두세요."})
        if not self.ornament and not self.description.strip():
            message = "대체 글을 쓰거나, 내용을 전하지 않는 그림이면 장식으로 표시하세요."
            raise ValidationError({"description": message})

    @property
    def default_alt_text(self) -> str:
        """Never the title: a file name read aloud helps nobody."""
        return "" if self.ornament else self.description


class HubRendition(AbstractRendition):
    """A picture in one size."""

    image = models.ForeignKey(HubImage, models.CASCADE, related_name="renditions")

    class Meta:
        verbose_name = "그림 크기"
        constraints = [
            models.UniqueConstraint(
                fields=("image", "filter_spec", "focal_point_key"), name="a rendition is made once"
            ),
        ]


class HubDocument(AbstractDocument):
    """A file that pages offer for download."""

    licence = models.CharField(
        "이용 조건", max_length=12, choices=Licence.choices, default=Licence.KOGL_1
    )
    credit = models.CharField("펴낸 곳", max_length=200, blank=True)

    admin_form_fields = ("title", "file", "licence", "credit", "collection")

    class Meta(AbstractDocument.Meta):
        verbose_name = "문서"
        verbose_name_plural = "문서"

    def clean(self) -> None:
        """Check the file only where a form brings one: after a multiple upload it is set later."""
        if self.file:
            super().clean()

    @property
    def kind(self) -> str:
        """`PDF`, `HWPX` …: said beside every link, so that nobody opens a file unawares."""
        extension: Any = self.file_extension
        return str(extension).upper()
