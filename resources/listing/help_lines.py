"""Who answers the telephone, whatever the directory holds."""

from django.conf import settings
from django.db.models import Q

from portal.base.cached import kept
from portal.crisis.models import HelpLine

MOST_OFFERED = 3


def help_lines(locale_id: int) -> list[HelpLine]:
    """The checked help lines by rank, each in this language or else in French."""
    return kept(f"help-lines:{locale_id}", lambda: _read_lines(locale_id))


def lines_to_offer(locale_id: int) -> list[HelpLine]:
    """Those for anybody who finds nothing else."""
    return [line for line in help_lines(locale_id) if line.number][:MOST_OFFERED]


def _read_lines(locale_id: int) -> list[HelpLine]:
    lines = HelpLine.objects.public().filter(
        Q(locale_id=locale_id) | Q(locale__language_code=settings.LANGUAGE_CODE)
    )
    read: dict[object, HelpLine] = {}
    for line in lines.order_by("-is_crisis", "order", "name"):
        if line.translation_key not in read or line.locale_id == locale_id:
            read[line.translation_key] = line
    return list(read.values())
