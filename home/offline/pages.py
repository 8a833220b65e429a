"""Which pages a device keeps before they are asked for."""

from typing import NamedTuple

from django.conf import settings

from home.models import CrisisPage, NeedPage


class OfflinePages(NamedTuple):
    """Addresses (paths). ``crisis`` and ``needs`` are in the portal's own language.

    ``crisis_versions`` are all the languages of the crisis page: any of them may be kept once read.
    """

    crisis: str
    needs: list[str]


def offline_pages() -> OfflinePages:
    """Never a page with « Quitter vite »: it would stay on a telephone that is watched."""
    in_source = {"locale__language_code": settings.LANGUAGE_CODE}
    crisis = CrisisPage.objects.live().public().filter(**in_source).first()
    needs = NeedPage.objects.live().public().filter(**in_source, has_quick_exit=False)
    urls = sorted(page.url for page in needs.exclude(need="") if page.url)
    return OfflinePages(crisis.url or "/aide/" if crisis else "/aide/", urls)
