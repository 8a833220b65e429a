"""What one bad page does to a list of pages: it is left out, the others are shown.

Editors read in « À faire » which one it is and why, until it is published again.
"""

import logging
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from wagtail.models import Page

from portal.base.log_formatters import mask_personal_data
from portal.base.models import LeftOutItem
from portal.text.control_characters import has_control_characters

TRANSLATED = False

logger = logging.getLogger(__name__)

PageKind = TypeVar("PageKind", bound=Page)


class UnreadableText(ValueError):
    """A text holds signs that XML may not hold."""


def readable_items(
    pages: Iterable[PageKind], place: str | Promise, read: Callable[[PageKind], Any]
) -> list[PageKind]:
    """The pages that ``read`` can read; any other is noted, with the name of the ``place``."""
    kept = []
    for page in pages:
        try:
            read(page)
        except Exception as reason:  # noqa: BLE001, said to editors
            _note(page, str(place), reason)
        else:
            kept.append(page)
    return kept


def check_text(*texts: str) -> None:
    """Raise ``UnreadableText`` when a text holds a sign that a feed may not hold."""
    if any(has_control_characters(text) for text in texts):
        raise UnreadableText


def _note(page: Page, place: str, reason: Exception) -> None:
    noted = LeftOutItem.objects.filter(page_id=page.pk, place=place)
    words = _words_of(reason)
    if noted.filter(reason=words).exists():
        return  # logged once, not at each visit
    logger.error("Page %s was left out (%s).", page.pk, place, exc_info=reason)
    LeftOutItem.objects.update_or_create(page_id=page.pk, place=place, defaults={"reason": words})


def _words_of(reason: Exception) -> str:
    if isinstance(reason, UnreadableText):
        return _(
            "Un signe illisible, sans doute collé d’un autre logiciel. Ouvrez la page et "
            "publiez-la de nouveau : il sera retiré."
        )
    return mask_personal_data(f"{type(reason).__name__} : {reason}")[:300]


def forget_left_out(instance: Page, **_kwargs: Any) -> None:
    """Signal handler: what is published again has another chance."""
    LeftOutItem.objects.filter(page_id=instance.pk).delete()
