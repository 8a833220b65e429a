"""Building an index beside the one that answers, then taking its place."""

import time
from collections.abc import Iterable
from itertools import islice

from django.db import transaction

from search.contracts import SearchDocument
from search.engines.database.dialects import get_dialect
from search.engines.database.term_index import UsedWords, newest_word, prune
from search.engines.database.writer import BATCH, forget, live_digests, write
from search.models import DocumentTraits, IndexedDocument, LiveIndex, TitleWord


class IncompleteIndex(Exception):
    """The index that was built does not hold what it was given; the old one stays."""


def rebuild(documents: Iterable[SearchDocument]) -> int:
    """Build, check and swap; the number of documents that answer then.

    Each batch is a transaction of its own: pages are saved meanwhile, and what they changed
    is carried over at the swap. What an unfinished run left is deleted first.
    """
    # There from now on: who writes meanwhile holds it until they are done.
    LiveIndex.objects.get_or_create(pk=LiveIndex.ROW)
    _delete_all_but_live()
    before = live_digests()
    last_word = newest_word()
    generation = time.time_ns() // 1000
    expected, used = _build(generation, documents)
    get_dialect().gather_statistics()
    with transaction.atomic():
        live = _lock_live()
        _check(generation, expected)
        _carry_over(before, live, generation)
        live.generation = generation
        live.save()
    _delete_all_but_live()
    prune(used, last_word)
    return IndexedDocument.objects.live().count()


def _build(generation: int, documents: Iterable[SearchDocument]) -> tuple[int, UsedWords]:
    """Write documents; how many keys, and the words they use."""
    keys: set[str] = set()
    used: UsedWords = set()
    waiting = iter(documents)
    while batch := list(islice(waiting, BATCH)):
        with transaction.atomic():
            used |= write(generation, batch)
        keys.update(document.key for document in batch)
    return len(keys), used


def _lock_live() -> LiveIndex:
    """Wait for those who are writing, and have the next ones wait for the swap."""
    return LiveIndex.objects.select_for_update().get(pk=LiveIndex.ROW)


def _check(generation: int, expected: int) -> None:
    built = IndexedDocument.objects.filter(generation=generation)
    counts = {
        "documents": built.count(),
        "traits": DocumentTraits.objects.filter(generation=generation).count(),
        "words": get_dialect().count_words(generation),
    }
    if set(counts.values()) != {expected}:
        raise IncompleteIndex(f"{expected} documents were given: {counts}")


def _carry_over(before: dict[str, str], live: LiveIndex, generation: int) -> None:
    """What was written to the old index since the build began is newer than what was built."""
    now = live_digests()
    built = IndexedDocument.objects.filter(generation=generation)
    changed = [key for key, digest in now.items() if before.get(key) != digest]
    gone = [key for key in before if key not in now]
    for keys in _batches([*changed, *gone]):
        forget(list(built.filter(key__in=keys).values_list("pk", flat=True)))
    old = IndexedDocument.objects.filter(generation=live.generation)
    for keys in _batches(changed):
        moved = list(old.filter(key__in=keys).values_list("pk", flat=True))
        for model, link in ((TitleWord, "document__in"), (DocumentTraits, "pk__in")):
            model.objects.filter(**{link: moved}).update(generation=generation)
        IndexedDocument.objects.filter(pk__in=moved).update(generation=generation)


def _delete_all_but_live() -> None:
    """Delete what no reader sees, a little at a time so that nobody waits."""
    others = IndexedDocument.objects.exclude(generation=LiveIndex.current())
    while ids := list(others.values_list("pk", flat=True)[:BATCH]):
        with transaction.atomic():
            forget(ids)


def _batches(keys: list[str]) -> Iterable[list[str]]:
    return (keys[start : start + BATCH] for start in range(0, len(keys), BATCH))
