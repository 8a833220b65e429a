"""Autocomplete of the search box. Nothing typed is stored or logged."""

import logging
from typing import Any

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, JsonResponse
from django.utils.cache import add_never_cache_headers, patch_cache_control
from django.views.decorators.http import require_safe

from portal.api.throttling import consume
from portal.cache.cached import get_or_set
from portal.geo.lookup import look_up_place
from portal.geo.names import plain
from portal.geo.resolve import complete_place, complete_quarter
from search.contracts import EngineUnavailable
from search.everyday_words import words_beginning
from search.services import complete
from search.source_registry import type_names

logger = logging.getLogger(__name__)

SHORTEST = 2
LONGEST = 60
MOST = 8
MOST_TYPES = 3
MOST_WORDS = 3
MINUTES_KEPT = 5


@require_safe
def suggestions(request: HttpRequest) -> JsonResponse:
    """What the first letters of « Que cherchez-vous ? » (``q``) or « Où ? » (``ou``) may become.

    ``langue`` is the language of the page. Whatever goes wrong, the list is only empty.
    """
    if seconds := consume("search_suggestions", request):
        response = _nothing(429)
        response.headers["Retry-After"] = str(seconds)
        return response
    try:
        response = JsonResponse({"items": _items(request.GET)})
    except (DatabaseError, EngineUnavailable) as reason:
        logger.warning("No suggestion: %s", type(reason).__name__)
        return _nothing(200)
    patch_cache_control(response, public=True, max_age=60 * MINUTES_KEPT)
    return response


def _nothing(status: int) -> JsonResponse:
    """An empty list that nobody keeps: the next letter may get a better one."""
    response = JsonResponse({"items": []}, status=status)
    add_never_cache_headers(response)
    return response


def _items(asked: Any) -> list[dict[str, str]]:
    start = " ".join(asked.get("q", "").replace("\0", "").split())[:LONGEST]
    where = " ".join(asked.get("ou", "").replace("\0", "").split())[:LONGEST]
    language = asked.get("langue", settings.LANGUAGE_CODE)[:12]
    if len(start) >= SHORTEST:
        types = _types(start, language)
        first = _everyday(start, language, types) + types
        found = complete(start, language, MOST - len(first))
        return first + [{"text": one.text, "url": one.url} for one in found]
    if len(where) >= SHORTEST:
        return _places(where)
    return []


def _places(start: str) -> list[dict[str, str]]:
    """Communes then quarters of the department; without any, one mistyped, or those elsewhere."""
    found = complete_place(start, MOST)
    shown = [place for place in found if not place.is_outside]
    quarters = [
        {"text": name, "hint": place.name}
        for name, place in complete_quarter(start, MOST - len(shown))
    ]
    if not shown and not quarters:
        meant = look_up_place(start).place
        shown = [meant] if meant and meant.name and not meant.is_outside else list(found)
    return [{"text": one.name, "hint": one.department or one.postcode} for one in shown] + quarters


def _everyday(start: str, language: str, types: list[dict[str, str]]) -> list[dict[str, str]]:
    """What people say, unless a type that is proposed says it more precisely."""
    labels = [plain(one["text"]) for one in types]
    return [
        {"text": text, "hint": hint}
        for text, hint in words_beginning(start, language, MOST_WORDS)
        if not any(label.startswith(plain(text)) for label in labels)
    ]


def _types(start: str, language: str) -> list[dict[str, str]]:
    """The types of places that begin so: chosen, they are looked for."""
    begin = plain(start)
    names = get_or_set(f"suggested-types:{language}", lambda: _read_types(language))
    labels = [label for label, word in names if word.startswith(begin)]
    return [{"text": label} for label in dict.fromkeys(labels)][:MOST_TYPES]


def _read_types(language: str) -> list[tuple[str, str]]:
    """The label of each type beside each of its names, in plain letters."""
    known = [name for name in type_names() if name.language == language]
    return [(one.label, plain(word)) for one in known for word in (one.label, *one.names)]
