"""When a portal saves itself, what it keeps, and what is said when it does not."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import LazySettings
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

import pytest

from newsletter.models import Mailing
from portal.backups import periodic_jobs
from portal.backups.archive import archive_name
from portal.backups.folder import TrialRecord, note_test
from portal.backups.periodic_jobs import is_backup_due, is_test_due
from portal.backups.rotation import to_forget
from portal.backups.signals import database_restored
from portal.jobs import registry, standstill
from portal.jobs.models import PeriodicJob
from portal.jobs.standstill import standstills
from tests.factories.home import make_home
from tests.factories.letter import mailing
from tests.factories.users import member_of

NIGHT = datetime(2026, 11, 30, 1, 30, tzinfo=UTC)  # 2:30 in Marseille
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def folder(settings: LazySettings, tmp_path: Path) -> Path:
    settings.PORTAL_BACKUP_DIR = str(tmp_path)
    return tmp_path


@pytest.fixture
def every_night(monkeypatch: pytest.MonkeyPatch, settings: LazySettings, folder: Path) -> None:
    """A portal where only backups are periodic."""
    monkeypatch.setattr(registry, "_jobs", {})
    monkeypatch.setattr(standstill, "_watches", {})
    settings.PORTAL_NIGHTLY_BACKUP = True
    PeriodicJob.objects.all().delete()
    periodic_jobs.register()


def put_archive(folder: Path, moment: datetime) -> Path:
    path = folder / archive_name(moment)
    path.write_bytes(b"x" * 2_000_000)
    return path


def test_a_year_of_nights_leaves_seven_days_four_weeks_and_twelve_months() -> None:
    nights = [NIGHT - number * DAY for number in range(500)]

    kept = sorted(set(nights) - to_forget(nights), reverse=True)

    assert kept[:7] == nights[:7]
    # Sundays that end the weeks before, then the last night of each month before.
    assert [f"{moment:%d/%m}" for moment in kept[7:9]] == ["22/11", "15/11"]
    assert [f"{moment:%m/%y}" for moment in kept[9:]] == [
        *(f"{month:02}/26" for month in range(10, 0, -1)),
        "12/25",
    ]


def test_archives_of_a_portal_that_stopped_saving_are_all_kept() -> None:
    old = [NIGHT - 400 * DAY - number * DAY for number in range(7)]
    assert to_forget(old) == set()


def test_two_of_one_day_are_one_too_many() -> None:
    assert to_forget([NIGHT, NIGHT - HOUR]) == {NIGHT - HOUR}


@pytest.mark.parametrize(
    ("newest", "now", "due"),
    [
        (None, NIGHT + 10 * HOUR, True),
        (NIGHT - DAY, NIGHT, True),
        (NIGHT, NIGHT + HOUR, False),
        (NIGHT - 10 * HOUR, NIGHT, True),
        (NIGHT, NIGHT + 12 * HOUR, False),
        (NIGHT - 2 * DAY, NIGHT + 12 * HOUR, True),
        (NIGHT + HOUR, NIGHT, False),
    ],
    ids=["none", "yesterday", "tonight", "by hand at noon", "at noon", "asleep", "clock back"],
)
def test_one_a_night_or_at_once_when_one_is_missing(
    newest: datetime | None, now: datetime, due: bool
) -> None:
    assert is_backup_due(newest, now) is due


@pytest.mark.parametrize(
    ("age", "hour", "due"),
    [(6 * DAY, 0 * HOUR, False), (7 * DAY, 0 * HOUR, True), (7 * DAY, 9 * HOUR, False)],
)
def test_one_is_tried_each_week_at_night(age: timedelta, hour: timedelta, due: bool) -> None:
    assert is_test_due(NIGHT + hour - age, NIGHT + hour) is due


@pytest.mark.django_db
def test_the_coordination_sees_the_last_backup_and_its_test(
    client: Client, every_night: None, folder: Path
) -> None:
    make_home()
    client.force_login(member_of("Coordination"))

    def home() -> str:
        return client.get(reverse("wagtailadmin_home")).content.decode()

    assert "Aucune sauvegarde dans" in home()

    now = timezone.now()
    path = put_archive(folder, now)
    note_test(TrialRecord(path.name, now.isoformat(), 120, 4567, 12, 3.0))
    said = home()
    assert "Dernière sauvegarde" in said
    assert "1,9" in said
    assert "Testée le" in said
    assert "4567" in said

    note_test(TrialRecord(path.name, now.isoformat(), 0, 0, 0, 3.0, "elle est abîmée."))
    assert "ne se restaure pas : elle est abîmée." in home()


@pytest.mark.django_db
def test_a_portal_that_is_not_saved_is_said_to_stand_still(
    client: Client, every_night: None, folder: Path
) -> None:
    registry.ensure_job_rows()
    assert standstills() == []

    now = timezone.now()
    PeriodicJob.objects.update(last_succeeded_at=now, last_started_at=now)
    put_archive(folder, now - 31 * HOUR)
    (only,) = standstills()
    assert only.name == "backup"
    assert "Rien n’a été sauvegardé depuis le" in only.sentence
    assert client.get("/readyz").status_code == 503

    put_archive(folder, now - HOUR)
    put_archive(folder, now - 11 * DAY)
    assert [one.name for one in standstills()] == ["backup-test"]


@pytest.mark.django_db
def test_the_list_of_archives_names_each(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("backup", list=True)
    assert "aucune sauvegarde" in capsys.readouterr().out
    put_archive(folder, NIGHT)
    (folder / "portail-59-20260101-000000.zip").touch()
    call_command("backup", list=True)
    said = capsys.readouterr().out
    assert "le 30 novembre 2026 à 02:30" in said
    assert "portail-59" not in said


def test_an_archive_that_is_not_there_is_said(folder: Path) -> None:
    with pytest.raises(CommandError, match="Il n’y a aucune sauvegarde"):
        call_command("restore", "latest")


@pytest.mark.django_db
def test_a_letter_that_may_have_left_since_is_held_after_a_restore() -> None:
    under_way = mailing(title="Lettre du printemps")
    due = mailing(title="Lettre de l’été", state=Mailing.State.SCHEDULED)
    later = mailing(state=Mailing.State.SCHEDULED, send_at=timezone.now() + DAY)

    said = " ".join(filter(None, (text for _, text in database_restored.send(sender=None))))

    assert "Lettre du printemps" in said
    assert "Lettre de l’été" in said
    states = {one.pk: one.state for one in Mailing.objects.all()}
    assert states == {
        under_way.pk: Mailing.State.PAUSED,
        due.pk: Mailing.State.CANCELLED,
        later.pk: Mailing.State.SCHEDULED,
    }
