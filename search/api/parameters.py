"""Query parameters of the public search, validated one by one."""

import re
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from portal.base.choices import Public
from search.contracts import DISTANCES, SearchFilters, SearchQuery, SearchScope

LONGEST_TEXT = 200
LONGEST_PLACE = 100
LAST_PAGE = 1000
PAGE_SIZE = 20
#: How many of the entries that serve others are told.
MOST_ASIDE = 15
MOST_TYPES = 20
PRACTICAL = {"gratuit": "gratuit", "sansrdv": "sansrdv", "pmr": "pmr", "adistance": "distance"}
TYPE_CODE = "[A-Z][A-Z0-9_]{1,29}"
AGE_CODE = "[0-9]{1,3}-[0-9]{0,3}"
LANGUAGE_CODE = "[a-z]{2,12}"


class SearchParameterError(Exception):
    """A parameter that makes no sense; the message names it and says what it may be."""


def read_question(query: QueryDict) -> SearchQuery:
    """The question of an address; ``BadParameter`` for the first thing that is wrong in it.

    A parameter of another name is none of ours, and is left alone.
    """
    read = _ParameterReader(query)
    return SearchQuery(
        text=read.text("q", LONGEST_TEXT),
        place=read.text("lieu", LONGEST_PLACE),
        filters=SearchFilters(
            types=read.types(),
            public=read.one_of("public", Public.values),
            age=read.pattern("age", AGE_CODE, "12-17"),
            km=read.distance(),
            practical=tuple(code for name, code in PRACTICAL.items() if read.tick(name)),
            language=read.pattern("langue", LANGUAGE_CODE, "en"),
            open_now=read.tick("ouvert"),
        ),
        scope=SearchScope(
            read.one_of("dans", [scope.value for scope in SearchScope]) or SearchScope.ALL
        ),
        page=read.page(),
        page_size=PAGE_SIZE,
        most_aside=MOST_ASIDE,
    )


class _ParameterReader:
    """Reads one parameter after the other; a repeated one counts by its last value."""

    def __init__(self, query: QueryDict) -> None:
        self.query = query

    def text(self, name: str, longest: int) -> str:
        text = self._value(name)
        if len(text) > longest:
            raise SearchParameterError(
                _("« %(name)s » est trop long : %(count)s signes au plus.")
                % {"name": name, "count": longest}
            )
        return text

    def types(self) -> tuple[str, ...]:
        codes = dict.fromkeys(_readable(code).upper() for code in self.query.getlist("type"))
        codes.pop("", None)
        if len(codes) > MOST_TYPES or not all(re.fullmatch(TYPE_CODE, code) for code in codes):
            raise SearchParameterError(
                _("« type » est un code comme CMP, répété %(count)s fois au plus.")
                % {"count": MOST_TYPES}
            )
        return tuple(codes)

    def one_of(self, name: str, codes: list[str]) -> str:
        value = self._value(name).lower()
        if value and value not in codes:
            raise SearchParameterError(
                _("« %(name)s » est l’un de : %(codes)s.")
                % {"name": name, "codes": ", ".join(codes)}
            )
        return value

    def pattern(self, name: str, pattern: str, example: str) -> str:
        value = self._value(name).lower()
        if value and not re.fullmatch(pattern, value):
            raise SearchParameterError(
                _("« %(name)s » est un code comme %(example)s.")
                % {"name": name, "example": example}
            )
        return value

    def distance(self) -> int | None:
        value = self.one_of("km", [str(km) for km in DISTANCES])
        return int(value) if value else None

    def page(self) -> int:
        value = self._value("page") or "1"
        is_number = value.isascii() and value.isdigit() and len(value) <= len(str(LAST_PAGE))
        if not is_number or not 1 <= int(value) <= LAST_PAGE:
            raise SearchParameterError(
                _("« page » est un nombre de 1 à %(last)s.") % {"last": LAST_PAGE}
            )
        return int(value)

    def tick(self, name: str) -> bool:
        return self.one_of(name, ["0", "1"]) == "1"

    def _value(self, name: str) -> str:
        return _readable(self.query.get(name, ""))


def _readable(text: Any) -> str:
    """Text without what no database holds: NUL, half characters."""
    return str(text).replace("\0", "").encode("utf-8", "ignore").decode().strip()
