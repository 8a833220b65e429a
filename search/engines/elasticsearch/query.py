"""What is asked of the server: an ``EngineQuery`` in its language."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from elasticsearch.dsl import Q
from elasticsearch.dsl.query import Query

from portal.geo.distance import km_between
from portal.geo.place import PlaceMode
from portal.geo.service_area import (
    EVERYWHERE,
    PARTIAL_MARK,
    has_commune,
    unconfirmed_codes,
)
from search.analysis import STOP_WORDS, stem, words
from search.contracts import EngineQuery, SearchFilters, SearchScope
from search.engines.elasticsearch.mapping import EVERYBODY
from search.engines.limits import LONGEST_TEXT, MOST_STEMS, MOST_SYNONYMS

#: A server takes a thousand clauses by default, four for each word.
MOST_WORDS = 120
#: Half the way around the earth.
FARTHEST_KM = 20_000
FIELDS = ["title^100", "kind_words^30", "summary^10", "body"]

# Words weigh less than a tier, whatever they are; a score is exact enough for both.
TIER = 65_536
_INSIDE, _SURE, _LIKELY, _PROMOTED = 1, 2, 4, 8
_MOST_PROMOTED = 25

#: The filter of what serves the place, beside those of the facets.
_SERVING = "serving"

#: Words to look for, by their stem.
Words = Mapping[str, str]


def words_of(text: str) -> Words:
    """The folded words of what a reader typed, without those that say nothing."""
    found: dict[str, str] = {}
    for word in words(text[:LONGEST_TEXT]):
        if word not in STOP_WORDS and len(found) < MOST_STEMS:
            found.setdefault(stem(word), word)
    return found


@dataclass(frozen=True)
class ServerQuery:
    """The pieces of a request, for one ``EngineQuery``."""

    asked: EngineQuery

    @cached_property
    def words(self) -> Words:
        return words_of(self.asked.words)

    @cached_property
    def synonyms(self) -> tuple[Words, ...]:
        found: list[Words] = []
        room = MOST_WORDS
        for group in map(words_of, self.asked.synonyms[:MOST_SYNONYMS]):
            if group and group not in found and len(group) <= room:
                found.append(group)
                room -= len(group)
        return tuple(found)

    @property
    def has_words(self) -> bool:
        return bool(self.words or self.synonyms)

    @property
    def can_widen(self) -> bool:
        """Whether any of the words may do when no document holds them all."""
        return len(self.words) > 1 and not self.asked.types

    @property
    def stems(self) -> frozenset[str]:
        return frozenset(self.words).union(*self.synonyms)

    def holding(self, *, together: bool) -> Query:
        """What holds all the words, or any of them; or else all those of a synonym."""
        ways = [_all_of(group) for group in self.synonyms]
        if together and self.words:
            ways.append(_all_of(self.words))
        elif self.words:
            ways += map(_word, self.words.values())
        return Q("bool", should=ways, minimum_should_match=1)

    def found(self, *, together: bool) -> Query:
        """What is found before any filter, scored by what sorts it."""
        held = [self.holding(together=together)] if self.has_words else []
        named = self.named
        if self.asked.types or not held:
            must, ranked = [named] if named else [], held
        else:
            # A filter gives no score: what is only named has no weight of words.
            ways = [*held, Q("bool", filter=[named])] if named else held
            must, ranked = [], [Q("bool", should=ways, minimum_should_match=1)]
        scope = [*self.scope, *must]
        if must or not ranked:
            return Q("bool", filter=scope, should=[*ranked, *self._tiers])
        return Q("bool", filter=scope, must=ranked, should=self._tiers)

    def in_body(self) -> Query:
        """The words to look for in the body, whatever else brings a document."""
        groups = [self.words, *self.synonyms]
        looked_for = " ".join(word for group in groups for word in group.values())
        return Q("match", body=looked_for) if looked_for else Q("match_none")

    def held(self) -> Query:
        """What holds all the words, among what is found; asked with the first request only."""
        if self.has_words and not self.named:
            return Q("match_all")  # nothing else is found
        return self.holding(together=True) if self.has_words else Q("match_none")

    def proven(self, prefer: list[Query]) -> Query:
        """What holds all the words and passes the filters: whether they lead anywhere."""
        named = [self.named] if self.asked.types and self.named else []
        kept = [*self.scope, *named, self.holding(together=True), self.narrowed()]
        return Q("bool", filter=kept, should=prefer)

    @property
    def scope(self) -> list[Query]:
        """Whatever else is asked: the language, entries or pages."""
        scope = [Q("term", language=self.asked.language)]
        if self.asked.scope != SearchScope.ALL:
            scope.append(Q("term", is_entry=self.asked.scope == SearchScope.ENTRIES))
        return scope

    @property
    def named(self) -> Query | None:
        """What is asked for by its type or its key, whatever its words."""
        ways = []
        if kinds := self.asked.types or self.asked.likely_types:
            ways.append(_any("kind", kinds))
        if self.asked.promoted:
            ways.append(Q("ids", values=list(self.asked.promoted)))
        return Q("bool", should=ways, minimum_should_match=1) if ways else None

    @property
    def _tiers(self) -> list[Query]:
        """What comes before the weight of the words, as whole tiers of the score."""
        promoted = self.asked.promoted[:_MOST_PROMOTED]
        tiers = [
            _tier(Q("ids", values=[key]), _PROMOTED * (len(promoted) - rank))
            for rank, key in enumerate(promoted)
        ]
        if self.asked.likely_types:
            tiers.append(_tier(_any("kind", self.asked.likely_types), _LIKELY))
        if sure := self._surely_serves():
            tiers.append(_tier(sure, _SURE))
        if self.point and self.asked.place and self.asked.place.codes:
            tiers.append(_tier(_any("communes", self.asked.place.codes), _INSIDE))
        return tiers

    def _served(self) -> list[str]:
        """The codes of an area that has something of the place; none without a commune."""
        place = self.asked.place
        if place is None or not has_commune(place):
            return []
        everywhere = [] if place.is_outside else [EVERYWHERE]
        return [*everywhere, *place.codes, *(f"{code}{PARTIAL_MARK}" for code in place.codes)]

    def _surely_serves(self) -> Query | None:
        """What is known to serve the place, and says its ages when one is asked."""
        codes = self._served()
        if not codes:
            return None
        unsaid = [Q("term", facets__age=EVERYBODY)] if self.asked.filters.age else []
        is_entry = Q("term", is_entry=True)
        return Q("bool", filter=[is_entry, _any("area", codes)], must_not=unsaid)

    def _is_aside(self) -> Query:
        """The entries that serve others than the place."""
        promoted = [Q("ids", values=list(self.asked.promoted))] if self.asked.promoted else []
        is_entry = Q("term", is_entry=True)
        if (place := self.asked.place) and (codes := self._served()):
            codes += [mark for code in place.codes for mark in unconfirmed_codes(code)]
            area = [is_entry, Q("exists", field="area")]
            return Q("bool", filter=area, must_not=[_any("area", codes), *promoted])
        kinds = _any("kind", self.asked.by_address)
        titled = [self._titled()] if self.words else []
        return Q("bool", filter=[is_entry, kinds], must_not=[*promoted, *titled])

    def _titled(self) -> Query:
        """What holds all the words in its title."""
        return Q("bool", filter=[Q("match", title=word) for word in self.words.values()])

    def aside(self) -> Query:
        """What passes the filters and serves others than the place."""
        return Q("bool", filter=[self.narrowed(but=_SERVING), self._is_aside()])

    @property
    def order(self) -> list[Any]:
        """Tiers, distance, words; entries before pages, and then titles."""
        last = [{"is_entry": "desc"}, "sort_title", "key"]
        if self.point is None:
            return [{"_score": "desc"}, *last]
        near = {"_geo_distance": {"point": _lat_lon(self.point), "order": "asc", "unit": "km"}}
        tier = _by_score("Math.floor(_score / params.tier)")
        weight = _by_score("_score % params.tier")
        return [tier, near, *([weight] if self.has_words else []), *last]

    @property
    def point(self) -> tuple[float, float] | None:
        """From where distances are; a whole department has none."""
        place = self.asked.place
        return None if place is None or place.mode is PlaceMode.DEPARTMENT else place.point

    def within(self, km: int) -> Query:
        """What is in the place itself, or near."""
        ways = []
        if self.point:
            distance = f"{min(km, FARTHEST_KM)}km"
            ways.append(Q("geo_distance", distance=distance, point=_lat_lon(self.point)))
        if self.asked.place and self.asked.place.codes:
            ways.append(_any("communes", self.asked.place.codes))
        return Q("bool", should=ways, minimum_should_match=1)

    def distance_km(self, point: Mapping[str, float] | None) -> float | None:
        """How far a document is, as ``portal.geo.distance`` has it."""
        if self.point is None or point is None:
            return None
        return round(km_between(self.point, (point["lat"], point["lon"])), 2)

    @cached_property
    def filters(self) -> dict[str, list[Query]]:
        """What each facet's filter asks, and what is asked besides."""
        filters: SearchFilters = self.asked.filters
        near = bool(filters.km and self.point)
        found = {
            "type": [_any("kind", filters.types)] if filters.types else [],
            "public": _is_for("public", filters.public),
            "age": _is_for("age", filters.age),
            "pratique": [Q("term", facets__pratique=code) for code in filters.practical],
            "langue": [Q("term", facets__langue=filters.language)] if filters.language else [],
            "distance": [self.within(filters.km)] if near and filters.km else [],
        }
        only = self.asked.only
        let_through = [] if only is None else [Q("ids", values=sorted(only))]
        let_through += _open_in(filters.openings)
        return found | {_SERVING: [_but(self._is_aside())], "only": let_through}

    def narrowed(self, *, but: str = "") -> Query:
        """All the filters, but that of one facet."""
        kept = [one for facet, asked in self.filters.items() if facet != but for one in asked]
        return Q("bool", filter=kept) if kept else Q("match_all")


