"""What the page editor asks, and what it offers to choose from."""

from __future__ import annotations

from typing import Any

from wagtail.admin.forms import WagtailAdminPageForm

from cms.tenancy import municipality_slug
from coalition.dialogue.models import Division
from coalition.dialogue.queries import division_choices
from coalition.members.models import Municipality


class CaseForm(WagtailAdminPageForm):
    """A case belongs to a division of its own municipality, and to no other's."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "division" in self.fields:
            slug = municipality_slug(self.parent_page) if self.parent_page else None
            municipality = Municipality.objects.filter(slug=slug).first() if slug else None
            choices = division_choices(municipality)
            if self.instance.division_id:  # a division that has ended since stays chosen
                choices = choices | Division.objects.filter(pk=self.instance.division_id)
            self.fields["division"].queryset = choices.distinct()
            self.fields["division"].empty_label = "해당 없음"
