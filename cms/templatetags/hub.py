"""How days, numbers and pictures stand on the page."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

from cms.blocks import METHOD_LABELS
from cms.models import HubImage
from cms.renditions import sources
from coalition.particles import particle

register = template.Library()


@register.simple_tag
def day(value: dt.date | dt.datetime | None) -> SafeString | str:
    """`<time datetime="2026-09-01">2026. 9. 1.</time>`; nothing for no day."""
    if value is None:
        return ""
    date = timezone.localtime(value).date() if isinstance(value, dt.datetime) else value
    return format_html('<time datetime="{}">{}</time>', date.isoformat(), date_format(date))


@register.filter
def as_of(value: str) -> str:
    """A day as exact as its source: 2025-03 → 2025. 3."""
    return " ".join(f"{int(part)}." for part in value.split("-")) if value else ""


@register.filter
def amount(value: Any) -> str:
    """1436 → 1,436; 3.10 → 3.1: the zeros that a column adds say nothing."""
    if isinstance(value, Decimal):
        whole = value.to_integral_value()
        return f"{whole if whole == value else value.normalize():,f}"
    return f"{value:,}" if isinstance(value, int) else str(value)


@register.filter
def won(value: int | None) -> str:
    """320000000 → 3억 2,000만 원; what is left below ten thousand stands last."""
    if not value:
        return "" if value is None else "0원"
    parts = []
    for size, name in ((10**12, "조"), (10**8, "억"), (10**4, "만"), (1, "")):
        count, value = divmod(value, size)
        if count:
            parts.append(f"{count:,}{name}")
    return " ".join(parts) + (" 원" if parts[-1][-1] in "조억만" else "원")


@register.filter
def method_label(code: str) -> str:
    """forum → 대화마당."""
    return METHOD_LABELS.get(code, "")


# `{{ name }}{{ name|particle:"은" }}`: 조례는, 법률은.
register.filter("particle", particle)


@register.inclusion_tag("components/picture.html")
def picture(image: HubImage, sizes: str, *, eager: bool = False) -> dict[str, Any]:
    """A picture from sizes that were made when it was uploaded: showing a page writes nothing."""
    return {"image": image, "sources": sources(image), "sizes": sizes, "eager": eager}
