"""Composition root: who answers where. No view lives here."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path

from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from portal.base.page_serving import serve_page

urlpatterns = [
    path("", include("portal.sign_in.urls")),
    # Wagtail’s own addresses, with what it has no setting for.
    path("admin/", include("portal.base.page_views")),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    # Before the addresses of the search, which answers « not found » below /api/.
    path("", include("home.urls")),
    path("", include("resources.urls")),
    path("", include("actions.urls")),
    path("api/", include("search.api.urls")),
    path("", include("portal.base.urls")),
    path("", include("portal.jobs.urls")),
    path("", include("portal.mail.urls")),
    path("", include("portal.geo.urls")),
    path("", include("newsletter.urls")),
    path("", include("search.urls")),
    *i18n_patterns(
        re_path(wagtail_urls.serve_pattern, serve_page, name="wagtail_serve"),
        path("", include(wagtail_urls)),
        prefix_default_language=False,
    ),
]
