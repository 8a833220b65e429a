"""The commune of an address of FINESS, and the arrondissement that its CEDEX hides."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from portal.geo.models import Commune
from portal.geo.names import fold, short_commune_name
from resources.cedex import arrondissement_of, known_postcode


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
        parts = self.parts.get(commune.code, [])
        commune = arrondissement_of(parts, postcode, town) or commune
        code = known_postcode(commune.postcode_list, postcode, town)
        return CommuneMatch(commune.code, code, tuple(remarks))

    def name_of(self, code: str) -> str:
        return short_commune_name(self.by_code[code].name) if code in self.by_code else ""
