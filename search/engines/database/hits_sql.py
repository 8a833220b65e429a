"""The statement of what is shown: the hits of one page."""

from collections.abc import Iterator
from dataclasses import dataclass

from search.engines.database.bounds import HitBounds
from search.engines.database.conditions import IS_LIVE, IS_MATCHED, TRAITS, QueryConditions
from search.engines.database.dialects import Alternatives
from search.engines.database.sql import (
    SqlFragment,
    all_true,
    any_true,
    compose,
    listed,
    spaced,
    value,
)


def hits_of(asked: QueryConditions, alternatives: Alternatives, reach: HitBounds) -> SqlFragment:
    """The hits of the page asked for, looked for no further than they are known to be."""
    return HitsStatement(asked, alternatives, reach).statement()


@dataclass(frozen=True, slots=True)
class HitsStatement:
    """What to look for, and where it is."""

    asked: QueryConditions
    alternatives: Alternatives
    reach: HitBounds

    def statement(self) -> SqlFragment:
        order = self._order()
        query = self.asked.query
        return compose(
            "WITH {scores} p AS ("
            "SELECT t.id, {square} AS square, {columns} FROM {source} WHERE {condition}"
            " ORDER BY {order} LIMIT {limit} OFFSET {offset}"
            ") SELECT d.key, d.kind, d.title, d.url, d.summary, d.body, d.is_entry, d.page_id,"
            " d.is_rough, d.area, d.received, d.facets, p.square"
            " FROM p JOIN search_indexeddocument d ON d.id = p.id ORDER BY {order}",
            scores=self._scores(),
            square=self.asked.around.square,
            columns=listed(
                *(compose(f"{{sql}} AS o{rank}", sql=sql) for rank, (sql, _) in enumerate(order))
            ),
            source=self._source(),
            condition=self._condition(),
            order=listed(
                *(SqlFragment(f"o{rank}{nulls}") for rank, (_, nulls) in enumerate(order))
            ),
            limit=value(query.limit),
            offset=value(query.offset),
        )

    @property
    def _is_scored(self) -> bool:
        return bool(self.alternatives) and not self.reach.is_near

    @property
    def _is_by_words(self) -> bool:
        """Whether documents are reached from the words they hold."""
        return bool(self.alternatives) and self.asked.only_words

    def _scores(self) -> SqlFragment:
        if not self._is_scored or self._is_by_words:
            return SqlFragment("")
        matched = self.asked.vendor.matched(self.alternatives, with_score=True)
        return compose("scores AS MATERIALIZED ({matched}),", matched=matched)

    def _source(self) -> SqlFragment:
        """``t``, the traits of the documents, and ``m``, the score of their words."""
        if self._is_by_words:
            return self.asked.matching(self.alternatives, with_score=self._is_scored)
        if not self._is_scored:
            return TRAITS
        # A left join would have SQLite go through all the scores for each document.
        return compose(
            "(SELECT id, score FROM scores UNION ALL SELECT t.id, NULL FROM {traits}"
            " WHERE {named} AND t.id NOT IN (SELECT id FROM scores)) m CROSS JOIN {traits}",
            traits=TRAITS,
            named=all_true(IS_LIVE, self._is_named()),
        )

    def _condition(self) -> SqlFragment:
        is_joined = self._is_scored or self._is_by_words
        return all_true(
            IS_LIVE,
            IS_MATCHED if is_joined else None,
            # « + » keeps an index away, where another one leads to fewer documents.
            self._is_of_sets(),
            self.asked.around.within(self.reach.km),
            self._is_near_enough(),
            self._is_aside(),
            self.asked.is_kept(),
            self._is_asked(),
        )

    def _is_of_sets(self) -> SqlFragment:
        """Of a facet set that passed; of some, only what is never set aside."""
        reach = self.reach
        passed = compose(
            "{plus}t.facet_set_id {sets}",
            plus=SqlFragment("+" if reach.is_near or reach.is_wide else ""),
            sets=self.asked.vendor.among(reach.facet_sets),
        )
        if not reach.first_sets:
            return passed
        of_first = compose("t.facet_set_id {sets}", sets=self.asked.vendor.among(reach.first_sets))
        return any_true(passed, all_true(of_first, self.asked.is_never_aside()))

    def _is_aside(self) -> SqlFragment | None:
        never = self.asked.is_never_aside()
        return compose("NOT ({never})", never=never) if self.reach.is_aside and never else None

    def _is_near_enough(self) -> SqlFragment | None:
        """Near, or of the sets that come first wherever they are."""
        near = self.asked.around.within(self.reach.near_km)
        if near is None or not self.reach.anywhere_sets:
            return near
        among = self.asked.vendor.among(self.reach.anywhere_sets)
        return any_true(near, compose("t.facet_set_id {among}", among=among))

    def _is_asked(self) -> SqlFragment | None:
        """By its type, its key or its words; nothing to check when it can't but be so."""
        if self.asked.only_words or self.reach.is_all_named:
            return None
        return any_true(self._is_named(), self._holds_words())

    def _is_named(self) -> SqlFragment:
        named = self.asked.vendor.among(self.reach.named_sets)
        return any_true(compose("t.facet_set_id {named}", named=named), self.asked.is_promoted())

    def _holds_words(self) -> SqlFragment | None:
        if not self.alternatives or self.asked.query.types:
            return None
        if self._is_scored:
            return SqlFragment("m.score IS NOT NULL")
        matched = self.asked.vendor.matched(self.alternatives, with_score=False)
        return compose("t.id IN ({matched})", matched=matched)

    def _order(self) -> list[tuple[SqlFragment, str]]:
        """What sorts the hits, the least first; and where NULL goes, when there may be."""
        last = " NULLS LAST"
        around = self.asked.around
        order = [(piece, last) for piece in self._tiers() if piece]
        if around.point:
            order += [(around.elsewhere, ""), (around.square, last)]
        if self._is_scored:
            far = "CASE WHEN t.lat IS NULL THEN -m.score END" if around.point else "-m.score"
            order.append((SqlFragment(far), last))
        return [
            *order,
            (SqlFragment("t.rank"), ""),
            (SqlFragment("t.sort_title"), ""),
            (SqlFragment("t.id"), ""),
        ]

    def _tiers(self) -> Iterator[SqlFragment | None]:
        reach = self.reach
        yield self._promotion()
        yield self._first_among(reach.likely_sets)
        yield self._first_among(reach.sure_sets)

    def _promotion(self) -> SqlFragment | None:
        """The rank that an editor gave; NULL for what is not promoted."""
        ranks = [
            compose("WHEN {key} THEN {rank}", key=self.asked.of_keys([key]), rank=value(rank))
            for rank, key in enumerate(self.asked.query.promoted)
        ]
        return compose("CASE {ranks} END", ranks=spaced(*ranks)) if ranks else None

    def _first_among(self, sets: frozenset[int]) -> SqlFragment | None:
        """What puts these facet sets first; None when it would tell nothing apart."""
        if not sets or sets == self.reach.facet_sets | self.reach.first_sets:
            return None
        among = self.asked.vendor.among(sets)
        return compose("CASE WHEN t.facet_set_id {among} THEN 0 ELSE 1 END", among=among)
