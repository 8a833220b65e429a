"""What is shown of an import of FINESS before it is confirmed, and after."""

from collections import defaultdict
from dataclasses import dataclass

from home.setup.finess_publishing import drafts_to_publish, sure_keys
from home.setup.models import FinessImport
from portal.imports.choices import ImportState
from portal.imports.contract import RowVerdict
from portal.imports.models import ImportRun
from portal.imports.report import ReportLine, report_lines, report_notes
from portal.imports.runs import PENDING_STATES, can_be_confirmed
from resources.models import ResourcePage


@dataclass(frozen=True, slots=True)
class FinessSummary:
    """The figures of one import: ``sure`` have no likely double; ``gone`` left FINESS."""

    new: int
    changed: int
    same: int
    sure: int
    doubles: list[ReportLine]
    gone: list[ReportLine]
    notes: list[str]
    can_be_confirmed: bool


def summarise(run: ImportRun) -> FinessSummary:
    lines = report_lines(run)
    counts: dict[str, int] = defaultdict(int, run.counts)
    return FinessSummary(
        new=counts["nouvelle"],
        changed=counts["changee"],
        same=counts["pareille"] + counts["gardee"],
        sure=len(sure_keys(run)),
        doubles=[line for line in lines if line.warnings],
        gone=[line for line in lines if line.verdict == RowVerdict.GONE],
        notes=report_notes(run),
        can_be_confirmed=can_be_confirmed(run),
    )


def stage_of(fetch: FinessImport | None) -> str:
    """Where the import stands: « rien », « arrive », « lecture », « pret », « ecriture »,
    « publication », « fait » or « echec »."""
    if fetch is None:
        return "rien"
    if fetch.is_on_its_way:
        return "arrive"
    run = fetch.run
    if run is None or run.state == ImportState.FAILED:
        return "echec"
    if run.state in PENDING_STATES:
        return "lecture" if run.state == ImportState.PLANNING else "ecriture"
    if run.state == ImportState.READY:
        return "pret"
    return "publication" if fetch.publishes and fetch.published_at is None else "fait"


def left_to_publish(fetch: FinessImport) -> int:
    return len(drafts_to_publish(fetch.run)) if fetch.run else 0


def directory_counts() -> tuple[int, int]:
    """Real entries that readers see, and how many of them were never verified."""
    entries = ResourcePage.objects.live().in_source_language().filter(is_example=False)
    return entries.count(), entries.filter(verified_on=None).count()
