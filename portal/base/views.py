"""Views of well-known addresses: ``/favicon.ico`` and ``security.txt``."""

from datetime import timedelta

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.templatetags.static import static
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from wagtail.models import Locale

from portal.base.models import PortalSettings
from portal.base.navigation import contact_address

_DAY = 24 * 3600
_EXPIRES_AFTER = timedelta(days=180)  # RFC 9116 advises less than a year


@require_safe
@cache_control(public=True, max_age=_DAY)
def robots_txt(request: HttpRequest) -> HttpResponse:
    closed = ["/"] if getattr(settings, "PORTAL_IS_DEMO", False) else ["/admin/", "/compte/"]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
    lines += ["", f"Sitemap: {request.build_absolute_uri('/sitemap.xml')}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
@cache_control(public=True, max_age=_DAY)
def security_txt(request: HttpRequest) -> HttpResponse:
    """Contact for security flaws (RFC 9116): the generic address, or else the contact form."""
    address = PortalSettings.load(request_or_site=request).contact_email
    form = contact_address(Locale.get_default().pk)
    if not address and not form:
        raise Http404
    contact = f"mailto:{address}" if address else request.build_absolute_uri(form)
    midnight = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
    lines = [
        f"Contact: {contact}",
        f"Expires: {midnight + _EXPIRES_AFTER:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: fr, en",
        f"Canonical: {request.build_absolute_uri(request.path)}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
@cache_control(public=True, max_age=_DAY)
def web_manifest(request: HttpRequest) -> HttpResponse:
    portal = PortalSettings.load(request_or_site=request)
    manifest = {
        "name": portal.site_name,
        "short_name": portal.site_name[:12].strip(),
        "lang": settings.LANGUAGE_CODE,
        "dir": "ltr",
        "start_url": "/",
        "display": "minimal-ui",
        "theme_color": "#0a4f58",
        "background_color": "#faf6ee",
        "icons": [
            {"src": static("portal/favicon.svg"), "type": "image/svg+xml", "sizes": "any"},
            {"src": static("portal/icon-192.png"), "type": "image/png", "sizes": "192x192"},
            {"src": static("portal/icon-512.png"), "type": "image/png", "sizes": "512x512"},
        ],
    }
    return JsonResponse(manifest, content_type="application/manifest+json")


@require_safe
@cache_control(public=True, max_age=_DAY)
def favicon(request: HttpRequest) -> FileResponse:
    """The icon for clients that ask for ``/favicon.ico`` without reading the page."""
    path = finders.find("portal/favicon.ico")
    if not path:
        raise Http404
    return FileResponse(open(path, "rb"), content_type="image/x-icon")
