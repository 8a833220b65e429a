"""Which of a text's words are the name of a place, and mean the place."""

from collections.abc import Iterator
from functools import cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from portal.geo.departments import Department, departments
from portal.geo.gazetteer import Town, french_towns
from portal.geo.matches import Match, Question
from portal.geo.names import fold, plain
from portal.geo.vocabulary import (
    GENERIC,
    GRAMMAR,
    LINKS,
    TIES,
    TOWN_AND_WORD,
    UNITS,
    ordinary_words,
)
from portal.geo.wording import Lead

MOST_WORDS = 9
SHORTEST_SLIP = 5
WELL_KNOWN = 5_000
CITY = 20_000
FAMOUS = 40_000


class NameFinder:
    """Looks for the names of places in one text."""

    def __init__(self, question: Question) -> None:
        self.reading = question.reading
        self.department = question.department
        self.is_known = question.is_known
        self.is_field = question.is_field
        self.own = question.own

    def names(self) -> Iterator[Match]:
        """The names in the text: the longest first, and the surest of one length first."""
        total = len(self.reading.words)
        for count in range(min(MOST_WORDS, total), 0, -1):
            found = (self._at(start, start + count) for start in range(total - count + 1))
            yield from sorted((match for match in found if match), key=lambda match: match.rank)

    def _at(self, start: int, end: int) -> Match | None:
        reading = self.reading
        first, last = reading.words[start], reading.words[end - 1]
        if first.text in GRAMMAR or last.text in GRAMMAR or first.is_number:
            return None
        if last.is_number and (last.ordinal is None or reading.word(end) in UNITS):
            return None
        key = "-".join(reading.names[start:end])
        lead = reading.before(start)
        return (
            self._own(key, start, end, lead)
            or self._elsewhere(key, start, end, lead)
            or self._slip(key, start, end, lead)
        )

    def _own(self, key: str, start: int, end: int, lead: Lead) -> Match | None:
        short = self.own.by_short_name.get(key, ())
        towns = self.own.by_key.get(key)
        if towns and self._is_own_name(towns[0], key, start, end, lead):
            others = tuple(town for town in short if town.population > towns[0].population)
            return Match(start, end, lead, 0, towns, others=others)
        towns = short
        if towns and self._is_short_name(towns[0], key, start, end, lead):
            others = () if towns[1:] else self._known_elsewhere(key)
            return Match(start, end, lead, 1, towns, others=others)
        own = departments().get(self.department)
        if own and key == fold(own.name) and self._is_department(own, key, start, end):
            return Match(start, end, lead, 2, department=own)
        return None

    def _known_elsewhere(self, key: str) -> tuple[Town, ...]:
        towns = french_towns().by_key.get(key, ())
        return tuple(town for town in towns if town.population >= WELL_KNOWN)

    def _elsewhere(self, key: str, start: int, end: int, lead: Lead) -> Match | None:
        towns = tuple(
            town
            for town in french_towns().by_key.get(key, ())
            if town.department != self.department
        )
        other = _departments_by_key().get(key)
        is_city = bool(towns) and towns[0].population >= CITY
        if other and not is_city and self._is_department(other, key, start, end):
            return Match(start, end, lead, 3, department=other, others=towns)
        if towns and self._is_name_elsewhere(towns[0], key, start, end, lead):
            return Match(start, end, lead, 3, towns)
        return None

    def _slip(self, key: str, start: int, end: int, lead: Lead) -> Match | None:
        """One letter wrong, missing, doubled or swapped in one word of a name."""
        for index in range(start, end):
            for word in self._mended(index):
                names = [
                    *self.reading.names[start:index],
                    word,
                    *self.reading.names[index + 1 : end],
                ]
                mended = "-".join(names)
                towns = self.own.by_key.get(mended) or self.own.by_short_name.get(mended)
                if towns and mended not in GENERIC and mended not in ordinary_words():
                    return Match(start, end, lead, 4, towns)
        return None

    def _mended(self, index: int) -> list[str]:
        word = self.reading.words[index].text
        if len(word) < SHORTEST_SLIP or not word.isalpha() or self._is_ordinary(word):
            return []
        lengths = range(max(SHORTEST_SLIP, len(word) - 1), len(word) + 2)
        near = [name for length in lengths for name in self.own.words.get(length, ())]
        found = process.extract(word, near, scorer=OSA.distance, score_cutoff=1, limit=3)
        return [name for name, distance, _index in found if distance]

    def _is_ordinary(self, word: str) -> bool:
        return word in ordinary_words() or word in GRAMMAR or self.is_known(word)

    def _are_ordinary(self, key: str) -> bool:
        """Whether all these words are of every day; a saint is no such thing."""
        words = key.split("-")
        if words[0] in ("saint", "sainte") and len(words) > 1:
            return False
        return all(w in GENERIC or w in TIES or self._is_ordinary(w) for w in words)

    def _is_own_name(self, town: Town, key: str, start: int, end: int, lead: Lead) -> bool:
        return (
            self.is_field or not self._are_ordinary(key) or self._is_meant(town, start, end, lead)
        )

    def _is_short_name(self, town: Town, key: str, start: int, end: int, lead: Lead) -> bool:
        if self.is_field:
            return len(key) > 1
        if len(key) < 3 or ("-" not in key and self.is_known(key)):
            return False
        if key in GENERIC:
            return bool(lead.article) and lead.article == town.article and lead.tells
        return not self._are_ordinary(key) or self._is_meant(town, start, end, lead)

    def _is_name_elsewhere(self, town: Town, key: str, start: int, end: int, lead: Lead) -> bool:
        if self.is_field:
            return True
        if self._are_ordinary(key):
            return self._is_meant_elsewhere(town, key, start, end, lead)
        if lead.introduces:
            return True
        if town.population < WELL_KNOWN:
            return False
        return not town.article or town.population >= FAMOUS or lead.article == town.article

    def _is_meant_elsewhere(self, town: Town, key: str, start: int, end: int, lead: Lead) -> bool:
        """A place elsewhere whose name is an ordinary word: « à Plaisir », « cmp tours »."""
        if lead.article != town.article:
            return False
        if key in TOWN_AND_WORD:
            is_known_town = lead.tells or town.population >= WELL_KNOWN
            return is_known_town and self._is_meant(town, start, end, lead)
        if key in GENERIC:
            return False
        if lead.is_strong and town.population >= WELL_KNOWN:
            return True
        return lead.tells and self._stands_out(start)

    def _is_meant(self, town: Town, start: int, end: int, lead: Lead) -> bool:
        """Whether an ordinary word is said as a place is: « à salon », « cmp salon »."""
        if lead.article and lead.article != town.article:
            return False
        if lead.tells or self._stands_out(start) or self._has_postcode_beside(start, end):
            return True
        before, after = self.reading.word(lead.start - 1), self.reading.word(end)
        is_told = not before or self.is_known(before)
        is_closed = not after or after in LINKS or after.isdigit() or self.is_known(after)
        return is_told and is_closed

    def _stands_out(self, start: int) -> bool:
        """A capital inside a sentence says a name."""
        word = self.reading.words[start]
        return start > 0 and word.is_capitalised and not self.reading.shouts

    def _has_postcode_beside(self, start: int, end: int) -> bool:
        beside = self.reading.word(start - 1), self.reading.word(end)
        return any(len(word) == 5 and word.isdigit() for word in beside)

    def _is_department(self, department: Department, key: str, start: int, end: int) -> bool:
        if self.is_field or not self._are_ordinary(key):
            return True
        said = plain(" ".join(word.text for word in self.reading.words[max(0, start - 2) : end]))
        return said.endswith(plain(department.in_department)) and "-" not in key


@cache
def _departments_by_key() -> dict[str, Department]:
    return {fold(department.name): department for department in departments().values()}
