"""The results page of the directory: cards, map, summary, facets and suggestions of one request."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import prefetch_related_objects
from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

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
from portal.geo.service_area import has_commune
from resources.listing.cards import (
    PAGE_TAGS,
    AsideLine,
    PageCard,
    ResultCard,
    aside_line,
    hit_card,
    page_card,
)
from resources.listing.facets import FacetFilters
from resources.listing.map import ResultsMap
from resources.listing.needs import need_link
from resources.listing.no_results import NoResultSuggestions
from resources.listing.query import QueryParams
from resources.listing.results import SearchAnswers
from resources.listing.summary import ResultSummary
from resources.listing.type_labels import get_present_type_codes, get_type_labels
from resources.models.resource import ResourcePage
from resources.selection_params import (
    CARRIED_PARAMETER,
    PAGE_PARAMETER,
    SelectionParams,
    selection_link,
    with_selection,
)
from resources.service_areas.doors import first_doors
from search.contracts import SearchHit

#: What the key of a help line begins with, before its number.
LINE_KEY = "line"


class ResultsPage:
    """One question put to the directory, and all that its page says.

    Built from the directory page and the address's parameters; costs the same number of
    queries whatever the number of entries.
    """

    def __init__(self, directory: Any, query: QueryDict) -> None:
        self.directory = directory
        self.types = get_type_labels(directory.locale_id)
        choices = [(kind.query_code, kind.name) for kind in self.types.values()]
        self._selection = SelectionParams(query, CARRIED_PARAMETER)
        self.question = QueryParams(directory.url or "", query, choices, language_of(directory))
        self.answers = SearchAnswers(self.question)
        self.summary = ResultSummary(self.question, self.answers)
        self.facets = FacetFilters(self.question, self.answers, self.types)

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
    def title(self) -> str:
        return self.summary.pages_title if self.opens_with_pages else self.summary.places_title

    @property
    def page_title(self) -> str:
        """« Annuaire : parler, Aix-en-Provence (page 2) », for the browser's tab."""
        asked = ", ".join(filter(None, [self.question.text, self.question.place]))
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
        hits = self.answers.entries.hits
        return self._cards(hits, self.page.start_index(), self._shown_entries)

    @cached_property
    def aside_lines(self) -> list[AsideLine]:
        """The places that serve others than the place, with whom they receive."""
        hits = self.answers.entries.aside_hits
        return [aside_line(hit) for hit in hits if hit.page_id in self._shown_entries]

    @property
    def aside_title(self) -> str:
        """« 14 lieux reçoivent d’autres communes »; without a commune, « 14 CMP, selon… »."""
        count = self.answers.entries.aside
        if has_commune(self.answers.understood.place):
            words = ngettext(
                "%(count)s lieu reçoit d’autres communes",
                "%(count)s lieux reçoivent d’autres communes",
                count,
            )
        else:
            words = ngettext(
                "%(count)s lieu reçoit selon l’adresse",
                "%(count)s lieux reçoivent selon l’adresse",
                count,
            )
        return words % {"count": count}

    @property
    def aside_rest(self) -> int:
        """How many are not named."""
        return self.answers.entries.aside - len(self.aside_lines)

    @cached_property
    def page_cards(self) -> list[PageCard]:
        return [self._page_line(hit) for hit in self.answers.pages.hits]

    @cached_property
    def points(self) -> list[dict[str, Any]]:
        """The places of this page that a map may show; a masked address is not one."""
        return [
            {
                "n": card.number,
                "title": card.title,
                "url": card.url,
                "tag": card.tag,
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
        if self.count or self.pages_count:
            return None
        return NoResultSuggestions(
            self.question, self.answers, self.types, get_present_type_codes(self.directory)
        )

    @cached_property
    def similar_cards(self) -> list[ResultCard]:
        if not self.suggestions:
            return []
        hits = self.suggestions.nearest_in_kind
        return self._cards(hits, 1, self._entries_of(hits))

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
    def all_places_url(self) -> str:
        return self.question.with_(dans="")

    def _cards(
        self, hits: Iterable[SearchHit], first: int, entries: dict[int | None, ResourcePage]
    ) -> list[ResultCard]:
        understood = self.answers.understood
        ways_in = {door.key: door for door in first_doors(understood, self.question.language)}
        cards: list[ResultCard] = []
        for hit in hits:
            entry = entries.get(hit.page_id)
            if entry is None:
                continue  # it was unpublished since it was indexed
            number, name = first + len(cards), self._name(hit.kind)
            card = hit_card(hit, number, name, entry, understood, ways_in.get(hit.key))
            cards.append(self._with_choice(card, entry))
        return cards

    def _with_choice(self, card: ResultCard, entry: ResourcePage) -> ResultCard:
        """The same card with the link that adds its entry to « Ma sélection »."""
        address = self.directory.selection_url
        choice = selection_link(entry, address, self._selection, self.question.base)
        return replace(card, choice=choice, url=with_selection(card.url, self._selection))

    @property
    def selection_url(self) -> str:
        """Where the entries put aside are, when there are some."""
        selected = str(self._selection)
        back = {PAGE_PARAMETER: selected, "retour": self.question.base}
        return f"{self.directory.selection_url}?{urlencode(back)}" if selected else ""

    @cached_property
    def _shown_entries(self) -> dict[int | None, ResourcePage]:
        """The entries of this page, those that are set aside included."""
        answer = self.answers.entries
        return self._entries_of([*answer.hits, *answer.aside_hits])

    def _entries_of(self, hits: Iterable[SearchHit]) -> dict[int | None, ResourcePage]:
        """The entries of these hits; with their closures, two queries for all of them."""
        ids = [hit.page_id for hit in hits if hit.page_id is not None]
        found = ResourcePage.objects.filter(pk__in=ids).listed().select_related("cmppage")
        entries = list(found) if ids else []
        prefetch_related_objects([e for e in entries if e.has_closures], "closures")
        return {entry.pk: entry for entry in entries}

    def _page_line(self, hit: SearchHit) -> PageCard:
        tag = str(PAGE_TAGS.get(hit.kind, "")) or self._name(hit.kind)
        key, _, number = hit.key.partition(":")
        return page_card(hit, tag, self._help_lines_by_key.get(number) if key == LINE_KEY else None)

    @cached_property
    def _help_lines_by_key(self) -> dict[str, HelpLine]:
        return {str(line.pk): line for line in get_help_lines(self.directory.locale_id)}

    def _name(self, code: str) -> str:
        return self.types[code].name if code in self.types else str(PAGE_TAGS["PAGE_INFO"])
