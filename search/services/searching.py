"""Search service: a query and its visible results."""

from portal.geo.service_area import has_commune
from search.contracts import (
    EngineQuery,
    QueryCompletion,
    SearchAnswer,
    SearchQuery,
    SearchScope,
    UnderstoodQuery,
)
from search.engines import call_engine
from search.services.entry_names import with_named_entries
from search.services.visibility import keep_visible
from search.source_registry import (
    first_at_place,
    first_in_danger,
    open_now_keys,
    page_answer,
    types_by_address,
)
from search.understanding import understand

MOST_PAGES = 1000


def search(query: SearchQuery, *, is_rechecked: bool = False) -> SearchAnswer:
    """Understand a question, ask the engine, keep what the reader may see.

    ``is_rechecked``: the caller reads the pages anew to show them, and leaves out by itself
    those that a reader may not see.
    """
    return _answer(query, understand_question(query), is_rechecked)


def understand_question(query: SearchQuery) -> UnderstoodQuery:
    """What a question means, with the entries of the directory that it names."""
    return with_named_entries(query, understand(query))


def search_understood(
    query: SearchQuery, understood: UnderstoodQuery, *, is_rechecked: bool = False
) -> SearchAnswer:
    """The answer to a question that ``search`` has understood already: another page of it, or
    what it set aside."""
    return _answer(query, understood, is_rechecked)


def search_as_page(query: SearchQuery) -> SearchAnswer:
    """What the page of results shows for a question, in its order; ``search`` without one."""
    answer = page_answer()
    return answer(query) if answer else search(query)


def _answer(
    query: SearchQuery, understood: UnderstoodQuery, is_rechecked: bool = False
) -> SearchAnswer:
    asked = engine_query(query, understood)
    found, degraded = call_engine(lambda engine: engine.search(asked))
    hits = found.hits if is_rechecked else keep_visible(found.hits)
    return SearchAnswer(
        understood=understood,
        hits=hits,
        total=found.total - (len(found.hits) - len(hits)),
        counts=found.counts,
        suggestion=found.suggestion,
        aside=found.aside,
        aside_hits=found.aside_hits if is_rechecked else keep_visible(found.aside_hits),
        by_address=_by_address(understood),
        degraded=degraded or (understood.filters.open_now and asked.only is None),
    )


def _by_address(understood: UnderstoodQuery) -> tuple[str, ...]:
    asked = dict.fromkeys((*understood.types, *understood.likely_types))
    depending = types_by_address()
    if has_commune(understood.place):
        return ()
    return tuple(kind for kind in asked if kind in depending)


def complete(start: str, language: str = "fr", limit: int = 8) -> tuple[QueryCompletion, ...]:
    """What the first letters of a question may become; nothing before the second one."""
    start = start.strip()
    if len(start) < 2:
        return ()
    return call_engine(lambda engine: engine.complete(start, language, limit))[0]


def engine_query(query: SearchQuery, understood: UnderstoodQuery) -> EngineQuery:
    """What an engine is asked, for a question that was understood."""
    page = min(max(query.page, 1), MOST_PAGES)
    filters = understood.filters
    return EngineQuery(
        words=understood.text,
        synonyms=understood.synonyms,
        types=understood.types,
        likely_types=understood.likely_types,
        promoted=_first(query, understood),
        place=understood.place,
        filters=filters,
        by_address=types_by_address(),
        most_aside=query.most_aside,
        only=open_now_keys() if filters.open_now else None,
        scope=query.scope,
        language=query.language,
        offset=(page - 1) * query.page_size,
        limit=query.page_size,
    )


def _first(query: SearchQuery, understood: UnderstoodQuery) -> tuple[str, ...]:
    """What comes before all else. A help line is no entry."""
    kind = understood.crisis or understood.quiet
    lines = first_in_danger(kind, query.language) if query.scope != SearchScope.ENTRIES else ()
    here = first_at_place(understood, query.language) if query.scope != SearchScope.PAGES else ()
    promoted = understood.promoted
    # Who only suffers and asks for a form of the portal gets the form first.
    first = (*lines, *promoted) if understood.crisis else (*promoted, *lines)
    return tuple(dict.fromkeys((*first, *here)))
