"""The pages that a first set-up made, found again whatever became of their titles."""

from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wagtail.models import Page

from home.models import SeededObject

LEGAL_PAGES: dict[str, str | Promise] = {
    "mentions-legales": _("Mentions légales"),
    "donnees-personnelles": _("Vos données personnelles"),
    "accessibilite": _("Accessibilité"),
}


def seeded_page(key: str) -> Any | None:
    """The page that the set-up made under this key, else the one that has its slug; None: gone."""
    pages = Page.objects.filter(locale__language_code=settings.LANGUAGE_CODE)
    made = SeededObject.objects.filter(key=f"page:{key}").values_list("object_id", flat=True)
    page = pages.filter(pk__in=[int(pk) for pk in made]).first() or pages.filter(slug=key).first()
    return page.specific if page else None
