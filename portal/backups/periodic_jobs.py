"""The jobs that save the portal each night and test an archive each week."""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.backups.errors import BackupError
from portal.backups.folder import last_test, newest_archive, stored_archives
from portal.backups.making import make_archive
from portal.backups.state import describe_state
from portal.backups.trial import try_archive
from portal.jobs.models.periodic_job import PeriodicJob
from portal.jobs.registry import register_job, stop_asked
from portal.jobs.standstill import Watch, register_watch

#: The hours, local, when nobody waits for the disk.
NIGHT = range(1, 5)
#: Beyond this the night is not waited for: the machine sleeps, or yesterday's backup failed.
LONGEST = timedelta(hours=26)
TEST_EVERY, TEST_AT_ONCE_AFTER = timedelta(days=7), timedelta(days=8)


def is_backup_due(newest: datetime | None, now: datetime) -> bool:
    """Whether to save now, when the newest archive is of that moment: once a night."""
    if newest is None or now - newest >= LONGEST:
        return True
    local = timezone.localtime(now)
    night = local.replace(hour=NIGHT.start, minute=0, second=0, microsecond=0)
    return local.hour in NIGHT and newest < night


def is_test_due(tested: datetime | None, now: datetime) -> bool:
    if tested is None or now - tested >= TEST_AT_ONCE_AFTER:
        return True
    return now - tested >= TEST_EVERY and timezone.localtime(now).hour in NIGHT


def save_each_night() -> str:
    newest = newest_archive()
    if is_backup_due(newest.moment if newest else None, timezone.now()):
        make_archive(go_on=_stop_when_asked)
    return describe_state()


def test_each_week() -> str:
    newest, tested = newest_archive(), last_test()
    works = tested is not None and not tested.error
    if newest and is_test_due(tested.moment if tested and works else None, timezone.now()):
        try_archive(newest.path)
    return describe_state()


def _stop_when_asked() -> None:
    if stop_asked():
        raise BackupError("Interrompue par l’arrêt des tâches : elle sera refaite.")


def oldest_unsaved(now: datetime) -> datetime | None:
    """Since when nothing was saved: the newest archive, or the day when backups began."""
    newest = newest_archive()
    return newest.moment if newest else _first_day("backup")


def oldest_untested(now: datetime) -> datetime | None:
    """Since when no archive was restored to try it."""
    tested = last_test()
    if tested and not tested.error:
        return tested.moment
    archives = stored_archives()
    return archives[-1].moment if archives else None


def _first_day(job: str) -> datetime | None:
    rows = PeriodicJob.objects.filter(name=job)
    return rows.values_list("created_at", flat=True).first()


def register() -> None:
    """Called once, where backups are wanted each night."""
    register_job(
        "backup",
        _("Sauvegarder le portail chaque nuit"),
        timedelta(minutes=15),
        save_each_night,
        order=910,
    )
    register_job(
        "backup-test",
        _("Essayer chaque semaine la dernière sauvegarde"),
        timedelta(hours=1),
        test_each_week,
        order=920,
    )
    register_watch(
        Watch("backup", _("Rien n’a été sauvegardé"), timedelta(hours=30), oldest_unsaved)
    )
    register_watch(
        Watch(
            "backup-test",
            _("Aucune sauvegarde n’a été essayée"),
            timedelta(days=10),
            oldest_untested,
        )
    )


if settings.PORTAL_NIGHTLY_BACKUP:
    register()
