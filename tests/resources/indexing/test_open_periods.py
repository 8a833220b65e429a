"""« Ouvert maintenant » is read from periods written ahead: to the minute, and never made up."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import connection
from django.test import Client
from django.utils import timezone

import pytest

from resources.choices import EntryStatus
from resources.indexing import open_periods
from resources.indexing.open_periods import open_now, write_missing_days
from resources.listing.models import DirectoryPage
from resources.models import OpenPeriod, ResourcePage
from tests.clock import Clock
from tests.factories.home import make_home
from tests.factories.resources import DirectoryPageFactory, ResourcePageFactory

TUESDAY = datetime(2026, 11, 10, 11, 0, tzinfo=ZoneInfo("Europe/Paris"))


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock(TUESDAY)
    monkeypatch.setattr(timezone, "now", clock)
    return clock


@pytest.fixture
def directory(db: None) -> DirectoryPage:
    return DirectoryPageFactory(parent=make_home())


def is_open(entry: ResourcePage) -> bool:
    return f"page:{entry.pk}" in (open_now() or ())


def test_it_holds_to_the_minute_for_days_without_the_job(
    directory: DirectoryPage, clock: Clock
) -> None:
    day = ResourcePageFactory(parent=directory, opening_hours="Mo-Fr 09:00-12:00")
    night = ResourcePageFactory(parent=directory, opening_hours="Mo-Fr 20:00-02:00")
    assert write_missing_days() == open_periods.DAYS_AHEAD
    assert write_missing_days() == 0
    moments = {
        0: (True, False),
        59: (True, False),
        60: (False, False),
        9 * 60: (False, True),
        14 * 60 + 59: (False, True),
        15 * 60: (False, False),
        22 * 60: (True, False),
    }
    for minutes, expected in moments.items():
        clock.moment = TUESDAY + timedelta(minutes=minutes)
        assert (is_open(day), is_open(night)) == expected, minutes


def test_a_publication_is_told_at_once(directory: DirectoryPage, clock: Clock) -> None:
    entry = ResourcePageFactory(parent=directory, opening_hours="Mo-Fr 14:00-17:00")
    write_missing_days()
    assert not is_open(entry)
    entry.opening_hours = "Mo-Fr 09:00-12:00"
    entry.save_revision().publish()
    assert is_open(entry)
    entry.status = EntryStatus.TEMPORARILY_CLOSED
    entry.save_revision().publish()
    assert not is_open(entry)


def test_days_that_are_over_are_forgotten(directory: DirectoryPage, clock: Clock) -> None:
    ResourcePageFactory(parent=directory, opening_hours="24/7")
    write_missing_days()
    clock.moment = TUESDAY + timedelta(days=1)
    assert write_missing_days() == 1
    days = sorted(set(OpenPeriod.objects.values_list("day", flat=True)))
    assert days == [clock.moment.date() + timedelta(days=rank) for rank in range(3)]


def test_when_nobody_knows_the_list_says_so_and_hides_nothing(
    directory: DirectoryPage, clock: Clock, reader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(open_periods, "MOST_READ_AT_ONCE", 1)
    for name in ("Le Chêne", "Le Tilleul"):
        ResourcePageFactory(parent=directory, title=name, opening_hours="24/7")
    said = "quels lieux sont ouverts"
    asked = reader.get(directory.url, {"ouvert": "1"}).content.decode()
    assert said in asked
    assert "Le Chêne" in asked
    assert said not in reader.get(directory.url).content.decode()
    assert reader.get("/api/recherche", {"q": "chêne", "ouvert": "1"}).json()["total"] == 1
    write_missing_days()
    clock.moment += timedelta(minutes=1)
    assert said not in reader.get(directory.url, {"ouvert": "1"}).content.decode()


def test_a_portal_whose_job_has_not_run_reads_its_few_entries(
    directory: DirectoryPage, clock: Clock
) -> None:
    entry = ResourcePageFactory(parent=directory, opening_hours="Mo-Fr 09:00-12:00")
    assert is_open(entry)


def test_an_entry_that_is_deleted_leaves_nothing_behind(
    directory: DirectoryPage, clock: Clock
) -> None:
    entry = ResourcePageFactory(parent=directory, opening_hours="Mo-Fr 09:00-12:00")
    entry.save_revision().publish()
    assert is_open(entry)
    entry.delete()
    connection.check_constraints()
    assert not OpenPeriod.objects.exists()
