"""Resolution of places: what « Où ? » means, and which place a query names.

Nothing here queries the database: see ``portal.geo.gazetteer`` for why.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from django.conf import settings

from portal.geo.codes import CodeFinder
from portal.geo.departments import Department, departments
from portal.geo.gazetteer import GazetteerTown, department_towns, french_towns, quarters_of
from portal.geo.names import fold
from portal.geo.place import Place, PlaceFound, PlaceMode
from portal.geo.place_match import IsKnown, PlaceMatch, PlaceQuestion, with_name, with_surroundings
from portal.geo.place_matcher import NameFinder
from portal.geo.tokenizer import TokenizedText

MOST_CHOICES = 8


def place_named(text: str) -> PlaceFound:
    """The place of the « Où ? » field, whose whole text should be one.

    Any text is accepted. A name of the department is recognised by its usual short form and with
    one typing error; one of elsewhere by its exact name. When the whole is no place (« 12 rue de la
    Paix, Aubagne »), the place inside it counts.
    """
    reading = TokenizedText(text)
    if not reading.words:
        return PlaceFound(rest=reading.text)
    department = settings.PORTAL_DEPARTEMENT
    match = (
        _find(PlaceQuestion(reading, department, _never, is_field=True))
        or _find(PlaceQuestion(reading, department, _never))
        or _find(PlaceQuestion(reading, department, _always))
    )
    return _found(reading, match, department)


def place_in(text: str, is_known_word: IsKnown) -> PlaceFound:
    """The place inside a free question: « cmp à aubagne », « psy près de martigues ».

    ``is_known_word`` is given words in small letters without accent; those for which it is
    true mean something else, and are no place with a typing error nor a short name. ``rest``
    is what remains to be understood, as the reader wrote it.
    """
    reading = TokenizedText(text)
    department = settings.PORTAL_DEPARTEMENT
    match = _find(PlaceQuestion(reading, department, is_known_word)) if reading.words else None
    return _found(reading, match, department)


def place_of_code(code: str) -> Place | None:
    """The commune or arrondissement of the department that has this INSEE code."""
    department = settings.PORTAL_DEPARTEMENT
    towns = department_towns(department).with_code(code)
    return _place(towns[0], department) if towns else None


def complete_place(start: str, limit: int = 8) -> tuple[Place, ...]:
    """Completions of the first letters of a place, from the second letter on.

    The department first, then the rest of France; the most populous first.
    """
    department = settings.PORTAL_DEPARTEMENT
    reading = TokenizedText(start)
    key = fold(" ".join(reading.names)) if len(reading.names) > 1 else fold(reading.text)
    if len(key) < 2:
        return ()
    found: dict[str, GazetteerTown] = {}
    for gazetteer in (department_towns(department), french_towns()):
        if len(found) < limit:
            for town in gazetteer.starting_with(key):
                found.setdefault(town.code, town)
    return tuple(_place(town, department) for town in list(found.values())[:limit])


def complete_quarter(start: str, limit: int = 8) -> tuple[tuple[str, Place], ...]:
    """Quarters and hamlets of the department that begin so, each with the commune where it is."""
    department = settings.PORTAL_DEPARTEMENT
    key = fold(TokenizedText(start).text)
    if len(key) < 2:
        return ()
    gazetteer = department_towns(department)
    found = (
        (other.name, _place(town, department))
        for other in gazetteer.others_starting_with(key)
        for town in gazetteer.with_code(other.code)
    )
    return tuple(islice(found, limit))


def _never(word: str) -> bool:
    return False


def _always(word: str) -> bool:
    return True


def _find(question: PlaceQuestion) -> PlaceMatch | None:
    """The place that the words mean; in the field, only if they all belong to it."""
    reading = question.reading
    for match in _candidates(question):
        match = with_surroundings(reading, match)
        if not question.is_field or not reading.without(*match.spans):
            return match
    return None


def _candidates(question: PlaceQuestion) -> Iterator[PlaceMatch]:
    names, codes = list(NameFinder(question).names()), CodeFinder(question)
    name = _nearest_home(names)
    if postcode := codes.postcode():
        yield with_name(postcode, name) if name else postcode
    quarter = codes.quarter()
    if name:
        yield codes.with_quarter(name, quarter)
    yield from names
    if quarter:
        yield quarter
    if number := codes.department_number():
        yield number


def _nearest_home(names: list[PlaceMatch]) -> PlaceMatch | None:
    """The first name, unless a commune of the department is said beside it.

    « aubagne, bouches-du-rhône » is Aubagne, and so is « saint-denis ou aubagne ».
    """
    if not names:
        return None
    first = names[0]
    apart = (name for name in names if name.end <= first.start or name.start >= first.end)
    own = next((name for name in apart if name.tier <= 1), None)
    if first.tier <= 1 or own is None:
        return first
    is_its_own = first.department and first.department.code == own.towns[0].department
    return replace(own, also=first.spans) if is_its_own else own


def _found(reading: TokenizedText, match: PlaceMatch | None, department: str) -> PlaceFound:
    if match is None:
        return PlaceFound(rest=reading.text)
    towns = [_place(town, department) for town in dict.fromkeys((*match.towns, *match.others))]
    places = (
        [_department_place(match.department, department), *towns] if match.department else towns
    )
    place, *choices = places
    if match.lead.km and place.mode is PlaceMode.EXACT:
        place = replace(place, mode=PlaceMode.AROUND, km=match.lead.km)
    if match.postcode and match.postcode in match.towns[0].postcodes:
        place = replace(place, postcode=match.postcode)
    return PlaceFound(
        place=place,
        words=reading.between(match.start - _has_article(reading, match), match.end),
        rest=reading.without(*match.spans),
        choices=tuple(choices[:MOST_CHOICES]),
    )


def _has_article(reading: TokenizedText, match: PlaceMatch) -> bool:
    """Whether the article of the name stands before it: « la ciotat »."""
    article = match.towns[0].article if match.towns else ""
    return bool(article) and reading.word(match.start - 1) == article


def _place(town: GazetteerTown, department: str) -> Place:
    is_outside = town.department != department
    home = departments().get(town.department)
    postcodes = town.postcodes.split("|")
    return Place(
        code=town.code,
        name=town.name,
        lat=town.lat,
        lon=town.lon,
        codes=_codes(town),
        postcode=postcodes[0] if len(postcodes) == 1 else "",
        department=home.name if home and is_outside else "",
        is_outside=is_outside,
    )


def _codes(town: GazetteerTown) -> tuple[str, ...]:
    """INSEE codes that count as this place: its arrondissements, or the whole town."""
    if town.parent:
        return (town.code, town.parent)
    return (town.code, *(quarter.code for quarter in quarters_of(town)))


def _department_place(department: Department, own: str) -> Place:
    is_outside = department.code != own
    return Place(
        code=department.code,
        name=department.name,
        mode=PlaceMode.DEPARTMENT,
        department=department.name if is_outside else "",
        is_outside=is_outside,
    )
