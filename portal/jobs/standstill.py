"""What stands still: jobs that nothing runs, and what waits for longer than it should.

One function (``standstills``) for the editor's home, « Tâches du portail », the messages and
``/readyz``. Apps register what else may stop: mail that does not leave, imports, pages to publish.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.jobs.models.periodic_job import PeriodicJob
from portal.jobs.registry import late_jobs
from portal.text.date_format import format_moment

#: Without any job for this long, it is the worker itself that does not run.
SILENCE = timedelta(minutes=15)


class Standstill(NamedTuple):
    """One thing that stands still: its code, what it is, a sentence for whoever sees to it."""

    name: str
    title: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Watch:
    """Something that must not wait for longer than ``most``.

    ``oldest`` gives the moment since when the oldest one waits; None when none does.
    """

    name: str
    label: str | Promise
    most: timedelta
    oldest: Callable[[datetime], datetime | None]


_watches: dict[str, Watch] = {}


def register_watch(watch: Watch) -> None:
    """Have it looked at with the jobs; called when an app is ready."""
    _watches[watch.name] = watch


def standstills(now: datetime | None = None) -> list[Standstill]:
    """What stands still at this moment, the gravest first; empty when all goes on."""
    now = now or timezone.now()
    return [*_still_jobs(now), *_still_watches(now)]


def oldest_waiting(now: datetime) -> dict[str, datetime | None]:
    """Since when the oldest one of each queue waits, by the queue's name; None when none does."""
    return {watch.name: watch.oldest(now) for watch in _watches.values()}


def last_sign_of_life() -> datetime | None:
    """When a job was last begun: the heartbeat of the worker; None when none ever was."""
    started = PeriodicJob.objects.exclude(last_started_at=None).order_by("-last_started_at")
    return started.values_list("last_started_at", flat=True).first()


def _still_jobs(now: datetime) -> list[Standstill]:
    late = late_jobs(now)
    if not late:
        return []
    sign = last_sign_of_life()
    if sign is None or now - sign > SILENCE:
        return [Standstill("worker", _("les tâches du portail"), _silence(sign))]
    names = ", ".join(str(job.label) for job in late)
    words = ngettext(
        "Une tâche du portail n’aboutit pas : %(names)s.",
        "%(count)s tâches du portail n’aboutissent pas : %(names)s.",
        len(late),
    )
    return [
        Standstill("jobs", _("une tâche du portail"), words % {"count": len(late), "names": names})
    ]


def _silence(sign: datetime | None) -> str:
    if sign is None:
        return _(
            "Les tâches du portail n’ont jamais tourné : rien ne part, rien ne paraît à l’heure."
        )
    words = _(
        "Les tâches du portail ne tournent plus depuis %(since)s : rien ne part, rien ne paraît "
        "à l’heure."
    )
    return words % {"since": format_moment(sign)}


def _still_watches(now: datetime) -> list[Standstill]:
    found = []
    for watch in _watches.values():
        oldest = watch.oldest(now)
        if oldest is not None and now - oldest > watch.most:
            words = _("%(label)s depuis %(since)s.")
            said = words % {"label": watch.label, "since": format_moment(oldest)}
            found.append(Standstill(watch.name, str(watch.label).lower(), said))
    return found
