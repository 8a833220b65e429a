"""The job that reads and writes the long files, and forgets the old ones."""

from datetime import datetime, timedelta

from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portal.imports.apply import ImportBusy
from portal.imports.models import ImportRun
from portal.imports.runs import PENDING_STATES, State, fail_import, is_private, process_import
from portal.jobs.registry import register_job, stop_asked
from portal.jobs.standstill import Watch, register_watch

#: A file that nobody confirms is not kept; a report is, for a year.
_UNCONFIRMED = timedelta(days=7)
_UNCONFIRMED_PRIVATE = timedelta(days=1)
_REPORTS = timedelta(days=365)


def process_imports() -> str:
    """Go on with each import that waits. One at a time: ticks never run together."""
    done = 0
    waiting = ImportRun.objects.filter(state__in=PENDING_STATES).order_by("pk")
    for pk in waiting.values_list("pk", flat=True):
        if stop_asked():
            break
        run = ImportRun.objects.select_related("user").get(pk=pk)
        try:
            process_import(run)
        except ImportBusy:
            continue
        done += 1
    _delete_old_runs()
    if not done:
        return ""
    return ngettext("%(count)s import traité.", "%(count)s imports traités.", done) % {
        "count": done
    }


def _delete_old_runs() -> None:
    now = timezone.now()
    unconfirmed = ImportRun.objects.filter(state=State.READY)
    for run in unconfirmed.filter(created_at__lt=now - _UNCONFIRMED_PRIVATE):
        if not is_private(run) and run.created_at >= now - _UNCONFIRMED:
            continue
        fail_import(run, _("Jamais confirmé : le fichier est oublié, rien n’a été écrit."))
    ImportRun.objects.filter(created_at__lt=now - _REPORTS).delete()


def oldest_pending(now: datetime) -> datetime | None:
    """Since when the oldest import waits to be read or written."""
    pending = ImportRun.objects.filter(state__in=PENDING_STATES)
    since = pending.annotate(since=Coalesce("started_at", "created_at"))
    return since.order_by("since").values_list("since", flat=True).first()


register_watch(
    Watch(
        "imports",
        gettext_lazy("Des imports attendent d’être lus ou écrits"),
        timedelta(minutes=30),
        oldest_pending,
    )
)
register_job(
    "imports", gettext_lazy("Lire et écrire les longs imports"), timedelta(), process_imports
)
