"""« À appeler »: whom to call and why, and what is noted after the call."""

from datetime import date

from django.test import Client
from django.utils import timezone

import pytest
from bs4 import BeautifulSoup

from portal.users.models import User
from resources.editor_choices import VerificationMethod
from resources.listing.models import DirectoryPage
from resources.models import ResourcePage, ResourcePhone, Verification, VerificationRequest
from resources.verification.reminders import send_due_requests
from resources.verification.responses import respond_wrong_person
from tests.clock import Clock, set_clock
from tests.factories.referents import ActiveReferentFactory
from tests.factories.users import member_of
from tests.factories.verification import live_entry

LIST = "/admin/annuaire/a-appeler/"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return set_clock(monkeypatch)


@pytest.fixture
def coordinator(client: Client, db: None) -> User:
    user = member_of("Coordination")
    client.force_login(user)
    return user


@pytest.fixture
def entry(directory: DirectoryPage) -> ResourcePage:
    """An entry that nobody can be asked about."""
    return live_entry(directory, title="GEM Exemple", phone="04 91 00 00 01")


def listed(client: Client) -> str:
    page = BeautifulSoup(client.get(LIST).content, "html.parser")
    table = page.select_one("table.listing")
    return table.get_text(" ", strip=True) if table else ""


def test_nobody_to_ask_is_a_reason_to_call(
    client: Client, coordinator: User, entry: ResourcePage
) -> None:
    entry.phones.add(ResourcePhone(label="Secrétariat", number="04 91 00 00 02"))
    entry.save()
    page = client.get(LIST).content.decode()
    assert 'href="tel:+33491000001"' in page or 'href="tel:0491000001"' in page
    said = listed(client)
    assert "04 91 00 00 02 (Secrétariat)" in said
    assert "Ni référent, ni adresse e-mail." in said


def test_who_did_not_answer_is_told_with_the_day(
    client: Client, coordinator: User, entry: ResourcePage, clock: Clock
) -> None:
    ActiveReferentFactory(entries=[entry], name="Ana", role="Animatrice")
    for _day in range(32):
        send_due_requests()
        clock.wait(days=1)
    client.force_login(coordinator)
    said = listed(client)
    assert "Pas de réponse : Ana (Animatrice)" in said
    assert "2 relances" in said


def test_the_wrong_person_is_told_of(
    client: Client, coordinator: User, entry: ResourcePage
) -> None:
    ActiveReferentFactory(entries=[entry], name="Ana", role="Animatrice")
    send_due_requests()
    respond_wrong_person(VerificationRequest.objects.get())
    assert "Dit ne pas être la bonne personne : Ana (Animatrice)." in listed(client)


def test_the_oldest_comes_first(
    client: Client, coordinator: User, directory: DirectoryPage
) -> None:
    for title, day in (("B", date(2020, 1, 1)), ("A", date(2024, 1, 1)), ("C", None)):
        live_entry(directory, title=f"Lieu {title}", verified_on=day)
    said = listed(client)
    assert said.index("Lieu C") < said.index("Lieu B") < said.index("Lieu A")


def test_verified_by_telephone_is_written_with_the_role_of_who_answered(
    client: Client, coordinator: User, entry: ResourcePage
) -> None:
    address = f"{LIST}{entry.pk}/verifiee/"
    assert client.post(address, {"role": ""}).status_code == 200
    assert not Verification.objects.exists()
    client.post(address, {"role": "l’accueil"})
    entry.refresh_from_db()
    assert (entry.verified_on, entry.verified_by_role) == (timezone.localdate(), "l’accueil")
    said = Verification.objects.get()
    assert (said.how, said.user) == (VerificationMethod.PHONE, coordinator)
    assert "GEM Exemple" not in listed(client)
    assert "l’accueil" in client.get("/admin/annuaire/verifications/").content.decode()


def test_who_does_not_pick_up_comes_back_in_two_weeks(
    client: Client, coordinator: User, entry: ResourcePage, clock: Clock
) -> None:
    client.post(f"{LIST}{entry.pk}/injoignable/")
    assert "GEM Exemple" not in listed(client)
    clock.wait(days=15)
    client.force_login(coordinator)
    assert "GEM Exemple" in listed(client)


@pytest.mark.parametrize("extension", ["csv", "xlsx"])
def test_the_list_is_taken_away_and_runs_nothing(
    client: Client, coordinator: User, directory: DirectoryPage, extension: str
) -> None:
    live_entry(directory, title="=cmd()", phone="04 91 00 00 01")
    response = client.get(f"{LIST}?export={extension}")
    content = b"".join(response.streaming_content) if response.streaming else response.content
    assert response.status_code == 200
    if extension == "csv":
        assert "'=cmd()" in content.decode()
        assert "04 91 00 00 01" in content.decode()


@pytest.mark.parametrize("group", ["Modération", "Rédaction", "Référents"])
def test_only_the_coordination_reads_who_was_asked(
    client: Client, entry: ResourcePage, group: str
) -> None:
    client.force_login(member_of(group))
    for address in (LIST, f"{LIST}{entry.pk}/verifiee/", "/admin/annuaire/verifications/"):
        assert client.get(address).status_code != 200
    client.post(f"{LIST}{entry.pk}/verifiee/", {"role": "moi"})
    client.post(f"{LIST}{entry.pk}/injoignable/")
    entry.refresh_from_db()
    assert entry.verified_on is None


def test_the_first_screen_says_how_many_to_call(
    client: Client, coordinator: User, entry: ResourcePage
) -> None:
    assert "Une structure à appeler" in client.get("/admin/").content.decode()


def test_a_long_list_costs_a_few_queries(
    client: Client, coordinator: User, directory: DirectoryPage, django_assert_max_num_queries
) -> None:
    for number in range(12):
        live_entry(directory, title=f"Lieu {number}", phone="04 91 00 00 01")
    client.get(LIST)
    with django_assert_max_num_queries(40):
        client.get(LIST)
