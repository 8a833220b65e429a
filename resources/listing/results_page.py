"""The results page of the directory: cards, map, summary, facets and suggestions of one request."""

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from portal.base.navigation import language_of
from portal.base.pagination import PER_PAGE, get_page
from portal.crisis.help_lines import get_help_lines, get_lines_named
from portal.crisis.help_numbers import (
    DangerMessage,
    QuietMessage,
    danger_message,
    quiet_message,
)
from portal.crisis.models import HelpLine
from portal.crisis.needs import NeedLink
from resources.listing.answer_cards import AnswerCards
from resources.listing.cards import PAGE_TAGS, PageCard, ResultCard, page_card
from resources.listing.facets import FacetFilters
from resources.listing.folded import FoldedEntries, hours_unknown, set_aside
from resources.listing.front import NeedGroup, need_groups
from resources.listing.line_order import LINE_KEY, order_help_lines
from resources.listing.map import ResultsMap
from resources.listing.needs import need_link
from resources.listing.no_results import NoResultSuggestions
from resources.listing.query import QueryParams
from resources.listing.results import SearchAnswers
from resources.listing.summary import ResultSummary
from resources.listing.type_labels import get_present_type_codes, get_type_labels
from resources.selection_params import CARRIED_PARAMETER, PAGE_PARAMETER, SelectionParams
from search.contracts import SearchHit, SearchScope


