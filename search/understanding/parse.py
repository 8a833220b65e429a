"""What a question means: danger, place, types and publics, phrases of the lexicon, text.

No engine is asked here, and every engine is then asked the same.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from search.analysis import stems
from search.contracts import SearchFilters, SearchQuery, SearchScope, UnderstoodQuery
from search.source_registry import phone_keys
from search.understanding import audience, type_phrases
from search.understanding.audience_rules import AudienceGuess, guess_audience
from search.understanding.danger import DangerSigns, signs_in
from search.understanding.danger.words import ABOUT_VIOLENCE, LEARNED
from search.understanding.default_types import (
    GENERAL,
    IN_DANGER,
    IN_DISTRESS,
    LEARNING,
    NEAR_HOME,
)
from search.understanding.definitions import EXPLAIN, take_definition
from search.understanding.interpretation import QueryInterpretation, parts_of
from search.understanding.lexicon import FILLERS, QueryVocabulary, query_vocabulary
from search.understanding.opening import OpeningGuess, opening_words, openings_in
from search.understanding.phone_numbers import phone_in
from search.understanding.phrases import PhraseMatch
from search.understanding.places import PlaceGuess, place_of
from search.understanding.portal_addresses import address_in, address_keys, words_of_address
from search.understanding.portal_doors import REPORT, says_wrong
from search.understanding.sector_codes import sector_codes
from search.understanding.tokenize import GAPS, QueryText
from search.understanding.whole_words import with_whole_words


def understand(query: SearchQuery) -> UnderstoodQuery:
    """What a reader's question means; never an error, whatever was typed."""
    if address := address_in(query.text):
        if keys := address_keys(address):
            return _known_by_itself(query, "", keys)
        words = words_of_address(address)
        query = replace(query, text=query.text.replace(address, words, 1))
    known = query_vocabulary()
    question = with_whole_words(QueryText(query.text), known)
    number = phone_in(query.text)
    if number and not _is_number_known(question, known):
        keys = phone_keys(number, query.language)
        return _known_by_itself(query, number.removeprefix("+"), keys)
    asks_definition = take_definition(question)
    signs = signs_in(query.text)
    openings = [] if signs.danger else openings_in(question)
    told = [one for one in openings if one.is_told]
    for one in told:
        question.taken |= one.indices | opening_words(question)
    codes = sector_codes(question, query.language)
    where = place_of(query, question, known, codes)
    question.taken |= {index for code in codes for index in code.indices}
    heard = _QueryParser(
        query=query,
        known=known,
        question=question,
        signs=signs,
        asks_definition=asks_definition,
        where=where,
        said=(*codes, *known.book.find(question, known.mend)),
    )
    heard.hear_openings(told or openings)
    return heard.understood()


def _is_number_known(question: QueryText, known: QueryVocabulary) -> bool:
    """Whether the number is itself a phrase (« 0 800 360 360 »), which means more than a place."""
    said = known.book.find(question, known.mend)
    return any(all(question.words[at].isdigit() for at in one.indices) for one in said)


def _known_by_itself(query: SearchQuery, text: str, keys: tuple[str, ...]) -> UnderstoodQuery:
    """A phone number, or an address of the portal: what it leads to comes first.

    Its digits or letters name no other place.
    """
    signs = signs_in(query.text)
    return UnderstoodQuery(
        text=text,
        crisis=signs.danger,
        quiet=signs.quiet,
        promoted=keys,
        public=query.filters.public,
        filters=query.filters,
    )


