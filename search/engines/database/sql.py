"""Pieces of SQL that carry their parameters with them, so they can be put together."""

from dataclasses import dataclass
from string import Formatter
from typing import Any


@dataclass(frozen=True, slots=True)
class Sql:
    """A piece of SQL; what comes from outside is only ever in ``params``."""

    text: str
    params: tuple[Any, ...] = ()


def compose(template: str, **pieces: Sql) -> Sql:
    """Put pieces in the ``{holes}`` of a template, their parameters in the same order."""
    text, params = [], []
    for literal, name, _spec, _conversion in Formatter().parse(template):
        text.append(literal)
        if name is not None:
            text.append(pieces[name].text)
            params.extend(pieces[name].params)
    return Sql("".join(text), tuple(params))


def value(given: Any) -> Sql:
    """A value from outside."""
    return Sql("%s", (given,))


def all_true(*conditions: Sql | None) -> Sql:
    return _joined(" AND ", conditions) or Sql("1 = 1")


def any_true(*conditions: Sql | None) -> Sql:
    return _joined(" OR ", conditions) or Sql("1 = 0")


def listed(*pieces: Sql | None) -> Sql:
    """Pieces with commas between them, leaving out the empty ones."""
    kept = [piece for piece in pieces if piece is not None]
    return Sql(", ".join(p.text for p in kept), tuple(v for p in kept for v in p.params))


def _joined(link: str, conditions: tuple[Sql | None, ...]) -> Sql | None:
    kept = [piece for piece in conditions if piece is not None]
    if not kept:
        return None
    text = link.join(f"({piece.text})" for piece in kept)
    return Sql(text, tuple(v for piece in kept for v in piece.params))
