"""Public holidays that a department has beside the national ones."""

from datetime import date
from functools import cache

from django.conf import settings

#: INSEE code to the subdivision that the library knows. Elsewhere the national days are all.
_SUBDIVISIONS = {
    "57": "57",
    "67": "6AE",
    "68": "6AE",
    "971": "971",
    "972": "972",
    "973": "973",
    "974": "974",
    "976": "976",
    "977": "BL",
    "978": "MF",
    "986": "WF",
    "987": "PF",
    "988": "NC",
}


def is_local_holiday(day: date) -> bool:
    """Whether ``day`` is a holiday of the portal's department and not of the whole country.

    Good Friday in Alsace and Moselle, the abolition of slavery at its own date in each overseas
    department.
    """
    subdivision = _SUBDIVISIONS.get(settings.PORTAL_DEPARTEMENT)
    return subdivision is not None and day in _local_holidays(subdivision, day.year)


@cache
def _local_holidays(subdivision: str, year: int) -> frozenset[date]:
    # It loads the calendars of all countries, a second and 45 MB: where they are needed only.
    from holidays import country_holidays

    national = country_holidays("FR", years=year)
    return frozenset(country_holidays("FR", subdiv=subdivision, years=year)) - frozenset(national)
