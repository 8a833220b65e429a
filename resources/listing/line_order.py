"""The order of the help lines among the pages that answer: by what they help with."""

from collections.abc import Sequence

from portal.crisis.help_lines import get_help_lines, get_lines_of_message
from portal.crisis.help_numbers import DangerMessage, QuietMessage
from search.contracts import SearchHit

#: What the key of a help line begins with, before its number.
LINE_KEY = "line"


def order_help_lines(
    hits: Sequence[SearchHit], message: DangerMessage | QuietMessage | None, locale_id: int
) -> list[SearchHit]:
    """The same hits; the help lines among them in the order of ``message``, then of the portal.

    Their titles begin with their numbers, whose order says nothing.
    """
    first = get_lines_of_message(message, locale_id) if message else []
    ranked = dict.fromkeys([*first, *get_help_lines(locale_id)])
    ranks = {f"{LINE_KEY}:{line.pk}": rank for rank, line in enumerate(ranked)}
    lines = [hit for hit in hits if hit.key in ranks]
    in_order = iter(sorted(lines, key=lambda hit: ranks[hit.key]))
    return [next(in_order) if hit.key in ranks else hit for hit in hits]
