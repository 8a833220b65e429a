"""What the first letters of a question may become."""

from django.db.models import Q

from search.analysis import words
from search.contracts import QueryCompletion
from search.engines.limits import SHORTEST_START
from search.models import LiveIndex, Rank, TitleWord


def completions(start: str, language: str, limit: int) -> tuple[QueryCompletion, ...]:
    """Titles where each word of ``start`` begins a word, directory entries first."""
    typed = words(start[:100])
    if not typed or max(map(len, typed)) < SHORTEST_START or limit <= 0:
        return ()
    found: dict[int, QueryCompletion] = {}
    for rank in Rank:
        if len(found) < limit:
            found |= _titles(typed, language, rank, limit - len(found))
    return tuple(found.values())


def _titles(typed: list[str], language: str, rank: Rank, limit: int) -> dict[int, QueryCompletion]:
    # The longest word leads to the fewest titles; the others are then looked for in these.
    *others, first = sorted(typed, key=len)
    rows = TitleWord.objects.filter(
        generation=LiveIndex.current(),
        language=language,
        rank=rank,
        word__gte=first,
        word__lt=first + "\U0010ffff",
    )
    for other in others:
        begins = Q(sort_title__startswith=other) | Q(sort_title__contains=f" {other}")
        rows = rows.filter(begins)
    shown = ("document_id", "document__title", "document__kind", "document__url")
    ordered = rows.order_by("word", "sort_title").values_list(*shown)
    # A title may have two such words.
    found: dict[int, QueryCompletion] = {}
    for document, title, kind, url in ordered[: limit * 2]:
        if len(found) < limit:
            found[document] = QueryCompletion(title, kind, url)
    return found
