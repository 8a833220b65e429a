"""Dates in full, in the language of the page."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _


def format_date(day: date, pattern: str = "j F Y") -> str:
    """« 1er décembre 2026 »: French counts the first day of a month, and only that one.

    ``pattern`` is one of Django's date formats.
    """
    words = date_format(day, pattern)
    if day.day == 1 and (get_language() or "").startswith("fr"):
        words = f" {words}".replace(" 1 ", " 1er ", 1)[1:]
    return words


def format_moment(moment: datetime) -> str:
    """« le 3 mai 2026 à 10:22 », by the clock of the portal."""
    local = timezone.localtime(moment)
    words = _("le %(day)s à %(hour)s")
    return words % {"day": format_date(local.date()), "hour": f"{local:%H:%M}"}
