"""« Changements proposés »: read before and after, approved, amended, or refused with a word."""

from datetime import date
from typing import Any

from django.core import mail
from django.test import Client
from django.urls import reverse

from wagtail.models import Page, TaskState

import pytest
from bs4 import BeautifulSoup

from portal.mail.models import OutgoingMessage
from portal.users.models import User
from resources.choices import EntryStatus
from resources.listing.models import DirectoryPage
from resources.models import Closure, ResourcePage, ResourcePhone
from resources.moderation.diff import get_differences
from resources.moderation.services import propose_change
from tests.factories.referents import ActiveReferentFactory
from tests.factories.users import UserFactory, member_of
from tests.factories.verification import live_entry

LIST = "/admin/annuaire/changements/"
BY = "un référent (cadre de santé), par le lien reçu"


@pytest.fixture
def entry(directory: DirectoryPage) -> ResourcePage:
    return live_entry(
        directory, title="CMP Exemple", phone="04 91 00 00 01", opening_hours="Mo-Fr 09:00-12:00"
    )


@pytest.fixture
def moderator(client: Client, db: None) -> User:
    user = member_of("Modération")
    client.force_login(user)
    return user


def change(page: ResourcePage) -> None:
    page.phone = "04 91 00 00 02"
    page.opening_hours = "Mo-Fr 14:00-18:00"
    page.publics = ["adultes"]
    page.status = EntryStatus.TEMPORARILY_CLOSED
    page.closures.add(Closure(since=date(2026, 8, 1), until=date(2026, 8, 15)))


def told(entry: ResourcePage) -> dict[str, tuple[str, str]]:
    draft = Page.objects.get(pk=entry.pk).specific.get_latest_revision_as_object()
    live = Page.objects.get(pk=entry.pk).specific
    return {
        one.label: (" ".join(one.before), " ".join(one.after))
        for one in get_differences(live, draft)
    }


def answer(client: Client, entry: ResourcePage, action: str, word: str = "", **typed: Any) -> Any:
    seen = ResourcePage.objects.get(pk=entry.pk).latest_revision_id
    data = {"seen": seen, "word": word, action: "1"} | typed
    return client.post(f"{LIST}{entry.pk}/", data, follow=True)


def public_phone(entry: ResourcePage) -> str:
    return ResourcePage.objects.get(pk=entry.pk).phone


def test_before_and_after_are_told_in_words(entry: ResourcePage) -> None:
    propose_change(entry, change, user=None, by=BY)
    said = {label: (old.replace("\u00a0", " "), new.replace("\u00a0", " "))
            for label, (old, new) in told(entry).items()}  # fmt: skip
    assert said["Téléphone"] == ("04 91 00 00 01", "04 91 00 00 02")
    assert "9 h – 12 h" in said["Horaires"][0]
    assert "14 h – 18 h" in said["Horaires"][1]
    assert said["Pour qui"] == ("", "Adultes")
    assert said["Activité"][1] == EntryStatus.TEMPORARILY_CLOSED.label
    assert said["Fermetures"] == ("", "Du : 1er août 2026 ; Au (compris) : 15 août 2026")
    assert set(said) == {"Téléphone", "Horaires", "Pour qui", "Activité", "Fermetures"}


def test_rows_that_go_are_told(entry: ResourcePage) -> None:
    page = Page.objects.get(pk=entry.pk).specific
    page.phones.add(ResourcePhone(label="Standard", number="04 91 00 00 03"))
    page.save_revision().publish()
    propose_change(entry, lambda page: page.phones.clear(), user=None, by=BY)
    assert told(entry) == {"Numéros": ("Qui répond : Standard ; Numéro : 04 91 00 00 03", "")}


def test_the_moderator_reads_who_and_what_then_approves(
    client: Client, moderator: User, entry: ResourcePage
) -> None:
    propose_change(entry, change, user=None, by=BY)
    listed = client.get(LIST).content.decode()
    assert "CMP Exemple" in listed
    assert BY in listed
    page = client.get(f"{LIST}{entry.pk}/").content.decode()
    assert BY in page
    assert "04 91 00 00 02" in page
    answer(client, entry, "approve")
    assert public_phone(entry) == "04 91 00 00 02"
    assert "CMP Exemple" not in client.get(LIST, follow=True).content.decode().split("<table")[-1]