class ResultsPage:
    """One question put to the directory, and all that its page says.

    Built from the directory page and the address's parameters; costs the same number of
    queries whatever the number of entries.
    """

    def __init__(self, directory: Any, query: QueryDict) -> None:
        self.directory = directory
        self.types = get_type_labels(directory.locale_id)
        choices = [(kind.query_code, kind.name) for kind in self.types.values()]
        self.question = QueryParams(directory.url or "", query, choices, language_of(directory))
        self.answers = SearchAnswers(self.question)
        self.summary = ResultSummary(self.question, self.answers)
        self.facets = FacetFilters(self.question, self.answers, self.types)
        self._selection = SelectionParams(query, CARRIED_PARAMETER)
        self._doors = AnswerCards(directory, self.question, self.answers, self._selection)

    @cached_property
    def danger(self) -> DangerMessage | None:
        """What must be said before anything else."""
        return danger_message(self.answers.understood.crisis)

    @cached_property
    def quiet_help(self) -> QuietMessage | None:
        """What is said calmly to somebody who suffers, before the places."""
        return quiet_message(self.answers.understood.quiet)

    @property
    def lines_of_block(self) -> list[HelpLine]:
        """The checked lines of the block that is shown, beside the numbers that it always has."""
        shown = self.danger or self.quiet_help
        return get_lines_named(shown.lines, self.directory.locale_id) if shown else []

    @property
    def need(self) -> NeedLink | None:
        """The page that says what to do, when the words tell of a need."""
        return need_link(self.answers.understood, self.directory.locale_id)

    @property
    def has_no_answer(self) -> bool:
        """Whether words alone found nothing: no filter is to blame."""
        is_empty = not self.count and not self.pages_count
        return is_empty and bool(self.question.text) and not self.question.chips

    @property
    def is_front(self) -> bool:
        """Whether nothing was asked: the types of places are shown, by need."""
        return self.question.is_plain or self.question.is_sent_empty

    @property
    def groups(self) -> list[NeedGroup]:
        """What people may need, on the front page."""
        return need_groups(
            self.question,
            self.types,
            self.answers.entries.counts.get("type", {}),
            self.directory.locale_id,
            self.directory.finder_url,
        )

    @property
    def error(self) -> str:
        """What is wrong with the words themselves."""
        if not self.question.is_sent_empty:
            return ""
        return _("Écrivez ce que vous cherchez, ou une commune.")

    @property
    def asked(self) -> str:
        """« je ne dors plus · Aubagne »: the question, on one line."""
        near = _("Près de moi") if self.question.form.asked("pres") else ""
        parts = [self.question.text, self.question.place or near]
        return " · ".join(filter(None, parts)) or _("Tout l’annuaire")

    @property
    def title(self) -> str:
        if not self.count and self.answers.needs_address:
            return _("Par où commencer")
        return self.summary.pages_title if self.opens_with_pages else self.summary.places_title

    @property
    def card_level(self) -> int:
        """Of the headings of the cards: below the title, or below that of the places."""
        return 3 if self.opens_with_pages else 2

    @property
    def page_title(self) -> str:
        """« Annuaire : parler, Aix-en-Provence (page 2) », for the browser's tab."""
        filters = [str(chip.text) for chip in self.question.chips]
        asked = ", ".join(filter(None, [self.question.text, self.question.place, *filters]))
        words = {"page": self.directory.menu_title, "asked": asked or self.title}
        title = _("%(page)s : %(asked)s") % words
        number = self.page.number
        return (
            title
            if number == 1
            else _("%(title)s (page %(number)s)")
            % {
                "title": title,
                "number": number,
            }
        )

    @property
    def opens_with_pages(self) -> bool:
        return self.answers.is_pages_only or self.answers.are_pages_first

    @property
    def count(self) -> int:
        """How many places."""
        return self.answers.entries.total

    @property
    def pages_count(self) -> int:
        return self.answers.pages.total

    @cached_property
    def page(self) -> Page:
        """The numbers of the pager."""
        answers = self.answers
        total = self.pages_count if answers.is_pages_only else self.count
        number = get_page(range(total), str(self.question.page_number)).number
        return Paginator(range(total), PER_PAGE).page(number)

    @cached_property
    def cards(self) -> list[ResultCard]:
        """The places of this page, numbered as the map numbers them."""
        return self._doors.cards(self.page.number, self.page.start_index())

    @cached_property
    def folded(self) -> list[FoldedEntries]:
        """What is no answer, and why: other communes, hours that nobody knows."""
        lists = [
            hours_unknown(self.answers, self._doors.hours_unknown_lines),
            set_aside(self.answers, self._doors.aside_lines),
        ]
        return [one for one in lists if one.lines]

    @cached_property
    def page_cards(self) -> list[PageCard]:
        return [
            self._page_line(hit)
            for hit in order_help_lines(
                self.answers.pages.hits, self.danger or self.quiet_help, self.directory.locale_id
            )
        ]

    @cached_property
    def points(self) -> list[dict[str, Any]]:
        """The places of this page that a map may show; a masked address is not one."""
        return [
            {
                "n": card.number,
                "title": card.title,
                "url": card.url,
                "tag": card.kind,
                "lat": card.point[0],
                "lon": card.point[1],
            }
            for card in self.cards
            if card.point
        ]

    @cached_property
    def map(self) -> ResultsMap:
        """Where these places are."""
        understood = self.answers.understood
        km = understood.filters.km or (understood.place.km if understood.place else None)
        return ResultsMap(self.points, understood.place, km)

    @cached_property
    def suggestions(self) -> NoResultSuggestions | None:
        """What to try, when nothing was found."""
        is_answered = self.count or self.pages_count or self.answers.hours_unknown.total
        if is_answered or self.answers.needs_address:
            return None
        return NoResultSuggestions(
            self.question, self.answers, self.types, get_present_type_codes(self.directory)
        )

    @cached_property
    def similar_cards(self) -> list[ResultCard]:
        if not self.suggestions:
            return []
        return self._doors.similar_cards(self.suggestions.nearest_in_kind)

    @property
    def help_lines(self) -> list[HelpLine]:
        return self.suggestions.help_lines(self.directory.locale_id) if self.suggestions else []

    @property
    def place_text(self) -> str:
        return self.question.place

    @property
    def print_url(self) -> str:
        """The booklet of the one type that is looked at, if any."""
        types = self.question.form.asked("type")
        if len(types) != 1:
            return ""
        return f"{reverse('resources:directory_pdf')}?{urlencode({'type': types[0]})}"

    @property
    def all_pages_url(self) -> str:
        return self.question.with_(dans="pages")

    @property
    def all_entries_url(self) -> str:
        """All the places, one by one."""
        return self.question.with_(dans=SearchScope.ENTRIES)

    @property
    def all_places_url(self) -> str:
        return self.question.with_(dans="")

    @property
    def selection_url(self) -> str:
        """Where the entries put aside are, when there are some; nothing of the question."""
        selected = str(self._selection)
        query = urlencode({PAGE_PARAMETER: selected})
        return f"{self.directory.selection_url}?{query}" if selected else ""

    @property
    def selection_count(self) -> int:
        return len(self._selection.keys)

    def _page_line(self, hit: SearchHit) -> PageCard:
        tag = str(PAGE_TAGS.get(hit.kind, "")) or self._name(hit.kind)
        key, _, number = hit.key.partition(":")
        return page_card(hit, tag, self._help_lines_by_key.get(number) if key == LINE_KEY else None)

    @cached_property
    def _help_lines_by_key(self) -> dict[str, HelpLine]:
        return {str(line.pk): line for line in get_help_lines(self.directory.locale_id)}

    def _name(self, code: str) -> str:
        return self.types[code].name if code in self.types else str(PAGE_TAGS["PAGE_INFO"])
