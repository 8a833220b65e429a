from django.conf import settings
from django.urls import URLPattern, URLResolver, path

from wagtail.contrib.sitemaps.views import sitemap

from portal.base import views
from portal.base.media import media
from portal.base.sitemap import PortalSitemap

urlpatterns: list[URLPattern | URLResolver] = [
    path("sitemap.xml", sitemap, {"sitemaps": {"pages": PortalSitemap}}, name="sitemap"),
    path("robots.txt", views.robots_txt, name="robots_txt"),
    path(".well-known/security.txt", views.security_txt, name="security_txt"),
    path("manifest.webmanifest", views.web_manifest, name="web_manifest"),
    path("favicon.ico", views.favicon, name="favicon"),
]
if settings.PORTAL_SERVES_MEDIA:
    urlpatterns.append(path(f"{settings.MEDIA_URL.lstrip('/')}<path:path>", media, name="media"))
