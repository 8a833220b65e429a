"""What a cell may point to: communes, types, territories, sectors, other entries.

Each is read once for a whole file, when its column is there.
"""

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from portal.geo.models import Commune, Territory
from portal.geo.names import fold, plain, short_commune_name
from portal.imports.files.csv_reader import BadValue
from resources.models import ResourcePage, ResourceType, Sector


class LookupTable:
    """Rows of one table: their codes in a file, their pks, the words that name them."""

    #: (pk, code, name) of each row.
    rows: list[tuple[Any, str, str]]

    def __init__(self, rows: Iterable[tuple[Any, str, str]], unknown: str) -> None:
        self.rows = list(rows)
        self.unknown = unknown
        self.pks = {code: pk for pk, code, _name in self.rows}
        self.codes = {pk: code for pk, code, _name in self.rows}
        self.names = {code: name for _pk, code, name in self.rows}

    @cached_property
    def by_words(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for _pk, code, name in self.rows:
            for words in {self.folded(name), self.folded(code)}:
                found.setdefault(words, []).append(code)
        return found

    def folded(self, words: str) -> str:
        return plain(words)

    def code_of(self, text: str) -> str:
        """The code that a cell names; « Nom (code) » is what the table wrote. Raises BadValue."""
        if not text:
            return ""
        inside = text.rpartition("(")[2].rstrip(")").strip() if text.endswith(")") else ""
        for code in (text, text.upper(), inside):
            if code in self.pks:
                return code
        found = self.by_words.get(self.folded(text), [])
        if len(found) == 1:
            return found[0]
        return self.refuse(text, found)

    def refuse(self, text: str, found: list[str]) -> str:
        if found:
            words = _("« %(text)s » peut être : %(codes)s. Écrivez le code.")
            raise BadValue(words % {"text": text, "codes": ", ".join(map(self.typed, found))})
        raise BadValue(self.unknown % {"text": text, "codes": ", ".join(sorted(self.pks)[:60])})

    def code_with(self, pk: Any) -> str:
        return self.codes.get(pk, "")

    def pk_of(self, code: str) -> Any:
        return self.pks[code]

    def rows_of(self, codes: list[str]) -> list[Any]:
        return [self.pks[code] for code in codes]

    def typed(self, code: str) -> str:
        return code


class CommuneLookup(LookupTable):
    """The whole country: a structure may be next door. A bare name is of this department first."""

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

    def folded(self, words: str) -> str:
        return fold(words)

    def code_of(self, text: str) -> str:
        if text.isdigit() and len(text) == 4:  # a spreadsheet ate the zero
            text = f"0{text}"
        return super().code_of(text)

    def refuse(self, text: str, found: list[str]) -> str:
        here = [code for code in found if code in self.here]
        return here[0] if len(here) == 1 else super().refuse(text, here or found)

    def typed(self, code: str) -> str:
        return f"{self.names[code]} ({code})" if code in self.names else code


class TypeLookup(LookupTable):
    def __init__(self) -> None:
        kinds = ResourceType.objects.in_source_language()
        super().__init__(
            kinds.order_by("order", "name").values_list("pk", "code", "name"),
            _("« %(text)s » n’est pas un type de lieu. Écrivez : %(codes)s."),
        )


class TerritoryLookup(LookupTable):
    def __init__(self) -> None:
        super().__init__(
            Territory.objects.values_list("pk", "slug", "name"),
            _("« %(text)s » n’est pas un territoire. Écrivez : %(codes)s."),
        )


class SectorLookup(LookupTable):
    def __init__(self) -> None:
        super().__init__(
            ((pk, code, code) for pk, code in Sector.objects.values_list("pk", "code")),
            _("« %(text)s » n’est pas un secteur connu. Écrivez : %(codes)s."),
        )


class EntryLookup(LookupTable):
    """The other entries, by their uuid; their title helps who reads the table."""

    def __init__(self) -> None:
        own = ResourcePage.objects.in_source_language()
        super().__init__(
            ((pk, str(uuid), title) for pk, uuid, title in own.values_list("pk", "uuid", "title")),
            _("« %(text)s » n’est pas une fiche de l’annuaire : écrivez sa colonne uuid."),
        )

    def typed(self, code: str) -> str:
        return f"{self.names[code]} ({code})" if code in self.names else code


_BOOKS: dict[str, type[Any]] = {
    "type": TypeLookup,
    "commune": CommuneLookup,
    "coverage_communes": CommuneLookup,
    "coverage_territories": TerritoryLookup,
    "territory": TerritoryLookup,
    "sectors": SectorLookup,
    "parent_structure": EntryLookup,
    "hospital": EntryLookup,
}


class EntryLookups:
    """The books of one file, each opened at most once."""

    def __init__(self) -> None:
        self._open: dict[type[Any], LookupTable] = {}

    def of(self, name: str) -> LookupTable:
        """The book of a field."""
        kind = _BOOKS[name]
        if kind not in self._open:
            self._open[kind] = kind()
        return self._open[kind]

    @staticmethod
    def explained(name: str) -> str:
        """What a cell of this field names."""
        return {
            TypeLookup: _("le code d’un type de lieu"),
            CommuneLookup: _("le nom d’une commune, ou son code INSEE"),
            TerritoryLookup: _("le nom d’un territoire"),
            SectorLookup: _("le code d’un secteur, comme 13G01"),
            EntryLookup: _("l’uuid d’une autre fiche"),
        }[_BOOKS[name]]
