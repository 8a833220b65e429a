"""The coordinator's list of subscribers: found, added with a proof, changed, exported, erased."""

import csv
import io
import re
from collections.abc import Callable
from datetime import timedelta

from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from wagtail.models import ModelLogEntry

import openpyxl
import pytest

from home.models import ContactMessage
from newsletter.import_reader import read_subscribers
from newsletter.import_target import SubscriberTarget
from newsletter.models import ConsentText, Delivery, Movement, Subscriber, Suppression
from portal.geo.models import Territory
from portal.imports.planner import plan_import
from portal.mail.addresses import hash_of
from tests.factories import letter
from tests.factories.newsletter import paris
from tests.factories.users import UserFactory, member_of

State = Subscriber.State
pytestmark = pytest.mark.django_db


def url(name: str, *args: object) -> str:
    return reverse(f"letter_subscribers:{name}", args=args)


@pytest.fixture
def coordinator(client: Client, db: None) -> Client:
    client.force_login(member_of("Coordination"))
    return client


@pytest.fixture
def html_of(coordinator: Client) -> Callable[..., str]:
    def html(name: str, *args: object, **query: object) -> str:
        response = coordinator.get(url(name, *args), query)
        assert response.status_code == 200
        return response.content.decode()

    return html


def body(response: HttpResponse) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def test_the_list_is_searched_by_address(html_of: Callable[..., str]) -> None:
    letter.subscriber_of("ana@x.example")
    letter.subscriber_of("leo@y.example")
    page = html_of("index")
    assert "ana@x.example" in page
    assert "Effacer" in page
    found = html_of("index_results", q="LEO@y")
    assert "leo@y.example" in found
    assert "ana@x.example" not in found


@pytest.mark.parametrize("query", ["\x00", '"', "%", "a" * 3000, "'; DROP TABLE", "\ud800"])
def test_no_search_breaks_the_list(coordinator: Client, query: str) -> None:
    letter.subscriber_of()
    typed = query.encode("utf-8", "surrogatepass")
    response = coordinator.get(url("index"), {"q": typed, "state": typed, "topics": typed})
    assert response.status_code == 200


def test_the_list_is_filtered(coordinator: Client) -> None:
    topic = letter.topic("proches")
    territory = Territory.objects.create(name="Pays d’Aubagne", slug="pays-aubagne")
    now = timezone.now()
    letter.subscriber_of("ana@x.example", topics=[topic])
    letter.subscriber_of("leo@x.example", territory=territory, origin=Subscriber.Origin.STAFF)
    letter.subscriber_of("zoe@x.example", state=State.UNSUBSCRIBED)
    letter.subscriber_of("old@x.example", consented_at=now - timedelta(days=400))

    def found(**query: object) -> set[str]:
        html = coordinator.get(url("index_results"), query).content.decode()
        return {name for name in ("ana", "leo", "zoe", "old") if f"{name}@x.example" in html}

    assert found(topics=topic.pk) == {"ana"}
    assert found(territory=territory.pk) == {"leo"}
    assert found(origin="coordination") == {"leo"}
    assert found(state="desinscrit") == {"zoe"}
    assert found(consented_at_to=(now - timedelta(days=300)).date().isoformat()) == {"old"}
    assert found(consented_at_from=now.date().isoformat()) == {"ana", "leo", "zoe"}


def test_a_longer_list_costs_no_more_queries(coordinator: Client) -> None:
    topics = [letter.topic("proches"), letter.topic("agenda")]
    territory = Territory.objects.create(name="Pays d’Aubagne", slug="pays-aubagne")

    def cost(address: str) -> int:
        coordinator.get(address)
        with CaptureQueriesContext(connection) as queries:
            body(coordinator.get(address))
        return len(queries)

    addresses = [url("index"), url("index") + "?export=csv", url("index") + "?export=xlsx"]
    for rank in range(3):
        letter.subscriber_of(f"p{rank}@x.example", topics=topics, territory=territory)
    few = [cost(address) for address in addresses]
    for rank in range(3, 33):
        letter.subscriber_of(f"p{rank}@x.example", topics=topics, territory=territory)
    assert [cost(address) for address in addresses] == few


