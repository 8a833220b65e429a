"""Places of the department, written as the editors' own table of entries and read by its import."""

import csv
from io import StringIO
from typing import Any

from django.db.models import F
from django.utils import timezone

from wagtail.models import Page

from home.demo.files import CONTENT, ContentError, read_csv
from home.demo.seeder import ENTRIES, DemoSeeder
from portal.imports.apply import apply_import
from portal.imports.contract import ImportPlan, SourceFile
from portal.imports.planner import plan_import, previous_values
from resources.imports.reader import read_entries_table
from resources.imports.target import EntryTarget
from search.services.indexing import refresh_pages

PLACES = CONTENT / "places.csv"
#: Columns that name an entry: by its key in the content here, by its uuid for the import.
_NAMES_ENTRY = ("fait_partie_de", "cmp_hopital")
_DELIMITER = ";"


def build_places(seeder: DemoSeeder) -> None:
    """Make the entries of the table that were never made, and show them.

    The import remembers what it wrote: what an editor changed stays, what they deleted is not
    made again.
    """
    file = read_entries_table(_table(seeder), PLACES.name, {})
    known = set(previous_values(file.source, EntryTarget()))
    plan = plan_import(_unknown_rows(file, known), EntryTarget())
    if plan.is_refused:
        raise ContentError(f"{PLACES.name} : {_first_mistake(plan)}")
    if plan.can_be_applied:
        apply_import(_unknown_rows(file, known), EntryTarget, plan.digest, None)
    written = previous_values(file.source, EntryTarget())
    ours = {row.key: written[row.key][0] for row in file.rows}
    _publish([pk for key, pk in ours.items() if key not in known])
    _count(seeder, ours, known)


def _table(seeder: DemoSeeder) -> bytes:
    """The table with the uuids of the entries that it names; empty when an editor deleted one."""
    rows = read_csv(PLACES, delimiter=_DELIMITER)
    for row in rows:
        for name in _NAMES_ENTRY:
            if row[name]:
                entry = seeder.needed(f"resource:{row[name]}", row)
                row[name] = str(entry.uuid) if entry else ""
    out = StringIO()
    writer = csv.DictWriter(out, list(rows[0]), delimiter=_DELIMITER)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def _unknown_rows(file: SourceFile, known: set[str]) -> SourceFile:
    rows = [row for row in file.rows if row.key not in known]
    return SourceFile(file.source, file.label, rows=rows, errors=list(file.errors))


def _first_mistake(plan: ImportPlan) -> str:
    mistakes = [f"ligne {line}, {text}" for line, text in plan.errors]
    for line in plan.lines:
        if line.verdict == line.verdict.REFUSED:
            mistakes.append(f"ligne {line.line}, {' '.join(line.sentences)}")
    return mistakes[0]


def _publish(pks: list[int]) -> None:
    """Show at once entries that were just made as drafts, each with its one revision."""
    now = timezone.now()
    Page.objects.filter(pk__in=pks).update(
        live=True,
        has_unpublished_changes=False,
        first_published_at=now,
        last_published_at=now,
        live_revision=F("latest_revision"),
    )
    refresh_pages(pks)


def _count(seeder: DemoSeeder, ours: dict[str, Any], known: set[str]) -> None:
    standing = set(Page.objects.filter(pk__in=ours.values()).values_list("pk", flat=True))
    for key, pk in ours.items():
        if key not in known:
            seeder.made[ENTRIES] += 1
        elif pk in standing:
            seeder.kept[ENTRIES] += 1
        else:
            seeder.removed[ENTRIES] += 1
