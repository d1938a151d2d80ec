"""What forms about one municipality's own things have in common: days, and where a fact is known from."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, URLField

from cms.models.base import SLUG_LENGTH, slug_from_title
from coalition.dialogue.queries import divisions
from coalition.members.models import Municipality
from coalition.record.models import Source
from coalition.record.sources import Cited

_SOURCE = ("source_title", "source_publisher", "source_on", "source_address")


def own_field(field: Any, **kwargs: Any) -> Any:
    """The model's own field with a day that browsers know how to ask for."""
    if isinstance(field, URLField):
        kwargs["assume_scheme"] = "https"
    made = field.formfield(**kwargs)
    if isinstance(made, forms.DateField):
        made.widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return made


class OwnForm(forms.ModelForm):  # type: ignore[type-arg]
    """Something of one municipality. A real one's needs a source; nothing is saved by the form itself."""

    def __init__(self, place: Municipality, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.place = place
        if "division" in self.fields:
            own = divisions().filter(body__municipality=place)
            self.fields["division"].queryset = own  # type: ignore[attr-defined]
        needed = not place.fictional
        self.fields["source_title"] = forms.CharField(
            label="출처의 제목", max_length=300, required=needed
        )
        self.fields["source_publisher"] = forms.CharField(
            label="펴낸 곳", max_length=200, required=needed
        )
        self.fields["source_on"] = forms.DateField(
            label="펴낸 날",
            required=False,
            widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        )
        self.fields["source_address"] = forms.URLField(
            label="출처의 주소", max_length=500, required=False, assume_scheme="https"
        )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        named = bool(data.get("source_title")), bool(data.get("source_publisher"))
        if any(named) and not all(named):
            raise ValidationError("출처는 제목과 펴낸 곳을 함께 쓰세요.")
        return data

    def cited(self) -> Cited | None:
        """The source, where one was named."""
        data = self.cleaned_data
        if not data["source_title"]:
            return None
        return Cited(*(data[name] for name in _SOURCE))

    def told(self, *apart: str) -> dict[str, Any]:
        """What the form says besides the source and what an action asks for by itself."""
        return {k: v for k, v in self.cleaned_data.items() if k not in (*_SOURCE, *apart)}


def cited_before(source: Source | None) -> dict[str, Any]:
    """A source as the form asks for it: so that what is mended keeps where it is known from."""
    if source is None:
        return {}
    told = (source.title, source.publisher, source.published_on, source.address)
    return dict(zip(_SOURCE, told, strict=True))


def free_slug(kind: type[Model], place: Municipality, name: str) -> str:
    """An address from the name; `-2` where it is taken."""
    wanted = slug = f"{place.slug}-{slug_from_title(name)}"[:SLUG_LENGTH].strip("-")
    number = 2
    while kind._default_manager.filter(slug=slug).exists():
        ending = f"-{number}"
        slug, number = f"{wanted[: SLUG_LENGTH - len(ending)]}{ending}", number + 1
    return slug