def test_somebody_is_added_with_the_proof_that_they_agreed(coordinator: Client) -> None:
    topic = letter.topic("proches")
    response = coordinator.post(
        url("add"),
        {"address": " Ana@X.Example ", "proof": "Bulletin du 3 mars", "topics": [topic.pk]},
        follow=True,
    )
    assert "dès le prochain envoi" in response.content.decode()
    ana = Subscriber.objects.get()
    assert (ana.email_key, ana.is_active, ana.proof) == (
        "ana@x.example",
        True,
        "Bulletin du 3 mars",
    )
    assert ana.origin == Subscriber.Origin.STAFF
    assert list(ana.topics.all()) == [topic]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"proof": ""}, "où et quand la personne"),
        ({"proof": "  "}, "où et quand la personne"),
        ({"address": ""}, "Écrivez une adresse"),
        ({"address": "ana"}, "pas complète"),
        ({"address": "ana@x.example\nBcc:b@x.example"}, "signe invisible"),
        ({"proof": "x" * 301}, "300"),
    ],
)
def test_what_is_typed_wrong_is_kept_and_told(
    coordinator: Client, typed: dict[str, str], words: str
) -> None:
    good = {"address": "ana@x.example", "proof": "Bulletin du 3 mars"}
    html = coordinator.post(url("add"), good | typed).content.decode()
    assert words in html
    assert not Subscriber.objects.exists()
    for value in set(good.values()) - {good[name] for name in typed}:
        assert value in html


@pytest.mark.parametrize("known", ["left", "erased"])
def test_who_asked_never_to_be_written_to_is_refused(coordinator: Client, known: str) -> None:
    if known == "left":
        letter.subscriber_of("ana@x.example", state=State.UNSUBSCRIBED)
    else:
        Suppression.objects.create(
            address_hash=hash_of("ana@x.example"), reason=Suppression.Reason.ERASED
        )
    html = coordinator.post(
        url("add"), {"address": "ANA@x.example", "proof": "Bulletin"}
    ).content.decode()
    assert "Seule la personne peut se réinscrire" in html
    assert not Subscriber.objects.active().exists()


def test_who_receives_the_letter_already_is_said(coordinator: Client) -> None:
    letter.subscriber_of("ana@x.example")
    html = coordinator.post(
        url("add"), {"address": "ana@x.example", "proof": "Bulletin"}
    ).content.decode()
    assert "reçoit déjà la lettre" in html


def test_only_topics_and_territory_can_be_changed(coordinator: Client) -> None:
    territory = Territory.objects.create(name="Pays d’Aubagne", slug="pays-aubagne")
    topic = letter.topic("proches")
    ana = letter.subscriber_of("ana@x.example", proof="Bulletin")
    before = Subscriber.objects.values("email", "state", "proof", "token", "consented_at").get()
    coordinator.post(
        url("edit", ana.pk),
        {
            **{"topics": [topic.pk], "territory": territory.pk},
            **{"email": "leo@x.example", "state": "plainte", "proof": "Autre"},
        },
    )
    ana.refresh_from_db()
    assert (list(ana.topics.all()), ana.territory) == ([topic], territory)
    after = Subscriber.objects.values("email", "state", "proof", "token", "consented_at").get()
    assert after == before


def test_the_proof_is_read_in_full(html_of: Callable[..., str]) -> None:
    consent = ConsentText.objects.create(text="Oui à la lettre & à rien d’autre.")
    ana = letter.subscriber_of(
        consent=consent,
        consented_at=paris(2026, 7, 14, 0, 30),
        proof="https://x.example/lettre/",
    )
    html = html_of("inspect", ana.pk)
    for words in ("Version 1, du", "Oui à la lettre &amp; à rien d’autre.", "https://x.example/"):
        assert words in html
    # As clocks in France said it.
    assert "14 juillet 2026 00:30" in html
    assert not re.search(r"<dd>\s*None", html)
    for label in ("Accord donné le", "Confirmé le", "Origine", "formulaire du site"):
        assert label in html


def test_nothing_secret_of_a_subscriber_is_shown(html_of: Callable[..., str]) -> None:
    ana = letter.subscriber_of(nonce="un-nonce-secret")
    for name in ("inspect", "edit", "history", "delete"):
        html = html_of(name, ana.pk)
        assert ana.token not in html
        assert "un-nonce-secret" not in html


