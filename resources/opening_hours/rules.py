"""Opening hours as rules: what is said, of which days, at what times (see ``rule_parser``)."""

from dataclasses import dataclass
from enum import Enum

DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
DAY_MINUTES = 24 * 60


class RuleState(Enum):
    """What a rule says of the times it names."""

    OPEN = "open"
    CLOSED = "off"
    UNKNOWN = "unknown"


class Joiner(Enum):
    """How a rule relates to those before it."""

    REPLACES = ";"
    ADDS = ", "
    FALLBACK = "||"


@dataclass(frozen=True, slots=True)
class TimeRange:
    """Minutes from midnight; ``end`` goes over 24 hours in a night.

    ``has_no_end``: « from 9 » or « until 12 or later »; what follows is not known.
    """

    start: int
    end: int
    has_no_end: bool = False


@dataclass(frozen=True, slots=True)
class DayRange:
    """Weekdays from Monday (0), both included; ``nth`` of the month, -1 for the last."""

    first: int
    last: int
    nth: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class DateRange:
    """Days of the year; ``day`` and ``last_day`` are 0 for whole months, years 0 for each year."""

    year: int
    month: int
    day: int
    last_year: int
    last_month: int
    last_day: int


@dataclass(frozen=True, slots=True)
class WeekRange:
    """ISO weeks, both included, one out of ``step``."""

    first: int
    last: int
    step: int = 1


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule; what it does not name (dates, weeks, days, times) it leaves open to all.

    ``selector`` is the text of its dates and weeks, as the library reads it.
    """

    joiner: Joiner = Joiner.REPLACES
    selector: str = ""
    dates: tuple[DateRange, ...] = ()
    years: tuple[int, int] | None = None
    weeks: tuple[WeekRange, ...] = ()
    days: tuple[DayRange, ...] = ()
    public_holidays: bool = False
    school_holidays: bool = False
    times: tuple[TimeRange, ...] = ()
    is_always: bool = False
    state: RuleState = RuleState.OPEN
    comment: str = ""

    @property
    def is_every_week(self) -> bool:
        """Whether it is the same in all weeks of all years."""
        is_dated = self.dates or self.years or self.weeks or self.school_holidays
        return not is_dated and not any(one.nth for one in self.days)

    @property
    def is_holiday_closure(self) -> bool:
        """« PH off », alone or beside weekdays, all year."""
        is_whole_day = not (self.times or self.comment)
        is_closed = self.state == RuleState.CLOSED and is_whole_day
        return is_closed and self.public_holidays and self.is_every_week

    @property
    def is_uncertain(self) -> bool:
        """Whether some of its times are neither open nor closed."""
        has_no_end = any(one.has_no_end for one in self.times)
        return self.state == RuleState.UNKNOWN or self.joiner == Joiner.FALLBACK or has_no_end

    @property
    def is_exception(self) -> bool:
        """Whether it closes some days and says nothing of the others."""
        is_dated = not self.is_every_week or self.days or self.public_holidays or self.times
        return self.state == RuleState.CLOSED and bool(is_dated)
