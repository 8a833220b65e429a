"""What a file of sectors would change, said line by line before anything is written.

What the file does not tell is kept: a column that is missing, a sector that it does not
name. A commune that it no longer gives to a sector is taken away only when asked for.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from wagtail.log_actions import log

from portal.base.date_format import format_date
from portal.geo.names import short_commune_name
from resources.models.sector import Sector, SectorCommune
from resources.sectors.import_reader import Row, SectorFile


@dataclass(slots=True)
class SectorPlan:
    """What becomes of one sector.

    ``changes`` are sentences for the editor, each with the line that says it (0: none);
    ``kept`` are communes that the sector has and the file does not.
    """

    sector: Sector
    rows: list[Row]
    changes: list[tuple[int, str]] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    saved: list[SectorCommune] = field(default_factory=list)
    removed: list[SectorCommune] = field(default_factory=list)

    @property
    def is_new(self) -> bool:
        return self.sector.pk is None


@dataclass(slots=True)
class ImportPlan:
    """What a file would do; nothing at all when it has a mistake."""

    errors: list[tuple[int, str]]
    sectors: list[SectorPlan] = field(default_factory=list)
    unnamed: int = 0

    @property
    def made(self) -> list[SectorPlan]:
        return [plan for plan in self.sectors if plan.is_new]

    @property
    def changed(self) -> list[SectorPlan]:
        return [plan for plan in self.sectors if plan.changes and not plan.is_new]

    @property
    def same(self) -> int:
        return sum(not plan.changes for plan in self.sectors)

    @property
    def kept(self) -> list[SectorPlan]:
        return [plan for plan in self.sectors if plan.kept]

    @property
    def can_be_applied(self) -> bool:
        return not self.errors and any(plan.changes for plan in self.sectors)


def plan_import(file: SectorFile, removes_absent: bool = False) -> ImportPlan:
    """Compare the file with the database; three queries, and nothing is written."""
    plan = ImportPlan(errors=file.errors)
    if file.errors:
        return plan
    known = {sector.code: sector for sector in Sector.objects.all()}
    communes = _communes_by_sector()
    rows = sorted(file.rows, key=lambda row: (row.code, row.line))
    for code, group in groupby(rows, key=lambda row: row.code):
        sector = known.pop(code, None) or Sector(code=code)
        here = communes.get(sector.pk, {}) if sector.pk else {}
        plan.sectors.append(_plan_sector(sector, list(group), here, removes_absent))
    plan.unnamed = len(known)
    return plan


@transaction.atomic
def apply_import(plan: ImportPlan, user: Any = None) -> int:
    """Write all of a plan, or nothing; the number of sectors made or changed."""
    done = [sector for sector in plan.sectors if sector.changes]
    for one in done:
        is_new = one.is_new
        if is_new:
            one.sector.save()
        SectorCommune.objects.filter(pk__in=[row.pk for row in one.removed]).delete()
        for row in one.saved:
            row.sector_id = one.sector.pk
            row.save()
        # After its communes: whoever listens to the sector reads them.
        sector = Sector.objects.get(pk=one.sector.pk)
        for name in ("audience", "name", "source", "source_date"):
            setattr(sector, name, getattr(one.sector, name))
        sector.save()
        log(sector, "wagtail.create" if is_new else "wagtail.edit", user=user)
    return len(done)


def _communes_by_sector() -> dict[int, dict[str, SectorCommune]]:
    found: dict[int, dict[str, SectorCommune]] = {}
    for row in SectorCommune.objects.select_related("commune"):
        found.setdefault(row.sector_id, {})[row.commune_id] = row
    return found


def _plan_sector(
    sector: Sector, rows: list[Row], here: dict[str, SectorCommune], removes_absent: bool
) -> SectorPlan:
    plan = SectorPlan(sector, rows)
    if plan.is_new:
        plan.changes.append((rows[0].line, _("nouveau secteur")))
    _plan_facts(plan)
    for row in rows:
        _plan_commune(plan, row, here.get(row.commune), len(here))
    told = {row.commune for row in rows}
    for absent in (row for code, row in here.items() if code not in told):
        name = short_commune_name(absent.commune.name)
        if removes_absent:
            plan.removed.append(absent)
            plan.changes.append((0, _("%(commune)s est retirée") % {"commune": name}))
        else:
            plan.kept.append(name)
    return plan


def _plan_facts(plan: SectorPlan) -> None:
    facts = {
        "audience": (_("pour"), [row.audience for row in plan.rows]),
        "name": (_("nom"), [row.name for row in plan.rows]),
        "source": (_("source"), [row.source for row in plan.rows]),
        "source_date": (_("date"), [row.source_date for row in plan.rows]),
    }
    for name, (label, values) in facts.items():
        value = next((value for value in values if value), None)
        if value and value != getattr(plan.sector, name):
            if not plan.is_new:
                plan.changes.append((plan.rows[0].line, f"{label}\u00a0: {_said(value)}"))
            setattr(plan.sector, name, value)


def _said(value: Any) -> str:
    return format_date(value) if hasattr(value, "year") else str(getattr(value, "label", value))


def _plan_commune(plan: SectorPlan, row: Row, known: SectorCommune | None, rank: int) -> None:
    if known is None:
        made = SectorCommune(commune_id=row.commune, part=row.part, note=row.note or "")
        made.sort_order = rank + len(plan.saved)
        plan.saved.append(made)
        plan.changes.append(
            (row.line, _("%(commune)s est ajoutée") % {"commune": row.commune_name})
        )
        return
    note = known.note if row.note is None else row.note
    if (known.part, known.note) == (row.part, note):
        return
    known.part, known.note = row.part, note
    plan.saved.append(known)
    words = {
        "commune": row.commune_name,
        "part": row.part.label,
        "note": note or _("sans précision"),
    }
    plan.changes.append((row.line, _("%(commune)s : %(part)s, %(note)s") % words))


def sentences(plans: Iterable[SectorPlan]) -> list[tuple[int, str, str]]:
    """The changes in the order of the file: line, sector, words."""
    said = [(line, plan.sector.code, words) for plan in plans for line, words in plan.changes]
    return sorted(said, key=lambda one: one[0])
