"""Checked help lines, as pages, results and print show them."""

from django.conf import settings
from django.db.models import Q

from portal.cache.cached import get_or_set
from portal.crisis.help_numbers import DangerMessage, QuietMessage
from portal.crisis.models import HelpLine


def get_help_lines(locale_id: int) -> list[HelpLine]:
    """The checked help lines by rank, crisis lines first, from the cache.

    Each is in the language of ``locale_id`` when it is translated, in the source language else.
    """
    return get_or_set(f"help-lines:{locale_id}", lambda: _read_help_lines(locale_id))


def get_lines_named(names: tuple[str, ...], locale_id: int) -> list[HelpLine]:
    """The checked lines that have a number and one of these words in their name, in this order."""
    lines = [line for line in get_help_lines(locale_id) if line.number]
    return [line for name in names for line in lines if name.lower() in line.name.lower()]


def get_lines_of_message(message: DangerMessage | QuietMessage, locale_id: int) -> list[HelpLine]:
    """The checked lines of a danger or of a distress: its own number, the lines it names, the rest.

    Each once; what a number begins with says nothing of whom it helps.
    """
    by_number = {line.number: line for line in get_help_lines(locale_id) if line.number}
    own, *others = [by_number.get(one.number) for one in message.numbers]
    lines = [own, *get_lines_named(message.lines, locale_id), *others]
    return list({line.pk: line for line in lines if line}.values())


def _read_help_lines(locale_id: int) -> list[HelpLine]:
    lines = (
        HelpLine.objects.public()
        .select_related("locale")
        .filter(Q(locale_id=locale_id) | Q(locale__language_code=settings.LANGUAGE_CODE))
    )
    found: dict[object, HelpLine] = {}
    for line in lines.order_by("-is_crisis", "order", "name"):
        if line.translation_key not in found or line.locale_id == locale_id:
            found[line.translation_key] = line
    return list(found.values())
