"""Which address leads where. Composition only: records first, Wagtail's pages last."""

from django.conf import settings
from django.conf.urls.static import static
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

urlpatterns = [
    path(settings.HUB_ADMIN_PATH, include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("", include("search.urls")),
    path("", include("cms.urls")),
    *static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT),
    path("", include(wagtail_urls)),
]

handler400 = "cms.views.errors.bad_request"
handler403 = "cms.views.errors.permission_denied"
handler404 = "cms.views.errors.not_found"
handler500 = "cms.views.errors.server_error"
