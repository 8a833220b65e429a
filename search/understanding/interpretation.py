"""What was understood, as the reader sees it: a label each, and the text without its words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from portal.base.choices import Public
from search.contracts import QueryPart, QueryPartKind, SearchQuery
from search.understanding.audience import suited_names
from search.understanding.audience_rules import AudienceGuess
from search.understanding.definitions import EXPLAIN
from search.understanding.lexicon import QueryVocabulary
from search.understanding.opening import OpeningGuess, opening_words
from search.understanding.phrases import PhraseMatch
from search.understanding.places import PlaceGuess
from search.understanding.practical import LABELS, LANGUAGE_LABELS
from search.understanding.tokenize import QueryText

OPEN_NOW = "ouvert"


@dataclass(frozen=True, slots=True)
class QueryInterpretation:
    """What was understood of a question, before it is put into words."""

    query: SearchQuery
    known: QueryVocabulary
    question: QueryText
    said: tuple[PhraseMatch, ...]
    whom: AudienceGuess
    where: PlaceGuess
    asks_definition: bool
    openings: tuple[OpeningGuess, ...] = ()


def parts_of(one: QueryInterpretation) -> tuple[QueryPart, ...]:
    """The parts of a question, types first, place last; each of one kind and code once."""
    shown: dict[tuple[QueryPartKind, str], QueryPart] = {}
    for part in _parts(one):
        shown.setdefault((part.kind, part.code), part)
    return tuple(shown.values())


def _parts(one: QueryInterpretation) -> Iterator[QueryPart]:
    question, whom = one.question, one.whom
    if one.asks_definition:
        words = question.taken - one.where.indices
        yield QueryPart(QueryPartKind.TYPE, EXPLAIN[0], _("définition"), question.without(words))
    for said in one.said:
        rest = question.without(said.indices)
        if not one.asks_definition:
            for code in suited_names(said.meaning.types, whom.public):
                yield QueryPart(
                    QueryPartKind.TYPE, code, one.known.label(code, one.query.language), rest
                )
        yield from _reception(said, rest)
    if whom.indices and not one.query.filters.public:
        label = str(Public(whom.public).label)
        yield QueryPart(QueryPartKind.PUBLIC, whom.public, label, question.without(whom.indices))
    for asked in one.openings:
        told = asked.indices | opening_words(question) if asked.is_told else asked.indices
        yield QueryPart(QueryPartKind.OPENING, asked.code, asked.label, question.without(told))
    if one.where.part:
        yield one.where.part


def _reception(said: PhraseMatch, rest: str) -> Iterator[QueryPart]:
    meaning = said.meaning
    codes = (*meaning.practical, OPEN_NOW) if meaning.open_now else meaning.practical
    for code in codes:
        yield QueryPart(QueryPartKind.PRACTICAL, code, _label(LABELS, code), rest)
    if meaning.language:
        label = _label(LANGUAGE_LABELS, meaning.language)
        yield QueryPart(QueryPartKind.LANGUAGE, meaning.language, label, rest)


def _label(labels: Mapping[str, str | Promise], code: str) -> str:
    return str(labels.get(code, code))
