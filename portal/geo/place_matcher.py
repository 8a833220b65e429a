"""Recognition of place names in a text, and of names that mean something else there."""

from collections.abc import Iterator
from functools import cache

from portal.geo.departments import Department, departments
from portal.geo.gazetteer import GazetteerTown, OtherName, french_towns, neighbour_towns
from portal.geo.names import fold, plain
from portal.geo.place_match import PlaceMatch, PlaceQuestion, WordRun
from portal.geo.slips import SHORTEST_SLIP, quarter_like, towns_like, words_like
from portal.geo.stopwords import (
    ARTICLES,
    BETS,
    GENERIC,
    GRAMMAR,
    HOUSES,
    IDIOMS,
    LINKS,
    PERSONS,
    STREETS,
    TIES,
    TOWN_AND_WORD,
    UNITS,
    ordinary_words,
)

MOST_WORDS = 9
#: A quarter of a large town comes before a commune of fewer people.
SMALL = 2_000
#: A neighbour's short name wins over the whole name of a commune so much smaller.
MUCH_LARGER = 3
WELL_KNOWN = 5_000
CITY = 20_000
FAMOUS = 40_000


class NameFinder:
    """Finder of place names in one text."""

    def __init__(self, question: PlaceQuestion) -> None:
        self.reading = question.reading
        self.department = question.department
        self.is_known = question.is_known
        self.is_field = question.is_field
        self.own = question.own
        self._near_words: dict[str, list[str]] = {}

    def names(self) -> Iterator[PlaceMatch]:
        """Matches of names in the text: the longest first, and the surest of one length first."""
        total = len(self.reading.words)
        for count in range(min(MOST_WORDS, total), 0, -1):
            found = (self._at(start, start + count) for start in range(total - count + 1))
            yield from sorted((match for match in found if match), key=lambda match: match.rank)

    def _at(self, start: int, end: int) -> PlaceMatch | None:
        reading = self.reading
        first, last = reading.words[start], reading.words[end - 1]
        if first.is_number or (last.is_number and last.ordinal is None):
            return None
        if last.is_number and reading.word(end) in UNITS:
            return None
        run = WordRun("-".join(reading.names[start:end]), start, end, reading.before(start))
        if self._is_in_an_address(run) or (run.key == "paris" and reading.word(end) in BETS):
            return None
        if first.text in GRAMMAR or last.text in GRAMMAR:
            return self._with_little_word(run)
        return self._own(run) or self._elsewhere(run) or self._slip(run)

    def _with_little_word(self, run: WordRun) -> PlaceMatch | None:
        """Match of a name that begins or ends with a short word: « Notre-Dame-de-Monts », « Y »."""
        if run.key not in french_towns().names:
            return None
        is_alone = run.end == run.start + 1
        return None if is_alone and not self.is_field else self._own(run) or self._elsewhere(run)

    def _own(self, run: WordRun) -> PlaceMatch | None:
        key, start, end, lead = run.key, run.start, run.end, run.lead
        short = self.own.nicknamed(key)
        towns = self.own.named(key)
        # « Vergné » is not La Vergne.
        towns = tuple(sorted(towns, key=lambda town: town.article != lead.article))
        if towns and self._is_own_name(towns[0], run):
            others = tuple(town for town in short if town.population > towns[0].population)
            return PlaceMatch(start, end, lead, 0, towns, others=others)
        quarter = self._quarter(run)
        if quarter and not (short and short[0].population >= SMALL):
            return PlaceMatch(start, end, lead, 1, quarter, others=short)
        if short and not self._is_namesake(run) and self._is_short_name(short[0], run):
            others = () if short[1:] else self._well_known(key)
            return PlaceMatch(start, end, lead, 1, short, others=(*quarter, *others))
        own = departments().get(self.department)
        if own and key == fold(own.name) and self._is_department(own, run):
            return PlaceMatch(start, end, lead, 2, department=own)
        return None

    def _quarter(self, run: WordRun) -> tuple[GazetteerTown, ...]:
        """Where the quarter or hamlet of this name is: « L’Estaque », « Puyricard »."""
        others = self.own.called(run.key, run.lead.article)
        meant = [other for other in others if self._is_meant_quarter(other, run)]
        return tuple(town for other in meant for town in self.own.with_code(other.code))

    def _is_meant_quarter(self, other: OtherName, run: WordRun) -> bool:
        return self.is_field or (not other.is_only_in_field and self._is_quarter(other, run))

    def _is_quarter(self, other: OtherName, run: WordRun) -> bool:
        before = self.reading.word(run.lead.start - 1)
        if before in HOUSES or before in PERSONS:
            return False
        if not other.is_word and not self._are_ordinary(run.key):
            return True
        is_left_out = not run.lead.article and "-" in run.key
        is_article = run.lead.article == other.article or is_left_out
        return is_article and (run.lead.tells or run.lead.is_strong or self._is_told(run))

    def _elsewhere(self, run: WordRun) -> PlaceMatch | None:
        start, end, lead = run.start, run.end, run.lead
        named = french_towns().named(run.key)
        towns = tuple(town for town in named if town.department != self.department)
        other = _departments_by_key().get(run.key)
        beside = neighbour_towns(self.department).nicknamed(run.key)
        if beside and self._is_better_known(beside[0], towns, run):
            return PlaceMatch(start, end, lead, 3, beside, others=towns)
        is_city = bool(towns) and towns[0].population >= CITY
        if other and not is_city and self._is_department(other, run):
            return PlaceMatch(start, end, lead, 3, department=other, others=towns)
        if towns and self._is_name_elsewhere(towns[0], run):
            return PlaceMatch(start, end, lead, 3, towns)
        return None

    def _is_better_known(
        self, near: GazetteerTown, named: tuple[GazetteerTown, ...], run: WordRun
    ) -> bool:
        """« La Seyne » is the large town beside, not the village that has just this name."""
        is_larger = not named or near.population > MUCH_LARGER * named[0].population
        return is_larger and not self._is_namesake(run) and self._is_short_name(near, run)

    def _well_known(self, key: str) -> tuple[GazetteerTown, ...]:
        towns = french_towns().named(key)
        return tuple(town for town in towns if town.population >= WELL_KNOWN)

    def _slip(self, run: WordRun) -> PlaceMatch | None:
        """Match of a name with one typing error: a letter wrong, missing, doubled or swapped."""
        words = self.reading.names[run.start : run.end]
        found: list[GazetteerTown] = []
        for index, wrong in enumerate(words):
            for word in self._near(wrong):
                others = [*words[:index], *words[index + 1 :]]
                meant = "-".join([*words[:index], word, *words[index + 1 :]])
                towns = self.own.named(meant) or self.own.nicknamed(meant)
                if towns and self._is_slip(towns[0], wrong, meant, others, run):
                    found.extend(towns)
        if not found:
            found = towns_like(run.key, self.own) or self._quarter_slip(run)
        found.sort(key=lambda town: -town.population)
        return PlaceMatch(run.start, run.end, run.lead, 4, tuple(found)) if found else None

    def _quarter_slip(self, run: WordRun) -> list[GazetteerTown]:
        is_other = self._is_namesake(run) or self.is_known(run.key)
        if is_other or self.own.called(run.key) or self._are_ordinary(run.key):
            return []
        other = quarter_like(run.key, self.own)
        return list(self.own.with_code(other.code)) if other else []

    def _near(self, word: str) -> list[str]:
        """Words of the department's names at an edit distance of one, or that sound the same."""
        if len(word) < SHORTEST_SLIP - 1 or not word.isalpha() or self.is_known(word):
            return []
        if word not in self._near_words:
            self._near_words[word] = words_like(word, self.own)
        return self._near_words[word]

    def _is_slip(
        self, town: GazetteerTown, wrong: str, meant: str, others: list[str], run: WordRun
    ) -> bool:
        """Whether ``wrong`` is ``meant`` with a typing error, and not a word of its own."""
        if self.is_field:
            return True
        is_full_name = meant in self.own.names
        if self._is_ordinary(wrong):
            is_tied = not self._are_ordinary("-".join(others)) or meant.startswith("saint-")
            return is_full_name and bool(others) and is_tied
        if len(wrong) < SHORTEST_SLIP:
            is_introduced = run.lead.introduces or self._is_told(run)
            return is_full_name and (bool(others) or is_introduced)
        if meant in GENERIC:
            return False
        return not self._are_ordinary(meant) or self._is_meant(town, run)

    # Whether words that are a name mean the place

    def _is_in_an_address(self, run: WordRun) -> bool:
        """Whether the name is part of a street's: « rue de Lyon », not « une place à Lyon »."""
        is_street = self.reading.word(run.lead.start - 1) in STREETS
        return is_street and not self.is_field and not run.lead.introduces

    def _is_namesake(self, run: WordRun) -> bool:
        """Whether it names a building or person: « hôpital Saint-Joseph », « Édouard Toulouse »."""
        before = self.reading.word(run.start - 1)
        is_saint = run.key.startswith(("saint-", "sainte-"))
        return not self.is_field and (before in PERSONS or (is_saint and before in HOUSES))

    def _is_ordinary(self, word: str) -> bool:
        return word in ordinary_words() or word in GRAMMAR or self.is_known(word)

    def _are_ordinary(self, key: str) -> bool:
        """Whether all these words are ordinary French words; the name of a saint is not."""
        words = key.split("-")
        if words[0] in ("saint", "sainte", "st"):
            return key in GENERIC
        return all(w in GENERIC or w in TIES or self._is_ordinary(w) for w in words)

    def _is_own_name(self, town: GazetteerTown, run: WordRun) -> bool:
        if self.is_field or run.key.count("-") > 1 or not self._are_ordinary(run.key):
            return True
        return self._is_meant(town, run)

    def _is_short_name(self, town: GazetteerTown, run: WordRun) -> bool:
        key, lead = run.key, run.lead
        if self.is_field:
            return len(key) > 1
        if len(key) < 3 or ("-" not in key and self.is_known(key)):
            return False
        if key in GENERIC:
            is_article = bool(lead.article) and lead.article == town.article
            return is_article and (lead.tells or self._is_told(run))
        if not self._are_ordinary(key):
            return True
        # « à la rue » is not La Rue-Saint-Pierre; « cmp les pennes » is Les Pennes-Mirabeau.
        return self._is_told(run) if lead.article else self._is_meant(town, run)

    def _is_name_elsewhere(self, town: GazetteerTown, run: WordRun) -> bool:
        if self.is_field:
            return True
        if self._is_namesake(run):
            return False
        if self._are_ordinary(run.key):
            return self._is_meant_elsewhere(town, run)
        if run.lead.introduces or town.population >= FAMOUS or run.key.count("-") > 1:
            return True
        has_article = town.article in ("", run.lead.article) or "-" in run.key
        return has_article and town.population >= WELL_KNOWN

    def _is_meant_elsewhere(self, town: GazetteerTown, run: WordRun) -> bool:
        """A place elsewhere whose name is an ordinary word: « à Plaisir », « cmp tours »."""
        lead = run.lead
        if lead.article != town.article or run.key in GENERIC:
            return False
        if run.key in TOWN_AND_WORD:
            is_known_town = lead.tells or town.population >= WELL_KNOWN
            return is_known_town and self._is_meant(town, run)
        if lead.is_strong and town.population >= WELL_KNOWN:
            return True
        return lead.tells and self._stands_out(run)

    def _is_meant(self, town: GazetteerTown, run: WordRun) -> bool:
        """Whether an ordinary word is used as a place is: « à salon », « cmp salon »."""
        lead = run.lead
        is_left_out = not lead.article and "-" in run.key
        if lead.article != town.article and not is_left_out:
            return False
        if lead.is_strong or self._stands_out(run) or self._has_postcode_beside(run):
            return True
        return (lead.tells and run.key not in IDIOMS) or self._is_told(run)

    def _is_told(self, run: WordRun) -> bool:
        """Whether the text is a few words with a meaning each: « cmp salon », « salon » alone."""
        before, after = self.reading.word(run.lead.start - 1), self.reading.word(run.end)
        begins = run.lead.start == run.start - (self.reading.word(run.start - 1) in ARTICLES)
        is_told = self._has_a_meaning(before) if before else begins
        is_closed = not after or after in LINKS or after.isdigit() or self._has_a_meaning(after)
        is_closed = is_closed or self.reading.after(run.end)[0] > run.end
        return is_told and is_closed and not run.lead.is_inside

    def _has_a_meaning(self, word: str) -> bool:
        return word not in GRAMMAR and self.is_known(word)

    def _stands_out(self, run: WordRun) -> bool:
        """Whether a capital inside a sentence marks the word as a name."""
        word = self.reading.words[run.start]
        return run.start > 0 and word.is_capitalised and not self.reading.shouts

    def _has_postcode_beside(self, run: WordRun) -> bool:
        beside = self.reading.word(run.start - 1), self.reading.word(run.end)
        return any(len(word) == 5 and word.isdigit() for word in beside)

    def _is_department(self, department: Department, run: WordRun) -> bool:
        if self.is_field or "-" in run.key or not self._are_ordinary(run.key):
            return True
        if department.code == self.department and self._is_told(run):
            return True
        words = self.reading.words[max(0, run.start - 2) : run.end]
        said = " ".join(word.text for word in words)
        expected = plain(department.in_department)
        article = run.lead.article
        is_title = bool(article) and expected.endswith(f" {article} {run.key}")
        return said.endswith(expected) or (is_title and self._stands_out(run))


@cache
def _departments_by_key() -> dict[str, Department]:
    return {fold(department.name): department for department in departments().values()}
