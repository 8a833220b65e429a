"""Published at its hour: what is refused holds nobody back, is not forgotten, and is named."""

from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.test import SimpleTestCase
from django.utils import timezone

from wagtail.models import Page, PageLogEntry, Revision
from wagtail.signals import page_published, unpublished

import pytest

from home.models import HomePage, StandardPage
from portal.jobs import scheduled_publishing
from portal.jobs.models.blocked_publication import BlockedPublication
from portal.jobs.scheduled_publishing import UnpublishFailed, publish_scheduled
from tests.factories.home import StandardPageFactory, make_home
from tests.faults.databases import copied_database
from tests.jobs import another_process

HOUR = timedelta(hours=1)

# Two processes that find the same pages due at the same moment: each says when it is ready.
PUBLISHER = """
import sys, django
django.setup()
from portal.jobs.scheduled_publishing import publish_scheduled
print("ready", flush=True)
sys.stdin.readline()
print(publish_scheduled())
"""
MAKE_DUE_PAGES = """
import django
django.setup()
from tests.jobs.test_scheduled_publishing import draft
from tests.factories.home import make_home
home = make_home()
for number in range(40):
    draft(home, f"Page {number}")
"""
COUNT = """
import collections, django
django.setup()
from wagtail.models import Page, PageLogEntry, Revision
entries = PageLogEntry.objects.filter(action="wagtail.publish.scheduled")
print(Page.objects.filter(live=True, title__startswith="Page ").count(), entries.count(),
      len(set(entries.values_list("page"))),
      Revision.objects.exclude(approved_go_live_at=None).count())
"""


@pytest.fixture
def home(db: None) -> HomePage:
    return make_home()


def draft(home: Page, title: str, ago: timedelta = HOUR, **changes: Any) -> Revision:
    """A page that was to be published a while ago; ``changes`` are in its revision only."""
    page = StandardPage(title=title, live=False, go_live_at=timezone.now() - ago)
    home.add_child(instance=page)
    return schedule(page, page.go_live_at, **changes)


def schedule(page: Page, hour: Any, **changes: Any) -> Revision:
    page.go_live_at = hour
    for name, value in changes.items():
        setattr(page, name, value)
    revision: Revision = page.save_revision(clean=False, approved_go_live_at=hour)
    return revision


def is_live(revision: Revision) -> bool:
    return Page.objects.get(pk=revision.object_id).live


def test_what_is_due_is_published_with_its_trace_and_its_signal(home: HomePage) -> None:
    revision = draft(home, "La fête du printemps")
    heard = []

    def hear(instance: Page, **_: Any) -> None:
        heard.append(instance.title)

    page_published.connect(hear)
    try:
        assert publish_scheduled() == "1 contenu publié."
        assert publish_scheduled() is None
    finally:
        page_published.disconnect(hear)
    assert is_live(revision)
    assert heard == ["La fête du printemps"]
    entry = PageLogEntry.objects.get(page=revision.object_id, action="wagtail.publish.scheduled")
    assert entry.revision == revision


def test_what_is_not_due_waits(home: HomePage) -> None:
    revision = draft(home, "Demain", ago=-HOUR)
    assert publish_scheduled() is None
    assert not is_live(revision)


def test_five_broken_revisions_of_a_hundred_hold_nobody_back_and_stay_scheduled(
    home: HomePage,
) -> None:
    StandardPageFactory(parent=home, title="Déjà là", slug="deja-la")
    broken = [draft(home, f"Cassée {n}", ago=2 * HOUR, slug="deja-la") for n in range(5)]
    sound = [draft(home, f"Bonne {n}") for n in range(95)]

    assert publish_scheduled() == "95 contenus publiés. 5 contenus refusés."

    keys = [revision.object_id for revision in sound]
    assert Page.objects.filter(pk__in=keys, live=True).count() == 95
    for revision in broken:
        revision.refresh_from_db()
        assert revision.approved_go_live_at is not None
        assert not is_live(revision)
    named = [str(blocked) for blocked in BlockedPublication.objects.waiting()]
    assert named == [f"Cassée {n}" for n in range(5)]
    assert "deja-la" in BlockedPublication.objects.first().reason


def test_what_was_mended_is_published_at_the_next_run(home: HomePage) -> None:
    other = StandardPageFactory(parent=home, title="Déjà là", slug="deja-la")
    revision = draft(home, "Cassée", slug="deja-la")
    publish_scheduled()
    other.slug = "ailleurs"
    other.save()
    assert publish_scheduled() == "1 contenu publié."
    assert is_live(revision)
    assert not BlockedPublication.objects.exists()


def test_a_refusal_is_logged_once_and_its_date_kept(
    home: HomePage, caplog: pytest.LogCaptureFixture
) -> None:
    StandardPageFactory(parent=home, title="Déjà là", slug="deja-la")
    revision = draft(home, "Cassée", slug="deja-la")
    publish_scheduled()
    since = BlockedPublication.objects.get().since
    publish_scheduled()
    assert caplog.text.count(f"Revision {revision.pk} could not be published.") == 1
    assert BlockedPublication.objects.get().since == since


