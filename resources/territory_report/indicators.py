"""Indicators of a set of entries: number, freshness, referents, contacts, completeness."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from resources.territory_report.entries import ReportEntry


@dataclass(frozen=True, slots=True)
class EntryIndicators:
    """What is counted of some entries; ``oldest``: the day that is longest past."""

    entries: int
    fresh: int
    never: int
    oldest: date | None
    without_referent: int
    without_contact: int
    incomplete: int


def compute_indicators(places: Iterable[ReportEntry]) -> EntryIndicators:
    some = list(places)
    days = [place.verified_on for place in some if place.verified_on]
    return EntryIndicators(
        entries=len(some),
        fresh=sum(place.is_fresh for place in some),
        never=len(some) - len(days),
        oldest=min(days, default=None),
        without_referent=sum(not place.has_referent for place in some),
        without_contact=sum(not place.has_contact for place in some),
        incomplete=sum(not place.is_complete for place in some),
    )


def percent(part: int, whole: int) -> int | None:
    """None of nothing: there is no share to tell."""
    return round(100 * part / whole) if whole else None


def per_10_000(entries: int, population: int) -> float | None:
    return round(10_000 * entries / population, 2) if population else None
