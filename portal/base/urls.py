from django.conf import settings
from django.urls import URLPattern, URLResolver, path

from portal.base import views
from portal.base.sitemap import SECTION_ROUTE, sitemap_file
from portal.files.media import media

urlpatterns: list[URLPattern | URLResolver] = [
    path("sitemap.xml", sitemap_file, name="sitemap"),
    path("sitemap-<slug:section>.xml", sitemap_file, name=SECTION_ROUTE),
    path("robots.txt", views.robots_txt, name="robots_txt"),
    path(".well-known/security.txt", views.security_txt, name="security_txt"),
    path("manifest.webmanifest", views.web_manifest, name="web_manifest"),
    path("favicon.ico", views.favicon, name="favicon"),
]
if settings.PORTAL_SERVES_MEDIA:
    urlpatterns.append(path(f"{settings.MEDIA_URL.lstrip('/')}<path:path>", media, name="media"))
