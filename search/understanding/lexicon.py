"""All the phrases that the portal understands: its own, the directory's, and the editors'."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from django.utils import translation

from portal.cache.cached import get_or_set
from portal.text.phonetics import phonetic_key
from search.models import LexiconEntry
from search.source_registry import TypeName, type_names
from search.understanding import audience, portal_doors, practical, type_phrases
from search.understanding.danger import is_crisis_word
from search.understanding.phrases import PhraseBook, PhraseMeaning
from search.understanding.spelling import correct_spelling
from search.understanding.tokenize import GAPS

_FILLING = """
    adresse aider aimerais aimerait aller bonjour bonsoir cherche chercher cherchons consulter
    contacter coordonnees faire faut besoin joindre merci numero obtenir ou peux peut possible
    prendre pouvoir proche plait proximite recherche rencontrer savoir souhaite stp svp
    telephone trouver trouve truc veut veux voir voudrais voudrait vouloir
"""
#: What people write around what they look for.
FILLERS = frozenset(_FILLING.split())


@dataclass
class QueryVocabulary:
    """The phrases with their meanings, and the words shown for the types."""

    book: PhraseBook
    publics: PhraseBook
    labels: dict[tuple[str, str], str] = field(default_factory=dict)
    _mended: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._words = sorted(self.book.words | self.publics.words)
        # Of two words that sound alike, the shorter: « psychologue », not « psychologues ».
        long = sorted((word for word in self._words if len(word) >= _LONG), key=len, reverse=True)
        self._sounds = {phonetic_key(word): word for word in long}

    def mend(self, word: str) -> str:
        """The word of a phrase that this one was meant to be, or the word itself."""
        if word not in self._mended:
            if len(self._mended) > _MOST_REMEMBERED:
                self._mended.clear()
            self._mended[word] = correct_spelling(word, self._words, self._sounds)
        return self._mended[word]

    def is_known(self, word: str) -> bool:
        """Whether a folded word means something here, and is thus no place by a slip."""
        if (
            self.book.knows(word)
            or self.publics.knows(word)
            or word in GAPS
            or word in FILLERS
            or is_crisis_word(word)
        ):
            return True
        return len(word) >= _LONG and self.mend(word) != word

    def label(self, code: str, language: str) -> str:
        """What a type is called on screen, in this language or the portal's own."""
        for known in ((code, language), (code, "fr")):
            if known in self.labels:
                return self.labels[known]
        if code in type_phrases.PAGES:
            return str(type_phrases.PAGES[code])
        name = type_phrases.NAMES.get(code, code).split(";")[0].strip()
        return name.upper() if len(name) < _LONGEST_ACRONYM else name[:1].upper() + name[1:]


_MOST_REMEMBERED = 5000
_LONGEST_ACRONYM = 7
#: From how many letters a word with a typing error is ours rather than a place's.
_LONG = 8
#: The vocabulary of this process under its digest: one pair, replaced whole.
_latest: list[tuple[str, QueryVocabulary]] = []


def query_vocabulary() -> QueryVocabulary:
    """What is understood now: two queries after a change, none until the next one."""
    digest = get_or_set("search-vocabulary", lambda: _read()[0])
    pair = next(iter(_latest), None)
    return pair[1] if pair and pair[0] == digest else _read()[1]


def type_choices() -> list[tuple[str, str]]:
    """The types that an editor may choose, the directory's first, as it calls them."""
    known = query_vocabulary()
    language = translation.get_language() or "fr"
    codes = dict.fromkeys([*(code for code, _language in known.labels), *type_phrases.NAMES])
    return [(code, known.label(code, language)) for code in codes]


def _read() -> tuple[str, QueryVocabulary]:
    """Read the names and the lexicon; their phrases are built anew only if they changed."""
    names = type_names()
    entries = tuple(
        LexiconPhrase(
            phrases=entry.phrases,
            types=tuple(entry.types),
            is_name=entry.is_name,
            public=entry.public,
            practical=tuple(entry.practical),
            language=entry.language,
            synonyms=entry.synonyms,
            promoted_page=entry.promoted_page_id,
        )
        for entry in LexiconEntry.objects.filter(is_active=True).order_by("name")
    )
    digest = hashlib.sha256(repr((names, entries)).encode()).hexdigest()
    pair = next(iter(_latest), None)
    if pair is None or pair[0] != digest:
        pair = (digest, _build(names, entries))
        _latest[:] = [pair]
    return pair


@dataclass(frozen=True, slots=True)
class LexiconPhrase:
    """An entry of the lexicon, as it is read."""

    phrases: str
    types: tuple[str, ...]
    is_name: bool
    public: str
    practical: tuple[str, ...]
    language: str
    synonyms: str
    promoted_page: int | None


def _build(names: Sequence[TypeName], entries: Iterable[LexiconPhrase]) -> QueryVocabulary:
    book = PhraseBook()
    # A later phrase takes an earlier one's place: the editors have the last word.
    for phrase, meaning in (*_named(names), *_own(), *_written(entries)):
        book.add(phrase, meaning)
    labels = {(name.code, name.language): name.label for name in names}
    return QueryVocabulary(book, PhraseBook(audience.phrases()), labels)


def _named(names: Iterable[TypeName]) -> Iterator[tuple[str, PhraseMeaning]]:
    for name in names:
        for phrase in name.names:
            yield phrase, type_phrases.naming(name.code)


@lru_cache(maxsize=1)
def _own() -> tuple[tuple[str, PhraseMeaning], ...]:
    return (*type_phrases.phrases(), *practical.phrases(), *portal_doors.phrases())


def _written(entries: Iterable[LexiconPhrase]) -> Iterator[tuple[str, PhraseMeaning]]:
    for entry in entries:
        meaning = _meaning(entry)
        for phrase in entry.phrases.splitlines():
            yield phrase, meaning


def _meaning(entry: LexiconPhrase) -> PhraseMeaning:
    named = entry.types if entry.is_name else ()
    return PhraseMeaning(
        types=named,
        likely=() if entry.is_name else entry.types,
        implied=entry.public or next((type_phrases.FOR_WHOM.get(code, "") for code in named), ""),
        practical=entry.practical,
        language=entry.language,
        synonyms=tuple(line.strip() for line in entry.synonyms.splitlines() if line.strip()),
        promoted=(f"page:{entry.promoted_page}",) if entry.promoted_page else (),
        is_felt=not entry.is_name,
    )
