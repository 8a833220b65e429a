"""What the first letters of a question may become."""

from django.db.models import Q

from search.analysis import words
from search.contracts import Completion
from search.models import LiveIndex, TitleWord

SHORTEST_START = 2


def completions(start: str, language: str, limit: int) -> tuple[Completion, ...]:
    """Titles where each word of ``start`` begins a word, directory entries first."""
    typed = words(start[:100])
    if not typed or max(map(len, typed)) < SHORTEST_START or limit <= 0:
        return ()
    found: dict[int, Completion] = {}
    for is_entry in (True, False):
        if len(found) < limit:
            found |= _titles(typed, language, limit - len(found), is_entry=is_entry)
    return tuple(found.values())


def _titles(
    typed: list[str], language: str, limit: int, *, is_entry: bool
) -> dict[int, Completion]:
    # The longest word leads to the fewest titles; the others are then looked for in these.
    *others, first = sorted(typed, key=len)
    rows = TitleWord.objects.filter(
        generation=LiveIndex.current(),
        language=language,
        is_entry=is_entry,
        word__gte=first,
        word__lt=first + "\U0010ffff",
    )
    for other in others:
        begins = Q(sort_title__startswith=other) | Q(sort_title__contains=f" {other}")
        rows = rows.filter(begins)
    rows = rows.order_by("word", "sort_title").select_related("document")
    found: dict[int, Completion] = {}
    for row in rows[: limit * 2]:
        if len(found) < limit:
            found[row.document_id] = Completion(
                row.document.title, row.document.kind, row.document.url
            )
    return found
