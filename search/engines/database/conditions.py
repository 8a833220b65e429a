"""What a question asks of the database: conditions on ``t``, the traits of a document."""

from collections.abc import Collection
from dataclasses import dataclass

from portal.geo.service_area import has_commune
from search.contracts import EngineQuery, SearchScope
from search.engines.database.dialects import Alternatives, SqlDialect
from search.engines.database.distance import DistanceSql
from search.engines.database.query_terms import QueryTerms
from search.engines.database.sql import SqlFragment, all_true, any_true, compose, value
from search.models import Rank
from search.opening_slots import mask_of

LIVE = SqlFragment("COALESCE((SELECT generation FROM search_liveindex WHERE id = 1), 0)")
TRAITS = SqlFragment("search_documenttraits t")
IS_LIVE = compose("t.generation = {live}", live=LIVE)
IS_MATCHED = SqlFragment("t.id = m.id")


@dataclass(frozen=True, slots=True)
class QueryConditions:
    """A question, its stems and the database that is to answer."""

    query: EngineQuery
    wanted: QueryTerms
    vendor: SqlDialect

    @property
    def around(self) -> DistanceSql:
        return DistanceSql(self.query.place)

    @property
    def km(self) -> int | None:
        """How far the reader looks; without a point, no distance means anything."""
        return (self.query.filters.km or None) if self.around.point else None

    @property
    def named_kinds(self) -> tuple[str, ...]:
        """Types whose documents are asked for whatever their words."""
        return self.query.types or self.query.likely_types

    @property
    def only_words(self) -> bool:
        """Whether no document is asked for but those that hold the words."""
        return not self.named_kinds and not self.query.promoted

    def in_scope(self) -> SqlFragment:
        """Which facet sets ``s`` are of the language and scope."""
        rank = {SearchScope.ENTRIES: Rank.ENTRY, SearchScope.PAGES: Rank.PAGE}.get(self.query.scope)
        return all_true(
            compose("s.language = {language}", language=value(self.query.language)),
            compose("s.rank = {rank}", rank=value(int(rank))) if rank is not None else None,
        )

    def of_named_kinds(self) -> SqlFragment:
        return compose(
            "t.facet_set_id IN (SELECT s.id FROM search_facetset s WHERE {scope}"
            " AND s.kind {kinds})",
            scope=self.in_scope(),
            kinds=self.vendor.among(self.named_kinds),
        )

    def is_promoted(self) -> SqlFragment | None:
        return self.of_keys(self.query.promoted) if self.query.promoted else None

    def is_never_aside(self) -> SqlFragment | None:
        """Promoted; or, without a commune, with all the words in its title."""
        ways = [self.is_promoted()]
        if self.query.by_address and self.wanted.words and not has_commune(self.query.place):
            titled = self.vendor.titled(self.wanted.words)
            ways.append(compose("t.id IN ({titled})", titled=titled))
        known = [way for way in ways if way]
        return any_true(*known) if known else None

    def is_kept(self) -> SqlFragment | None:
        """What ``only`` and the hours asked let through; None when they let all through."""
        only = None if self.query.only is None else self.of_keys(self.query.only)
        kept = [one for one in (only, self._is_open()) if one]
        return all_true(*kept) if kept else None

    def _is_open(self) -> SqlFragment | None:
        """Known to be open in one of the parts of the week asked; a page has no hours."""
        if not self.query.filters.openings:
            return None
        return compose(
            "(t.rank <> {entry} OR (t.openings & {mask}) <> 0)",
            entry=value(int(Rank.ENTRY)),
            mask=value(mask_of(self.query.filters.openings)),
        )

    def of_keys(self, keys: Collection[str]) -> SqlFragment:
        return compose(
            "t.id IN (SELECT id FROM search_indexeddocument"
            " WHERE generation = {live} AND key {keys})",
            live=LIVE,
            keys=self.vendor.among(keys),
        )

    def matching(self, alternatives: Alternatives, *, with_score: bool = False) -> SqlFragment:
        """A source: ``m``, what holds the words, and ``t``; to be joined by ``IS_MATCHED``."""
        # A cross join: SQLite would else look for the words in each document in turn.
        return compose(
            "({matched}) m CROSS JOIN {traits}",
            matched=self.vendor.matched(alternatives, with_score=with_score),
            traits=TRAITS,
        )
