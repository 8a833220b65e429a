"""The commune of an address of FINESS, and the arrondissement that its CEDEX hides."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from portal.geo.models import Commune
from portal.geo.names import fold, short_commune_name

_CEDEX = re.compile(r"\bCEDEX\b\s*0*(\d{0,2})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class CommuneMatch:
    """The code of a commune, empty when it is unknown, and the postcode of the place."""

    code: str
    postcode: str
    remarks: tuple[str, ...] = ()


class CommuneMatcher:
    """The communes of one department, read once for the whole file."""

    def __init__(self, department: str) -> None:
        rows = list(Commune.objects.in_department(department))
        self.by_code = {row.code: row for row in rows}
        self.by_slug = {row.slug: row for row in rows}
        self.parts: dict[str, list[Commune]] = {}
        for row in rows:
            if row.parent_id:
                self.parts.setdefault(row.parent_id, []).append(row)

    def find(self, code: str, postcode: str, town: str) -> CommuneMatch:
        """The code says it; else the name does, for a commune that has joined another."""
        remarks = []
        commune = self.by_code.get(code)
        if commune is None:
            commune = self.by_slug.get(fold(town))
            if commune is None:
                words = _("commune « %(code)s %(town)s » inconnue : elle est laissée vide")
                return CommuneMatch("", postcode, (words % {"code": code, "town": town},))
            words = _("code de commune « %(code)s » inconnu : %(name)s, d’après le nom")
            remarks.append(words % {"code": code, "name": commune.name})
        part = self._part(commune, postcode, town)
        if part:
            commune = part
        return CommuneMatch(commune.code, _geographic(commune, postcode, town), tuple(remarks))

    def name_of(self, code: str) -> str:
        return short_commune_name(self.by_code[code].name) if code in self.by_code else ""

    def _part(self, commune: Commune, postcode: str, town: str) -> Commune | None:
        """The arrondissement of a whole town: its postcode says it, else the number of CEDEX."""
        parts = self.parts.get(commune.code, [])
        cedex = _CEDEX.search(town)
        rank = cedex[1] if cedex else ""
        for part in parts:
            if postcode in part.postcode_list:
                return part
        return next((part for part in parts if rank and part.slug.endswith(f"-{rank}")), None)


def _geographic(commune: Commune, postcode: str, town: str) -> str:
    """The postcode that people know, instead of one of CEDEX, when only one is possible."""
    known = commune.postcode_list
    is_cedex = _CEDEX.search(town) or postcode not in known
    return known[0] if is_cedex and len(known) == 1 else postcode
