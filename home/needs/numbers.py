"""The number that a page of need gives first: one that answers now, from the help lines."""

from collections.abc import Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from portal.crisis.help_lines import get_help_lines
from portal.crisis.help_numbers import SUICIDE
from portal.crisis.models import HelpLine
from portal.text.phone import phone_href
from resources.opening_hours.opening_times import OpeningStatus, OpeningTimes

_PARIS = ZoneInfo("Europe/Paris")


@dataclass(frozen=True)
class CalledLine:
    """A help line, and whether it answers now; ``language`` when it is not the page's."""

    line: HelpLine
    language: str = ""

    @cached_property
    def status(self) -> OpeningStatus | None:
        """None when its hours are not known. Help lines are national: their clock is Paris's."""
        status = OpeningTimes(self.line.opening_hours, zone=_PARIS).status()
        if status is None or _PARIS.key == settings.TIME_ZONE:
            return status
        return status._replace(sentence=_("%s (heure de Paris)") % status.sentence)

    @property
    def is_closed(self) -> bool:
        return self.status is not None and not self.status.is_open

    @property
    def url(self) -> str:
        is_sms = self.line.channel == HelpLine.Channel.SMS
        return f"sms:{self.line.number}" if is_sms else phone_href(self.line.number)


@dataclass(frozen=True, slots=True)
class FirstNumber:
    """``called`` is the line to call now; ``closed`` the one wanted, when it is closed now."""

    called: CalledLine
    closed: CalledLine | None = None


class LineBook:
    """The checked help lines, found by any of their translations.

    Each is given in one language, whose ``Locale`` has the key ``locale_id``, or else in French.
    """

    def __init__(self, locale_id: int) -> None:
        self._locale_id = locale_id
        self._lines = {line.translation_key: line for line in get_help_lines(locale_id)}
        self._keys = {line.pk: key for key, line in self._lines.items()}

    def find(self, line: HelpLine | None) -> CalledLine | None:
        """The line as readers may see it; None when nobody checked it, or it has no number."""
        key = None if line is None else line.translation_key
        return self._called(self._lines.get(key))

    def find_pk(self, pk: int | None) -> CalledLine | None:
        """The same from its primary key; reads the database for a translated page only."""
        if pk is None:
            return None
        if pk in self._keys:
            return self._called(self._lines[self._keys[pk]])
        return self.find(HelpLine.objects.filter(pk=pk).first())

    @property
    def for_distress(self) -> CalledLine | None:
        """The line of ``SUICIDE``, which answers day and night."""
        return self.find_number(SUICIDE.number)

    def find_number(self, number: str) -> CalledLine | None:
        """The checked line that has this number."""
        lines = (line for line in self._lines.values() if line.number == number)
        return self._called(next(lines, None))

    def _called(self, line: HelpLine | None) -> CalledLine | None:
        if line is None or not line.number:
            return None
        is_other = line.locale_id != self._locale_id
        return CalledLine(line, line.locale.language_code if is_other else "")


def first_number(book: LineBook, wanted: Iterable[int | None]) -> FirstNumber | None:
    """The first of these lines (primary keys) that is not closed now, else the one of distress.

    A line whose hours are not known counts as open. None when no line may be shown.
    """
    lines = [found for pk in wanted if (found := book.find_pk(pk))]
    closed = lines[0] if lines and lines[0].is_closed else None
    called = next((line for line in lines if not line.is_closed), book.for_distress)
    return None if called is None else FirstNumber(called, closed)
