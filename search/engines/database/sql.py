"""Pieces of SQL that carry their parameters with them, so they can be put together."""

from collections.abc import Sequence
from dataclasses import dataclass
from string import Formatter
from typing import Any


@dataclass(frozen=True, slots=True)
class SqlFragment:
    """A piece of SQL; what comes from outside is only ever in ``params``."""

    text: str
    params: tuple[Any, ...] = ()


def compose(template: str, **pieces: SqlFragment) -> SqlFragment:
    """Put pieces in the ``{holes}`` of a template, their parameters in the same order."""
    text, params = [], []
    for literal, name, _spec, _conversion in Formatter().parse(template):
        text.append(literal)
        if name is not None:
            text.append(pieces[name].text)
            params.extend(pieces[name].params)
    return SqlFragment("".join(text), tuple(params))


def value(given: Any) -> SqlFragment:
    """A value from outside."""
    return SqlFragment("%s", (storable(given) if isinstance(given, str) else given,))


def storable(text: str) -> str:
    """A text without what PostgreSQL refuses: NUL, and halves of characters."""
    return text.replace("\x00", " ").encode(errors="replace").decode()


def all_true(*conditions: SqlFragment | None) -> SqlFragment:
    kept = [compose("({condition})", condition=one) for one in conditions if one is not None]
    return _joined(" AND ", kept) if kept else SqlFragment("1 = 1")


def any_true(*conditions: SqlFragment | None) -> SqlFragment:
    kept = [compose("({condition})", condition=one) for one in conditions if one is not None]
    return _joined(" OR ", kept) if kept else SqlFragment("1 = 0")


def listed(*pieces: SqlFragment) -> SqlFragment:
    return _joined(", ", pieces)


def spaced(*pieces: SqlFragment) -> SqlFragment:
    return _joined(" ", pieces)


def united(*selects: SqlFragment) -> SqlFragment:
    return _joined(" UNION ALL ", selects)


def _joined(link: str, pieces: Sequence[SqlFragment]) -> SqlFragment:
    text = link.join(piece.text for piece in pieces)
    return SqlFragment(text, tuple(value for piece in pieces for value in piece.params))
