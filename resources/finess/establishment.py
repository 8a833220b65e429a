"""An establishment as FINESS says it, whatever the format of the file."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

#: How FINESS writes the departments overseas, beside their INSEE codes.
_OVERSEAS = {
    "9A": "971", "9B": "972", "9C": "973", "9D": "974", "9E": "975", "9F": "976", "9J": "986",
}  # fmt: skip


class RawPoint(NamedTuple):
    """Two numbers as the file gives them, and what they are: an EPSG code, 4326 for degrees.

    ``x`` goes east and ``y`` goes north, unless the file has swapped them.
    """

    x: float
    y: float
    epsg: int


@dataclass(frozen=True, slots=True)
class FinessEstablishment:
    """The facts of one establishment, not yet made readable; an empty text says nothing."""

    line: int
    number: str
    name: str
    category: str
    department: str
    commune: str = ""
    postcode: str = ""
    town: str = ""
    house: str = ""
    repeat: str = ""
    way_kind: str = ""
    way: str = ""
    place: str = ""
    phone: str = ""
    siret: str = ""
    entity: str = ""
    updated: date | None = None
    #: What may tell where it is, the surest first.
    points: tuple[RawPoint, ...] = ()


@dataclass(slots=True)
class FinessExtract:
    """A file that is being read: its establishments come one by one, what is said of it at the end.

    ``unusable`` are the lines that no establishment can be made of, each with its reason.
    """

    label: str
    establishments: Iterator[FinessEstablishment]
    day: date | None = None
    unusable: list[tuple[int, str]] = field(default_factory=list)
    elsewhere: int = 0
    closed: int = 0


def department_code(text: str) -> str:
    """The INSEE code of a department: « 13 », « 2A », « 971 » for « 9A »."""
    code = text.strip().upper()
    return _OVERSEAS.get(code, code)


def department_of(commune: str) -> str:
    """The department of an INSEE code of commune."""
    return commune[:3] if commune.startswith(("97", "98")) else commune[:2]


def insee_code(department: str, commune: str) -> str:
    """« 13055 » for 13 and 055; « 97120 » for 971 and 120, whose first figure both say."""
    commune = commune.strip()
    if len(commune) == 5:
        return commune
    if len(department) == 3:
        return department + commune[-2:].zfill(2)
    return department + commune.zfill(3)


def parse_number(text: str) -> float | None:
    """A number as files write it, with a point or a comma; none when it is no number."""
    try:
        value = float(text.strip().replace(",", "."))
    except ValueError:
        return None
    return value if abs(value) < 1e8 else None  # neither infinite nor « not a number »


def parse_date(text: str) -> date | None:
    """The day of « 2026-08-10 », « 20260810 », « 10/08/2026 » or « 2026-03-09T15:49… »."""
    text = text.strip()[:10]
    for form in ("%Y-%m-%d", "%d/%m/%Y", "%Y%m%d"):
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    return None