@dataclass
class _QueryParser:
    """What was heard in one question, and what follows from it."""

    query: SearchQuery
    known: QueryVocabulary
    question: QueryText
    signs: DangerSigns
    asks_definition: bool
    where: PlaceGuess
    said: tuple[PhraseMatch, ...]
    openings: tuple[OpeningGuess, ...] = ()

    def hear_openings(self, openings: Sequence[OpeningGuess]) -> None:
        """Days and hours that are asked: told as such, or said of a type of place alone."""
        indices = frozenset[int]().union(*(one.indices for one in openings))
        if openings and not openings[0].is_told:
            named = {index for one in self.said if not one.meaning.is_felt for index in one.indices}
            left = set(range(len(self.question.words))) - indices - named - self.question.taken
            if not named or left - self.whom.indices - self._fillers() - self._small(left):
                return
            self.question.taken |= indices
            self.said = tuple(one for one in self.said if indices.isdisjoint(one.indices))
        self.openings = tuple(openings)

    def _small(self, indices: set[int]) -> set[int]:
        return {index for index in indices if self.question.words[index] in GAPS}

    def understood(self) -> UnderstoodQuery:
        return UnderstoodQuery(
            text=self.text,
            crisis=self.signs.danger,
            quiet=self.signs.quiet,
            place=self.where.place,
            place_choices=self.where.choices,
            unknown_place=self.where.unknown,
            types=() if self.asks_definition else self.types,
            likely_types=self.likely_types,
            synonyms=self._all("synonyms"),
            promoted=self._promoted(),
            public=self.query.filters.public or self.whom.public,
            filters=self.filters,
            parts=parts_of(
                QueryInterpretation(
                    query=self.query,
                    known=self.known,
                    question=self.question,
                    said=self.said,
                    whom=self.whom,
                    where=self.where,
                    asks_definition=self.asks_definition,
                    openings=self.openings,
                )
            ),
        )

    @cached_property
    def types(self) -> tuple[str, ...]:
        """The types that were named, as whom it is for finds them."""
        named = audience.suited_names(self._all("types"), self.whom.public)
        # « Mon dossier médical à l’hôpital psychiatrique » is about the right.
        is_procedure = any(said.meaning.is_procedure for said in self.said)
        return () if is_procedure and GENERAL.issuperset(named) else named

    @cached_property
    def whom(self) -> AudienceGuess:
        named = self._all("types")
        if named and type_phrases.PAGES.keys() >= set(named):
            return AudienceGuess()  # « actions du ptsm jeunes »: what the page is about
        return guess_audience(
            self.question, self.known, self.said, in_danger=bool(self.signs.danger)
        )

    @cached_property
    def filters(self) -> SearchFilters:
        """What was ticked, and what was said."""
        ticked = self.query.filters
        languages = (said.meaning.language for said in self.said if said.meaning.language)
        return replace(
            ticked,
            types=ticked.types or (EXPLAIN if self.asks_definition else ()),
            public=ticked.public or (self.whom.public if self.whom.narrows else ""),
            practical=tuple(dict.fromkeys((*ticked.practical, *self._all("practical")))),
            language=ticked.language or next(languages, ""),
            open_now=ticked.open_now or any(said.meaning.open_now for said in self.said),
            openings=tuple(dict.fromkeys(slot for one in self.openings for slot in one.slots)),
        )

    @cached_property
    def likely_types(self) -> tuple[str, ...]:
        """What is preferred: what danger asks for, what was felt, or what the public goes to."""
        if self.asks_definition:
            return ()
        if self.signs.danger and not self.types:
            is_learning = not LEARNING.isdisjoint(self.question.words)
            return () if is_learning else IN_DANGER[self.signs.danger]
        if self.signs.quiet == ABOUT_VIOLENCE and not self.types:
            # « association » beside it names no other kind of help.
            return IN_DISTRESS[ABOUT_VIOLENCE]
        found = tuple(dict.fromkeys((*self._suited(), *self._explained())))
        if self.signs.quiet in IN_DISTRESS and not self.types:
            return found or self._by_public() or IN_DISTRESS[self.signs.quiet]
        # A right to prevention (« plan de crise ») is asked for, and not only learnt about.
        if self.signs.quiet == LEARNED and not self.types and not self._explained():
            return ()
        return found or self._by_public() or self._near_home()

    def _promoted(self) -> tuple[str, ...]:
        wrong = (REPORT,) if says_wrong(self.question.text) else ()
        return tuple(dict.fromkeys((*wrong, *self._all("promoted"))))

    def _suited(self) -> Iterator[str]:
        """Who asks about a right or a procedure gets that first, whatever else they live."""
        to_colleagues = [said for said in self.said if said.meaning.implied == "professionnels"]
        procedures = [said for said in self.said if said.meaning.is_procedure]
        for said in to_colleagues or procedures or self.said:
            meaning = said.meaning
            yield from audience.suited(meaning.likely, self.whom.public, is_felt=meaning.is_felt)

    def _explained(self) -> tuple[str, ...]:
        """Rights and procedures are explained in pages; who refers a patient asks for neither."""
        is_referred = any(said.meaning.implied == "professionnels" for said in self.said)
        is_explained = not is_referred and any(said.meaning.is_procedure for said in self.said)
        return ("PAGE_INFO",) if is_explained else ()

    def _by_public(self) -> tuple[str, ...]:
        likely = "" if self.types else audience.LIKELY.get(self.whom.public, "")
        return tuple(likely.split())

    def _near_home(self) -> tuple[str, ...]:
        """A place and nothing else; in the directory alone, all that is near is wanted."""
        is_bare = self.where.place and not (self.text or self.types)
        asks_all = self.query.scope is SearchScope.ALL and self.filters == SearchFilters(
            km=self.query.filters.km
        )
        return NEAR_HOME if is_bare and asks_all else ()

    @cached_property
    def text(self) -> str:
        """What is left to look for, with the errors mended by which a phrase was known."""
        told = {index for said in self.said for index in said.indices}
        when = self.question.times - told
        gone = self._consumed() | when
        if self.said or self.where.place or self.openings:
            gone |= self._fillers()
        text = self.question.without(gone, self._mended(gone))
        if not stems(text) and not self.types and self.whom.is_said:
            # « adolescents » alone: without any word, everything would do.
            gone -= self.whom.indices - when
            text = self.question.without(gone, self._mended(gone))
        return " ".join(filter(None, (text if stems(text) else "", self.question.tail)))

    def _consumed(self) -> set[int]:
        """The words that said something else than what to look for."""
        gone = set(self.question.taken)
        for said in self.said:
            if self._is_consumed(said):
                gone |= set(said.indices)
        if self.whom.narrows or not self.whom.is_said or self.types:
            gone |= self.whom.indices
        return gone

    def _is_consumed(self, said: PhraseMatch) -> bool:
        meaning = said.meaning
        if meaning.types:
            return not self.asks_definition
        return not meaning.is_felt and bool(
            meaning.practical or meaning.language or meaning.open_now
        )

    def _fillers(self) -> set[int]:
        """What people write around what they look for, unless a phrase needs it."""
        told = {index for said in self.said for index in said.indices}
        words = enumerate(self.question.words)
        return {index for index, word in words if word in FILLERS and index not in told}

    def _mended(self, gone: set[int]) -> dict[int, str]:
        """The right spelling of the words by which a phrase was known."""
        told = {index for said in self.said for index in said.indices} | self.whom.indices
        written = {index: self.question.words[index] for index in told - gone}
        mended = {index: self.known.mend(word) for index, word in written.items()}
        return {index: word for index, word in mended.items() if word != written[index]}

    def _all(self, name: str) -> tuple[str, ...]:
        """All that the phrases say of one kind, each once."""
        each = (getattr(said.meaning, name) for said in self.said)
        return tuple(dict.fromkeys(one for found in each for one in found))
