"""Labels of Wagtail's own forms that have no gettext: Django makes them English from the field's name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import django_filters
from wagtail.admin.active_filters import BaseFilterAdapter, register_filter_adapter_class
from wagtail.admin.forms import choosers
from wagtail.admin.forms.auth import LoginForm

NAMES: dict[tuple[Any, str], str] = {
    (LoginForm, "password"): "비밀번호",
    (choosers.ExternalLinkChooserForm, "link_text"): "링크 글",
    (choosers.AnchorLinkChooserForm, "link_text"): "링크 글",
    (choosers.EmailLinkChooserForm, "email_address"): "이메일 주소",
    (choosers.EmailLinkChooserForm, "link_text"): "링크 글",
    (choosers.EmailLinkChooserForm, "subject"): "제목",
    (choosers.EmailLinkChooserForm, "body"): "내용",
    (choosers.PhoneLinkChooserForm, "phone_number"): "전화번호",
    (choosers.PhoneLinkChooserForm, "link_text"): "링크 글",
}


def name_fields() -> None:
    """Called once when the app is ready."""
    for (form, field), label in NAMES.items():
        form.base_fields[field].label = label
    register_filter_adapter_class(django_filters.BooleanFilter, YesNoAdapter)


class YesNoAdapter(BaseFilterAdapter):
    """Wagtail shows Python's `True` and `False` for a filter that is on."""

    def get_active_filters(self) -> Iterator[Any]:
        for shown in super().get_active_filters():
            yield shown._replace(value="예" if self.value else "아니요")
