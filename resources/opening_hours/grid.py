"""Conversion between a weekly grid and OSM opening hours, when a week can say them."""

import re
from dataclasses import dataclass, field

DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
RANGES_PER_DAY = 2
#: A half-filled range is kept as it is, so that nothing typed is lost while it is refused.
_TIME = r"(?:\d{1,2}:\d{2})?"
_RANGE = rf"{_TIME}-{_TIME}"
_RULE = re.compile(rf"(?P<days>[A-Za-z,\-]+) (?P<what>off|closed|{_RANGE}(?:,{_RANGE})*)")

Range = tuple[str, str]


@dataclass
class WeekGrid:
    """For each day from Monday, its ranges (« 09:00 », « 12:00 »), and the public holidays."""

    days: list[list[Range]] = field(default_factory=lambda: [[] for _day in DAYS])
    closed_on_holidays: bool = False

    @property
    def is_empty(self) -> bool:
        return not any(self.days)

    def as_osm(self) -> str:
        """The grid in OSM syntax, days that are alike together; empty when it says nothing."""
        rules: list[str] = []
        groups: list[tuple[list[int], list[Range]]] = []
        for rank, ranges in enumerate(self.days):
            if not ranges:
                continue
            if groups and groups[-1][0][-1] == rank - 1 and groups[-1][1] == ranges:
                groups[-1][0].append(rank)
            else:
                groups.append(([rank], ranges))
        for ranks, ranges in groups:
            first, last = DAYS[ranks[0]], DAYS[ranks[-1]]
            days = first if first == last else f"{first}-{last}"
            times = ",".join(f"{start}-{end}" for start, end in ranges)
            rules.append(f"{days} {times}")
        if rules and self.closed_on_holidays:
            rules.append("PH off")
        return "; ".join(rules)


def read_grid(text: str) -> WeekGrid | None:
    """The grid that says the same as ``text``; None when no grid can."""
    grid = WeekGrid()
    for rule in filter(None, (part.strip() for part in text.split(";"))):
        match = _RULE.fullmatch(rule)
        if not match:
            return None
        what = match["what"]
        ranges = [] if what in ("off", "closed") else _read_ranges(what)
        if match["days"] == "PH":
            if ranges:
                return None
            grid.closed_on_holidays = True
            continue
        ranks = _read_days(match["days"])
        if ranks is None or len(ranges) > RANGES_PER_DAY:
            return None
        for rank in ranks:
            grid.days[rank] = list(ranges)
    return grid


def _read_ranges(text: str) -> list[Range]:
    ranges = []
    for part in text.split(","):
        start, _dash, end = part.partition("-")
        ranges.append((_two_digits(start), _two_digits(end)))
    return ranges


def _two_digits(time: str) -> str:
    return time.zfill(5) if time else ""


def _read_days(text: str) -> list[int] | None:
    ranks: list[int] = []
    for part in text.split(","):
        first, _dash, last = part.partition("-")
        if first not in DAYS or (last or first) not in DAYS:
            return None
        start, end = DAYS.index(first), DAYS.index(last or first)
        if end < start:
            return None
        ranks.extend(range(start, end + 1))
    return ranks


def clock_time(time: str) -> str:
    """« 00:00 » for « 24:00 », which a time input would not show."""
    return "00:00" if time == "24:00" else time
