"""The two statements of a search: what is counted, then what is shown.

Both are about the documents that words and types ask for. Counting puts together those of
one facet set and one distance band; filters are then applied to these few groups, and the
statement of what is shown is told which sets passed, and how far it has to look.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from search.contracts import EngineQuery, Scope
from search.engines.database.around import Around, steps
from search.engines.database.counting import Named
from search.engines.database.question import Wanted
from search.engines.database.reach import Reach
from search.engines.database.sql import (
    Sql,
    all_true,
    any_true,
    compose,
    listed,
    spaced,
    united,
    value,
)
from search.engines.database.vendors import Alternatives, Vendor
from search.models import Rank

LIVE = Sql("COALESCE((SELECT generation FROM search_liveindex WHERE id = 1), 0)")
TRAITS = Sql("search_documenttraits t")
_IS_LIVE = compose("t.generation = {live}", live=LIVE)
_IS_MATCHED = Sql("t.id = m.id")


@dataclass(frozen=True, slots=True)
class Statements:
    """What to ask the database for one question."""

    query: EngineQuery
    wanted: Wanted
    vendor: Vendor

    @property
    def around(self) -> Around:
        return Around(self.query.place)

    @property
    def km(self) -> int | None:
        """How far the reader looks; without a point, no distance means anything."""
        return (self.query.filters.km or None) if self.around.point else None

    @property
    def named_kinds(self) -> tuple[str, ...]:
        """Types whose documents are asked for whatever their words."""
        return self.query.types or self.query.likely_types

    # What is counted.

    def any_holding(self, alternatives: Alternatives) -> Sql:
        """One row when a document of the scope and language holds the words, else none."""
        return compose(
            "SELECT 1 FROM {source} JOIN search_facetset s ON s.id = t.facet_set_id"
            " WHERE {condition} LIMIT 1",
            source=self._matched(alternatives),
            condition=all_true(_IS_LIVE, _IS_MATCHED, self._scope()),
        )

    def counting(self, alternatives: Alternatives) -> Sql:
        """Groups: how they were asked for (``Named``), facet set, its type and facets,
        distance band, whether ``only`` keeps them, and how many documents they are."""
        return compose(
            "SELECT g.named, g.facet_set_id, s.kind, s.facets, g.band, g.kept, g.number"
            " FROM ({groups}) g JOIN search_facetset s ON s.id = g.facet_set_id"
            " WHERE {scope}",
            groups=united(*self._groups(alternatives)),
            scope=self._scope(),
        )

    def _groups(self, alternatives: Alternatives) -> Iterator[Sql]:
        if alternatives and not self.query.types:
            yield self._group(Named.BY_WORDS, _IS_MATCHED, source=self._matched(alternatives))
        if self.named_kinds:
            yield from self._counted_apart(Named.BY_TYPE, self._of_kinds(self.named_kinds))
        if self.query.promoted:
            keys = self._of_keys(self.query.promoted)
            yield self._group(Named.BY_KEY, all_true(keys, self._unmatched(alternatives)))
        if not (alternatives or self.named_kinds or self.query.promoted):
            yield from self._counted_apart(Named.BY_NOTHING, None)

    def _counted_apart(self, named: Named, condition: Sql | None) -> Iterator[Sql]:
        """All documents, read from an index; then neighbours once more, by their distance."""
        yield self._group(named, condition, with_band=False)
        if self.around.point:
            neighbours = self.around.neighbours(steps(self.km)[-1])
            yield self._group(Named.AGAIN, all_true(condition, neighbours))

    def _group(
        self,
        named: Named,
        condition: Sql | None,
        *,
        source: Sql = TRAITS,
        with_band: bool = True,
    ) -> Sql:
        kept = self._kept()
        has_band = with_band and self.around.point is not None
        # SQLite sorts by whatever it groups by, were it the same everywhere.
        columns = ["t.facet_set_id", *(["band"] if has_band else []), *(["kept"] if kept else [])]
        return compose(
            "SELECT {named} AS named, t.facet_set_id, {band} AS band, {kept} AS kept,"
            " COUNT(*) AS number FROM {source} WHERE {condition} GROUP BY {columns}",
            named=Sql(str(named.value)),
            band=self.around.band(self.km) if has_band else Sql("NULL"),
            kept=kept or Sql("1 = 1"),
            source=source,
            condition=all_true(_IS_LIVE, condition),
            columns=Sql(", ".join(columns)),
        )

    def _unmatched(self, alternatives: Alternatives) -> Sql | None:
        """Leaves out promoted documents that their words have counted already."""
        if not alternatives or self.query.types:
            return None
        matched = self.vendor.matched(alternatives, with_score=False)
        return compose("t.id NOT IN ({matched})", matched=matched)

    def _matched(self, alternatives: Alternatives, *, with_score: bool = False) -> Sql:
        # A cross join: SQLite would else look for the words in each document in turn.
        return compose(
            "({matched}) m CROSS JOIN search_documenttraits t",
            matched=self.vendor.matched(alternatives, with_score=with_score),
        )

    # What is shown.

    def showing(self, alternatives: Alternatives, reach: Reach) -> Sql:
        """The hits of the page asked for, no further than they are known to be."""
        scored = bool(alternatives) and not reach.is_near
        order = self._order(reach, scored=scored)
        names = [f"o{rank}" for rank in range(len(order))]
        return compose(
            "WITH {matched} p AS ("
            "SELECT t.id, {square} AS square, {columns} FROM {source} WHERE {asked}"
            " ORDER BY {order} LIMIT {limit} OFFSET {offset}"
            ") SELECT d.key, d.kind, d.title, d.url, d.summary, d.body, d.is_entry, d.page_id,"
            " d.is_rough, p.square FROM p JOIN search_indexeddocument d ON d.id = p.id"
            " ORDER BY {order}",
            matched=self._matched_first(alternatives, scored=scored),
            square=self.around.square,
            columns=listed(
                *(compose(f"{{o}} AS {name}", o=o) for name, o in zip(names, order, strict=True))
            ),
            source=self._shown_source(alternatives, reach, scored=scored),
            asked=self._shown_condition(alternatives, reach, scored=scored),
            order=Sql(", ".join(f"{name} NULLS LAST" for name in names)),
            limit=value(self.query.limit),
            offset=value(self.query.offset),
        )

    @property
    def _only_words(self) -> bool:
        """Whether no document is asked for but those that hold the words."""
        return not self.named_kinds and not self.query.promoted

    def _matched_first(self, alternatives: Alternatives, *, scored: bool) -> Sql:
        if not scored or self._only_words:
            return Sql("")
        matched = self.vendor.matched(alternatives, with_score=True)
        return compose("scores AS MATERIALIZED ({matched}),", matched=matched)

    def _shown_source(self, alternatives: Alternatives, reach: Reach, *, scored: bool) -> Sql:
        """``t``, the traits of the documents, and ``m``, the score of their words."""
        if alternatives and self._only_words:
            return self._matched(alternatives, with_score=scored)
        if not scored:
            return TRAITS
        # A left join would have SQLite go through all the scores for each document.
        return compose(
            "(SELECT id, score FROM scores UNION ALL SELECT t.id, NULL FROM {traits}"
            " WHERE {named} AND t.id NOT IN (SELECT id FROM scores)) m CROSS JOIN {traits}",
            traits=TRAITS,
            named=all_true(_IS_LIVE, self._is_named(reach)),
        )

    def _shown_condition(self, alternatives: Alternatives, reach: Reach, *, scored: bool) -> Sql:
        is_joined = scored or (alternatives and self._only_words)
        return all_true(
            _IS_LIVE,
            _IS_MATCHED if is_joined else None,
            # Neighbours are fewer than those of many facet sets: « + » keeps its index away.
            compose(
                "{plus}t.facet_set_id {sets}",
                plus=Sql("+" if reach.is_near else ""),
                sets=self.vendor.among(reach.facet_sets),
            ),
            self.around.within(reach.km),
            self._kept(),
            self._is_asked(alternatives, reach, scored=scored),
        )

    def _is_asked(self, alternatives: Alternatives, reach: Reach, *, scored: bool) -> Sql | None:
        """By its type, its key or its words; nothing to check when it can't but be so."""
        if self._only_words or reach.is_all_named:
            return None
        by_words = None
        if alternatives and not self.query.types:
            matched = self.vendor.matched(alternatives, with_score=False)
            by_words = compose("t.id IN ({matched})", matched=matched)
        return any_true(
            self._is_named(reach), Sql("m.score IS NOT NULL") if by_words and scored else by_words
        )

    def _is_named(self, reach: Reach) -> Sql:
        return any_true(
            compose("t.facet_set_id {sets}", sets=self.vendor.among(reach.named_sets)),
            self._of_keys(self.query.promoted) if self.query.promoted else None,
        )

    def _order(self, reach: Reach, *, scored: bool) -> list[Sql]:
        """What sorts the hits, the least first."""
        order = [self._promotion(), self._likelihood(reach)]
        if self.around.point:
            order += [self.around.elsewhere, self.around.square]
        if scored:
            order.append(
                Sql(
                    "CASE WHEN t.lat IS NULL THEN -m.score END" if self.around.point else "-m.score"
                )
            )
        order += [Sql("t.rank"), Sql("t.sort_title"), Sql("t.id")]
        return [piece for piece in order if piece is not None]

    def _promotion(self) -> Sql | None:
        """The rank that an editor gave; NULL, hence last, for what is not promoted."""
        ranks = [
            compose("WHEN {key} THEN {rank}", key=self._of_keys([key]), rank=value(rank))
            for rank, key in enumerate(self.query.promoted)
        ]
        return compose("CASE {ranks} END", ranks=spaced(*ranks)) if ranks else None

    def _likelihood(self, reach: Reach) -> Sql | None:
        if not reach.likely_sets or reach.likely_sets == reach.facet_sets:
            return None
        likely = self.vendor.among(reach.likely_sets)
        return compose("CASE WHEN t.facet_set_id {likely} THEN 0 ELSE 1 END", likely=likely)

    # Conditions.

    def _scope(self) -> Sql:
        """Which facet sets are of the language and scope."""
        rank = {Scope.ENTRIES: Rank.ENTRY, Scope.PAGES: Rank.PAGE}.get(self.query.scope)
        return all_true(
            compose("s.language = {language}", language=value(self.query.language)),
            compose("s.rank = {rank}", rank=value(int(rank))) if rank is not None else None,
        )

    def _of_kinds(self, kinds: Collection[str]) -> Sql:
        return compose(
            "t.facet_set_id IN (SELECT s.id FROM search_facetset s WHERE {scope}"
            " AND s.kind {kinds})",
            scope=self._scope(),
            kinds=self.vendor.among(kinds),
        )

    def _of_keys(self, keys: Collection[str]) -> Sql:
        return compose(
            "t.id IN (SELECT id FROM search_indexeddocument"
            " WHERE generation = {live} AND key {keys})",
            live=LIVE,
            keys=self.vendor.among(keys),
        )

    def _kept(self) -> Sql | None:
        return None if self.query.only is None else self._of_keys(self.query.only)
