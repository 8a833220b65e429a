"""What a CEDEX hides: the arrondissement of a town, and the postcode that people know."""

import re
from collections.abc import Collection, Iterable

from portal.geo.models import Commune

_CEDEX = re.compile(r"\bCEDEX\b\s*0*(\d{0,2})", re.IGNORECASE)


def is_cedex(town: str) -> bool:
    return bool(_CEDEX.search(town))


def arrondissement_of(parts: Iterable[Commune], postcode: str, town: str) -> Commune | None:
    """The part of a town that its postcode says, else the number of its CEDEX."""
    parts = list(parts)
    for part in parts:
        if postcode in part.postcode_list:
            return part
    found = _CEDEX.search(town)
    rank = found[1] if found else ""
    return next((part for part in parts if rank and part.slug.endswith(f"-{rank}")), None)


def known_postcode(known: Collection[str], postcode: str, town: str) -> str:
    """The postcode that people know, instead of one of CEDEX, when only one is possible."""
    is_special = is_cedex(town) or postcode not in known
    return next(iter(known)) if is_special and len(known) == 1 else postcode
