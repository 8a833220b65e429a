"""The editor's screens tell what is late, what failed, and what could not be published."""

from datetime import timedelta

from django.test import Client
from django.urls import reverse
from django.utils import timezone

import pytest

from portal.jobs import registry
from portal.jobs.models.blocked_publication import BlockedPublication
from portal.jobs.models.periodic_job import PeriodicJob
from portal.jobs.report import format_period
from tests.factories.home import StandardPageFactory, make_home
from tests.factories.users import member_of

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
HOME = "wagtailadmin_home"


@pytest.fixture
def jobs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three jobs: one on time, one late, one that fails."""
    PeriodicJob.objects.all().delete()
    monkeypatch.setattr(registry, "_jobs", {})
    for name, label in (("a", "À temps"), ("b", "Tardive"), ("c", "Cassée")):
        registry.register_job(name, label, HOUR, lambda: None)
    now = timezone.now()
    PeriodicJob.objects.create(name="a", last_succeeded_at=now, last_message="3 lettres parties.")
    PeriodicJob.objects.create(name="b", last_succeeded_at=now - 4 * HOUR)
    PeriodicJob.objects.create(name="c").note_failure(now, "ValueError : non")
    PeriodicJob.objects.create(name="d", last_message="d’une autre version")


def page(client: Client, name: str, group: str = "Coordination") -> str:
    client.force_login(member_of(group))
    return client.get(reverse(name)).content.decode()


def row_of(html: str, label: str) -> str:
    start = html.index(label)
    return html[start : html.index("</tr>", start)]


def test_each_job_is_told_with_its_rhythm_and_its_state(client: Client, jobs: None) -> None:
    html = page(client, "periodic_jobs")
    on_time, late, broken = (row_of(html, label) for label in ("À temps", "Tardive", "Cassée"))
    assert "à l’heure" in on_time
    assert "3 lettres parties." in on_time
    assert "critical" not in on_time
    assert "<strong>en retard</strong>" in late
    assert "critical" in late
    assert "échoue depuis le" in broken
    assert "ValueError : non" in broken
    assert "jamais" in broken
    assert html.count("chaque heure") == 3
    assert "d’une autre version" not in html


def test_the_report_can_be_taken_away_as_a_file(client: Client, jobs: None) -> None:
    client.force_login(member_of("Coordination"))
    response = client.get(reverse("periodic_jobs"), {"export": "csv"})
    said = b"".join(response.streaming_content).decode()
    assert "Tardive,chaque heure" in said
    assert "en retard" in said


def test_only_the_coordination_sees_the_report(client: Client, jobs: None) -> None:
    assert "reports/taches" in page(client, HOME)
    assert "reports/taches" not in page(client, HOME, "Rédaction")
    assert client.get(reverse("periodic_jobs")).status_code in (302, 403)


@pytest.fixture
def blocked() -> BlockedPublication:
    draft = StandardPageFactory(parent=make_home(), title="Le forum", live=False)
    hour = timezone.now() - HOUR
    revision = draft.save_revision(approved_go_live_at=hour)
    return BlockedPublication.objects.create(revision=revision, reason="Adresse déjà prise.")


@pytest.mark.parametrize(
    ("name", "group"),
    [(HOME, "Coordination"), (HOME, "Rédaction"), ("periodic_jobs", "Coordination")],
)
def test_what_could_not_be_published_is_named_with_why_and_where_to_mend_it(
    client: Client, blocked: BlockedPublication, name: str, group: str
) -> None:
    html = page(client, name, group)
    edit = reverse("wagtailadmin_pages:edit", args=[blocked.revision.object_id])
    assert "Le forum" in html
    assert f'href="{edit}' in html
    assert "Adresse déjà prise." in html
    assert "annulez d’abord sa programmation" in html


def test_nothing_is_said_when_all_was_published(client: Client) -> None:
    make_home()
    assert "Publications impossibles" not in page(client, HOME)
    assert "Publications impossibles" not in page(client, "periodic_jobs")


@pytest.mark.parametrize(
    ("every", "words"),
    [
        (timedelta(), "à chaque passage"),
        (timedelta(seconds=30), "toutes les 30 secondes"),
        (timedelta(minutes=1), "chaque minute"),
        (timedelta(minutes=5), "toutes les 5 minutes"),
        (timedelta(hours=12), "toutes les 12 heures"),
        (timedelta(days=1), "chaque jour"),
        (timedelta(days=7), "tous les 7 jours"),
    ],
)
def test_a_rhythm_is_said_in_words(every: timedelta, words: str) -> None:
    assert format_period(every) == words
