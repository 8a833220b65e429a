"""Registry of what a snapshot counts; each app registers its own in ``snapshot_sources.py``."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of one measure: of the whole, or of a scope, with the words that name the scope."""

    measure: str
    value: Decimal | int | float
    scope: str = ""
    scope_label: str = ""


def _nothing(day: date) -> Iterable[Figure]:
    return ()


@dataclass(frozen=True, slots=True)
class SnapshotSource:
    """What one app counts.

    ``labels``: the words of each measure, in the order of the report. ``count`` gives today's
    figures. ``count_on`` gives those of a past day that the history of the database still tells,
    and leaves out the measures that it does not; ``prepare`` writes what it needs, once.
    """

    name: str
    label: str | Promise
    labels: Mapping[str, str | Promise]
    count: Callable[[], Iterable[Figure]]
    count_on: Callable[[date], Iterable[Figure]] = _nothing
    prepare: Callable[[], object] | None = None
    order: int = 100


_sources: dict[str, SnapshotSource] = {}


def register_snapshot_source(source: SnapshotSource) -> None:
    _sources[source.name] = source


def snapshot_sources() -> list[SnapshotSource]:
    return sorted(_sources.values(), key=lambda source: (source.order, source.name))
