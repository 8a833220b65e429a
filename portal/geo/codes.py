"""Postcodes, arrondissements and department numbers in a text."""

import re
from dataclasses import replace

from portal.geo.departments import Department, departments
from portal.geo.gazetteer import GazetteerTown, french_towns, quarters_of
from portal.geo.place_match import PlaceMatch, PlaceQuestion
from portal.geo.stopwords import CALLS, COMPASS, GRAMMAR, LINKS, QUARTER_WORDS, UNITS
from portal.geo.tokenizer import PlaceLead


class CodeFinder:
    """Finder of the numbers of one text that name a place."""

    def __init__(self, question: PlaceQuestion) -> None:
        self.reading = question.reading
        self.department = question.department
        self.is_known = question.is_known
        self.is_field = question.is_field
        self.own = question.own

    def postcode(self) -> PlaceMatch | None:
        """Match of the first postcode or INSEE code: 13003 is both, and people know the first."""
        for index in range(len(self.reading.words)):
            code, end = self._code_at(index)
            towns = self._of_code(code) if code else ()
            if towns:
                return PlaceMatch(index, end, self.reading.before(index), 0, towns, postcode=code)
        return None

    def _code_at(self, index: int) -> tuple[str, int]:
        """The code that may begin at this word, and its end: « 13003 », « 13 003 », « 2A004 »."""
        words = [self.reading.word(index + step) for step in (-1, 0, 1, 2)]
        before, first, second, after = words
        if re.fullmatch(r"\d[\dab]\d{3}", first):
            return first.upper(), index + 1
        is_split = re.fullmatch(r"\d{2} \d{3}", f"{first} {second}")
        if is_split and not before[:1].isdigit() and not after[:1].isdigit():
            return first + second, index + 2
        return "", index + 1

    def _of_code(self, code: str) -> tuple[GazetteerTown, ...]:
        towns = self.own.with_postcode(code) or french_towns().with_postcode(code)
        # A whole town steps aside for its arrondissements, which are nearer to the truth.
        whole = {town.parent for town in towns}
        towns = tuple(town for town in towns if town.code not in whole)
        return towns or french_towns().with_code(code)

    def quarter(self) -> PlaceMatch | None:
        """The match of « 3e arrondissement » or « dans le 3e », where one town only has some."""
        wholes = [town for code in self.own.quarters for town in self.own.with_code(code)]
        if len(wholes) != 1:
            return None
        reading = self.reading
        for index, word in enumerate(reading.words):
            has_word = reading.word(index + 1) in QUARTER_WORDS
            is_said = has_word or self._is_quarter(index)
            town = _quarter(wholes[0], word.ordinal) if is_said else None
            if town:
                lead = reading.before(index)
                end = index + 1 + has_word
                end += reading.word(end) in COMPASS
                return PlaceMatch(index, end, lead, 0, (town,))
        return None

    def _is_quarter(self, index: int) -> bool:
        """Whether a number is an arrondissement: « dans le 3e », « cmp 3e »; not « le 3e âge »."""
        before, after = self.reading.word(index - 1), self.reading.word(index + 1)
        if self.reading.words[index].text.isdigit():
            # « Dans le 13 » is the department.
            is_in = (self.reading.word(index - 2), before) == ("dans", "le")
            return is_in and not after and self.reading.word(index) != self.department
        if before in ("le", "du") and self._is_told(index):
            return True
        is_alone = (not before or self.is_known(before)) and not after
        if self.reading.words[index].is_spelt:
            # « Dixième » and « mon premier » are no arrondissement, « cmp dixième » is.
            is_alone = is_alone and bool(before) and before not in GRAMMAR
        return is_alone or (before == "le" and self.reading.word(index - 2) == "dans")

    def _is_told(self, index: int) -> bool:
        """« Cmp le 15e nord », « psy du 8e »: nothing else follows; not « le 1er », a date."""
        word, after = self.reading.words[index], self.reading.word(index + 1)
        is_date = word.ordinal == 1 and self.reading.word(index - 1) == "le"
        says_care = index < 2 or self.is_known(self.reading.word(index - 2))
        return says_care and not is_date and (not after or after in COMPASS or after in LINKS)

    def with_quarter(self, name: PlaceMatch, quarter: PlaceMatch | None) -> PlaceMatch:
        """The arrondissement of a whole town that is said elsewhere: « 3e arr. de marseille »."""
        if not name.towns or not quarters_of(name.towns[0]):
            return name
        reading, start = self.reading, name.lead.start
        is_worded = reading.word(start - 1) in QUARTER_WORDS
        index = start - 1 - is_worded
        word = reading.words[index] if index >= 0 else None
        if word and (is_worded or not word.text.isdigit()):
            town = _quarter(name.towns[0], word.ordinal)
            lead = replace(reading.before(index), km=name.lead.km)
            return replace(name, start=index, lead=lead, towns=(town,)) if town else name
        if quarter and quarter.towns[0].parent == name.towns[0].code:
            return replace(quarter, also=name.spans)
        return name

    def department_number(self) -> PlaceMatch | None:
        """The match of a department's number: « psy 13 », « dans le 13 », « 2A »."""
        for index, word in enumerate(self.reading.words):
            department = departments().get(word.text.upper())
            if department and self._is_department_number(index, department):
                start = index - self._words_before_number(index)
                lead = PlaceLead(start)
                tier = 2 if department.code == self.department else 3
                return PlaceMatch(index, index + 1, lead, tier, department=department)
        return None

    def _words_before_number(self, index: int) -> int:
        said = " ".join(word.text for word in self.reading.words[max(0, index - 4) : index])
        for lead in (
            "dans le departement du",
            "dans le departement",
            "departement du",
            "departement",
            "dpt",
            "dept",
            "dans le",
        ):
            if said == lead or said.endswith(f" {lead}"):
                return len(lead.split())
        return 0

    def _is_department_number(self, index: int, department: Department) -> bool:
        word = self.reading.words[index]
        if self._words_before_number(index):
            return self.reading.word(index + 1) not in UNITS
        before, after = self.reading.word(index - 1), self.reading.word(index + 1)
        if any(word[:1].isdigit() or word in UNITS for word in (before, after)):
            return False
        if self.is_field or not word.text.isdigit() or len(word.text) > 2:
            return True
        if before in GRAMMAR or before in CALLS or (after and not self.is_known(after)):
            return False
        return department.code == self.department or (not after and self.is_known(before))


def _quarter(town: GazetteerTown, number: int | None) -> GazetteerTown | None:
    """The arrondissement of this number, when the town has one; else None."""
    wanted = f"{town.key}-{number}"
    return next((quarter for quarter in quarters_of(town) if quarter.key == wanted), None)
