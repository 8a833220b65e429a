"""Every object of HSDS has a UUID; it stays the same as long as what it names does."""

import uuid
from typing import Any

#: Never to be changed: all derived identifiers would change with it.
NAMESPACE = uuid.UUID("5f0c8f0e-6b0b-5d0a-9d3e-2f2c4a1b7e61")


def derived(kind: str, *parts: Any) -> str:
    """The identifier of an object that has none of its own, from what makes it one."""
    return str(uuid.uuid5(NAMESPACE, "\n".join([kind, *map(str, parts)])))


def as_uuid(text: str) -> uuid.UUID | None:
    """The identifier that an address holds; None for what is none."""
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def hsds_object(**properties: Any) -> dict[str, Any]:
    """An object of HSDS: a property that is not known is left out, never null."""
    return {name: value for name, value in properties.items() if value not in (None, "", [])}


def child(kind: str, owner: str, owner_id: str, *key: Any, **properties: Any) -> dict[str, Any]:
    """An object that hangs on another, whose identifier the property ``owner`` holds.

    Its own identifier is derived from that one and from ``key``.
    """
    return hsds_object(id=derived(kind, owner_id, *key), **{owner: owner_id}, **properties)
