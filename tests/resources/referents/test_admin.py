"""The coordinator's list of referents: added, invited, corrected, gone, erased."""

import json
import re

from django.test import Client

from wagtail.models import Locale, ModelLogEntry

import pytest

from portal.mail.models import OutgoingMessage
from resources.editor_choices import ReferentState
from resources.listing.models import DirectoryPage
from resources.models import Referent, ResourcePage
from tests.factories.referents import ReferentFactory, referent_of
from tests.factories.resources import ResourcePageFactory
from tests.factories.users import member_of

LIST = "/admin/annuaire/referents/"


@pytest.fixture
def entry(directory: DirectoryPage) -> ResourcePage:
    return ResourcePageFactory(parent=directory, title="Lieu Exemple")


@pytest.fixture
def coordinator(client: Client, db: None) -> Client:
    client.force_login(member_of("Coordination"))
    return client


def sent(*entries: ResourcePage, **more: str) -> dict[str, str]:
    """What the form sends: a list of choosers, one an entry."""
    rows = {"entries-count": str(len(entries))}
    for rank, entry in enumerate(entries):
        rows |= {f"entries-{rank}-value": str(entry.pk), f"entries-{rank}-order": str(rank),
                 f"entries-{rank}-deleted": "", f"entries-{rank}-type": "entry"}  # fmt: skip
    who = {"name": "Camille Exemple", "email": "camille@exemple.example", "role": "", **more}
    return {"public_email": "", **who, **rows}


def text_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_a_person_is_added_with_several_entries_and_invited(
    coordinator: Client, entry: ResourcePage, directory: DirectoryPage
) -> None:
    other = ResourcePageFactory(parent=directory)
    assert "data-block" in text_of(coordinator, f"{LIST}new/")
    coordinator.post(f"{LIST}new/", sent(entry, other, invites="on"))
    referent = Referent.objects.get()
    assert set(referent.entries.all()) == {entry, other}
    assert referent.invited_at
    assert OutgoingMessage.objects.get().address == "camille@exemple.example"


def test_a_person_may_be_added_without_being_invited_yet(
    coordinator: Client, entry: ResourcePage
) -> None:
    coordinator.post(f"{LIST}new/", sent(entry))
    assert Referent.objects.get().invited_at is None
    assert not OutgoingMessage.objects.exists()
    assert "Inviter" in text_of(coordinator, LIST)


def test_somebody_without_an_entry_is_refused(coordinator: Client, db: None) -> None:
    response = coordinator.post(f"{LIST}new/", sent())
    assert response.status_code == 200
    assert not Referent.objects.exists()


def test_a_translation_stands_for_its_entry(coordinator: Client, entry: ResourcePage) -> None:
    english = Locale.objects.get_or_create(language_code="en")[0]
    translated = entry.copy_for_translation(english, copy_parents=True)
    coordinator.post(f"{LIST}new/", sent(translated))
    assert list(Referent.objects.get().entries.all()) == [entry]


def test_the_form_shows_the_entries_that_were_chosen(
    coordinator: Client, entry: ResourcePage
) -> None:
    referent = referent_of(entry)
    page = text_of(coordinator, f"{LIST}edit/{referent.pk}/")
    found = re.search(r'data-w-block-arguments-value="(.+?)"', page)
    assert found
    value = json.loads(found.group(1).replace("&quot;", '"'))
    assert "Lieu Exemple" in json.dumps(value)


def test_an_invitation_is_one_button_and_looking_sends_nothing(
    coordinator: Client, entry: ResourcePage
) -> None:
    referent = ReferentFactory(entries=[entry])
    address = f"{LIST}inviter/{referent.pk}/"
    assert "Lieu Exemple" in text_of(coordinator, address)
    assert not OutgoingMessage.objects.exists()
    coordinator.post(address)
    assert OutgoingMessage.objects.get().address == referent.email


def test_who_is_referent_already_is_not_invited(coordinator: Client, entry: ResourcePage) -> None:
    referent = referent_of(entry)
    page = coordinator.post(f"{LIST}inviter/{referent.pk}/", follow=True).content.decode()
    assert "déjà référente" in page
    assert not OutgoingMessage.objects.exists()


