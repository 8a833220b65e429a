"""The screens that every import shares, tried with the table of entries."""

import csv
import io
from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

import pytest

from portal.imports import periodic_jobs, runs
from portal.imports.apply import LOCK
from portal.imports.models import ImportedObject, ImportRun
from portal.imports.periodic_jobs import process_imports
from portal.imports.progress import ProgressTracker
from portal.jobs.locks import exclusive_lock
from resources.listing.models import DirectoryPage
from resources.models import GemPage, ResourcePage
from tests.factories.resources import ResourceTypeFactory
from tests.factories.users import member_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("communes", "directory")]

HEADER = "type;titre;telephone;commune\n"
GOOD = f"{HEADER}GEM;Le Phare;0491385460;Aubagne\n"
BAD = f"{GOOD}GEM;;;Aubagne\n"
State = ImportRun.State


@pytest.fixture(autouse=True)
def types(directory: DirectoryPage) -> None:
    ResourceTypeFactory(code="GEM")


@pytest.fixture
def coordinator(client: Client) -> Client:
    client.force_login(member_of("Coordination"))
    return client


@pytest.fixture
def long(monkeypatch: pytest.MonkeyPatch) -> None:
    """Any file is a long one."""
    monkeypatch.setattr(runs, "LONG_ROWS", 0)


def upload_url() -> str:
    return reverse("imports:upload", args=["annuaire"])


def upload(client: Client, content: str | bytes, name: str = "annuaire.csv", **data: str):
    content = content.encode() if isinstance(content, str) else content
    return client.post(
        upload_url(), {"file": SimpleUploadedFile(name, content), **data}, follow=True
    )


def latest() -> ImportRun:
    return ImportRun.objects.latest("pk")


def run_url(run: ImportRun) -> str:
    return reverse("imports:run", args=[run.kind, run.uuid])


def confirm(client: Client, **data: str) -> str:
    run = latest()
    data = {"seen": run.digest, **data}
    return client.post(run_url(run), data, follow=True).content.decode()


def test_a_file_is_seen_before_it_is_written(coordinator: Client) -> None:
    shown = upload(coordinator, GOOD).content.decode()

    assert "Voici ce qui sera écrit" in shown
    assert "Le Phare" in shown
    assert not GemPage.objects.exists()

    done = confirm(coordinator)

    assert "C’est écrit" in done
    gem = GemPage.objects.get()
    assert (gem.phone, gem.live) == ("04 91 38 54 60", False)
    run = latest()
    assert (run.state, bytes(run.content), run.counts["nouvelle"]) == (State.DONE, b"", 1)
    assert ImportedObject.objects.get().target.pk == gem.pk


def test_one_mistake_and_nothing_may_be_written(coordinator: Client) -> None:
    shown = upload(coordinator, BAD).content.decode()

    assert "Rien ne sera écrit" in shown
    assert "Tout enregistrer" not in shown
    assert "au moins un type et un titre" in shown

    confirm(coordinator)

    assert not ResourcePage.objects.exists()


def test_the_same_file_again_has_nothing_to_write(coordinator: Client) -> None:
    upload(coordinator, GOOD)
    confirm(coordinator)

    assert "Ce fichier ne change rien" in upload(coordinator, GOOD).content.decode()


def test_what_changed_since_it_was_seen_is_shown_again(coordinator: Client) -> None:
    upload(coordinator, GOOD)
    other = Client()
    other.force_login(member_of("Coordination"))
    first = latest()
    upload(other, GOOD)
    confirm(other)

    shown = coordinator.post(run_url(first), {"seen": first.digest}, follow=True).content.decode()

    assert "changé entre-temps" in shown
    assert GemPage.objects.count() == 1


def test_only_what_is_on_screen_may_be_confirmed(coordinator: Client) -> None:
    upload(coordinator, GOOD)

    confirm(coordinator, seen="autre chose")

    assert latest().state == State.READY
    assert not GemPage.objects.exists()


def test_two_imports_are_not_written_at_once(coordinator: Client) -> None:
    upload(coordinator, GOOD)

    with exclusive_lock(LOCK):
        shown = confirm(coordinator)

    assert "Un autre import est en cours" in shown
    assert latest().state == State.READY


def test_an_import_that_is_given_up_keeps_no_file(coordinator: Client) -> None:
    upload(coordinator, GOOD)

    confirm(coordinator, give_up="")

    assert (latest().state, bytes(latest().content)) == (State.FAILED, b"")


@pytest.mark.usefixtures("long")
def test_a_long_file_is_read_then_written_by_the_job(coordinator: Client) -> None:
    shown = upload(coordinator, GOOD).content.decode()
    assert "en cours de lecture" in shown

    process_imports()
    assert "Voici ce qui sera écrit" in coordinator.get(run_url(latest())).content.decode()

    assert "en cours d’écriture" in confirm(coordinator)
    assert not GemPage.objects.exists()

    assert process_imports() == "1 import traité."
    assert latest().state == State.DONE
    assert GemPage.objects.exists()