def test_what_an_editor_cancels_is_no_longer_named(home: HomePage) -> None:
    StandardPageFactory(parent=home, title="Déjà là", slug="deja-la")
    revision = draft(home, "Cassée", slug="deja-la")
    publish_scheduled()
    revision.approved_go_live_at = None
    revision.save(update_fields=["approved_go_live_at"])
    assert not BlockedPublication.objects.waiting().exists()
    publish_scheduled()
    assert not BlockedPublication.objects.exists()


def test_a_failure_after_the_page_is_saved_undoes_the_whole_of_it(home: HomePage) -> None:
    revision = draft(home, "Presque")

    def refuse(**_: Any) -> None:
        raise ValidationError("Non, pas celle-là.")

    page_published.connect(refuse)
    try:
        assert publish_scheduled() == "1 contenu refusé."
    finally:
        page_published.disconnect(refuse)
    assert not is_live(revision)
    assert BlockedPublication.objects.get().reason == "Non, pas celle-là."
    assert publish_scheduled() == "1 contenu publié."


def test_what_has_expired_is_taken_down_with_its_trace(home: HomePage) -> None:
    page = StandardPageFactory(parent=home, expire_at=timezone.now() - HOUR)
    kept = StandardPageFactory(parent=home, slug="garde", expire_at=timezone.now() + HOUR)
    assert publish_scheduled() == "1 contenu dépublié."
    page.refresh_from_db()
    kept.refresh_from_db()
    assert (page.live, page.expired) == (False, True)
    assert kept.live
    assert PageLogEntry.objects.filter(page=page, action="wagtail.unpublish.scheduled").count() == 1


def test_a_version_that_replaces_one_at_the_hour_it_expires_is_published(home: HomePage) -> None:
    hour = timezone.now() - HOUR
    page = StandardPageFactory(parent=home, title="Hiver", expire_at=hour)
    schedule(page, hour, title="Printemps", expire_at=None)
    assert publish_scheduled() == "1 contenu publié."
    page.refresh_from_db()
    assert (page.title, page.live) == ("Printemps", True)


def test_a_page_that_expires_keeps_the_version_scheduled_for_later(home: HomePage) -> None:
    page = StandardPageFactory(parent=home, title="Hiver", expire_at=timezone.now() - HOUR)
    later = schedule(page, timezone.now() + HOUR, title="Printemps", expire_at=None)
    assert publish_scheduled() == "1 contenu dépublié."
    page.refresh_from_db()
    later.refresh_from_db()
    assert not page.live
    assert later.approved_go_live_at is not None


def test_a_page_that_can_not_be_taken_down_is_named_and_holds_nobody_back(home: HomePage) -> None:
    for title in ("Têtue", "Docile"):
        slug = title.lower().replace("ê", "e")
        StandardPageFactory(parent=home, title=title, slug=slug, expire_at=timezone.now() - HOUR)

    def refuse(instance: Page, **_: Any) -> None:
        if instance.title == "Têtue":
            raise ValidationError("Non.")

    unpublished.connect(refuse)
    try:
        with pytest.raises(UnpublishFailed, match="n’ont pas pu être dépubliés : Têtue"):
            publish_scheduled()
    finally:
        unpublished.disconnect(refuse)
    assert Page.objects.get(title="Têtue").live
    assert not Page.objects.get(title="Docile").live


def test_what_another_process_has_just_published_is_left_alone(home: HomePage) -> None:
    revision = draft(home, "À deux")
    now = timezone.now()
    assert scheduled_publishing._publish(revision.pk, now)
    assert not scheduled_publishing._publish(revision.pk, now)
    page = StandardPageFactory(parent=home, slug="finie", expire_at=now - HOUR)
    assert scheduled_publishing._take_down(Page, page.pk, now)
    assert not scheduled_publishing._take_down(Page, page.pk, now)


def test_the_rest_is_left_for_later_once_asked_to_stop(
    home: HomePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    revision = draft(home, "Plus tard")
    page = StandardPageFactory(parent=home, slug="finie", expire_at=timezone.now() - HOUR)
    monkeypatch.setattr(scheduled_publishing, "stop_asked", lambda: True)
    assert publish_scheduled() is None
    page.refresh_from_db()
    assert (is_live(revision), page.live) == (False, True)


def test_wagtail_s_own_command_does_the_same(
    home: HomePage, capsys: pytest.CaptureFixture[str]
) -> None:
    draft(home, "Par habitude")
    call_command("publish_scheduled")
    call_command("publish_scheduled")
    assert capsys.readouterr().out == "1 contenu publié.\nRien à publier pour l’instant.\n"


@pytest.mark.django_db
class TestTwoProcesses(SimpleTestCase):
    """On a copy of the database: a SimpleTestCase has one, without a transaction around it."""

    databases = {"default"}

    def test_two_at_once_publish_everything_and_nothing_twice(self) -> None:
        with TemporaryDirectory() as folder, copied_database(Path(folder)) as database:
            another_process.run(MAKE_DUE_PAGES, database)
            publishers = [
                another_process.start("-c", PUBLISHER, DATABASE_URL=database) for _ in range(2)
            ]
            for publisher in publishers:
                assert publisher.stdout.readline() == "ready\n"
            for publisher in publishers:
                publisher.stdin.write("\n")
                publisher.stdin.flush()
            for publisher in publishers:
                _said, errors = publisher.communicate()
                assert (publisher.returncode, "Traceback" in errors) == (0, False), errors
            assert another_process.run(COUNT, database) == "40 40 40 0\n"
