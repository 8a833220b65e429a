"""Writing help: what makes a text hard to read, each with how to mend it. Nothing is blocked."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import NamedTuple
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

import pyphen

#: Words in a sentence beyond which it is shown.
LONG_SENTENCE = 25
#: Below it, on the scale of Kandel and Moles, a text asks for studies.
HARD = 50
#: Too few words tell nothing of a text.
ENOUGH_WORDS = 60
_SENTENCES = re.compile(r"[^.!?…\n]+[.!?…]?")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_ACRONYM = re.compile(r"\b[A-ZÉÈÀÇ]{2,6}s?\b")
_MONTHS = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
_DAY = re.compile(rf"\b(?:1er|\d{{1,2}})\s+(?:{_MONTHS})\b(?!\s+\d{{4}})", re.IGNORECASE)
_VAGUE = re.compile(
    r"\b(cliquez[\s-]ici|cliquer ici|lire la suite|en savoir plus)\b", re.IGNORECASE
)
#: Read as words, or known by all.
_KNOWN = {"PDF", "SMS", "II", "III", "IV", "VI", "OK", "FAQ", "TV"}


class WritingNote(NamedTuple):
    """``place`` is the field; ``words`` the passage; then what is wrong, and how to mend it."""

    place: str
    words: str
    problem: str
    mend: str
    url: str = ""


def writing_notes(texts: Mapping[str, str], explained: Iterable[str] = ()) -> list[WritingNote]:
    """Read the texts of a page, by the name of their field.

    :param explained: the terms that the portal explains by itself.
    """
    known = {*explained, *_KNOWN}
    seen: set[str] = set()
    found: list[WritingNote] = []
    for place, text in texts.items():
        found += _long_sentences(place, text)
        found += _unexplained(place, text, known, seen)
        found += _dates_without_year(place, text)
        found += _vague_links(place, text)
    return [*found, *_hard_text(texts)]


def _long_sentences(place: str, text: str) -> Iterator[WritingNote]:
    for match in _SENTENCES.finditer(text):
        sentence = match[0].strip()
        number = len(_WORD.findall(sentence))
        if number > LONG_SENTENCE:
            problem = _("Une phrase de %(n)d mots.") % {"n": number}
            yield WritingNote(place, sentence, problem, _("Faites-en deux : une idée par phrase."))


def _unexplained(place: str, text: str, known: set[str], seen: set[str]) -> Iterator[WritingNote]:
    for match in _ACRONYM.finditer(text):
        acronym = match[0].rstrip("s")
        spelled_out = re.search(rf"\(\s*{acronym}s?\s*\)|\b{acronym}s?\s*\(", text)
        if acronym in known or acronym in seen or spelled_out or text.isupper():
            continue
        seen.add(acronym)
        address = reverse("wagtailsnippets_base_glossaryterm:add")
        yield WritingNote(
            place,
            acronym,
            _("« %(acronym)s » n’est pas expliqué.") % {"acronym": acronym},
            _("Écrivez-le en toutes lettres la première fois, ou ajoutez-le au lexique."),
            f"{address}?{urlencode({'term': acronym})}",
        )


def _dates_without_year(place: str, text: str) -> Iterator[WritingNote]:
    for match in _DAY.finditer(text):
        problem = _("Une date sans année : dans un an, personne ne saura laquelle.")
        yield WritingNote(place, match[0], problem, _("Ajoutez l’année."))


def _vague_links(place: str, text: str) -> Iterator[WritingNote]:
    for match in _VAGUE.finditer(text):
        problem = _("Un lien qui ne dit pas où il mène.")
        yield WritingNote(place, match[0], problem, _("Nommez la page : « la liste des GEM »."))


def _hard_text(texts: Mapping[str, str]) -> Iterator[WritingNote]:
    score = reading_score("\n".join(texts.values()))
    if score is not None and score < HARD:
        problem = _("Texte difficile : %(score)d sur 100 (60 se lit sans effort).")
        mend = _("Des phrases plus courtes, et des mots de tous les jours.")
        yield WritingNote(_("Toute la page"), "", problem % {"score": score}, mend)


def reading_score(text: str) -> int | None:
    """Ease of reading, from 0 to 100; ``None`` for a text too short to tell.

    Flesch's formula with the constants of Kandel and Moles for French (1958):
    207 − 1.015 × words per sentence − 73.6 × syllables per word.
    """
    words = _WORD.findall(text)
    if len(words) < ENOUGH_WORDS:
        return None
    sentences = [one for one in _SENTENCES.findall(text) if _WORD.search(one)]
    syllables = sum(_syllables(word) for word in words)
    score = 207 - 1.015 * len(words) / len(sentences) - 73.6 * syllables / len(words)
    return max(0, min(100, round(score)))


def _syllables(word: str) -> int:
    return len(_hyphenation().positions(word)) + 1


@cache
def _hyphenation() -> pyphen.Pyphen:
    return pyphen.Pyphen(lang="fr")
