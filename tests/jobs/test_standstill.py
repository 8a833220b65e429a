"""When something stops, somebody knows: a banner, a message, one function for all of them."""

from datetime import timedelta

from django.conf import LazySettings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

import pytest

from portal.base.models import PortalSettings
from portal.imports.models import ImportRun
from portal.jobs import registry
from portal.jobs.models.periodic_job import PeriodicJob
from portal.jobs.standstill import standstills
from portal.mail.models import OutgoingMessage
from portal.mail.standstill_messages import look_now_and_then, tell_standstills
from tests.factories.home import StandardPageFactory, make_home
from tests.factories.users import member_of

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture(autouse=True)
def _two_jobs(monkeypatch: pytest.MonkeyPatch, settings: LazySettings) -> None:
    """One at each tick and one a day, both on time; two people who can see to it."""
    monkeypatch.setattr(registry, "_jobs", {})
    registry.register_job("often", "Souvent", timedelta(), lambda: None)
    registry.register_job("daily", "Chaque jour", DAY, lambda: None)
    PeriodicJob.objects.all().delete()
    registry.run_due_jobs()
    portal = PortalSettings.load()
    portal.contact_email = "coordination@ptsm.example"
    portal.save()
    settings.PORTAL_HOST_EMAIL = "astreinte@hebergeur.example"


def names() -> list[str]:
    return [one.name for one in standstills()]


def told() -> list[tuple[str, str]]:
    rows = OutgoingMessage.objects.filter(kind__startswith="standstill").order_by("pk")
    return [(one.address, one.text) for one in rows]


def test_nothing_is_said_when_all_goes_on(client: Client) -> None:
    make_home()
    assert names() == []
    assert tell_standstills() == ""
    assert told() == []
    client.force_login(member_of("Coordination"))
    assert "Prévenez la personne" not in client.get(reverse("wagtailadmin_home")).content.decode()


def test_a_dead_worker_is_told_to_the_coordination_and_to_the_host_once_a_day() -> None:
    hours_ago = timezone.now() - 5 * HOUR
    PeriodicJob.objects.update(last_started_at=hours_ago, last_succeeded_at=hours_ago)

    look_now_and_then()
    look_now_and_then()
    tell_standstills()

    assert [address for address, _text in told()] == [
        "coordination@ptsm.example",
        "astreinte@hebergeur.example",
    ]
    assert "ne tournent plus depuis" in told()[0][1]
    tell_standstills(timezone.now() + DAY + HOUR)
    assert sum("ne tournent plus depuis" in text for _address, text in told()) == 4


@pytest.mark.parametrize("where", ["wagtailadmin_home", "periodic_jobs"])
def test_the_same_red_banner_is_on_the_home_page_and_in_the_report(
    client: Client, where: str
) -> None:
    make_home()
    PeriodicJob.objects.filter(name="daily").update(last_succeeded_at=timezone.now() - 27 * HOUR)
    client.force_login(member_of("Coordination"))

    html = client.get(reverse(where)).content.decode()

    assert "Une tâche du portail n’aboutit pas : Chaque jour." in html
    assert "help-critical" in html


def test_an_editor_sees_the_banner_without_the_link(client: Client) -> None:
    make_home()
    PeriodicJob.objects.filter(name="daily").update(last_succeeded_at=timezone.now() - 27 * HOUR)
    client.force_login(member_of("Rédaction"))
    html = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "Chaque jour" in html
    assert "Voir « Tâches du portail »" not in html


def test_what_never_ran_is_not_on_time(client: Client) -> None:
    PeriodicJob.objects.all().delete()
    registry.ensure_job_rows()
    client.force_login(member_of("Coordination"))
    assert "à l’heure</" not in client.get(reverse("periodic_jobs")).content.decode()
    assert names() == []

    PeriodicJob.objects.update(created_at=timezone.now() - 3 * DAY)
    html = client.get(reverse("periodic_jobs")).content.decode()
    assert "en retard : n’a jamais tourné" in html
    assert "n’ont jamais tourné" in html


def test_a_failing_job_is_told_once_its_period_is_over(client: Client) -> None:
    row = PeriodicJob.objects.get(name="often")
    row.note_failure(timezone.now(), "ValueError : non")
    assert names() == []
    PeriodicJob.objects.update(last_succeeded_at=timezone.now() - HOUR)
    PeriodicJob.objects.filter(name="daily").update(last_started_at=timezone.now())
    assert names() == ["jobs"]


def test_mail_imports_and_pages_that_wait_too_long_stand_still(client: Client) -> None:
    now = timezone.now()
    OutgoingMessage.objects.create(kind="essai", address="a@x.example", created_at=now - 2 * HOUR)
    ImportRun.objects.create(kind="annuaire", state=ImportRun.State.PLANNING, created_at=now - HOUR)
    draft = StandardPageFactory(parent=make_home(), live=False)
    draft.save_revision(approved_go_live_at=now - HOUR)

    assert set(names()) == {"mail", "imports", "pages"}
    assert client.get("/readyz").json()["ready"] is False

    refused = OutgoingMessage.objects.get(kind="essai")
    refused.answer = "552 5.2.2 full"
    refused.save()
    ImportRun.objects.update(started_at=now)
    assert names() == ["pages"]


def test_what_has_just_begun_to_wait_does_not(client: Client) -> None:
    OutgoingMessage.objects.create(kind="essai", address="a@x.example")
    ImportRun.objects.create(kind="annuaire", state=ImportRun.State.QUEUED)
    assert names() == []
