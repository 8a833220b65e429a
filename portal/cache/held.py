"""What this process has at hand of the content: objects as they were read, until content changes.

Nothing is copied in or out, as a cache that writes bytes would do: reading again costs nothing,
and what was reached through an object (the pages that a text links to) is at hand with it. Who
takes one does not change it; ``copy_of`` a page may be changed.
"""

import copy
from collections.abc import Callable, Collection
from typing import Any, TypeVar

from django.core.signals import setting_changed
from django.db import connection
from django.db.models import Model

from portal.cache.content_version import content_version

Value = TypeVar("Value")
Key = TypeVar("Key")
ModelType = TypeVar("ModelType", bound=Model)

#: An entry with all its lists takes some 30 kB: 15 MB in each process at most.
_MOST = 500


_shelves: list["Shelf"] = []


class Shelf:
    """Values by name, all of the same content; emptied when there are too many of them."""

    def __init__(self) -> None:
        _shelves.append(self)
        # One attribute: no thread sees the values of one version under the number of another.
        self._held: tuple[int, dict[Any, Any]] = (0, {})

    def values(self) -> dict[Any, Any]:
        """What holds now; an empty one of their own for who asks in the middle of a transaction.

        What is read there may never be committed.
        """
        if connection.in_atomic_block:
            return {}
        known, values = self._held
        version = content_version()
        if version != known or len(values) >= _MOST:
            values = {}
            self._held = version, values
        return values

    def clear(self) -> None:
        self._held = (0, {})


_shelf = Shelf()


def held(name: Any, read: Callable[[], Value]) -> Value:
    """What ``read`` returned, kept under ``name`` in this process until content changes."""
    values = _shelf.values()
    if name in values:
        value: Value = values[name]
        return value
    values[name] = value = read()
    return value


def held_each(
    kind: str, keys: Collection[Key], read: Callable[[list[Key]], dict[Key, Value]]
) -> dict[Key, Value]:
    """The values of these keys; ``read`` is asked once, for those that are not at hand."""
    values = _shelf.values()
    missing = [key for key in keys if (kind, key) not in values]
    if missing:
        values |= {(kind, key): value for key, value in read(missing).items()}
    return {key: values[kind, key] for key in keys if (kind, key) in values}


def copy_of(row: ModelType) -> ModelType:
    """A page or another row that may be changed; its fields have the values of the one held.

    What ``copy.copy`` makes of a model, without going through what is made to be pickled.
    """
    copied = row.__class__.__new__(row.__class__)
    copied.__dict__ |= row.__dict__
    copied._state = copy.copy(row._state)
    copied._state.fields_cache = row._state.fields_cache.copy()  # type: ignore[attr-defined]
    return copied


def forget_held(**_: Any) -> None:
    """Forget all of it: a test begins, or a setting has another value."""
    for shelf in _shelves:
        shelf.clear()


setting_changed.connect(forget_held, dispatch_uid="held")
