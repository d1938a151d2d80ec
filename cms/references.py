"""What a page refers to: pictures and documents of its own desk, and nothing of anybody else's.

Choosers offer only what may be chosen; a request made by hand can name any id. Here ids are looked at
after the form was read, in fields, blocks and rich text alike.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db.models import IntegerField, Model, Q
from django.db.models.functions import Cast
from django.http import Http404, HttpRequest
from wagtail.models import Collection, Page, ReferenceIndex

from cms.tenancy import seen_pages
from cms.visibility import public
from coalition.members.access import Access

# The collection that everybody may choose from (cms.foundation).
SHARED_COLLECTION = "공용 자료"


def references_of(page: Page) -> dict[type[Model], set[str]]:
    """Ids by model of everything that the page names, saved or not.

    Wagtail's own extractor knows fields, StreamField blocks, rich text and inline children; it is the one
    that fills the reference index.
    """
    found: dict[type[Model], set[str]] = {}
    for key, object_id, *_ in ReferenceIndex._extract_references_from_object(page):  # noqa: SLF001
        model = ContentType.objects.get_for_id(key).model_class()
        if model is not None:
            found.setdefault(model, set()).add(object_id)
    return found


def refuse_foreign_references(page: Page, user: Any) -> None:
    """Raise PermissionDenied when the page newly names a file or a hidden page of somebody else's desk.

    No form error: a screen would show the title of what was named.
    """
    from wagtail.documents import get_document_model
    from wagtail.images import get_image_model

    access = Access.of(user)
    if access.may_keep_hub or access.municipality is None:
        return
    stood = references_of(_as_it_stood(page)) if page.pk else {}
    new = {model: ids - stood.get(model, set()) for model, ids in references_of(page).items()}
    for model in (get_image_model(), get_document_model()):
        wanted = new.get(model, set())
        allowed = model.objects.filter(collection__in=_own_collections(access), pk__in=wanted)
        if allowed.count() < len(wanted):
            raise PermissionDenied("다른 지방정부의 파일입니다.")
    wanted = new.get(Page, set())
    if seen_pages(user).filter(pk__in=wanted).count() < len(wanted):
        raise PermissionDenied("다른 지방정부의 쪽입니다.")


def _as_it_stood(page: Page) -> Page:
    stored = type(page)._default_manager.get(pk=page.pk)
    return stored.get_latest_revision_as_object()


def _own_collections(access: Access) -> Any:
    """The municipality's own, and 공용 자료."""
    municipality = access.municipality
    assert municipality is not None  # noqa: S101 (for the type checker)
    own = municipality.page.collection
    return Collection.objects.filter(Q(path__startswith=own.path) | Q(name=SHARED_COLLECTION))


def pages_that_use(document: Model) -> Iterator[Page]:
    """Public pages that name this file: only they make it public."""
    rows = ReferenceIndex.get_references_to(document).filter(
        base_content_type=ContentType.objects.get_for_model(Page)
    )
    keys = rows.annotate(page=Cast("object_id", IntegerField())).values("page")
    yield from public(Page.objects.filter(pk__in=keys))


def refuse_hidden_document(document: Any, request: HttpRequest) -> None:
    """Hook `before_serve_document`: a file is private until a public page uses it (design/reliability.md)."""
    access = Access.of(request.user)
    if access.may_keep_hub:
        return
    municipality = access.municipality
    if municipality is not None:
        own = municipality.page.collection
        if document.collection.path.startswith(own.path):
            return
    if next(pages_that_use(document), None) is None:
        raise Http404("공개된 쪽에서 쓰이지 않는 문서입니다.")
