"""Search results of the directory: entries and pages, each searched once and only when needed."""

import math
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Protocol

from django.utils import timezone
from django.utils.functional import cached_property

from portal.base.pagination import PER_PAGE
from portal.cache.held import held
from portal.geo.place import PlaceMode
from portal.geo.service_area import has_commune
from resources.choices import SECTORED_TYPES
from resources.listing.danger_doors import with_danger_doors
from search.contracts import (
    SearchAnswer,
    SearchFilters,
    SearchHit,
    SearchQuery,
    SearchScope,
    UnderstoodQuery,
)
from search.opening_slots import unknown_slots
from search.services import search_understood, understand_question
from search.source_registry import open_now_keys
from search.understanding.type_phrases import PAGES

#: Of the places that serve others, as many are named as one may look through.
MOST_ASIDE = 15
MOST_PAGES_BESIDE = 3
MOST_PAGES_ALONE = 10
#: The types that no place has: pages, and the help lines of the page « Aide maintenant ».
HELP_LINE = "LIGNE_ECOUTE"
NO_PLACES = frozenset((*PAGES, HELP_LINE))
#: How far from a place of another department an entry of this one may still be of use.
BEYOND_KM = 50


class AskedQuestion(Protocol):
    """What a reader, or a program, asks of the directory."""

    @property
    def scope(self) -> SearchScope: ...

    @property
    def filters(self) -> SearchFilters: ...

    @property
    def page_number(self) -> int: ...

    @property
    def is_browsing(self) -> bool: ...

    @property
    def has_practical_filters(self) -> bool: ...

    def as_search(self, scope: SearchScope, **changes: Any) -> SearchQuery: ...


