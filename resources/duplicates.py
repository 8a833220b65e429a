"""Entries that are probably the same place, shown to whoever imports, writes or proposes one.

Two measures: exact keys (FINESS, SIRET, telephone, folded name) when an editor writes or imports,
and the likeness of names when anybody proposes a place, for they type it from memory.
Nothing is merged or refused because of either.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rapidfuzz import fuzz

from portal.geo.models import Commune
from portal.geo.names import fold, plain
from portal.imports.contract import FieldValues
from resources.choices import MaskedPlace
from resources.models import ResourcePage

TRANSLATED = False

#: What two entries have in common when they are probably one; the surest first.
FINESS, SIRET, PHONE, NAME = "finess", "siret", "phone", "name"
_REASONS = {
    FINESS: gettext_lazy("même numéro FINESS"),
    SIRET: gettext_lazy("même SIRET"),
    PHONE: gettext_lazy("même téléphone, même commune"),
    NAME: gettext_lazy("même nom, même commune"),
}
#: How many similar entries a proposal shows.
MOST_SIMILAR = 5
#: How alike two names must be, of 100; the order of the words does not count.
MIN_SIMILARITY = 80
_NAMES = ("pk", "title", "finess", "siret", "phone", "commune")
DuplicateKey = tuple[str, str]


@dataclass(frozen=True, slots=True)
class KnownRecord:
    """Somebody who bears a key: an entry (its pk), or a line of the file."""

    title: str
    pk: int = 0
    line: int = 0

    def __str__(self) -> str:
        if self.line:
            return _("ligne %(line)s, « %(title)s »") % {"line": self.line, "title": self.title}
        return f"« {self.title} »"


@dataclass(slots=True)
class DuplicateIndex:
    """Who bears which key, in the directory and in the lines read so far."""

    bearers: dict[DuplicateKey, list[KnownRecord]] = field(default_factory=dict)

    @classmethod
    def of_directory(cls) -> "DuplicateIndex":
        """One query, whatever the size of the directory; translations are no duplicates."""
        own = ResourcePage.objects.in_source_language()
        found = cls()
        for row in own.values(*_NAMES).iterator():
            found.add(row, KnownRecord(row["title"], pk=row["pk"]))
        return found

    @classmethod
    def around(cls, entry: ResourcePage) -> "DuplicateIndex":
        """Only those that this entry may look like: of its commune, or of its numbers."""
        own = ResourcePage.objects.filter(locale_id=entry.locale_id).exclude(pk=entry.pk)
        near = Q(pk=None)
        for name in (FINESS, SIRET, "commune_id"):
            if value := getattr(entry, name):
                near |= Q(**{name: value})
        found = cls()
        for row in own.filter(near).values(*_NAMES):
            found.add(row, KnownRecord(row["title"], pk=row["pk"]))
        return found

    def add(self, values: FieldValues, known: KnownRecord) -> None:
        for key in duplicate_keys(values):
            self.bearers.setdefault(key, []).append(known)

    def like(
        self, values: FieldValues, besides: int = 0, line: int = 0
    ) -> list[tuple[str, KnownRecord]]:
        """Why and whom it looks like, each once, for the surest reason."""
        seen: set[tuple[int, int]] = {(besides, 0)} if besides else set()
        found = []
        for key in duplicate_keys(values):
            for known in self.bearers.get(key, []):
                who = (known.pk, known.line)
                if who not in seen and (not line or known.line != line):
                    seen.add(who)
                    found.append((str(_REASONS[key[0]]), known))
        return found


def find_duplicates(entry: ResourcePage) -> list[tuple[str, KnownRecord]]:
    """The entries that are probably the same place as this one, in one query."""
    values = {name: getattr(entry, name) for name in _NAMES if name != "commune"}
    values["commune"] = entry.commune_id
    return DuplicateIndex.around(entry).like(values)


def duplicate_keys(values: FieldValues) -> Iterable[DuplicateKey]:
    """What may be common to two records of one place."""
    commune = values.get("commune") or ""
    for name in (FINESS, SIRET):
        if value := values.get(name):
            yield name, str(value)
    if commune and (phone := values.get("phone")):
        yield PHONE, f"{phone} {commune}"
    if commune and (title := plain(str(values.get("title") or ""))):
        yield NAME, f"{title} {commune}"


def duplicate_message(why: str, known: KnownRecord) -> str:
    return _("Peut-être un doublon : %(why)s que %(who)s.") % {"why": why, "who": known}


def find_similar_entries(name: str, commune: Commune | None, phone: str) -> list[ResourcePage]:
    """The entries of this phone number, or of this commune and nearly of this name.

    A masked address tells nothing: an entry counts as of a commune only when its page says so.
    """
    said = Q(address_is_masked=False) | Q(masked_place=MaskedPlace.COMMUNE)
    close = Q(commune__in=_same_town(commune)) & said
    if phone:
        close |= Q(phone=phone)
    own = ResourcePage.objects.open_to_all().in_source_language()
    entries = own.filter(close).order_by("title")
    found = [one for one in entries if (phone and one.phone == phone) or _is_alike(name, one)]
    return found[:MOST_SIMILAR]


def similar_entries_token(entries: list[Any]) -> str:
    """What a form remembers of the look-alikes that it showed."""
    return "-".join(str(entry.pk) for entry in entries)


def _is_alike(name: str, entry: ResourcePage) -> bool:
    typed = fold(name).replace("-", " ")
    names = filter(None, (entry.title, entry.acronym))
    return any(
        fuzz.token_set_ratio(typed, fold(one).replace("-", " ")) >= MIN_SIMILARITY for one in names
    )


def _same_town(commune: Commune | None) -> list[str]:
    """The commune, and its arrondissements or its whole town: people say either."""
    if commune is None:
        return []
    parts = Commune.objects.filter(parent_id=commune.pk).values_list("pk", flat=True)
    return [code for code in (commune.pk, commune.parent_id, *parts) if code]
