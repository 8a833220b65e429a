"""The screen where a file is read, looked at, then written."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

import pytest

from newsletter.models import Subscriber
from newsletter.services.subscriber_file import COLUMNS, text_of
from newsletter.services.subscriber_import import plan_import
from tests.factories import letter
from tests.factories.users import member_of

HEADER = ";".join(COLUMNS) + "\n"
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


def import_url() -> str:
    return reverse("letter_subscribers:import")


def upload(client: Client, content: str | bytes):
    content = content.encode() if isinstance(content, str) else content
    file = SimpleUploadedFile("abonnes.csv", content, content_type="text/csv")
    return client.post(import_url(), {"file": file})


def confirm(client: Client, shown):
    return client.post(import_url(), shown.context["apply_form"].initial, follow=True)


def test_the_coordinator_sees_each_line_before_anything_is_written(coordinator: Client) -> None:
    letter.subscriber_of("zoe@x.example", state=Subscriber.State.UNSUBSCRIBED)
    page = upload(coordinator, GOOD + REFUSED).content.decode()
    assert Subscriber.objects.count() == 1
    for words in (
        "Rien ne sera écrit : des lignes sont à corriger",
        "<td>2</td><td>ana@x.example</td><td>Sera inscrite</td>",
        "<td>4</td><td>zoe@x.example</td><td>Ne veut plus de la lettre, ou ne la reçoit pas</td>",
        "<td>5</td><td>ANA@x.example</td><td>Déjà dans le fichier : déjà ligne 2</td>",
        "<td>6</td><td>pas une adresse &lt;b&gt;</td><td>Refusée : ",
    ):
        assert words in page
    assert "Inscrire ces" not in page


def test_a_file_with_a_refused_line_writes_nothing_even_when_told_to(coordinator: Client) -> None:
    shown = upload(coordinator, GOOD + REFUSED)
    confirm(coordinator, shown)
    assert not Subscriber.objects.exists()


def test_the_coordinator_is_told_how_many_will_be_subscribed(coordinator: Client) -> None:
    assert "3 adresses seront inscrites" in upload(coordinator, GOOD).content.decode()


def test_what_was_seen_is_written_and_said(coordinator: Client) -> None:
    shown = upload(coordinator, GOOD)
    done = confirm(coordinator, shown)
    assert "3 adresses recevront la lettre" in done.content.decode()
    assert Subscriber.objects.active().count() == 3


def test_read_again_the_file_changes_nothing(coordinator: Client) -> None:
    confirm(coordinator, upload(coordinator, GOOD))
    page = upload(coordinator, GOOD).content.decode()
    assert "Ce fichier ne change rien" in page
    assert "Inscrire" not in page


def test_what_changed_since_it_was_seen_is_shown_again(coordinator: Client) -> None:
    shown = upload(coordinator, GOOD)
    letter.subscriber_of("leo@x.example")
    again = confirm(coordinator, shown)
    assert "Les abonnés ont changé entre-temps" in again.content.decode()
    assert Subscriber.objects.count() == 1
    confirm(coordinator, again)
    assert Subscriber.objects.active().count() == 3


def test_lines_end_as_the_browser_sends_them_back(coordinator: Client) -> None:
    """A form turns each end of a line into CR LF, whatever the file had."""
    text = GOOD.replace("Bulletin signé;2026-03-03", '"Bulletin\nsigné";2026-03-03')
    shown = upload(coordinator, text)
    initial = dict(shown.context["apply_form"].initial)
    initial["text"] = initial["text"].replace("\n", "\r\n")
    done = coordinator.post(import_url(), initial, follow=True)
    assert "3 adresses recevront la lettre" in done.content.decode()
    assert Subscriber.objects.first().proof == "Bulletin signé"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"PK\x03\x04", "n’est pas un CSV"),
        (b"adresse;date\n", "preuve"),
        (b"x" * (5 * 1024**2 + 1), "5 Mo au plus"),
    ],
)
def test_a_file_that_cannot_be_read_is_told(
    coordinator: Client, content: bytes, words: str
) -> None:
    assert words in upload(coordinator, content).content.decode()


def test_no_file_is_told(coordinator: Client) -> None:
    assert "Choisissez un fichier" in coordinator.post(import_url(), {}).content.decode()


@pytest.mark.parametrize("text", ["", "adresse;date\n", "\x00"])
def test_a_form_that_was_tampered_with_writes_nothing(coordinator: Client, text: str) -> None:
    coordinator.post(import_url(), {"text": text, "seen": plan_import(GOOD).digest})
    coordinator.post(import_url(), {"text": GOOD, "seen": "autre chose"})
    assert not Subscriber.objects.exists()


def test_a_long_file_is_cut_on_screen_and_not_in_the_database(coordinator: Client) -> None:
    lines = "".join(f"p{rank}@x.example;Bulletin;2026-03-03;;\n" for rank in range(1200))
    shown = upload(coordinator, HEADER + lines)
    page = shown.content.decode()
    assert "1200 adresses seront inscrites" in page.replace("\xa0", "").replace("\u202f", "")
    assert page.count("<td>Sera inscrite</td>") == 1000
    assert "Et 200 autres lignes" in page
    confirm(coordinator, shown)
    assert Subscriber.objects.active().count() == 1200


def test_the_template_subscribes_nobody(coordinator: Client) -> None:
    response = coordinator.get(reverse("letter_subscribers:template"))
    assert response["Content-Disposition"] == 'attachment; filename="abonnes.csv"'
    text = text_of(response.content)
    assert text.split() == [";".join(COLUMNS)]
    assert plan_import(text).verdicts == []


def test_the_list_leads_to_the_import(coordinator: Client) -> None:
    assert import_url() in coordinator.get(reverse("letter_subscribers:index")).content.decode()