class SearchAnswers:
    """The places and the pages that answer; nothing is asked twice, nor before it is needed."""

    def __init__(self, question: AskedQuestion) -> None:
        self.question = question
        self._is_widened = False
        self._meanings: dict[SearchFilters, UnderstoodQuery] = {}

    @property
    def understood(self) -> UnderstoodQuery:
        return self.pages.understood if self.is_pages_only else self._first_entries.understood

    @property
    def is_degraded(self) -> bool:
        return self.entries.degraded or self.pages.degraded

    @cached_property
    def entries(self) -> SearchAnswer:
        """The places; none of them is offered for a department that the portal knows not."""
        if self.is_pages_only:
            return SearchAnswer(self.understood)
        answer = self._first_entries
        place = answer.understood.place
        if place is None or not place.is_outside:
            return self._last_page(answer, SearchScope.ENTRIES)
        if place.mode is PlaceMode.DEPARTMENT:
            return replace(answer, hits=(), total=0, counts={})
        if answer.understood.filters.km:
            return answer
        near = replace(self.question.filters, km=BEYOND_KM)
        return self._search(SearchScope.ENTRIES, filters=near)

    @property
    def is_widened(self) -> bool:
        """Whether the places lack what words asked beside (« en anglais »): none has it."""
        return bool(self.entries.total) and self._is_widened

    @property
    def is_opening_unknown(self) -> bool:
        """Whether places open now were asked for, and nobody can say which they are."""
        return self.understood.filters.open_now and open_now_keys() is None

    @cached_property
    def open_count(self) -> int:
        """How many of the places are open now; none when nobody knows."""
        entries = self.entries
        if entries.understood.filters.open_now or not entries.total:
            return entries.total
        open_now = open_now_keys() or ()
        if entries.total == len(entries.hits) or not open_now:
            return sum(hit.key in open_now for hit in entries.hits)
        ticked = replace(self.question.filters, open_now=True)
        said = replace(entries.understood.filters, open_now=True)
        query = self.question.as_search(SearchScope.ENTRIES, filters=ticked, page=1, page_size=0)
        understood = replace(entries.understood, filters=said)
        return _held(query, lambda: search_understood(query, understood, is_rechecked=True)).total

    @cached_property
    def hours_unknown(self) -> SearchAnswer:
        """The places that would answer, if it were known whether they are open at these hours."""
        understood = self.entries.understood
        asked = understood.filters.openings
        if not asked or self.is_pages_only:
            return SearchAnswer(understood)
        filters = replace(understood.filters, openings=unknown_slots(asked))
        query = self.question.as_search(SearchScope.ENTRIES, page=1, page_size=MOST_ASIDE)
        return search_understood(query, replace(understood, filters=filters), is_rechecked=True)

    @property
    def needs_address(self) -> bool:
        """Whether some of the places that answer depend on where the reader lives.

        No commune was said, or a town of several arrondissements, of which CMPs serve some.
        """
        understood = self.entries.understood
        if not has_commune(understood.place):
            return bool(self.entries.aside or self.hours_unknown.aside)
        asked = {*understood.types, *understood.likely_types}
        return len(understood.place.codes) > 2 and not SECTORED_TYPES.isdisjoint(asked)

    @cached_property
    def pages(self) -> SearchAnswer:
        """The other pages of the portal: a few beside the places, or all of them alone."""
        if self.is_pages_only:
            return self._last_page(self._search(SearchScope.PAGES), SearchScope.PAGES)
        if not self._may_have_pages:
            return SearchAnswer(self.understood)
        most = MOST_PAGES_BESIDE if self.entries.total else MOST_PAGES_ALONE
        return self._search(SearchScope.PAGES, page=1, page_size=most)

    @property
    def is_pages_only(self) -> bool:
        return self.question.scope is SearchScope.PAGES

    @property
    def are_pages_first(self) -> bool:
        """Whether pages answer better than places: that is what the question is about.

        A form of the portal, a right or a procedure, a help line that is preferred to any place. In
        danger the lines are above all that already.
        """
        if not self.pages.hits or not self.entries.hits:
            return bool(self.pages.hits)
        understood = self.understood
        if self.pages.hits[0].key in understood.promoted:
            return True
        if understood.crisis or understood.quiet:
            return False
        likely = understood.likely_types
        if "PAGE_INFO" in likely or not NO_PLACES.isdisjoint(likely[:1]):
            return True
        if understood.types or understood.likely_types or understood.place:
            return False
        return _matched_words(self.pages.hits[0]) > _matched_words(self.entries.hits[0])

    @property
    def _may_have_pages(self) -> bool:
        """When only types of places are named, pages have nothing to add."""
        question, types = self.question, self.understood.types
        return (
            question.scope is SearchScope.ALL
            and question.page_number == 1
            and not question.is_browsing
            and not question.has_practical_filters
            and (not types or bool(NO_PLACES & set(types)) or self._promotes_pages)
            and (bool(types or self.understood.text) or not self.understood.filters.openings)
        )

    @property
    def _promotes_pages(self) -> bool:
        """Whether something that comes first is no place."""
        places = {hit.key for hit in self.entries.hits}
        return not places.issuperset(self.understood.promoted)

    @cached_property
    def _first_entries(self) -> SearchAnswer:
        return self._search(SearchScope.ENTRIES)

    def _search(self, scope: SearchScope, **changes: Any) -> SearchAnswer:
        """Entries are read anew to be shown, and only those that a reader may see."""
        most_aside = MOST_ASIDE if scope is SearchScope.ENTRIES else 0
        query = self.question.as_search(scope, most_aside=most_aside, **changes)
        is_rechecked = scope is SearchScope.ENTRIES
        answer = _held(
            query,
            lambda: search_understood(query, self._meaning(query), is_rechecked=is_rechecked),
        )
        return self._widened(query, answer) if is_rechecked else answer

    def _meaning(self, query: SearchQuery) -> UnderstoodQuery:
        """What the question means, the same for the places and for the pages.

        Who says a commune in words looks for care near home; in the field alone, for all places.
        """
        scope = query.scope if self.question.is_browsing else self.question.scope
        if query.filters not in self._meanings:
            meaning = understand_question(replace(query, scope=scope))
            if NO_PLACES.issuperset((*meaning.types, *meaning.likely_types)):
                meaning = with_danger_doors(meaning)
            self._meanings[query.filters] = meaning
        return self._meanings[query.filters]

    def _widened(self, query: SearchQuery, answer: SearchAnswer) -> SearchAnswer:
        """The same without what words alone narrow (« en anglais »), when that finds nothing.

        What the reader ticked is kept; ``understood`` still tells all that was understood.
        """
        said = answer.understood.filters
        wider = replace(
            query.filters,
            types=said.types,
            km=said.km,
            open_now=said.open_now,
            openings=said.openings,
        )
        if answer.total or wider == said:
            return answer
        understood = replace(answer.understood, filters=wider)
        found = search_understood(query, understood, is_rechecked=True)
        if not found.total:
            return answer
        self._is_widened = True
        return replace(found, understood=answer.understood)

    def _last_page(self, answer: SearchAnswer, scope: SearchScope) -> SearchAnswer:
        """The last page there is, when the one that was asked is beyond it."""
        if answer.hits or not answer.total:
            return answer
        return self._search(scope, page=math.ceil(answer.total / PER_PAGE))


def _held(query: SearchQuery, ask: Callable[[], SearchAnswer]) -> SearchAnswer:
    """The answer, kept for a minute when nothing was typed; what somebody typed is never kept."""
    if query.text or query.place or query.position:
        return ask()
    minute = timezone.now().replace(second=0, microsecond=0)
    return held(("answer", minute, query), ask)


def _matched_words(hit: SearchHit) -> int:
    """How many of the words looked for it shows."""
    pieces = (*hit.marked_title, *hit.excerpt)
    return len({text.lower() for text, is_word in pieces if is_word})
