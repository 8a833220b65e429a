"""What a cell of the table of entries may name: communes, types, territories, sectors, entries."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any, ClassVar

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.geo.models import Commune, Territory
from portal.geo.names import fold, short_commune_name
from portal.imports.lookups import ImportLookups, LookupTable
from portal.imports.parsers import without_decimals
from resources.cedex import arrondissement_of, known_postcode
from resources.models import ResourcePage, ResourceType, Sector


class CommuneLookup(LookupTable):
    """The whole country: a structure may be next door. A bare name is of this department first."""

    accepted = gettext_lazy("le nom d’une commune, ou son code INSEE")

    def __init__(self) -> None:
        rows = list(Commune.objects.values_list("code", "name", "department", "postcodes"))
        super().__init__(
            ((code, code, short_commune_name(name)) for code, name, *_rest in rows),
            _("« %(text)s » n’est pas une commune connue : écrivez son nom ou son code INSEE."),
        )
        here = settings.PORTAL_DEPARTEMENT
        self.here = {code for code, _name, department, _codes in rows if department == here}
        self.postcodes = {
            code: set(filter(None, postcodes.split("|"))) for code, *_rest, postcodes in rows
        }

    def normalize(self, words: str) -> str:
        return fold(words)

    def find_code(self, text: str) -> str:
        text = without_decimals(text)
        if text.isdigit() and len(text) == 4:  # a spreadsheet ate the zero
            text = f"0{text}"
        return super().find_code(text)

    @cached_property
    def parts(self) -> dict[str, list[Commune]]:
        """The arrondissements of each town that has some."""
        found: dict[str, list[Commune]] = {}
        for row in Commune.objects.exclude(parent=None):
            found.setdefault(str(row.parent_id), []).append(row)
        return found

    def locate(self, code: str, postcode: str, town: str) -> tuple[str, str]:
        """The commune and the postcode of a place, whatever its CEDEX hides: see ``cedex``."""
        part = arrondissement_of(self.parts.get(code, []), postcode, town)
        code = part.code if part else code
        known = self.postcodes.get(code, set())
        return code, known_postcode(known, postcode, town) if postcode else ""

    def refuse(self, text: str, found: list[str]) -> str:
        here = [code for code in found if code in self.here]
        return here[0] if len(here) == 1 else super().refuse(text, here or found)

    def format(self, code: str) -> str:
        return f"{self.names[code]} ({code})" if code in self.names else code


class TypeLookup(LookupTable):
    accepted = gettext_lazy("le code d’un type de lieu")

    def __init__(self) -> None:
        kinds = ResourceType.objects.in_source_language()
        super().__init__(
            kinds.order_by("order", "name").values_list("pk", "code", "name"),
            _("« %(text)s » n’est pas un type de lieu. Écrivez : %(codes)s."),
        )


class TerritoryLookup(LookupTable):
    accepted = gettext_lazy("le nom d’un territoire")

    def __init__(self) -> None:
        super().__init__(
            Territory.objects.values_list("pk", "slug", "name"),
            _("« %(text)s » n’est pas un territoire. Écrivez : %(codes)s."),
        )


class SectorLookup(LookupTable):
    accepted = gettext_lazy("le code d’un secteur, comme 13G01")

    def __init__(self) -> None:
        super().__init__(
            ((pk, code, code) for pk, code in Sector.objects.values_list("pk", "code")),
            _("« %(text)s » n’est pas un secteur connu. Écrivez : %(codes)s."),
        )


class EntryLookup(LookupTable):
    """The other entries, by their uuid; their title helps who reads the table."""

    accepted = gettext_lazy("l’uuid d’une autre fiche")

    def __init__(self) -> None:
        own = ResourcePage.objects.in_source_language()
        super().__init__(
            ((pk, str(uuid), title) for pk, uuid, title in own.values_list("pk", "uuid", "title")),
            _("« %(text)s » n’est pas une fiche de l’annuaire : écrivez sa colonne uuid."),
        )

    def format(self, code: str) -> str:
        return f"{self.names[code]} ({code})" if code in self.names else code


class EntryLookups(ImportLookups):
    """Those of one table of entries, by name of field."""

    tables: ClassVar[Mapping[str, type[Any]]] = {
        "type": TypeLookup,
        "commune": CommuneLookup,
        "coverage_communes": CommuneLookup,
        "coverage_territories": TerritoryLookup,
        "territory": TerritoryLookup,
        "sectors": SectorLookup,
        "parent_structure": EntryLookup,
        "hospital": EntryLookup,
    }
