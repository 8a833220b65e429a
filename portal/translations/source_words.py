"""French words on a page of another language, marked as French for screen readers (WCAG 3.1.2).

A fact told in words is said in French until it is translated, and a shared one stays as it is.
What a translated page says exactly as its source does is marked on its way out, wherever it is
shown: alone, or within a sentence of ours.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.html import escape

from wagtail.models import Page, TranslatableMixin

from portal.base.navigation import language_of
from portal.base.translation_fields import is_shared
from portal.translations.models import TranslationState
from portal.translations.shared_fields import is_child_list, translation_fields

#: Elements that hold text only, or text that nobody reads.
_PLAIN = ("title", "option", "textarea", "script", "style")
_TAG = re.compile(r"(<[^>]*>)")
_NAME = re.compile(r"</?([a-z0-9]+)")
#: The comments of opening hours: « Mo 09:00-12:00 "sur rendez-vous" ».
_COMMENT = re.compile(r'"([^"]+)"')
_ADDRESSES = (models.EmailField, models.URLField)
#: Within a sentence, fewer letters would be found where they mean something else.
_SHORTEST_WITHIN = 5


def source_words(page: Any) -> frozenset[str]:
    """All that a page of another language may say in French; nothing for one in French. One query.

    The texts of its source, with those of its own fields that all languages share.
    """
    if not isinstance(page, Page) or not page.pk:
        return frozenset()
    if language_of(page).startswith(settings.LANGUAGE_CODE):
        return frozenset()
    state = TranslationState.objects.of([page]).first()
    said = [line for text in _texts(state) for line in text.split("\n")]
    return frozenset(text.strip() for text in (*said, *_shared_texts(page)) if _is_word(text))


def _texts(state: TranslationState | None) -> Iterable[str]:
    return state.source_texts.values() if state else ()


def _shared_texts(row: Any) -> Iterator[str]:
    """Those that all languages share: those of a page or of a row, and of the rows below it."""
    model: type[models.Model] = type(row)
    yield from _texts_in(row, _shared_fields(model))
    for field in _lists(model):
        if _reaches_words(field.related_model):
            for one in getattr(row, field.name).all():
                yield from _shared_texts(one)


@cache
def _reaches_words(model: type[models.Model]) -> bool:
    below = (_reaches_words(field.related_model) for field in _lists(model))
    return bool(_shared_fields(model)) or any(below)


def _lists(model: type[models.Model]) -> list[Any]:
    """The lists of child rows of a translatable model."""
    if not issubclass(model, TranslatableMixin):
        return []
    return [field for _said, field in translation_fields(model) if is_child_list(field)]


@cache
def _shared_fields(model: type[models.Model]) -> list[str]:
    """The names of the fields of a model that hold words which all languages share."""
    if issubclass(model, TranslatableMixin):
        fields = [one for said, one in translation_fields(model) if is_shared(said)]
    else:
        fields = list(model._meta.concrete_fields)
    return [one.name for one in fields if _holds_words(one)]


def _holds_words(field: Any) -> bool:
    is_text = isinstance(field, models.CharField | models.TextField)
    return is_text and not isinstance(field, _ADDRESSES) and not field.choices


def _texts_in(row: Any, names: Iterable[str]) -> Iterator[str]:
    for name in names:
        text = str(getattr(row, name) or "")
        yield text
        yield from _COMMENT.findall(text)


def _is_word(text: str) -> bool:
    """Whether it has letters: a number is the same in all languages."""
    return any(letter.isalpha() for letter in text)


def mark_words(html: str, words: Iterable[str]) -> str:
    """The page with each of these words in a ``span`` of French, where it is read as text."""
    known = {escape(word) for word in words}
    if not known:
        return html
    whole = {word.casefold() for word in known}
    longer = sorted((word for word in known if _is_told_apart(word)), key=len, reverse=True)
    within = re.compile(
        "|".join(rf"(?<!\w){re.escape(word)}(?!\w)" for word in longer) or r"(?!)", re.IGNORECASE
    )
    return "".join(_marked(html, whole, within))


def _is_told_apart(word: str) -> bool:
    return len(word) >= _SHORTEST_WITHIN and " " in word


def _marked(html: str, whole: set[str], within: re.Pattern[str]) -> Iterator[str]:
    left = ""
    for piece in _TAG.split(html):
        if piece.startswith("<"):
            name = _NAME.match(piece)
            if name and name[1] in _PLAIN:
                left = "" if piece.startswith("</") else name[1]
            yield piece
        elif left or not piece.strip():
            yield piece
        elif piece.strip().casefold() in whole:
            bare = piece.strip()
            start = piece.index(bare)
            yield f"{piece[:start]}{_span(bare)}{piece[start + len(bare) :]}"
        else:
            yield within.sub(lambda found: _span(found[0]), piece)


def _span(text: str) -> str:
    return f'<span lang="{settings.LANGUAGE_CODE}">{text}</span>'
