"""What the page editor asks, and what it offers to choose from."""

from __future__ import annotations

from typing import Any

from wagtail.admin.forms import WagtailAdminPageForm

from cms.blocks import LaidOutBlock
from cms.publication import refusal_of
from cms.references import refuse_foreign_references
from cms.tenancy import municipality_slug
from coalition.dialogue.models import Division
from coalition.dialogue.queries import division_choices
from coalition.members.models import Municipality


class HubPageForm(WagtailAdminPageForm):
    """Every page's form: what was named by hand is looked at before it is saved."""

    #: How many parts were left out because nobody had touched them.
    left_out = 0

    def _post_clean(self) -> None:
        super()._post_clean()
        if self.for_user is not None:
            refuse_foreign_references(self.instance, self.for_user)


class CaseForm(HubPageForm):
    """A case belongs to a division of its own municipality, and to no other's."""

    @property
    def left_out(self) -> int:  # type: ignore[override]
        """Parts of a 본보기: a draft keeps them, what is handed in doesn't (cms.blocks.laid_out)."""
        return sum(
            len(field.data) - len(self.cleaned_data.get(field.name, field.data))
            for field in self
            if isinstance(getattr(field.field, "block", None), LaidOutBlock)
        )

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

    def _post_clean(self) -> None:
        """A draft may be half-filled; what is handed in or published as finished may not."""
        super()._post_clean()
        if self.is_deferred_validation:
            return
        from cms.queries.completeness import owed

        if said := refusal_of(self.instance):
            self.add_error(None, said)
            for name in owed(self.instance):
                self.add_error(name, "비어 있습니다.")
