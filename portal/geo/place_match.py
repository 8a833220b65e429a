"""The match of a place in a text, extended by the words beside it."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from portal.geo.departments import Department
from portal.geo.gazetteer import Gazetteer, GazetteerTown, department_towns
from portal.geo.place import AROUND_KM
from portal.geo.stopwords import QUARTER_WORDS, UNITS
from portal.geo.tokenizer import PlaceLead, TokenizedText

IsKnown = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class PlaceQuestion:
    """A text in which a place is looked for, for the portal of one department.

    ``is_known`` tells the words that mean something else; ``is_field``: the whole text is
    meant to be a place.
    """

    reading: TokenizedText
    department: str
    is_known: IsKnown
    is_field: bool = False

    @property
    def own(self) -> Gazetteer:
        return department_towns(self.department)


@dataclass(frozen=True, slots=True)
class WordRun:
    """Consecutive words, from ``start`` to ``end`` (not included), as one name."""

    key: str
    start: int
    end: int
    lead: PlaceLead


@dataclass(frozen=True, slots=True)
class PlaceMatch:
    """The words from ``start`` to ``end`` (not included) name these towns, or a department.

    ``tier`` says how surely: 0 a commune of the department, 1 its usual short name, 2 the
    department, 3 a place elsewhere, 4 a name of the department with a typing error.
    ``stop`` is where the words that go with the name end; ``also`` are other words that said
    the same place; ``others`` are places that the name may mean as well.
    """

    start: int
    end: int
    lead: PlaceLead
    tier: int = 0
    towns: tuple[GazetteerTown, ...] = ()
    department: Department | None = None
    others: tuple[GazetteerTown, ...] = ()
    postcode: str = ""
    stop: int = 0
    also: tuple[tuple[int, int], ...] = ()

    @property
    def spans(self) -> tuple[tuple[int, int], ...]:
        """The spans of all words to remove with the place, those of its preposition included."""
        return ((self.lead.start, max(self.end, self.stop)), *self.also)

    @property
    def rank(self) -> tuple[int, bool, int]:
        return self.tier, not self.lead.introduces, self.start


def with_name(postcode: PlaceMatch, name: PlaceMatch) -> PlaceMatch:
    """A postcode and a name that are said together: « 13490 Jouques », « 13284 Marseille »."""
    named = {town.code for town in name.towns}
    both = tuple(t for t in postcode.towns if t.code in named or t.parent in named)
    if not both:
        return postcode
    if name.end == postcode.lead.start or postcode.end == name.lead.start:
        first = min(postcode, name, key=lambda match: match.start)
        last = max(postcode, name, key=lambda match: match.end)
        return replace(postcode, start=first.start, end=last.end, lead=first.lead, towns=both)
    return replace(postcode, towns=both, also=name.spans)


def with_surroundings(reading: TokenizedText, match: PlaceMatch) -> PlaceMatch:
    """The match with the words beside it that say the same place again, or how far.

    « 13284 Marseille », « Aubagne (13) », « Marseille cedex 20 », « salon 20 km ».
    """
    lead = match.lead
    before = reading.word(lead.start - 1)
    if not match.postcode and len(before) == 5 and before.isdigit():
        lead = reading.before(lead.start - 1)
    end = _after_name(reading, match)
    stop, km_after = reading.after(end)
    km = km_after or match.lead.km or lead.km
    if km is None and (match.lead.is_around or lead.is_around or stop > end):
        km = AROUND_KM
    return replace(match, stop=stop, lead=replace(lead, km=km))


def _after_name(reading: TokenizedText, match: PlaceMatch) -> int:
    end = match.end
    if reading.word(end) in QUARTER_WORDS:
        end += 1
    if reading.word(end) == "cedex":
        end += 2 if reading.word(end + 1).isdigit() else 1
    codes = {town.department.lower() for town in match.towns[:1]}
    if (reading.word(end), reading.word(end + 1)) == ("dans", "le"):
        return end + 3 if reading.word(end + 2) in codes else end
    after, then = reading.word(end), reading.word(end + 1)
    is_code = after in codes and then not in UNITS
    return end + 1 if is_code or (len(after) == 5 and after.isdigit()) else end
