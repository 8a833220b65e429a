"""Parts of the week when a place is open, as codes to be indexed and asked: ``sa-matin``.

A day has eight parts, and a code that says that nothing sure is known of it (``sa-inconnu``). The
night belongs to the day when it begins. No Django here: it is part of the search contract.
"""

from collections.abc import Iterable, Mapping

DAYS = ("lu", "ma", "me", "je", "ve", "sa", "di")
#: Each part with the minutes from midnight between which it lasts.
PARTS = {
    "matin": (6 * 60, 12 * 60),
    "midi": (12 * 60, 14 * 60),
    "apresmidi": (14 * 60, 17 * 60),
    "17h": (17 * 60, 18 * 60),
    "18h": (18 * 60, 19 * 60),
    "19h": (19 * 60, 20 * 60),
    "20h": (20 * 60, 22 * 60),
    "nuit": (22 * 60, 30 * 60),
}
_UNKNOWN = "inconnu"
_DAY_MINUTES = 24 * 60
#: A part is offered when the place is open so many minutes of it.
_LEAST_MINUTES = 30
CODES = tuple(f"{day}-{part}" for day in DAYS for part in (*PARTS, _UNKNOWN))
#: One bit a code: sixty-three, as many as a signed integer of any database holds.
_BITS = {code: 1 << rank for rank, code in enumerate(CODES)}


def slots_of(days: Iterable[str] = DAYS, parts: Iterable[str] = tuple(PARTS)) -> tuple[str, ...]:
    """The codes of these parts of these days.

    >>> slots_of(["sa"], ["matin", "midi"])
    ('sa-matin', 'sa-midi')
    """
    wanted = tuple(parts)
    return tuple(f"{day}-{part}" for day in days for part in wanted)


def slots_open(week: Mapping[int, Iterable[tuple[int, int]]]) -> tuple[str, ...]:
    """The codes of the parts of a week when a place is open.

    ``week`` maps a day (Monday is 0) to the spans that begin on it, in minutes from midnight.

    >>> slots_open({5: [(9 * 60, 12 * 60 + 15)]})
    ('sa-matin',)
    """
    found = {
        f"{DAYS[day % 7]}-{part}"
        for rank, spans in week.items()
        for start, end in spans
        for day, shift in ((rank - 1, _DAY_MINUTES), (rank, 0), (rank + 1, -_DAY_MINUTES))
        for part, (begins, ends) in PARTS.items()
        if min(end + shift, ends) - max(start + shift, begins) >= _LEAST_MINUTES
    }
    return tuple(code for code in CODES if code in found)


def unknown_slots(codes: Iterable[str]) -> tuple[str, ...]:
    """The codes that say « not known » of the days of these codes; all days without any."""
    days = {code.partition("-")[0] for code in codes} or set(DAYS)
    return tuple(f"{day}-{_UNKNOWN}" for day in DAYS if day in days)


def mask_of(codes: Iterable[str]) -> int:
    """These codes as bits of one integer; unknown ones are no bit."""
    mask = 0
    for code in codes:
        mask |= _BITS.get(code, 0)
    return mask