def test_saying_that_somebody_left_closes_everything(
    coordinator: Client, entry: ResourcePage
) -> None:
    referent = referent_of(entry)
    assert "Lieu Exemple" in text_of(coordinator, f"{LIST}parti/{referent.pk}/")
    coordinator.post(f"{LIST}parti/{referent.pk}/")
    referent.refresh_from_db()
    referent.user.refresh_from_db()
    entry.refresh_from_db()
    assert referent.state == ReferentState.LEFT
    assert not referent.user.is_active
    assert entry.seeks_referent


def test_the_list_is_filtered_by_state(coordinator: Client, entry: ResourcePage) -> None:
    active, waiting = referent_of(entry), ReferentFactory(entries=[entry])
    page = text_of(coordinator, f"{LIST}?state={ReferentState.ACTIVE}")
    assert active.name in page
    assert waiting.name not in page


def test_the_list_is_searched_by_name_and_by_entry(
    coordinator: Client, entry: ResourcePage
) -> None:
    found, other = referent_of(entry), referent_of(name="Une autre personne")
    page = text_of(coordinator, f"{LIST}?q=Lieu")
    assert found.name in page
    assert other.name not in page


def test_entries_without_a_referent_are_a_list(
    coordinator: Client, entry: ResourcePage, directory: DirectoryPage
) -> None:
    alone = ResourcePageFactory(parent=directory, title="Lieu tout seul")
    referent_of(entry)
    ReferentFactory(entries=[alone])
    page = text_of(coordinator, "/admin/fiches/?has_referent=non")
    assert "Lieu tout seul" in page
    assert "Lieu Exemple" not in page
    assert "?has_referent=non" in text_of(coordinator, LIST)


def test_another_address_is_invited_before_it_opens_anything(
    coordinator: Client, entry: ResourcePage, client: Client
) -> None:
    referent = referent_of(entry)
    member = Client()
    member.force_login(referent.user)
    coordinator.post(f"{LIST}edit/{referent.pk}/", sent(entry, email="autre@exemple.example"))
    referent.refresh_from_db()
    assert referent.state == ReferentState.INVITED
    assert referent.user is None
    assert member.get("/mes-fiches/").status_code == 302


def test_an_entry_taken_from_its_only_referent_seeks_another(
    coordinator: Client, entry: ResourcePage, directory: DirectoryPage
) -> None:
    other = ResourcePageFactory(parent=directory)
    referent = referent_of(entry)
    coordinator.post(f"{LIST}edit/{referent.pk}/", sent(other, email=referent.email))
    entry.refresh_from_db()
    other.refresh_from_db()
    assert (entry.seeks_referent, other.seeks_referent) == (True, False)


def test_a_referent_is_erased_with_the_account_made_for_them(
    coordinator: Client, entry: ResourcePage
) -> None:
    referent = referent_of(entry)
    coordinator.post(f"{LIST}delete/{referent.pk}/")
    assert not Referent.objects.exists()
    assert not type(referent.user).objects.filter(pk=referent.user.pk).exists()


def test_the_history_names_nobody(coordinator: Client, entry: ResourcePage) -> None:
    coordinator.post(f"{LIST}new/", sent(entry, invites="on"))
    referent = Referent.objects.get()
    coordinator.post(f"{LIST}edit/{referent.pk}/", sent(entry, role="animatrice"))
    coordinator.post(f"{LIST}parti/{referent.pk}/")
    coordinator.post(f"{LIST}delete/{referent.pk}/")
    written = list(ModelLogEntry.objects.filter(content_type__model="referent"))
    assert {one.action for one in written} >= {
        "wagtail.create", "resources.invite", "wagtail.edit", "resources.leave", "wagtail.delete"
    }  # fmt: skip
    for one in written:
        assert "Camille" not in one.label
        assert "camille" not in json.dumps(one.data)


@pytest.mark.parametrize("group", ["Rédaction", "Modération", "Référents"])
def test_only_the_coordination_sees_referents(
    client: Client, entry: ResourcePage, group: str
) -> None:
    referent = referent_of(entry)
    client.force_login(member_of(group))
    names = ("", "new/", f"edit/{referent.pk}/", f"inviter/{referent.pk}/", f"parti/{referent.pk}/",
             f"delete/{referent.pk}/", f"history/{referent.pk}/")  # fmt: skip
    for name in names:
        assert client.get(f"{LIST}{name}").status_code != 200, name
        assert client.post(f"{LIST}{name}").status_code != 200, name
    assert Referent.objects.get(pk=referent.pk).state == ReferentState.ACTIVE
