"""Facets beside the results: the options of each filter, with the number of results they give."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.utils.functional import cached_property

from portal.forms.choice_fields import get_choices
from resources.choices import AgeGroup, SpokenLanguage
from resources.listing.forms import ANYWHERE, BOXES, OFFERED_PUBLICS, PRACTICAL
from resources.listing.query import QueryParams
from resources.listing.results import SearchAnswers
from resources.listing.type_labels import TypeLabel
from search.contracts import DISTANCES

MOST_TYPES_SHOWN = 8


class FacetOption(NamedTuple):
    """One choice of a filter: ``number`` is None when nothing can be counted yet."""

    code: str
    label: str
    number: int | None
    checked: bool

    @property
    def shown_number(self) -> str:
        """The number as pages write it."""
        return str(self.number)

    @property
    def text(self) -> str:
        """« Adultes (12) », or the label alone."""
        return self.label if self.number is None else f"{self.label} ({self.number})"


class FacetFilters:
    """The choices of each filter, read from the counts of the answer."""

    def __init__(
        self, question: QueryParams, answers: SearchAnswers, types: Mapping[str, TypeLabel]
    ) -> None:
        self.question = question
        self.answers = answers
        self._types = types

    @cached_property
    def distances(self) -> list[FacetOption]:
        """How far, once the reader has said from where."""
        asked = self.question.form.asked("km")
        counts = self._counts("distance") if self._has_point else None
        codes = [(str(km), self._label("km", str(km))) for km in DISTANCES]
        return [
            FacetOption("", str(ANYWHERE), None, not asked),
            *_build_options(codes, counts, [asked]),
        ]

    @cached_property
    def publics(self) -> list[FacetOption]:
        return self._choices("public", "pour", OFFERED_PUBLICS)

    @cached_property
    def ages(self) -> list[FacetOption]:
        return self._choices("age", "age", AgeGroup)

    @cached_property
    def languages(self) -> list[FacetOption]:
        spoken = [language for language in SpokenLanguage if language is not SpokenLanguage.FR]
        return self._choices("langue", "langue", spoken)

    @cached_property
    def boxes(self) -> list[FacetOption]:
        """The boxes to tick, each with its own parameter."""
        counts = self._counts("pratique")
        given = {name: counts.get(code, 0) for name, code in PRACTICAL.items()}
        given["ouvert"] = self.answers.open_count
        form = self.question.form
        names = [(name, str(form.fields[name].label)) for name in BOXES]
        return _build_options(names, given, [name for name in BOXES if form.asked(name)])

    @property
    def types(self) -> list[FacetOption]:
        return self._all_types[:MOST_TYPES_SHOWN]

    @property
    def more_types(self) -> list[FacetOption]:
        return self._all_types[MOST_TYPES_SHOWN:]

    @property
    def more_are_checked(self) -> bool:
        return any(tick.checked for tick in self.more_types)

    @cached_property
    def _all_types(self) -> list[FacetOption]:
        counts = {code.lower(): count for code, count in self._counts("type").items()}
        names = [(kind.query_code, kind.name) for kind in self._types.values()]
        return _build_options(names, counts, self.question.form.asked("type"))

    def _choices(self, facet: str, name: str, codes: Iterable[Any]) -> list[FacetOption]:
        choices = [(code.value, str(code.label)) for code in codes]
        return _build_options(choices, self._counts(facet), [self.question.form.asked(name)])

    def _counts(self, facet: str) -> Mapping[str, int]:
        return self.answers.entries.counts.get(facet, {})

    @property
    def _has_point(self) -> bool:
        place = self.answers.understood.place
        return place is not None and place.point is not None

    def _label(self, name: str, code: str) -> str:
        return str(dict(get_choices(self.question.form, name))[code])


def _build_options(
    choices: Iterable[tuple[str, str]], counts: Mapping[str, int] | None, asked: Iterable[str]
) -> list[FacetOption]:
    """The choices that would give something, and those already made."""
    chosen = set(asked)
    if counts is None:
        return [FacetOption(code, label, None, code in chosen) for code, label in choices]
    return [
        FacetOption(code, label, counts.get(code, 0), code in chosen)
        for code, label in choices
        if counts.get(code) or code in chosen
    ]