def _word(word: str) -> Query:
    return Q("multi_match", query=word, fields=FIELDS, type="most_fields")


def _all_of(group: Words) -> Query:
    return Q("bool", must=[_word(word) for word in group.values()])


def _any(field: str, values: Collection[str]) -> Query:
    return Q("terms", **{field: list(values)})


def _is_for(facet: str, code: str) -> list[Query]:
    """What has this code, or none: it is then for everybody."""
    return [_any(f"facets.{facet}", [code, EVERYBODY])] if code else []


def _open_in(slots: Collection[str]) -> list[Query]:
    """Entries known to be open in one of these parts of the week; a page has no hours."""
    ways = [Q("term", is_entry=False), _any("openings", slots)]
    return [Q("bool", should=ways, minimum_should_match=1)] if slots else []


def _but(query: Query) -> Query:
    return Q("bool", must_not=[query])


def _tier(query: Query, tier: int) -> Query:
    return Q("constant_score", filter=query, boost=tier * TIER)


def _by_score(script: str) -> dict[str, Any]:
    body = {"source": script, "params": {"tier": TIER}}
    return {"_script": {"type": "number", "order": "desc", "script": body}}


def _lat_lon(point: tuple[float, float]) -> dict[str, float]:
    return {"lat": point[0], "lon": point[1]}
