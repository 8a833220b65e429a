"""The two statements of a search: what is counted, then what is shown.

Both are about the documents that words and types ask for. Counting puts together those of
the same facets, distance band and so on; filters are then applied to these few groups, and
the statement of what is shown gets the numbers of the facet sets that passed.
"""

from collections.abc import Collection
from dataclasses import dataclass

from search.contracts import EngineQuery, Scope
from search.engines.database.around import Around
from search.engines.database.question import Wanted
from search.engines.database.sql import Sql, all_true, any_true, compose, listed, spaced, value
from search.engines.database.vendors import Alternatives, Vendor

LIVE = Sql("COALESCE((SELECT generation FROM search_liveindex WHERE id = 1), 0)")


@dataclass(frozen=True, slots=True)
class Statements:
    """What to ask the database for one question."""

    query: EngineQuery
    wanted: Wanted
    vendor: Vendor

    @property
    def around(self) -> Around:
        return Around(self.query.place)

    def counting(self, alternatives: Alternatives) -> Sql:
        """Groups: facet set, its type and facets, distance band, whether ``only`` keeps
        them, whether they hold the words; and how many documents."""
        return compose(
            "SELECT g.facet_set_id, s.kind, s.facets, g.band, g.kept, g.held, g.number FROM ("
            "SELECT t.facet_set_id, {band} AS band, {kept} AS kept, {held} AS held,"
            " COUNT(*) AS number FROM {source} WHERE {asked} GROUP BY 1, 2, 3, 4"
            ") g JOIN search_facetset s ON s.id = g.facet_set_id",
            band=self.around.band(self.query.filters.km),
            kept=self._kept() or Sql("1 = 1"),
            held=self._held(alternatives),
            source=self._source(alternatives, with_score=False),
            asked=self._asked(),
        )

    def showing(self, alternatives: Alternatives, sets: Collection[int]) -> Sql:
        """The hits of the page asked for, among the documents of these facet sets."""
        order = self._order(alternatives)
        names = [f"o{rank}" for rank in range(len(order))]
        return compose(
            "SELECT d.key, d.kind, d.title, d.url, d.summary, d.body, d.is_entry, d.page_id,"
            " d.is_rough, p.square FROM ("
            "SELECT t.document_id AS id, {square} AS square, {columns} FROM {source}"
            " WHERE {asked} ORDER BY {order} LIMIT {limit} OFFSET {offset}"
            ") p JOIN search_indexeddocument d ON d.id = p.id ORDER BY {order}",
            square=self.around.square,
            columns=listed(
                *(
                    compose(f"{{piece}} AS {name}", piece=piece)
                    for name, piece in zip(names, order, strict=True)
                )
            ),
            source=self._source(alternatives, with_score=True),
            asked=all_true(
                self._asked(),
                compose("t.facet_set_id {sets}", sets=self.vendor.among(sets)),
                self.around.within(self.query.filters.km),
                self._kept(),
            ),
            order=Sql(", ".join(f"{name} NULLS LAST" for name in names)),
            limit=value(self.query.limit),
            offset=value(self.query.offset),
        )

    def _source(self, alternatives: Alternatives, *, with_score: bool) -> Sql:
        """Where documents come from: ``t`` their traits, ``m`` the words they hold."""
        if not alternatives:
            return Sql("search_documenttraits t")
        matched = self.vendor.matched(alternatives, with_score=with_score)
        if not self._named:
            return compose(
                "({matched}) m JOIN search_documenttraits t ON t.document_id = m.id",
                matched=matched,
            )
        return compose(
            "(SELECT q.*, 1 AS held FROM ({matched}) q"
            " UNION ALL SELECT t.document_id, {no_score} 0 FROM search_documenttraits t"
            " WHERE {asked} AND t.document_id NOT IN ({same})"
            ") m JOIN search_documenttraits t ON t.document_id = m.id",
            matched=matched,
            no_score=Sql("0," if with_score else ""),
            asked=all_true(self._in_scope(), self._named),
            same=self.vendor.matched(alternatives, with_score=False),
        )

    @property
    def _named(self) -> Sql | None:
        """Documents asked for by type or by key, whatever their words."""
        kinds = self.query.types or self.query.likely_types
        if not kinds and not self.query.promoted:
            return None
        return any_true(
            self._of_kinds(kinds) if kinds else None,
            self._of_keys(self.query.promoted) if self.query.promoted else None,
        )

    def _asked(self) -> Sql:
        """Types leave nothing else in; without words, likely types do so too."""
        strict = bool(self.query.types) or not self.wanted
        return all_true(self._in_scope(), self._named if strict else None)

    def _in_scope(self) -> Sql:
        scope = {Scope.ENTRIES: value(True), Scope.PAGES: value(False)}.get(self.query.scope)
        return all_true(
            compose("t.generation = {live}", live=LIVE),
            compose("t.language = {language}", language=value(self.query.language)),
            compose("t.is_entry = {scope}", scope=scope) if scope else None,
        )

    def _of_kinds(self, kinds: Collection[str]) -> Sql:
        return compose(
            "t.facet_set_id IN (SELECT id FROM search_facetset WHERE kind {kinds})",
            kinds=self.vendor.among(kinds),
        )

    def _of_keys(self, keys: Collection[str]) -> Sql:
        return compose(
            "t.document_id IN (SELECT id FROM search_indexeddocument"
            " WHERE generation = {live} AND key {keys})",
            live=LIVE,
            keys=self.vendor.among(keys),
        )

    def _kept(self) -> Sql | None:
        return None if self.query.only is None else self._of_keys(self.query.only)

    def _held(self, alternatives: Alternatives) -> Sql:
        if not alternatives:
            return Sql("0")
        return Sql("m.held") if self._named else Sql("1")

    def _order(self, alternatives: Alternatives) -> list[Sql]:
        """What sorts the hits, the least first."""
        order = [self._promotion(), self._likelihood()]
        order += [self.around.elsewhere, self.around.square] if self.around.point else []
        order += [Sql("-m.score")] if alternatives else []
        order += [
            Sql("CASE WHEN t.is_entry THEN 0 ELSE 1 END"),
            Sql("t.sort_title"),
            Sql("t.document_id"),
        ]
        return [piece for piece in order if piece is not None]

    def _promotion(self) -> Sql | None:
        """The rank that an editor gave; NULL, hence last, for what is not promoted."""
        ranks = [
            compose("WHEN {key} THEN {rank}", key=self._of_keys([key]), rank=value(rank))
            for rank, key in enumerate(self.query.promoted)
        ]
        return compose("CASE {ranks} END", ranks=spaced(*ranks)) if ranks else None

    def _likelihood(self) -> Sql | None:
        likely = self.query.likely_types
        if not likely:
            return None
        return compose("CASE WHEN {kinds} THEN 0 ELSE 1 END", kinds=self._of_kinds(likely))
