"""What the page of results shows, for whoever asks without an address: the public data."""

from dataclasses import dataclass, replace
from typing import Any

from portal.crisis.help_numbers import danger_message, quiet_message
from resources.listing.line_order import order_help_lines
from resources.listing.needs import need_link
from resources.listing.results import SearchAnswers
from resources.page_urls import get_locale_id
from search.contracts import SearchAnswer, SearchFilters, SearchQuery, SearchScope, UnderstoodQuery
from search.services.visibility import keep_visible


@dataclass(frozen=True, slots=True)
class DirectQuestion:
    """A ``SearchQuery`` as ``SearchAnswers`` reads a question of the directory."""

    query: SearchQuery

    @property
    def scope(self) -> SearchScope:
        return self.query.scope

    @property
    def filters(self) -> SearchFilters:
        return self.query.filters

    @property
    def page_number(self) -> int:
        return self.query.page

    @property
    def is_browsing(self) -> bool:
        return not self.query.text.strip()

    @property
    def has_practical_filters(self) -> bool:
        ticked = self.query.filters
        return ticked != SearchFilters(public=ticked.public, age=ticked.age)

    def as_search(self, scope: SearchScope, **changes: Any) -> SearchQuery:
        return replace(self.query, scope=scope, **changes)


def page_answer(query: SearchQuery) -> SearchAnswer:
    """The places of the page, then the pages of the portal, or the other way round as it does.

    ``total`` counts both.
    """
    answers = SearchAnswers(DirectQuestion(query))
    places, pages = answers.entries, answers.pages
    message = danger_message(answers.understood.crisis) or quiet_message(answers.understood.quiet)
    locale_id = get_locale_id(query.language)
    lines = order_help_lines(pages.hits, message, locale_id) if locale_id else pages.hits
    hits = (places.hits, tuple(lines))
    if answers.is_pages_only or answers.are_pages_first:
        hits = hits[::-1]
    answer = pages if answers.is_pages_only else places
    return replace(
        answer,
        hits=keep_visible((*hits[0], *hits[1])),
        total=places.total + pages.total,
        aside_hits=keep_visible(places.aside_hits),
        hours_unknown=answers.hours_unknown.total,
        hours_unknown_hits=keep_visible(answers.hours_unknown.hits),
        roads=_roads(answer.understood, query.language),
        degraded=answers.is_degraded,
    )


def _roads(understood: UnderstoodQuery, language: str) -> tuple[tuple[str, str], ...]:
    """The page of the danger, else that of the need that the words tell."""
    locale_id = get_locale_id(language)
    if not locale_id:
        return ()
    road = need_link(understood, locale_id)
    return ((road.title, road.url),) if road else ()
