from collections import defaultdict
from typing import Any

from django.conf import settings

from wagtail.contrib.sitemaps import Sitemap
from wagtail.models import Locale, Page


class PortalSitemap(Sitemap):
    """Every public page, in every language, each pointing to its translations."""

    limit = 10_000

    def items(self) -> Any:
        root = self.get_wagtail_site().root_page
        pages = Page.objects.none()
        for home in root.get_translations(inclusive=True).live():
            pages |= Page.objects.descendant_of(home, inclusive=True)
        return pages.live().public().order_by("path").defer_streamfields().specific()

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
