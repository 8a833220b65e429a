"""The jobs of the first hour: receive FINESS, then publish what was imported without a doubt."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from home.setup.finess_download import receive
from home.setup.finess_publishing import publish_next
from home.setup.models import FinessImport
from portal.imports.choices import ImportState
from portal.jobs.registry import register_job, stop_asked
from portal.jobs.standstill import Watch, register_watch

State = FinessImport.State


def receive_finess() -> str:
    """Go on with each file that is on its way."""
    done = 0
    now = timezone.now()
    waiting = FinessImport.objects.filter(
        state__in=[State.ASKED, State.RECEIVING], next_try_at__lte=now
    )
    for fetch in waiting.select_related("user").order_by("pk"):
        if stop_asked():
            break
        receive(fetch)
        done += fetch.state == State.RECEIVED
    return _("Fichier FINESS reçu.") if done else ""


def publish_imported() -> str:
    """Publish, some at each turn, the sure entries of an import that was asked to."""
    count = 0
    asked = FinessImport.objects.filter(
        publishes=True, published_at=None, run__state=ImportState.DONE
    )
    for fetch in asked.select_related("run", "user").order_by("pk"):
        count += publish_next(fetch)
    if not count:
        return ""
    return ngettext("%(count)s fiche publiée.", "%(count)s fiches publiées.", count) % {
        "count": count
    }


def oldest_on_its_way(now: datetime) -> datetime | None:
    """Since when a file that was asked for has not come."""
    waiting = FinessImport.objects.filter(state__in=[State.ASKED, State.RECEIVING])
    return waiting.order_by("asked_at").values_list("asked_at", flat=True).first()


# Before the imports, which read in the same turn what has just come.
register_job(
    "finess", gettext_lazy("Recevoir le fichier FINESS demandé"), timedelta(), receive_finess,
    order=90,
)  # fmt: skip
register_job(
    "finess-publish",
    gettext_lazy("Publier les fiches venues de FINESS"),
    timedelta(),
    publish_imported,
    order=110,
)
register_watch(
    Watch(
        "finess",
        gettext_lazy("Le fichier FINESS demandé n’est pas arrivé"),
        timedelta(hours=2),
        oldest_on_its_way,
    )
)