@pytest.mark.usefixtures("long")
def test_the_progress_is_said_in_figures_without_a_script(coordinator: Client) -> None:
    upload(coordinator, GOOD)
    ProgressTracker(latest())(30, 120)

    shown = coordinator.get(run_url(latest())).content.decode()

    assert "30 sur 120 (25\u00a0%)" in shown
    assert '<progress class="w-w-full" max="120" value="30"' in shown
    alone = coordinator.get(reverse("imports:progress", args=["annuaire", latest().uuid]))
    assert "<html" not in alone.content.decode()


@pytest.mark.usefixtures("long")
def test_a_run_whose_process_was_killed_goes_on(coordinator: Client) -> None:
    upload(coordinator, GOOD)
    process_imports()
    confirm(coordinator)
    ImportRun.objects.update(state=State.RUNNING)

    process_imports()

    assert latest().state == State.DONE
    assert GemPage.objects.count() == 1


@pytest.mark.usefixtures("long")
def test_a_run_that_kills_its_process_each_time_is_given_up(
    coordinator: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    def killed(*args: object) -> None:
        raise Killed

    upload(coordinator, GOOD)
    monkeypatch.setattr(runs, "plan_import", killed)
    for _ in range(3):
        with pytest.raises(Killed):
            process_imports()

    process_imports()

    assert latest().state == State.FAILED
    assert "Interrompu plusieurs fois" in coordinator.get(run_url(latest())).content.decode()


@pytest.mark.usefixtures("long")
def test_a_long_file_that_cannot_be_read_says_why(
    coordinator: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runs, "LONG_BYTES", 0)
    upload(coordinator, "couleur\nbleu\n")

    process_imports()

    shown = coordinator.get(run_url(latest())).content.decode()
    assert "Rien n’a été écrit" in shown
    assert "nommer les colonnes" in shown


def test_a_file_that_nobody_confirms_is_forgotten(coordinator: Client) -> None:
    upload(coordinator, GOOD)
    ImportRun.objects.update(created_at=timezone.now() - timedelta(days=8))

    process_imports()

    assert (latest().state, bytes(latest().content)) == (State.FAILED, b"")

    ImportRun.objects.update(created_at=timezone.now() - timedelta(days=366))
    periodic_jobs.process_imports()
    assert not ImportRun.objects.exists()


def test_the_report_is_a_file_in_which_nothing_runs(coordinator: Client) -> None:
    upload(coordinator, f"{GOOD}GEM;+Le Rebond;;Aubagne\n")

    answer = coordinator.get(reverse("imports:report", args=["annuaire", latest().uuid]))

    text = b"".join(answer).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert rows[0] == ["ligne", "résultat", "titre", "détail"]
    assert [row[:3] for row in rows[1:]] == [
        ["2", "à créer", "Le Phare"],
        ["3", "à créer", "'+Le Rebond"],
    ]


@pytest.mark.parametrize("role", ["Rédaction", "Modération", "Référents", None])
def test_only_the_coordination_imports_and_downloads(
    client: Client, coordinator: Client, role: str | None
) -> None:
    upload(coordinator, GOOD)
    run = latest()
    other = Client()
    if role:
        other.force_login(member_of(role))
    addresses = [
        upload_url(),
        run_url(run),
        reverse("imports:progress", args=["annuaire", run.uuid]),
        reverse("imports:report", args=["annuaire", run.uuid]),
        reverse("table_csv"),
        reverse("table_xlsx"),
    ]

    answers = [other.get(address) for address in addresses]
    posts = [other.post(address, {"seen": run.digest}) for address in addresses[:2]]

    for answer in [*answers, *posts]:
        assert answer.status_code in (302, 403)
        assert b"Le Phare" not in answer.content
    assert not GemPage.objects.exists()


def test_an_import_is_found_at_the_address_of_its_kind_only(coordinator: Client) -> None:
    upload(coordinator, GOOD)

    assert (
        coordinator.get(reverse("imports:run", args=["finess", latest().uuid])).status_code == 404
    )
    assert coordinator.get(reverse("imports:upload", args=["inconnu"])).status_code == 404


def test_the_menu_leads_to_the_screen_which_leads_to_the_table(coordinator: Client) -> None:
    home = coordinator.get(reverse("wagtailadmin_home")).content.decode()
    assert upload_url() in home

    html = coordinator.get(upload_url()).content.decode()
    assert reverse("table_xlsx") in html
    assert "comment_y_aller" in html


def test_a_file_that_is_too_big_is_refused_before_it_is_read(coordinator: Client) -> None:
    shown = upload(coordinator, b"x" * (5 * 1024**2 + 1)).content.decode()

    assert "trop gros" in shown
    assert not ImportRun.objects.exists()