def test_an_erasure_is_confirmed_then_complete(coordinator: Client) -> None:
    ana = letter.subscriber_of("ana@x.example")
    letter.sent_delivery(ana)
    ContactMessage.objects.create(subject="autre", email="Ana@x.example", message="Bonjour")
    html = coordinator.get(url("delete", ana.pk)).content.decode()
    assert "Messages écrits par le formulaire de contact (1)" in html
    assert Subscriber.objects.exists()
    response = coordinator.post(url("delete", ana.pk), follow=True)
    assert "est effacée du portail" in response.content.decode()
    assert "ana@x.example" not in response.content.decode()
    assert not Subscriber.objects.exists()
    assert not ContactMessage.objects.exists()
    assert Delivery.objects.get().subscriber is None
    assert Movement.objects.get().kind == Movement.Kind.LEFT
    assert Suppression.objects.get().reason == Suppression.Reason.ERASED


def test_the_coordinator_erases_nobody_s_account(coordinator: Client) -> None:
    ana = letter.subscriber_of("ana@x.example")
    account = UserFactory(email="ana@x.example", is_superuser=True)
    html = coordinator.get(url("delete", ana.pk)).content.decode()
    assert "que seul un administrateur peut effacer" in html
    coordinator.post(url("delete", ana.pk))
    account.refresh_from_db()
    assert not Subscriber.objects.exists()


def test_the_history_keeps_nobody_s_address(coordinator: Client) -> None:
    coordinator.post(url("add"), {"address": "ana@x.example", "proof": "Bulletin"})
    ana = Subscriber.objects.get()
    coordinator.post(url("edit", ana.pk), {"topics": [], "territory": ""})
    coordinator.post(url("delete", ana.pk))
    entries = ModelLogEntry.objects.filter(object_id=str(ana.pk))
    assert set(entries.values_list("action", flat=True)) == {
        *("wagtail.create", "wagtail.edit", "wagtail.delete"),
    }
    for entry in entries:
        assert "@" not in f"{entry.label} {entry.data}"


ODD = ["=cmd@x.example", "-a@b.example", "+a@b.example", "'=a@b.example", "ana@x.example"]


def exported(coordinator: Client) -> str:
    return body(coordinator.get(url("index") + "?export=csv")).decode()


def test_no_cell_of_the_csv_is_a_formula(coordinator: Client) -> None:
    for address in ODD:
        letter.subscriber_of(address, proof="=HYPERLINK(1)")
    lines = list(csv.reader(io.StringIO(exported(coordinator)), delimiter=";"))
    assert len(lines) == 1 + len(ODD)
    for cell in (cell for line in lines for cell in line):
        assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))


def test_no_cell_of_the_workbook_is_a_formula(coordinator: Client) -> None:
    for address in ODD:
        letter.subscriber_of(address, proof="=HYPERLINK(1)\x07")
    content = body(coordinator.get(url("index") + "?export=xlsx"))
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert "f" not in {cell.data_type for cell in cells}
    assert {row[0].value for row in sheet.iter_rows(min_row=2)} == set(ODD)


def test_what_is_exported_can_be_imported_and_changes_nothing(coordinator: Client) -> None:
    territory = Territory.objects.create(name="Pays d’Aubagne", slug="pays-aubagne")
    for address in ODD:
        letter.subscriber_of(
            address, topics=[letter.topic("proches"), letter.topic("agenda")], territory=territory
        )
    letter.subscriber_of("parti@x.example", state=State.UNSUBSCRIBED)
    content = exported(coordinator).encode()
    plan = plan_import(read_subscribers(content, "", {}), SubscriberTarget())
    assert plan.counts["pareille"] == len(ODD)
    assert not plan.changes
    # In a portal that knows nobody, those who receive the letter come back as they were.
    before = {one.email for one in Subscriber.objects.active()}
    Subscriber.objects.all().delete()
    again = plan_import(read_subscribers(content, "", {}), SubscriberTarget()).changes
    assert {one.values["email"] for one in again} == before
    assert {one.values["territory"] for one in again} == {territory.slug}
    assert all(len(one.values["topics"]) == 2 for one in again)


def test_only_what_is_filtered_is_exported(coordinator: Client) -> None:
    letter.subscriber_of("ana@x.example")
    letter.subscriber_of("zoe@x.example", state=State.UNSUBSCRIBED)
    text = body(coordinator.get(url("index") + "?export=csv&state=inscrit")).decode()
    assert "ana@x.example" in text
    assert "zoe@x.example" not in text
