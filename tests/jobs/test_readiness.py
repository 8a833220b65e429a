"""What a monitor is told of the portal's work, and nobody else learns anything from it."""

import re
from datetime import timedelta
from typing import Any

from django.conf import LazySettings
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.utils import timezone

import pytest

from portal.jobs import health, registry
from portal.jobs.models.periodic_job import PeriodicJob
from portal.settings import production

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _one_job(monkeypatch: pytest.MonkeyPatch) -> None:
    """A single job, whose row is new."""
    monkeypatch.setattr(registry, "_jobs", {})
    registry.register_job("essai", "Essai", HOUR, lambda: "Message de camille@exemple.fr")
    PeriodicJob.objects.all().delete()
    registry.ensure_job_rows()


def ask(client: Client) -> tuple[int, dict[str, Any]]:
    response = client.get("/readyz")
    return response.status_code, response.json()


def test_all_is_well(client: Client) -> None:
    assert ask(client) == (
        200,
        {"ready": True, "disk": "ok", "database": "ok", "migrations": "ok", "jobs": "ok"},
    )


def test_a_late_job_is_named(client: Client) -> None:
    PeriodicJob.objects.update(last_succeeded_at=timezone.now() - 4 * HOUR)
    status, said = ask(client)
    assert (status, said["ready"], said["jobs"]) == (503, False, "late: essai")


def test_a_worker_that_was_never_started_shows(client: Client) -> None:
    PeriodicJob.objects.update(created_at=timezone.now() - 4 * HOUR)
    assert ask(client)[0] == 503
    registry.run_due_jobs()
    assert ask(client)[0] == 200


def test_a_migration_that_was_forgotten_shows(client: Client) -> None:
    MigrationRecorder(connection).migration_qs.filter(app="base").last().delete()
    assert ask(client) == (
        503,
        {"ready": False, "disk": "ok", "database": "ok", "migrations": "missing"},
    )


def test_a_database_that_is_away_shows(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def be_away(*_: object) -> None:
        raise OperationalError("connection to 10.0.0.3 refused")

    monkeypatch.setattr(health, "MigrationRecorder", be_away)
    assert ask(client) == (503, {"ready": False, "disk": "ok", "database": "away"})


def test_it_is_never_kept_and_names_nobody_and_no_version(client: Client) -> None:
    registry.run_due_jobs()
    response = client.get("/readyz")
    assert "no-store" in response.headers["Cache-Control"]
    assert not response.cookies
    assert not re.search(r"\d", response.content.decode())
    assert "@" not in response.content.decode()


def test_it_is_only_read(client: Client) -> None:
    assert client.post("/readyz").status_code == 405


def test_a_monitor_on_the_machine_needs_no_https(client: Client, settings: LazySettings) -> None:
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_REDIRECT_EXEMPT = production.SECURE_REDIRECT_EXEMPT
    assert client.get("/readyz").status_code == 200
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz/autre").status_code == 301
