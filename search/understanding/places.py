"""The place of a question: where the reader stands, the « Où ? » field, or words of the text."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from portal.geo.lookup import look_up_place, look_up_place_in
from portal.geo.place import AROUND_KM, Place, PlaceMode
from portal.geo.positions import place_at
from portal.geo.resolve import place_in
from portal.geo.streets import street_words
from search.contracts import QueryPart, QueryPartKind, SearchQuery
from search.understanding.lexicon import QueryVocabulary
from search.understanding.normalise import clean_text
from search.understanding.phrases import PhraseMatch
from search.understanding.tokenize import QueryText

#: « Près de moi » is no place by itself: the position is asked for by a button.
_NEAR_ME = frozenset(
    (
        "pres de moi",
        "pres de chez moi",
        "pres de chez nous",
        "autour de moi",
        "proche de moi",
        "proche de chez moi",
        "a cote de chez moi",
        "a cote de moi",
        "a proximite",
        "dans mon quartier",
        "near me",
    )
)


@dataclass(frozen=True, slots=True)
class PlaceGuess:
    """The place, if any; the others that its words may mean; what named none; its words."""

    place: Place | None = None
    choices: tuple[Place, ...] = ()
    unknown: str = ""
    part: QueryPart | None = None
    indices: frozenset[int] = frozenset()


def place_of(
    query: SearchQuery,
    question: QueryText,
    known: QueryVocabulary,
    codes: Iterable[PhraseMatch] = (),
) -> PlaceGuess:
    """The place that a question is about; its words are then taken from the question.

    The reader's position and the field come before the text, which may name another place.
    ``codes`` are words whose digits name no place.
    """
    _forget_near_me(question)
    typed = clean_text(query.place)
    if query.position is not None and not typed:
        return PlaceGuess(place=_position(query.position, query.filters.km))
    if typed:
        found = look_up_place(typed)
        if found.place:
            place = _within(found.place, query.filters.km)
            part = _part(place, question.text, from_place_field=True)
            return PlaceGuess(place, found.choices, part=part)
    said = [*codes, *known.book.find(question, known.mend)]
    phrases = frozenset(index for one in said if one.weight > 1 for index in one.indices)
    where = _place_in_text(query, question, known, phrases)
    return where if where.place else replace(where, unknown=typed or where.unknown)


def _place_in_text(
    query: SearchQuery, question: QueryText, known: QueryVocabulary, phrases: frozenset[int]
) -> PlaceGuess:
    found = look_up_place_in(question.text, known.is_known)
    indices = question.missing_from(found.rest)
    if found.place and phrases & indices:
        # « paris sportifs » is no place, whatever Paris is; another one may be named beside.
        aside = question.without(phrases, tied=False)
        found = place_in(aside, known.is_known)
        indices = question.missing_from(found.rest, kept=phrases)
    if found.place is None:
        return _street_without_town(question)
    indices |= street_words(question.words, indices)
    question.taken |= indices
    place = _within(found.place, query.filters.km)
    part = _part(place, question.without(indices))
    return PlaceGuess(place, found.choices, part=part, indices=indices)


def _street_without_town(question: QueryText) -> PlaceGuess:
    """« 12 rue Paradis » alone: it is said that no commune is known."""
    street = street_words(question.words)
    if not street:
        return PlaceGuess()
    question.taken |= street
    tokens = question.tokens
    return PlaceGuess(unknown=question.text[tokens[min(street)].begins : tokens[max(street)].end])


def _part(place: Place, rest: str, *, from_place_field: bool = False) -> QueryPart:
    return QueryPart(QueryPartKind.PLACE, place.code, label_of(place), rest, from_place_field)


def label_of(place: Place) -> str:
    """« Aubagne », « Aubagne et alentours (25 km) », « près de moi »."""
    if place.mode is PlaceMode.AROUND and place.name:
        return _("%(place)s et alentours (%(km)s km)") % {
            "km": place.km or AROUND_KM,
            "place": place.name,
        }
    return place.name or _("près de moi")


def _within(place: Place, km: int | None) -> Place:
    """The place with the distance that was ticked, when there is one."""
    if not km or place.mode is PlaceMode.DEPARTMENT:
        return place
    return replace(place, mode=PlaceMode.AROUND, km=km)


def _position(position: tuple[float, float], km: int | None) -> Place:
    """Around the reader, in the commune where they stand when it is of the department."""
    lat, lon = position
    here = place_at(lat, lon) or Place(code="", name="")
    return replace(here, mode=PlaceMode.AROUND, km=km or AROUND_KM, lat=lat, lon=lon)


def _forget_near_me(question: QueryText) -> None:
    words = question.words
    for size in (5, 4, 3, 2):
        for start in range(len(words) - size + 1):
            if " ".join(words[start : start + size]) in _NEAR_ME:
                question.taken.update(range(start, start + size))
