"""The parameters of a search in the directory, read from an address, and addresses with others."""

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.functional import cached_property

from portal.base.pagination import PER_PAGE, get_page
from resources.listing.forms import BOXES, LONGEST_SHOWN, MOST_TYPES, DirectoryForm
from resources.selection_params import CARRIED_PARAMETER
from search.contracts import SearchFilters, SearchQuery, SearchScope

#: What narrows the answer, in the order of the address.
FILTERS = ("type", "pour", "age", "km", *BOXES, "langue")
PARAMETERS = ("q", "ou", "pres", "dans", *FILTERS, CARRIED_PARAMETER)
#: Thirty keys of ten digits.
LONGEST_SELECTION = 400
_FARTHEST = range(1000 * PER_PAGE)


@dataclass(frozen=True, slots=True)
class QueryLink:
    """Words and the address they lead to."""

    text: str
    url: str


class QueryParams:
    """What the reader asks of the directory at ``url``; it reads, and asks nobody."""

    def __init__(
        self, url: str, query: QueryDict, types: list[tuple[str, str]], language: str
    ) -> None:
        self.url = url
        self.language = language
        self._query = _clean_query(query)
        self.form = DirectoryForm(self._query, types)
        self.page_number = get_page(_FARTHEST, query.get("page")).number

    @property
    def text(self) -> str:
        """The words, as long as their field may hold."""
        return self.form.asked("q")[:LONGEST_SHOWN]

    @property
    def place(self) -> str:
        return self.form.asked("ou")

    @property
    def scope(self) -> SearchScope:
        return self.form.scope

    @property
    def filters(self) -> SearchFilters:
        return self.form.filters

    @property
    def is_browsing(self) -> bool:
        """Nothing was typed: the whole directory, perhaps narrowed."""
        return not self.text

    @property
    def is_plain(self) -> bool:
        """Nothing was asked at all: the page that robots may keep."""
        return not self._parameters.keys() - {CARRIED_PARAMETER}

    @property
    def is_sent_empty(self) -> bool:
        """The search was sent with nothing in it."""
        others = self._parameters.keys() - {"q", "ou", CARRIED_PARAMETER}
        return "q" in self._query and not (self.text or self.place or others)

    def as_search(self, scope: SearchScope, **changes: Any) -> SearchQuery:
        """What the search is asked, in the directory or in the other pages."""
        given: dict[str, Any] = {
            "text": self.form.asked("q"),
            "place": self.place,
            "position": self.form.asked("pres") or None,
            "filters": self.form.filters,
            "scope": scope,
            "language": self.language,
            "page": self.page_number,
            "page_size": PER_PAGE,
        }
        return SearchQuery(**(given | changes))

    @property
    def has_practical_filters(self) -> bool:
        """Whether something was ticked that only places have."""
        ticked = self.form.filters
        return ticked != SearchFilters(public=ticked.public, age=ticked.age)

    # Addresses

    @property
    def base(self) -> str:
        """The question without its page number, for the pager."""
        return self._parameters.urlencode()

    def without(self, name: str, value: str | None = None) -> str:
        """The same question without this parameter, or without one of its values."""
        query = self._parameters.copy()
        values = query.getlist(name)
        query.setlist(name, [v for v in values if value is not None and v.lower() != value])
        return self._address(query)

    def with_(self, **changes: str) -> str:
        """The same question with other values; an empty one takes its parameter away."""
        query = self._parameters.copy()
        for name, value in changes.items():
            query[name] = value
            if not value:
                del query[name]
        return self._address(query)

    def with_selection(self, keys: str, page_number: int) -> str:
        """The same page of the same question, with these entries put aside."""
        query = self._parameters.copy()
        query.pop(CARRIED_PARAMETER, None)
        if keys:
            query[CARRIED_PARAMETER] = keys
        if page_number > 1:
            query["page"] = str(page_number)
        return self._address(query)

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """What the search box sends again without showing it."""
        return [
            (name, values[-1])
            for name in ("pres", "dans", CARRIED_PARAMETER)
            if (values := self._parameters.getlist(name))
        ]

    @cached_property
    def chips(self) -> list[QueryLink]:
        """The filters at work, each with the address that takes it away."""
        chips = []
        for name in ("pres", *FILTERS):
            asked = self.form.asked(name)
            if isinstance(asked, list):
                chips += [
                    QueryLink(self._label(name, code), self.without(name, code)) for code in asked
                ]
            elif asked:
                chips.append(QueryLink(self._label(name, asked), self.without(name)))
        return chips

    def _label(self, name: str, value: Any) -> str:
        field = self.form.fields[name]
        choices = dict(getattr(field, "choices", ()))
        return str(choices.get(value, field.label))

    def _address(self, query: QueryDict) -> str:
        return f"{self.url}?{query.urlencode()}".rstrip("?")

    @cached_property
    def _parameters(self) -> QueryDict:
        """The question, known parameters only."""
        kept = QueryDict(mutable=True)
        for key in PARAMETERS:
            values = list(dict.fromkeys(v for v in self._query.getlist(key) if v))
            if values:
                longest = LONGEST_SELECTION if key == CARRIED_PARAMETER else LONGEST_SHOWN
                kept.setlist(key, [value[:longest] for value in values[:MOST_TYPES]])
        return kept


def _clean_query(query: QueryDict) -> QueryDict:
    """The parameters without the signs that no database holds."""
    kept = QueryDict(mutable=True)
    for key in PARAMETERS:
        if key in query:
            kept.setlist(key, [_without_surrogates(value) for value in query.getlist(key)])
    return kept


def _without_surrogates(value: str) -> str:
    return value.replace("\0", "").encode("utf-8", "ignore").decode()
