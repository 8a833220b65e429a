"""The cards of the entries that answer a question, each with its link to « Ma sélection »."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils.functional import cached_property

from portal.cache.held import copy_of, held_each
from resources.listing.cards import AsideLine, ResultCard, aside_line, hit_card
from resources.listing.query import QueryParams
from resources.listing.results import SearchAnswers
from resources.listing.type_labels import TypeLabel, get_type_labels, type_label
from resources.models.resource import ResourcePage
from resources.selection_params import (
    SelectionLink,
    SelectionParams,
    short_key,
    with_selection,
)
from resources.service_areas.doors import first_doors
from search.contracts import SearchHit


class AnswerCards:
    """The entries of one answer; two queries with their closures, whatever their number."""

    def __init__(
        self,
        directory: Any,
        question: QueryParams,
        answers: SearchAnswers,
        selection: SelectionParams,
    ) -> None:
        self.question = question
        self.answers = answers
        self._selection = selection
        self._types = get_type_labels(directory.locale_id)

    def cards(self, page_number: int, first: int) -> list[ResultCard]:
        """The places of a page, numbered from ``first``."""
        return self._cards(self.answers.entries.hits, page_number, first, self._shown_entries)

    def similar_cards(self, hits: Iterable[SearchHit]) -> list[ResultCard]:
        """Places beside the answer, which no map shows."""
        return self._cards(hits, 1, 1, _entries_of(hits))

    @cached_property
    def aside_lines(self) -> list[AsideLine]:
        """The places that serve others than the place, with whom they receive."""
        hits = self.answers.entries.aside_hits
        return [aside_line(hit) for hit in hits if hit.page_id in self._shown_entries]

    @cached_property
    def hours_unknown_lines(self) -> list[AsideLine]:
        """The places whose hours nobody knows, when open hours are asked."""
        hits = self.answers.hours_unknown.hits
        return [aside_line(hit) for hit in hits if hit.page_id in self._shown_entries]

    def _cards(
        self,
        hits: Iterable[SearchHit],
        page_number: int,
        first: int,
        entries: dict[int | None, ResourcePage],
    ) -> list[ResultCard]:
        understood = self.answers.understood
        ways_in = {door.key: door for door in first_doors(understood, self.question.language)}
        cards: list[ResultCard] = []
        for hit in hits:
            entry = entries.get(hit.page_id)
            if entry is None:
                continue  # it was unpublished since it was indexed
            number, kind = first + len(cards), self._kind(hit.kind, entry)
            card = hit_card(hit, number, kind, entry, understood, ways_in.get(hit.key))
            cards.append(self._with_choice(card, entry, page_number))
        return cards

    def _with_choice(self, card: ResultCard, entry: ResourcePage, page_number: int) -> ResultCard:
        """The same card with the link that puts its entry in « Ma sélection », or out of it.

        It leads to this same list: the question stays where it was asked.
        """
        key, selected = short_key(entry), self._selection
        is_chosen = key in selected
        keys = selected.without(key) if is_chosen else selected.with_(key)
        url = f"{self.question.with_selection(keys, page_number)}#{card.id}"
        choice = SelectionLink(entry.title, url, is_chosen)
        return replace(card, choice=choice, url=with_selection(card.url, selected))

    def _kind(self, code: str, entry: ResourcePage) -> TypeLabel:
        """The type of an entry; also of one that was made since the types were read."""
        return self._types.get(code) or type_label(entry.type)

    @cached_property
    def _shown_entries(self) -> dict[int | None, ResourcePage]:
        """The entries of this page, those that are set aside included."""
        answer, unknown = self.answers.entries, self.answers.hours_unknown
        return _entries_of([*answer.hits, *answer.aside_hits, *unknown.hits])


def _entries_of(hits: Iterable[SearchHit]) -> dict[int | None, ResourcePage]:
    """The pages of these hits; each may be changed, as it is told how far it is."""
    ids = [hit.page_id for hit in hits if hit.page_id is not None]
    return {pk: copy_of(entry) for pk, entry in held_each("card", ids, _read_entries).items()}


def _read_entries(ids: list[int]) -> dict[int, ResourcePage]:
    found = ResourcePage.objects.filter(pk__in=ids).listed().select_related("cmppage")
    entries = list(found)
    prefetch_related_objects([e for e in entries if e.has_closures], "closures")
    return {entry.pk: entry for entry in entries}
