"""Registry of the changes that the digest may propose, each app's since a given moment.

The apps beside this one are unknown here: each says what it knows through ``register_changes``,
called once, in the ``ready`` of the app that knows them all.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class DigestChange:
    """One thing that changed, and the block that would tell it.

    ``block_value`` is the raw value of the block; where a block lists several pages, that of
    one line of it. ``page_id``: the page that a letter may have told already; none for what
    is new by itself.
    """

    key: str
    title: str
    detail: str
    when: date
    block_type: str
    block_value: Any
    page_id: int | None = None


Finder = Callable[[datetime], Iterable[DigestChange]]


@dataclass(frozen=True, slots=True)
class DigestSource:
    name: str
    label: str | Promise
    find: Finder
    rank: int


_sources: dict[str, DigestSource] = {}


def register_digest_source(
    name: str, label: str | Promise, find: Finder, *, rank: int = 50
) -> None:
    """Have the composer of the letter propose what ``find`` answers, under ``label``.

    ``rank``: the smallest come first, on the screen and in the issue.
    """
    _sources[name] = DigestSource(name, label, find, rank)


def digest_sources() -> list[DigestSource]:
    return sorted(_sources.values(), key=lambda source: source.rank)
