"""How the list tells days and numbers."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from portal.text.date_format import format_date

_NUMBERS = (
    "", _("une"), _("deux"), _("trois"), _("quatre"), _("cinq"), _("six"), _("sept"), _("huit"),
    _("neuf"), _("dix"), _("onze"), _("douze"), _("treize"), _("quatorze"), _("quinze"),
    _("seize"),
)  # fmt: skip


def say_number(number: int) -> str:
    """« douze », of things; in figures from seventeen on."""
    return _NUMBERS[number] if 0 < number < len(_NUMBERS) else str(number)


def day_of(moment: date | datetime) -> date:
    """The day of a moment, by the clock of the portal."""
    return timezone.localdate(moment) if isinstance(moment, datetime) else moment


def say_day(day: date, today: date) -> str:
    """« aujourd’hui », « demain », « jeudi », « le 3 mai », « le 3 mai 2025 »."""
    distance = (day - today).days
    if distance in (-1, 0, 1):
        return (_("aujourd’hui"), _("demain"), _("hier"))[distance]
    if -7 < distance < 7:
        return str(date_format(day, "l"))
    pattern = "j F" if abs(distance) < 300 else "j F Y"
    return _("le %(day)s") % {"day": format_date(day, pattern)}


def say_since(moment: date | datetime, today: date) -> str:
    """« depuis hier », « depuis jeudi », « depuis le 3 mai »."""
    return _("depuis %(day)s") % {"day": say_day(day_of(moment), today)}
