"""What the letter does by itself about messages that come back, and when."""

import importlib
from collections.abc import Callable, Iterator
from datetime import timedelta

from django.conf import LazySettings

import pytest

from newsletter import periodic_jobs
from portal.jobs import registry
from portal.jobs.models.periodic_job import PeriodicJob
from tests.newsletter.bounces.returns import gmail_late, written
from tests.servers.imap import Mailbox

Names = Callable[[], dict[str, registry.JobDefinition]]


@pytest.fixture
def jobs(monkeypatch: pytest.MonkeyPatch, settings: LazySettings) -> Names:
    """The jobs of the letter under the settings of the moment."""

    def jobs() -> dict[str, registry.JobDefinition]:
        monkeypatch.setattr(registry, "_jobs", {})
        importlib.reload(periodic_jobs)
        return {job.name: job for job in registry.jobs()}

    return jobs


@pytest.fixture
def mailbox(settings: LazySettings) -> Iterator[Mailbox]:
    with Mailbox([gmail_late(), written("Merci")]) as mailbox:
        settings.PORTAL_BOUNCE_MAILBOX = mailbox.settings
        yield mailbox


def test_without_a_mailbox_and_a_service_nothing_is_asked(jobs: Names) -> None:
    assert not {"letter-returns", "letter-scaleway"} & set(jobs())


def test_scaleway_is_asked_when_it_carries_the_mail(jobs: Names, settings: LazySettings) -> None:
    settings.EMAIL_BACKEND = "anymail.backends.scaleway.EmailBackend"
    assert jobs()["letter-scaleway"].every == timedelta(minutes=10)


@pytest.mark.django_db
def test_the_mailbox_is_read_every_ten_minutes(jobs: Names, mailbox: Mailbox) -> None:
    job = jobs()["letter-returns"]

    assert job.every == timedelta(minutes=10)
    assert job.run() == "1 message sans suite, 1 message laissé à lire."


@pytest.mark.django_db
def test_a_mailbox_that_is_away_is_one_warning_and_nothing_is_lost(
    jobs: Names,
    mailbox: Mailbox,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    job = jobs()["letter-returns"]
    monkeypatch.setattr(registry, "_jobs", {job.name: job})
    mailbox.hang_up_at = 1

    (run,) = registry.run_due_jobs()

    assert not run.succeeded
    row = PeriodicJob.objects.get(name="letter-returns")
    assert row.failing_since
    assert row.last_message == "MailboxAway : La boîte des retours a raccroché."
    assert len([each for each in caplog.records if each.name.startswith("portal")]) == 1
    assert mailbox.user not in caplog.text
    assert len(mailbox.kept) == 2