def test_a_refusal_needs_a_word_which_its_author_receives(
    client: Client, moderator: User, entry: ResourcePage
) -> None:
    author = UserFactory(email="ana@structure.example")
    propose_change(entry, change, user=author, by=BY)
    answer(client, entry, "reject")
    assert TaskState.objects.get().status == TaskState.STATUS_IN_PROGRESS
    answer(client, entry, "reject", word="Le numéro ne répond pas.")
    assert public_phone(entry) == "04 91 00 00 01"
    state = TaskState.objects.get()
    assert (state.status, state.comment) == (TaskState.STATUS_REJECTED, "Le numéro ne répond pas.")
    message = OutgoingMessage.objects.get(kind="change_answered")
    assert message.address == "ana@structure.example"
    assert "Le numéro ne répond pas." in message.text
    assert "/admin/" not in message.text


def test_whoever_proposed_without_an_account_is_told_at_the_entry_s_own_addresses(
    client: Client, moderator: User, entry: ResourcePage
) -> None:
    ActiveReferentFactory(entries=[entry], email="bea@structure.example")
    propose_change(entry, change, user=None, by=BY)
    answer(client, entry, "approve")
    message = OutgoingMessage.objects.get(kind="change_answered")
    assert message.address == "bea@structure.example"


def test_nothing_is_sent_from_within_the_request(
    client: Client, moderator: User, entry: ResourcePage
) -> None:
    propose_change(entry, change, user=UserFactory(), by=BY)
    answer(client, entry, "approve")
    assert mail.outbox == []


def test_wagtail_s_own_screen_says_the_same_and_tells_the_author_too(
    client: Client, moderator: User, entry: ResourcePage
) -> None:
    propose_change(entry, change, user=UserFactory(email="ana@structure.example"), by=BY)
    state = TaskState.objects.get()
    address = f"/admin/pages/workflow/action/{entry.pk}/reject/{state.pk}/"
    client.post(address, {"comment": "Non."})
    assert OutgoingMessage.objects.get(kind="change_answered").address == "ana@structure.example"
    assert mail.outbox == []


def test_what_changed_while_it_was_read_is_read_again(
    client: Client, moderator: User, entry: ResourcePage
) -> None:
    first = propose_change(entry, change, user=None, by=BY)
    propose_change(entry, lambda page: setattr(page, "phone", "04 91 66 66 66"), user=None, by=BY)
    answer(client, entry, "approve", seen=first.pk)
    assert public_phone(entry) == "04 91 00 00 01"


def test_of_two_moderators_who_answer_at_once_the_second_is_told(
    client: Client, moderator: User, entry: ResourcePage
) -> None:
    propose_change(entry, change, user=None, by=BY)
    answer(client, entry, "approve")
    assert client.get(f"{LIST}{entry.pk}/").status_code == 302
    assert answer(client, entry, "reject", word="Trop tard").status_code == 404


def test_a_crisis_door_is_not_approved_here_by_its_author_either(
    client: Client, moderator: User, directory: DirectoryPage
) -> None:
    door = live_entry(directory, phone="04 91 00 00 01", is_emergency=True)
    propose_change(door, change, user=moderator, by=BY)
    page = BeautifulSoup(client.get(f"{LIST}{door.pk}/").content, "html.parser")
    assert page.select_one("button[name=approve]") is None
    assert "une autre personne doit l’approuver" in page.get_text()
    answer(client, door, "approve")
    assert public_phone(door) == "04 91 00 00 01"


@pytest.mark.parametrize(
    ("group", "enters"),
    [("Coordination", True), ("Modération", True), ("Rédaction", False), ("Référents", False)],
)
def test_only_those_who_publish_enter(
    client: Client, entry: ResourcePage, group: str, enters: bool
) -> None:
    propose_change(entry, change, user=None, by=BY)
    client.force_login(member_of(group))
    for address in (LIST, f"{LIST}results/", f"{LIST}{entry.pk}/"):
        assert (client.get(address).status_code == 200) is enters, address
    if not enters:
        answer(client, entry, "approve")
        assert public_phone(entry) == "04 91 00 00 01"


def test_the_first_screen_says_what_waits(
    client: Client, moderator: User, entry: ResourcePage
) -> None:
    propose_change(entry, change, user=None, by=BY)
    html = client.get("/admin/").content.decode()
    assert f"{entry.title} : un changement est proposé" in html
    assert reverse("directory_change", args=[entry.pk]) in html
