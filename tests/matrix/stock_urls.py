"""The addresses of a hub that had been built the usual way: records as snippets, files in the public API."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import include, path
from wagtail.admin.auth import require_admin_access
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.documents.api.v2.views import DocumentsAPIViewSet
from wagtail.images.api.v2.views import ImagesAPIViewSet
from wagtail.snippets.views.snippets import SnippetViewSet
from wagtail.utils.urlpatterns import decorate_urlpatterns

from cms.models import TagProposal
from coalition.urls import urlpatterns as own

proposals = SnippetViewSet(model=TagProposal)
api = WagtailAPIRouter("stock_api")
api.register_endpoint("images", ImagesAPIViewSet)
api.register_endpoint("documents", DocumentsAPIViewSet)


def _at_the_desk(viewset: Any) -> Any:
    patterns = decorate_urlpatterns(viewset.get_urlpatterns(), require_admin_access)
    return path(
        f"{settings.HUB_ADMIN_PATH}{viewset.url_prefix}/",
        include((patterns, viewset.url_namespace)),
    )


urlpatterns = [
    _at_the_desk(proposals),
    _at_the_desk(proposals.chooser_viewset),
    path("api/v2/", api.urls),
    *own,
]
