"""What every page of the hub shares: an address from its title, and whose page it is."""

from __future__ import annotations

import re
from typing import Any

from anyascii import anyascii
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.functional import cached_property
from django.utils.text import slugify
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from cms.addresses import address_of
from cms.forms import HubPageForm
from cms.privacy import refuse_identity_numbers
from cms.tenancy import HubPagePermissionTester, municipality_slug
from coalition.members.models import Municipality
from coalition.members.queries import left_on

SLUG_LENGTH = 60


def slug_from_title(title: str) -> str:
    """`마을 돌봄` → `maeul-dolbom`: Hangul is written in Latin letters, because an address is passed on."""
    slug = slugify(anyascii(title))[:SLUG_LENGTH].strip("-")
    return slug or "page"


class HubPage(Page):
    """The abstract ground of all page classes (docs/architecture.md, decision 2)."""

    # Pages that people write get their address from the title until they are first published; pages of
    # the frame (index pages, a municipality's root, legal pages) keep the one they were made with.
    slug_follows_title = True

    summary = models.CharField(
        "요약",
        max_length=200,
        blank=True,
        help_text="목록과 검색 결과에 실리는 한두 문장입니다.",
    )

    base_form_class = HubPageForm
    promote_panels: list[Any] = []
    # Neither a shared password nor a choice among the groups of other municipalities.
    private_page_options = ["login"]
    # Not Wagtail's TitleFieldPanel: it copies the title into a slug field, and there is none. Nor its look,
    # which hides the label: a newcomer sees no field at all.
    content_panels = [FieldPanel("title", heading="제목"), FieldPanel("summary")]

    class Meta:
        abstract = True

    def add_child(self, **kwargs: Any) -> Any:
        """One newcomer below this page at a time.

        The tree gives a page its place from what it remembers of the parent: two that come at once would
        get the same place, and the second an IntegrityError. So the parent is locked and read anew.
        """
        with transaction.atomic():
            row = Page.objects.select_for_update().filter(pk=self.pk).first()
            if row is not None:
                self.path, self.depth, self.numchild = row.path, row.depth, row.numchild
            return super().add_child(**kwargs)

    def _set_core_field_defaults(self) -> None:
        """Take the slug from the title, Korean included, until the page has been published once.

        Stock Wagtail leaves the slug of a Korean title empty and its autosave then stalls with a
        validation error that the editor can't see.
        """
        parent_is_known = bool(self.path or getattr(self, "_cached_parent_obj", None))
        if parent_is_known and (not self.slug or self._slug_may_follow_title()):  # type: ignore[has-type]
            self.slug = self._free_slug(slug_from_title(self.title))
        super()._set_core_field_defaults()

    def _slug_may_follow_title(self) -> bool:
        if not self.slug_follows_title:
            return False
        published = type(self)._default_manager.filter(pk=self.pk, first_published_at__isnull=False)
        return self.pk is None or not published.exists()

    def _free_slug(self, wanted: str) -> str:
        """`wanted`, or `wanted-2`, `wanted-3` … beside siblings that have it; at most 60 characters."""
        siblings = self.get_parent().get_children().exclude(pk=self.pk)
        pattern = rf"^{re.escape(wanted[: SLUG_LENGTH - 5])}"
        taken = set(siblings.filter(slug__regex=pattern).values_list("slug", flat=True))
        slug, number = wanted, 1
        while slug in taken:
            number += 1
            slug = f"{wanted[: SLUG_LENGTH - len(str(number)) - 1].rstrip('-')}-{number}"
        return slug

    def clean(self) -> None:
        super().clean()
        if not self.title.strip():
            raise ValidationError({"title": "제목을 쓰세요."})
        refuse_identity_numbers(self)

    def minimal_clean(self) -> None:
        """What Wagtail asks of a draft. A number that must not be published must not be kept either."""
        super().minimal_clean()
        refuse_identity_numbers(self)

    def permissions_for_user(self, user: Any) -> HubPagePermissionTester:
        """The desk's own rules on top of Wagtail's (cms.tenancy)."""
        return HubPagePermissionTester(user, self)

    @cached_property
    def owning_municipality(self) -> Municipality | None:
        """The municipality in whose subtree this page stands."""
        slug = municipality_slug(self)
        rows = Municipality.objects.select_related("region").annotate(left_on=left_on())
        return rows.filter(slug=slug).first() if slug else None

    @property
    def address(self) -> str:
        """The page's path, for links in lists."""
        return address_of(self)

    @property
    def fictional(self) -> bool:
        """Whether the page tells something invented for the demo."""
        owner = self.owning_municipality
        return owner is not None and owner.fictional
