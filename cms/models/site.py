"""Who runs the hub: printed in the footer of every page."""

from __future__ import annotations

from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from cms.models.standard import TO_BE_CONFIRMED


@register_setting(icon="home")
class Operator(BaseSiteSetting):
    """The operator's name and how to reach them (「정보통신망법」 asks for it on every page)."""

    name = models.CharField("운영 기관", max_length=100, default=f"({TO_BE_CONFIRMED})")
    address = models.CharField("주소", max_length=200, default=f"({TO_BE_CONFIRMED})")
    phone = models.CharField("전화", max_length=40, default=f"({TO_BE_CONFIRMED})")
    email = models.CharField("이메일", max_length=100, default=f"({TO_BE_CONFIRMED})")

    panels = [
        FieldPanel("name"),
        FieldPanel("address"),
        FieldPanel("phone"),
        FieldPanel("email"),
    ]

    class Meta:
        verbose_name = "운영자 정보"

    def __str__(self) -> str:
        return self.name
