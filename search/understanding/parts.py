"""What was understood, as the reader sees it: a label each, and the text without its words."""

from collections.abc import Iterator, Mapping, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from portal.base.vocabulary import Public
from search.contracts import Part, PartKind, SearchQuery
from search.understanding.definitions import EXPLAIN
from search.understanding.lexicon import Vocabulary
from search.understanding.phrases import Said
from search.understanding.places import Where
from search.understanding.practical import LABELS, LANGUAGE_LABELS
from search.understanding.publics import suited_names
from search.understanding.reading import Question
from search.understanding.whom import Whom

OPEN_NOW = "ouvert"


def parts_of(
    query: SearchQuery,
    known: Vocabulary,
    question: Question,
    said: Sequence[Said],
    types: Sequence[str],
    whom: Whom,
    where: Where,
    *,
    asks_definition: bool,
) -> Iterator[Part]:
    """The parts of a question, types first, place last; each of one kind and code once."""
    shown: set[tuple[PartKind, str]] = set()
    for part in _parts(query, known, question, said, types, whom, where, asks_definition):
        if (part.kind, part.code) not in shown:
            shown.add((part.kind, part.code))
            yield part


def _parts(
    query: SearchQuery,
    known: Vocabulary,
    question: Question,
    said: Sequence[Said],
    types: Sequence[str],
    whom: Whom,
    where: Where,
    asks_definition: bool,
) -> Iterator[Part]:
    if asks_definition:
        words = question.taken - where.indices
        yield Part(PartKind.TYPE, EXPLAIN[0], _("définition"), question.without(words))
    for one in said:
        rest = question.without(one.indices)
        if not asks_definition:
            for code in suited_names(one.meaning.types, whom.public):
                yield Part(PartKind.TYPE, code, known.label(code, query.language), rest)
        yield from _reception(one, rest)
    if whom.indices and not query.filters.public:
        label = str(Public(whom.public).label)
        yield Part(PartKind.PUBLIC, whom.public, label, question.without(whom.indices))
    if where.part:
        yield where.part


def _reception(said: Said, rest: str) -> Iterator[Part]:
    meaning = said.meaning
    codes = (*meaning.practical, OPEN_NOW) if meaning.open_now else meaning.practical
    for code in codes:
        yield Part(PartKind.PRACTICAL, code, _label(LABELS, code), rest)
    if meaning.language:
        label = _label(LANGUAGE_LABELS, meaning.language)
        yield Part(PartKind.LANGUAGE, meaning.language, label, rest)


def _label(labels: Mapping[str, str | Promise], code: str) -> str:
    return str(labels.get(code, code))
