"""The screen where a file is read, looked at, then written."""

import zlib
from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

import pytest

from newsletter.import_reader import HEADINGS
from newsletter.models import Subscriber
from newsletter.personal_data import erase
from portal.imports.models import ImportRun
from portal.imports.periodic_jobs import process_imports
from tests.factories import letter
from tests.factories.users import member_of

HEADER = ";".join(HEADINGS) + "\n"
GOOD = HEADER + (
    "ana@x.example;Bulletin signé;2026-03-03;;\n"
    "leo@x.example;Bulletin signé;2026-03-03;;\n"
    "zoe@x.example;Bulletin signé;2026-03-03;;\n"
    "ANA@x.example;Encore;2026-03-03;;\n"
)
REFUSED = "pas une adresse <b>;Bulletin;2026-03-03;;\n"
pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator(client: Client, db: None) -> Client:
    client.force_login(member_of("Coordination"))
    return client


def upload_url() -> str:
    return reverse("imports:upload", args=["abonnes"])


def upload(client: Client, content: str | bytes):
    content = content.encode() if isinstance(content, str) else content
    file = SimpleUploadedFile("abonnes.csv", content, content_type="text/csv")
    return client.post(upload_url(), {"file": file}, follow=True)


def latest() -> ImportRun:
    return ImportRun.objects.latest("pk")


def run_url(run: ImportRun) -> str:
    return reverse("imports:run", args=[run.kind, run.uuid])


def confirm(client: Client):
    run = latest()
    return client.post(run_url(run), {"seen": run.digest}, follow=True)


def test_the_coordinator_sees_each_line_before_anything_is_written(coordinator: Client) -> None:
    letter.subscriber_of("zoe@x.example", state=Subscriber.State.UNSUBSCRIBED)
    page = upload(coordinator, GOOD + REFUSED).content.decode()
    assert Subscriber.objects.count() == 1
    for words in (
        "Rien ne sera écrit : des lignes sont à corriger",
        "<td>2</td><td>ana@x.example</td><td>À créer</td>",
        "<td>4</td><td>zoe@x.example</td><td>Gardée telle quelle",
        "Ne veut plus de la lettre, ou ne la reçoit pas",
        "Ligne 5 : cette adresse est déjà ligne 2",
        "<td>6</td><td>pas une adresse &lt;b&gt;</td><td>Refusée",
    ):
        assert words in page
    assert "Tout enregistrer" not in page


def test_a_file_with_a_refused_line_writes_nothing_even_when_told_to(coordinator: Client) -> None:
    upload(coordinator, GOOD + REFUSED)
    confirm(coordinator)
    assert not Subscriber.objects.exists()


def test_what_was_seen_is_written_and_said(coordinator: Client) -> None:
    assert "À créer : 3" in upload(coordinator, GOOD).content.decode()
    done = confirm(coordinator)
    assert "C’est écrit" in done.content.decode()
    assert Subscriber.objects.active().count() == 3


def test_read_again_the_file_changes_nothing(coordinator: Client) -> None:
    upload(coordinator, GOOD)
    confirm(coordinator)
    page = upload(coordinator, GOOD).content.decode()
    assert "Ce fichier ne change rien" in page
    assert "Tout enregistrer" not in page


def test_what_changed_since_it_was_seen_is_shown_again(coordinator: Client) -> None:
    upload(coordinator, GOOD)
    letter.subscriber_of("leo@x.example")
    again = confirm(coordinator)
    assert "Le portail a changé entre-temps" in again.content.decode()
    assert Subscriber.objects.count() == 1
    confirm(coordinator)
    assert Subscriber.objects.active().count() == 3


def test_a_cell_of_two_lines_is_read(coordinator: Client) -> None:
    text = GOOD.replace("Bulletin signé;2026-03-03", '"Bulletin\nsigné";2026-03-03')
    upload(coordinator, text)
    confirm(coordinator)
    assert Subscriber.objects.first().proof == "Bulletin signé"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"PK\x03\x04", "n’est pas un classeur"),
        (b"adresse;date\n", "preuve"),
        (b"x" * (5 * 1024**2 + 1), "5 Mo au plus"),
    ],
)
def test_a_file_that_cannot_be_read_is_told(
    coordinator: Client, content: bytes, words: str
) -> None:
    assert words in upload(coordinator, content).content.decode()


def test_no_file_is_told(coordinator: Client) -> None:
    assert "Choisissez un fichier" in coordinator.post(upload_url(), {}).content.decode()


def test_a_form_that_was_tampered_with_writes_nothing(coordinator: Client) -> None:
    upload(coordinator, GOOD)
    coordinator.post(run_url(latest()), {"seen": "autre chose"})
    assert not Subscriber.objects.exists()


def test_a_long_file_is_cut_on_screen_and_not_in_the_database(coordinator: Client) -> None:
    lines = "".join(f"p{rank}@x.example;Bulletin;2026-03-03;;\n" for rank in range(1200))
    upload(coordinator, HEADER + lines)
    process_imports()
    page = coordinator.get(run_url(latest())).content.decode()
    assert page.count("<td>À créer</td>") == 500
    assert "Et 700 autres lignes" in page
    confirm(coordinator)
    process_imports()
    assert Subscriber.objects.active().count() == 1200


def kept(run: ImportRun) -> str:
    content = zlib.decompress(run.content).decode() if run.content else ""
    return f"{run.report}{run.message}{run.options}{content}"


@pytest.mark.parametrize("ends", ["written", "given up", "forgotten", "erased"])
def test_nothing_of_who_is_in_the_file_is_kept_once_it_is_over(
    coordinator: Client, ends: str
) -> None:
    upload(coordinator, GOOD)
    assert "ana@x.example" in kept(latest())
    if ends == "written":
        confirm(coordinator)
    elif ends == "given up":
        coordinator.post(run_url(latest()), {"give_up": ""})
    elif ends == "erased":
        erase("ana@x.example")
    else:
        ImportRun.objects.update(created_at=timezone.now() - timedelta(hours=25))
        process_imports()
    assert "x.example" not in kept(latest())
    assert not latest().content
    assert Subscriber.objects.active().count() == (3 if ends == "written" else 0)


def test_the_template_subscribes_nobody(coordinator: Client) -> None:
    response = coordinator.get(reverse("letter_subscribers:template"))
    assert response["Content-Disposition"] == 'attachment; filename="abonnes.csv"'
    content = b"".join(response)
    assert content.decode("utf-8-sig").split() == [";".join(HEADINGS)]
    assert "aucune ligne" in upload(coordinator, content).content.decode()


def test_the_consent_that_is_asked_for_is_said_first(coordinator: Client) -> None:
    page = coordinator.get(upload_url()).content.decode()
    assert "qui ont dit oui à cette lettre" in page
    assert "recreates" not in page


def test_only_those_who_add_subscribers_may_import(client: Client) -> None:
    client.force_login(member_of("Rédaction"))
    assert client.get(upload_url()).status_code in (302, 403)


def test_the_old_address_of_the_screen_leads_to_the_shared_one(coordinator: Client) -> None:
    assert coordinator.get(reverse("letter_subscribers:import"))["Location"] == upload_url()


def test_the_list_leads_to_the_import(coordinator: Client) -> None:
    assert upload_url() in coordinator.get(reverse("letter_subscribers:index")).content.decode()
