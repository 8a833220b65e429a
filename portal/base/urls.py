from django.conf import settings
from django.urls import URLPattern, URLResolver, path

from portal.base.health import healthz
from portal.base.media import media

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
]
if settings.PORTAL_SERVES_MEDIA:
    urlpatterns.append(path(f"{settings.MEDIA_URL.lstrip('/')}<path:path>", media, name="media"))
