"""The statement of what is counted.

Documents of one facet set and one distance band are counted together; filters are then
applied to these few groups, in Python (``counting``).
"""

from collections.abc import Iterator

from search.engines.database.conditions import IS_LIVE, IS_MATCHED, TRAITS, QueryConditions
from search.engines.database.dialects import Alternatives
from search.engines.database.distance import distance_steps
from search.engines.database.facets import GroupOrigin
from search.engines.database.sql import SqlFragment, all_true, compose, united


def any_holding(asked: QueryConditions, alternatives: Alternatives) -> SqlFragment:
    """One row when a document of the scope and language holds the words, else none."""
    return compose(
        "SELECT 1 FROM {source} JOIN search_facetset s ON s.id = t.facet_set_id"
        " WHERE {condition} LIMIT 1",
        source=asked.matching(alternatives),
        condition=all_true(IS_LIVE, IS_MATCHED, asked.in_scope()),
    )


def groups_of(asked: QueryConditions, alternatives: Alternatives) -> SqlFragment:
    """Rows of ``Group``."""
    return compose(
        "SELECT g.named, g.facet_set_id, s.kind, s.facets, g.band, g.kept, g.number, s.rank,"
        " s.area, g.first"
        " FROM ({groups}) g JOIN search_facetset s ON s.id = g.facet_set_id"
        " WHERE {scope}",
        groups=united(*_groups(asked, alternatives)),
        scope=asked.in_scope(),
    )


def _groups(asked: QueryConditions, alternatives: Alternatives) -> Iterator[SqlFragment]:
    if alternatives and not asked.query.types:
        yield _group(asked, GroupOrigin.BY_WORDS, IS_MATCHED, source=asked.matching(alternatives))
    if asked.named_kinds:
        yield from _apart(asked, GroupOrigin.BY_TYPE, asked.of_named_kinds())
    if asked.query.promoted:
        promoted = all_true(asked.is_promoted(), _is_unmatched(asked, alternatives))
        yield _group(asked, GroupOrigin.BY_KEY, promoted)
    if asked.only_words and not alternatives:
        yield from _apart(asked, GroupOrigin.BY_NOTHING, None)


def _apart(
    asked: QueryConditions, named: GroupOrigin, condition: SqlFragment | None
) -> Iterator[SqlFragment]:
    """All documents, read from an index; then neighbours once more, by their distance."""
    yield _group(asked, named, condition, with_band=False)
    if asked.around.point:
        neighbours = asked.around.neighbours(distance_steps(asked.km)[-1])
        yield _group(asked, GroupOrigin.AGAIN, all_true(condition, neighbours))


def _group(
    asked: QueryConditions,
    named: GroupOrigin,
    condition: SqlFragment | None,
    *,
    source: SqlFragment = TRAITS,
    with_band: bool = True,
) -> SqlFragment:
    kept = asked.is_kept()
    has_band = with_band and asked.around.point is not None
    # SQLite sorts by whatever it groups by, were it the same everywhere.
    first = asked.is_never_aside()
    said = {"band": has_band, "kept": kept, "first": first}
    columns = ["t.facet_set_id", *(name for name, is_said in said.items() if is_said)]
    return compose(
        "SELECT {named} AS named, t.facet_set_id, {band} AS band, {kept} AS kept,"
        " {first} AS first, COUNT(*) AS number FROM {source} WHERE {condition} GROUP BY {columns}",
        named=SqlFragment(str(named.value)),
        band=asked.around.band(asked.km) if has_band else SqlFragment("NULL"),
        kept=kept or SqlFragment("1 = 1"),
        first=first or SqlFragment("1 = 0"),
        source=source,
        condition=all_true(IS_LIVE, condition),
        columns=SqlFragment(", ".join(columns)),
    )


def _is_unmatched(asked: QueryConditions, alternatives: Alternatives) -> SqlFragment | None:
    """Leaves out promoted documents that their words have counted already."""
    if not alternatives or asked.query.types:
        return None
    matched = asked.vendor.matched(alternatives, with_score=False)
    return compose("t.id NOT IN ({matched})", matched=matched)
