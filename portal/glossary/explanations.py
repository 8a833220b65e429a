"""Explanation of acronyms in running text, once a page.

The first « CMP » of a page becomes a link to the glossary page around an ``<abbr>`` that carries
the full words: pointers and screen readers get them at once, touch screens by the link.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from django.conf import settings
from django.core.cache import cache

from wagtail.coreutils import get_supported_content_language_variant

from bs4 import BeautifulSoup, NavigableString, Tag

from portal.glossary.models import GlossaryTerm

SKIPPED = frozenset(
    (
        *("h1", "h2", "h3", "h4", "h5", "h6", "a", "abbr", "dfn", "button", "label", "legend"),
        *("summary", "code", "pre", "script", "style", "svg", "title", "textarea", "select"),
        *("option", "dt", "caption", "th", "nav"),
    )
)
_ACRONYM = re.compile(r"^(?=.*[A-ZÉ].*[A-ZÉ])[\w’'&/-]{2,14}$")
_CACHE_FOR = 300


class ExplainedTerm(NamedTuple):
    """A glossary term as the explanation of a text needs it."""

    term: str
    expansion: str
    anchor: str


class GlossaryIndex(NamedTuple):
    """The terms to explain in one language, and the address of the lexicon page."""

    terms: tuple[ExplainedTerm, ...] = ()
    url: str = ""


#: Gives the address of the published glossary page of a language, empty without one.
GlossaryUrl = Callable[[str], str]
_glossary_url: list[GlossaryUrl] = []


def register_glossary_url(get_url: GlossaryUrl) -> None:
    """Register the only function that knows the address of the glossary page.

    The type of that page belongs to an app above this one. Without an address, terms are explained
    without a link.
    """
    _glossary_url[:] = [get_url]


def explain_terms(html: str, lexicon: GlossaryIndex, seen: set[str]) -> str:
    """Mark the first occurrence of each term in ``html``.

    In: a fragment, the lexicon, and the terms that the page has already explained
    (completed here). Out: the fragment, unchanged when there is nothing to explain.
    Headings, links, buttons, labels and code are left alone; so is a term that the text
    spells out itself, as in « centre médico-psychologique (CMP) ».
    """
    pattern = _pattern(lexicon.terms)
    if pattern is None or not pattern.search(html):
        return html
    soup = BeautifulSoup(html, "html.parser")
    by_name = {term.term: term for term in lexicon.terms}
    seen.update(_spelled_out(soup.get_text(" "), by_name.values()))
    changed = False
    for text in list(soup.find_all(string=pattern)):
        if type(text) is NavigableString and not _is_skipped(text):
            changed |= _explain_text(text, pattern, by_name, lexicon.url, seen)
    return soup.decode(formatter="minimal") if changed else html


def _is_skipped(text: NavigableString) -> bool:
    return any(parent.name in SKIPPED for parent in text.parents)


def _spelled_out(text: str, terms: Iterable[ExplainedTerm]) -> set[str]:
    folded = " ".join(text.lower().split())
    return {term.term for term in terms if term.expansion.lower() in folded}


def _explain_text(
    text: NavigableString,
    pattern: re.Pattern[str],
    by_name: dict[str, ExplainedTerm],
    url: str,
    seen: set[str],
) -> bool:
    pieces: list[NavigableString | Tag] = []
    end = 0
    for match in pattern.finditer(text):
        if match[0] in seen:
            continue
        seen.add(match[0])
        pieces += [NavigableString(text[end : match.start()]), _tag(by_name[match[0]], url)]
        end = match.end()
    if not pieces:
        return False
    text.replace_with(*pieces, NavigableString(text[end:]))
    return True


def _tag(term: ExplainedTerm, url: str) -> Tag:
    abbr = Tag(name="abbr", attrs={"title": term.expansion})
    abbr.string = term.term
    if not url:
        return abbr
    link = Tag(name="a", attrs={"class": "glossary-term", "href": f"{url}#{term.anchor}"})
    link.append(abbr)
    return link


@lru_cache(maxsize=8)
def _pattern(terms: Sequence[ExplainedTerm]) -> re.Pattern[str] | None:
    if not terms:
        return None
    names = sorted((term.term for term in terms), key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, names))})(?![\w-])")


def glossary_index(language: str | None) -> GlossaryIndex:
    """The glossary of a language, cached between requests."""
    try:
        language = get_supported_content_language_variant(language or "")
    except LookupError:
        return GlossaryIndex()
    key = _cache_key(language)
    kept = cache.get(key)
    if kept is None:
        kept = _read(language)
        cache.set(key, kept, _CACHE_FOR)
    terms, url = kept
    return GlossaryIndex(tuple(ExplainedTerm(*term) for term in terms), url)


def clear_glossary_cache(**_: object) -> None:
    """Invalidate the cached glossary: a term or the glossary page has changed."""
    cache.delete_many([_cache_key(language) for language, _label in settings.LANGUAGES])


def _cache_key(language: str) -> str:
    return f"lexicon:{language}"


def _read(language: str) -> tuple[list[tuple[str, str, str]], str]:
    terms = GlossaryTerm.objects.filter(locale__language_code=language, is_explained_in_texts=True)
    acronyms = [
        (term.term, term.expansion, term.anchor)
        for term in terms
        if term.expansion and _ACRONYM.match(term.term)
    ]
    return acronyms, _glossary_url[0](language) if _glossary_url else ""
