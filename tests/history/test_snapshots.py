"""The figures of each month are kept, and those of the past are rebuilt from what is known."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from io import StringIO

from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone

from wagtail.models import Page, PageLogEntry

import pytest

from portal.history import registry
from portal.history.models import Snapshot, SnapshotFigure
from portal.history.registry import Figure, SnapshotSource, register_snapshot_source
from portal.history.snapshots import rebuild_snapshots, take_monthly_snapshot
from tests.factories.actions import ActionIndexPageFactory, ActionPageFactory
from tests.factories.home import make_home
from tests.factories.resources import DirectoryPageFactory, ResourcePageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def set_day(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    def set_day(*parts: int) -> None:
        moment = datetime(*parts, 12, tzinfo=UTC)  # type: ignore[arg-type]
        monkeypatch.setattr(timezone, "now", lambda: moment)

    return set_day


def value(day: date, measure: str, scope: str = "") -> Decimal | None:
    figures = SnapshotFigure.objects.filter(snapshot__day=day, measure=measure, scope=scope)
    return figures.values_list("value", flat=True).first()


def log_says(page: Page, action: str, *day: int) -> None:
    """As if it had been done on that day."""
    moment = datetime(*day, 9, tzinfo=UTC)  # type: ignore[arg-type]
    PageLogEntry.objects.filter(page=page.pk, action=action).update(timestamp=moment)


def test_one_snapshot_a_month_whatever_day_the_portal_runs(set_day: Callable[..., None]) -> None:
    set_day(2027, 3, 4)
    assert take_monthly_snapshot() == "Relevé de mars 2027 gardé."
    set_day(2027, 3, 31)
    assert take_monthly_snapshot() is None
    set_day(2027, 4, 1)
    take_monthly_snapshot()
    assert [one.day for one in Snapshot.objects.all()] == [date(2027, 3, 4), date(2027, 4, 1)]


def test_a_snapshot_counts_the_roadmap_and_the_directory(set_day: Callable[..., None]) -> None:
    home = make_home()
    index = ActionIndexPageFactory(parent=home)
    ActionPageFactory(parent=index, status="realisee")
    ActionPageFactory(parent=index, status="en_cours", planned_end=date(2027, 1, 1))
    ActionPageFactory(parent=index, live=False)
    directory = DirectoryPageFactory(parent=home)
    ResourcePageFactory(parent=directory)
    ResourcePageFactory(parent=directory, is_example=True)
    set_day(2027, 3, 4)

    take_monthly_snapshot()

    day = date(2027, 3, 4)
    assert value(day, "actions") == 2
    assert value(day, "actions_by_status", "realisee") == 1
    assert value(day, "actions_late") == 1
    assert value(day, "entries") == 1
    assert value(day, "subscribers") == 0


@pytest.fixture
def broken_source() -> Iterator[None]:
    def count() -> Iterator[Figure]:
        raise LookupError

    register_snapshot_source(SnapshotSource("broken", "Rien", {}, count, order=1))
    yield
    del registry._sources["broken"]


@pytest.mark.usefixtures("broken_source")
def test_a_source_that_fails_stops_no_other(set_day: Callable[..., None]) -> None:
    set_day(2027, 3, 4)
    take_monthly_snapshot()
    assert value(date(2027, 3, 4), "actions_late") == 0


def test_the_past_is_rebuilt_from_publications_and_states(set_day: Callable[..., None]) -> None:
    index = ActionIndexPageFactory(parent=make_home())
    set_day(2027, 1, 10)
    first = ActionPageFactory(parent=index, status="proposee")
    first.save_revision().publish()
    log_says(first, "wagtail.publish", 2027, 1, 10)
    set_day(2027, 2, 20)
    first.status = "en_cours"
    first.save_revision().publish()
    gone = ActionPageFactory(parent=index)
    gone.save_revision().publish()
    gone.unpublish()
    gone.status_changes.update(on=date(2027, 1, 15))
    log_says(gone, "wagtail.publish", 2027, 1, 15)
    log_says(gone, "wagtail.unpublish", 2027, 2, 15)
    set_day(2027, 3, 4)
    take_monthly_snapshot()

    rebuild_snapshots(date(2027, 1, 1))

    january, february = date(2027, 1, 31), date(2027, 2, 28)
    assert [one.day for one in Snapshot.objects.filter(is_rebuilt=True)] == [january, february]
    assert value(january, "actions") == 2
    assert value(february, "actions") == 1
    assert value(january, "actions_by_status", "proposee") == 2
    assert value(february, "actions_by_status", "en_cours") == 1
    assert value(february, "actions_late") is None  # not known any more


def test_what_was_taken_on_its_day_is_never_rewritten(set_day: Callable[..., None]) -> None:
    set_day(2027, 1, 10)
    ActionIndexPageFactory(parent=make_home())
    take_monthly_snapshot()
    set_day(2027, 3, 4)
    call_command("rebuild_snapshots", since="01/2027", stdout=StringIO())
    assert not Snapshot.objects.get(day=date(2027, 1, 10)).is_rebuilt
    assert Snapshot.objects.in_month(date(2027, 1, 31)).count() == 1


@pytest.mark.parametrize("typed", ["janvier", "13/2027", "2027", "31/02/2027"])
def test_a_month_that_cannot_be_read_is_said(typed: str) -> None:
    with pytest.raises(CommandError, match="n’est pas une date"):
        call_command("rebuild_snapshots", since=typed)
