"""Places as the search contracts use them; plain Python, without Django."""

from dataclasses import dataclass
from enum import StrEnum


class PlaceMode(StrEnum):
    """Extent of a search around a place."""

    EXACT = "exact"
    AROUND = "autour"
    DEPARTMENT = "departement"


#: What « près de » means, in kilometres, when no distance is said.
AROUND_KM = 25


@dataclass(frozen=True, slots=True)
class Place:
    """A commune, an arrondissement, a department, or where the reader stands.

    ``code`` is the INSEE code (``13005``; ``13`` for a department; empty for the reader's
    own position); ``lat`` and ``lon`` are WGS 84 degrees, or None when unknown; ``codes``
    are the communes that count as the place itself: its arrondissements, or the whole town
    of an arrondissement. ``is_outside`` says that it is in another department, whose name is
    ``department``. ``is_area`` says that it is several communes under one name.
    """

    code: str
    name: str
    mode: PlaceMode = PlaceMode.EXACT
    km: int | None = None
    lat: float | None = None
    lon: float | None = None
    codes: tuple[str, ...] = ()
    postcode: str = ""
    department: str = ""
    is_outside: bool = False
    is_area: bool = False

    @property
    def point(self) -> tuple[float, float] | None:
        return None if self.lat is None or self.lon is None else (self.lat, self.lon)


@dataclass(frozen=True, slots=True)
class PlaceFound:
    """The place that a text names, if any.

    ``words`` are those of the text that name it, ``rest`` the text without them; ``choices`` are
    the other places that the same words may mean.
    """

    place: Place | None = None
    words: str = ""
    rest: str = ""
    choices: tuple[Place, ...] = ()
