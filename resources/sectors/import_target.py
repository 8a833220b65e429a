"""Rows that become psychiatric sectors; what a person wrote of one is kept.

A commune that the file no longer gives to a sector is kept too, unless the option
``removes_absent`` is asked for; then those that a person added stay.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wagtail.log_actions import log

from portal.geo.models import Commune
from portal.geo.names import short_commune_name
from portal.imports.contract import (
    FieldValues,
    ImportRow,
    ImportTarget,
    ProgressCallback,
    RowChange,
    SourceFile,
)
from portal.text.date_format import format_date
from resources.choices import CommuneShare, SectorAudience
from resources.models.sector import Sector, SectorCommune
from resources.sectors.import_reader import COMMUNE, SECTOR_COLUMNS, SectorLookups

TRANSLATED = False


class SectorOptionsForm(forms.Form):
    removes_absent = forms.BooleanField(
        label=gettext_lazy("Retirer les communes que le fichier ne donne plus à leur secteur"),
        help_text=gettext_lazy(
            "Sinon elles sont gardées, comme toujours celles qu’une personne a ajoutées. Les "
            "autres secteurs ne changent pas."
        ),
        required=False,
    )


@dataclass(frozen=True, slots=True)
class SectorSnapshot:
    """A sector and what it held when the file was read."""

    sector: Sector
    values: FieldValues

    @property
    def pk(self) -> int:
        return int(self.sector.pk)


class SectorTarget(ImportTarget):
    """A row is about the sector that it became last time, else about the one of its code."""

    model: ClassVar[type[Model]] = Sector

    def __init__(self, options: Mapping[str, Any] | None = None) -> None:
        super().__init__(options)
        self.lookups = SectorLookups()

    def prepare(self, file: SourceFile, known: Mapping[str, int]) -> None:
        self.known = known
        self.by_pk = _snapshots()
        self.by_code = {held.sector.code: held for held in self.by_pk.values()}
        self.commune_names = dict(Commune.objects.values_list("code", "name"))
        file.rows = [self._completed(row) for row in file.rows]

    def _completed(self, row: ImportRow) -> ImportRow:
        """The row with the notes that it does not tell, and the communes that it leaves out."""
        found = self.find(row)
        held = found.values if found else {}
        values = {
            name: [*value, *(held.get(name) or ["", ""])[len(value) :]]
            if name.startswith(COMMUNE)
            else value
            for name, value in row.values.items()
        }
        absent = [name for name in held if name.startswith(COMMUNE) and name not in values]
        if absent and self.options.get("removes_absent"):
            return replace(row, values=values | {name: [] for name in absent})
        remarks = row.remarks
        if absent:
            words = _("Communes que le fichier ne donne plus, et qui sont gardées : %(names)s.")
            remarks = (*remarks, words % {"names": ", ".join(map(self.label_of, absent))})
        if not found:
            names = [self.label_of(name) for name in values if name.startswith(COMMUNE)]
            remarks = (*remarks, _("Communes : %(names)s.") % {"names": ", ".join(names)})
        return replace(row, values=values, remarks=remarks)

    def find(self, row: ImportRow) -> SectorSnapshot | None:
        return self.by_pk.get(self.known.get(row.key, 0)) or self.by_code.get(row.key)

    def values_of(self, found: SectorSnapshot) -> FieldValues:
        return found.values

    def title_of(self, row: ImportRow, found: SectorSnapshot | None) -> str:
        if found:
            return str(found.sector)
        return f"{row.key} {row.values.get('name', '')}".strip()

    def label_of(self, name: str) -> str:
        if name.startswith(COMMUNE):
            return short_commune_name(self.commune_names[name.removeprefix(COMMUNE)])
        return SECTOR_COLUMNS[name].label

    def in_words(self, name: str, value: Any) -> str:
        if not value:
            return ""
        if name.startswith(COMMUNE):
            share, note = value
            return ", ".join(filter(None, (str(CommuneShare(share).label), note)))
        if name == "audience":
            return str(SectorAudience(value).label)
        return format_date(date.fromisoformat(value)) if name == "source_date" else str(value)

    def still_true(self, changes: Sequence[RowChange]) -> bool:
        pks = [change.found.pk for change in changes if change.found]
        list(Sector.objects.select_for_update().filter(pk__in=pks).values_list("pk"))
        now = _snapshots(pks)
        return all(pk in now and now[pk].values == self.by_pk[pk].values for pk in pks)

    def write(
        self,
        changes: Sequence[RowChange],
        user: Any,
        *,
        publishes: bool,
        told: ProgressCallback,
    ) -> Sequence[int]:
        pks = []
        for done, change in enumerate(changes, start=1):
            pks.append(self._write_one(change, user))
            told(done, len(changes))
        return pks

    def _write_one(self, change: RowChange, user: Any) -> int:
        if change.found:
            sector = Sector.objects.get(pk=change.found.pk)
        else:
            sector = Sector.objects.create(code=change.row.key)
        communes = SectorCommune.objects.filter(sector=sector)
        rank = communes.count()
        for name, value in change.values.items():
            if not name.startswith(COMMUNE):
                SECTOR_COLUMNS[name].put(sector, value, self.lookups)
                continue
            code = name.removeprefix(COMMUNE)
            if not value:
                communes.filter(commune=code).delete()
                continue
            share, note = value
            facts = {"part": share, "note": note}
            _row, is_new = communes.update_or_create(
                sector=sector,
                commune_id=code,
                defaults=facts,
                create_defaults={**facts, "sort_order": rank},
            )
            rank += is_new
        # After its communes: whoever listens to the sector reads them.
        sector = _reloaded(sector)
        sector.save()
        log(sector, "wagtail.edit" if change.found else "wagtail.create", user=user)
        return int(sector.pk)

    @classmethod
    def allows(cls, user: Any) -> bool:
        return bool(user.has_perms(["resources.add_sector", "resources.change_sector"]))


def _reloaded(sector: Sector) -> Sector:
    """The same facts on an object that holds no older list of communes."""
    fresh = Sector.objects.get(pk=sector.pk)
    for name in SECTOR_COLUMNS:
        setattr(fresh, name, getattr(sector, name))
    return fresh


def _snapshots(pks: Sequence[int] | None = None) -> dict[int, SectorSnapshot]:
    """The sectors of these keys, all of them by default, by pk."""
    sectors, rows = Sector.objects.all(), SectorCommune.objects.all()
    if pks is not None:
        sectors, rows = sectors.filter(pk__in=pks), rows.filter(sector__in=pks)
    lookups = SectorLookups()
    found = {
        sector.pk: SectorSnapshot(
            sector,
            {
                name: column.stored({name: getattr(sector, name)}, lookups)
                for name, column in SECTOR_COLUMNS.items()
            },
        )
        for sector in sectors
    }
    for row in rows.order_by("sort_order"):
        found[row.sector_id].values[f"{COMMUNE}{row.commune_id}"] = [row.part, row.note]
    return found
