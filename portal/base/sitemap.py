"""The sitemap: one file, or several named by an index; 304 without making any of them."""

import hashlib
from collections import defaultdict
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response

from wagtail.contrib.sitemaps import Sitemap
from wagtail.contrib.sitemaps.views import index, sitemap
from wagtail.models import Locale, Page

from portal.cache.content_version import content_version

SECTION_ROUTE = "sitemap_section"


class PortalSitemap(Sitemap):
    """Every public page, in every language, each pointing to its translations."""

    limit = 10_000

    def items(self) -> Any:
        root = self.get_wagtail_site().root_page
        pages = Page.objects.none()
        for home in root.get_translations(inclusive=True).live():
            pages |= Page.objects.descendant_of(home, inclusive=True)
        return pages.live().public().order_by("path").defer_streamfields().specific()

    def get_latest_lastmod(self) -> datetime | None:
        """Of all of them, without reading them."""
        moment: datetime | None = self.items().aggregate(last=Max("last_published_at"))["last"]
        return moment

    def _urls(self, page: int, protocol: str, domain: str) -> list[dict[str, Any]]:
        languages = dict(Locale.objects.values_list("pk", "language_code"))
        urls: list[dict[str, Any]] = []
        versions: dict[Any, list[dict[str, str]]] = defaultdict(list)
        for item in self.paginator.page(page).object_list:
            for rank, url in enumerate(item.get_sitemap_urls(self.request)):
                # Only the page itself has translations, not the further addresses it serves.
                if rank == 0:
                    url["alternates"] = versions[item.translation_key]
                    url["alternates"].append(
                        {"lang_code": languages[item.locale_id], "location": url["location"]}
                    )
                urls.append(url)
        for versions_of_one in versions.values():
            _complete(versions_of_one)
        moments = [url["lastmod"] for url in urls if url.get("lastmod")]
        if moments:
            self.latest_lastmod = max(moments)
        return urls


def _complete(versions: list[dict[str, str]]) -> None:
    """Add ``x-default``, the French version; clear the list of a page without translations."""
    if len(versions) == 1:
        versions.clear()
        return
    for version in list(versions):
        if version["lang_code"] == settings.LANGUAGE_CODE:
            versions.append({"lang_code": "x-default", "location": version["location"]})


def sitemap_file(request: HttpRequest, section: str = "") -> HttpResponse:
    """All addresses; beyond ``PortalSitemap.limit``, the index of the files that hold them.

    The file ``section`` is asked for by its page, ``?p=2``.
    """
    asked = f"{content_version()} {request.build_absolute_uri()}"
    etag = f'W/"{hashlib.sha256(asked.encode()).hexdigest()[:32]}"'
    unchanged = get_conditional_response(request, etag=etag)
    if unchanged is not None:
        return unchanged
    files = {"pages": PortalSitemap}
    if section or PortalSitemap(request).paginator.num_pages == 1:
        response = sitemap(request, files, section=section or None)
    else:
        response = index(request, files, sitemap_url_name=SECTION_ROUTE)
    response["ETag"] = etag
    return response
