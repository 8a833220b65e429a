"""« Écrire au réseau »: who receives it, how it is sent once, and how one receives no more."""

import re
from typing import Any
from urllib.parse import urlsplit

from django.conf import LazySettings
from django.core import mail
from django.test import Client
from django.urls import reverse

import pytest
from bs4 import BeautifulSoup

from actions.choices import ActionStatus, PartnerRole
from actions.models import Pilot
from actions.models.action_inlines import ActionPartner
from home.models import HomePage
from home.network import services
from home.network.models import NetworkDelivery, NetworkMessage, NetworkRefusal
from home.network.recipients import find_recipients
from portal.base.models import PortalSettings
from portal.mail.models import OutgoingMessage
from portal.mail.queue import send_waiting
from portal.mail.returns import note_returned
from portal.privacy.registry import erase_person, find_person
from portal.users.models import User
from resources.models import Referent, ResourcePage
from tests.factories.actions import ActionIndexPageFactory, ActionPageFactory
from tests.factories.geo import CommuneFactory, TerritoryFactory
from tests.factories.referents import referent_of
from tests.factories.resources import DirectoryPageFactory
from tests.factories.users import member_of
from tests.factories.verification import live_entry

NEW = "/admin/annuaire/ecrire/nouveau/"
TEXT = "Bonjour,\n\nLa réunion est le 12 mars : https://ptsm.example/reunion"


@pytest.fixture
def directory(home_page: HomePage) -> Any:
    PortalSettings.objects.update_or_create(
        defaults={"site_name": "Portail d’essai", "contact_email": "coordination@ptsm.example"}
    )
    return DirectoryPageFactory(parent=home_page)


@pytest.fixture
def gem(directory: Any) -> ResourcePage:
    return live_entry(directory, title="GEM Un", email="gem@asso.example")


@pytest.fixture
def coordinator(client: Client, directory: Any) -> User:
    user = member_of("Coordination")
    client.force_login(user)
    return user


def addresses(*who: str, **narrowed: Any) -> list[str]:
    found = find_recipients({"who": list(who), **narrowed})
    return sorted(one.address for one in found.people)


def draft(client: Client, *who: str, **more: Any) -> NetworkMessage:
    """What the form makes of a message; the screen that follows is the preview."""
    data = {"who": list(who or ["structures"]), "subject": "Réunion", "text": TEXT, **more}
    answer = client.post(NEW, data)
    message = NetworkMessage.objects.latest("pk")
    if "draft" not in more:
        assert answer["Location"] == preview_of(message)
    return message


def preview_of(message: NetworkMessage) -> str:
    return reverse("network_preview", args=[message.pk])


def press_send(client: Client, message: NetworkMessage) -> str:
    """Send what the preview shows; out: the words of the screen that follows."""
    page = BeautifulSoup(client.get(preview_of(message)).content, "html.parser")
    seen = page.select_one("input[name=seen]")["value"]
    return client.post(preview_of(message), {"seen": seen}, follow=True).content.decode()


def test_each_kind_of_people_is_found_once(directory: Any, gem: ResourcePage) -> None:
    cmp = live_entry(directory, title="CMP Deux", email="GEM@asso.example")
    live_entry(directory, title="Sans adresse", email="")
    referent = referent_of(gem, cmp, name="Léa")
    Referent.objects.filter(pk=referent.pk).update(email="lea@asso.example")
    action = ActionPageFactory(
        parent=ActionIndexPageFactory(parent=directory.get_parent()),
        status=ActionStatus.RUNNING,
        contact_email="action@ptsm.example",
    )
    action.partners.add(ActionPartner(role=PartnerRole.PILOT, resource=gem))
    action.partners.add(ActionPartner(role=PartnerRole.PARTNER, resource=cmp))
    action.save_revision().publish()
    pilot = Pilot.objects.create(name="Ana", email="ana@asso.example")
    pilot.actions.add(action)
    Pilot.objects.create(name="Partie", email="partie@asso.example", is_active=False)

    assert addresses("referents") == ["lea@asso.example"]
    assert addresses("structures") in (["gem@asso.example"], ["GEM@asso.example"])
    assert addresses("pilotes") == [
        "action@ptsm.example",
        "ana@asso.example",
        "lea@asso.example",
    ]
    assert addresses("pilotes", types=[gem.type_id]) == ["ana@asso.example", "lea@asso.example"]
    assert len(addresses("referents", "structures", "pilotes")) == 4
    assert find_recipients({"who": ["structures"]}).without_address == 1


def test_a_type_and_a_territory_narrow(directory: Any, gem: ResourcePage) -> None:
    here = CommuneFactory()
    territory = TerritoryFactory()
    territory.communes.add(here)
    near = live_entry(directory, title="Près", email="pres@asso.example", commune=here)
    assert addresses("structures", territories=[territory.pk]) == ["pres@asso.example"]
    assert addresses("structures", types=[gem.type_id]) == sorted(
        one.email for one in (gem, near) if one.type_id == gem.type_id
    )
    assert addresses("structures", types=[999_999]) == []


def test_nobody_true_is_written_to_in_a_demonstration(
    gem: ResourcePage, settings: LazySettings
) -> None:
    settings.PORTAL_IS_DEMO = True
    assert addresses("structures") == []
    ResourcePage.objects.update(is_example=True)
    assert addresses("structures") == ["gem@asso.example"]
    settings.PORTAL_IS_DEMO = False
    assert addresses("structures") == []


def test_a_message_is_shown_then_sent_once_and_kept(
    client: Client, coordinator: User, gem: ResourcePage
) -> None:
    message = draft(client)
    shown = client.get(preview_of(message)).content.decode()
    assert "1 adresse" in shown
    assert "GEM Un" in shown
    assert "Portail d’essai : Réunion" in shown
    assert "coordination@ptsm.example" in shown
    assert not NetworkDelivery.objects.exists()

    assert "C’est envoyé." in press_send_twice(client, message)
    services.post_waiting()
    services.post_waiting()
    send_waiting()
    (sent,) = mail.outbox
    assert sent.subject == "Portail d’essai : Réunion"
    assert sent.to == ["gem@asso.example"]
    assert sent.reply_to == ["coordination@ptsm.example"]
    assert "La réunion est le 12 mars" in sent.body
    assert "parce que GEM Un est dans l’annuaire" in " ".join(sent.body.split())
    assert 'href="https://ptsm.example/reunion"' in sent.alternatives[0][0]

    history = client.get(reverse("network_messages")).content.decode()
    assert f"par {coordinator}" in history
    assert "à 1 adresse" in history
    assert (
        TEXT.splitlines()[0]
        in client.get(reverse("network_message", args=[message.pk])).content.decode()
    )


def press_send_twice(client: Client, message: NetworkMessage) -> str:
    page = BeautifulSoup(client.get(preview_of(message)).content, "html.parser")
    seen = page.select_one("input[name=seen]")["value"]
    first = client.post(preview_of(message), {"seen": seen}, follow=True).content.decode()
    second = client.post(preview_of(message), {"seen": seen}, follow=True).content.decode()
    assert "était déjà envoyé" in second
    assert NetworkDelivery.objects.count() == 1
    return first


def test_what_changed_since_the_preview_is_not_sent(
    client: Client, coordinator: User, directory: Any, gem: ResourcePage
) -> None:
    message = draft(client)
    page = BeautifulSoup(client.get(preview_of(message)).content, "html.parser")
    seen = page.select_one("input[name=seen]")["value"]
    live_entry(directory, title="Nouveau", email="nouveau@asso.example")
    answer = client.post(preview_of(message), {"seen": seen}, follow=True).content.decode()
    assert "ont changé depuis cet écran" in answer
    message.refresh_from_db()
    assert message.sent_at is None
    assert "C’est envoyé." in press_send(client, message)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"who": []}, "Cochez au moins une ligne."),
        ({"subject": ""}, "Écrivez l’objet."),
        ({"text": ""}, "Écrivez le message."),
        ({"text": "x" * 5001}, "5"),
        ({"who": ["tout le monde"]}, "tout le monde"),
    ],
)
def test_what_lacks_is_told_and_what_was_typed_is_kept(
    client: Client, coordinator: User, data: dict[str, Any], words: str
) -> None:
    sent = {"who": ["structures"], "subject": "Mon objet", "text": "Mon texte", **data}
    html = client.post(NEW, sent).content.decode()
    assert words in html
    assert sent["subject"] in html
    assert sent["text"] in html
    assert not NetworkMessage.objects.exists()


def test_a_draft_is_kept_taken_up_again_and_thrown_away(
    client: Client, coordinator: User, gem: ResourcePage
) -> None:
    message = draft(client, draft="1")
    assert "Réunion" in client.get(reverse("network_messages")).content.decode()
    again = client.get(reverse("network_write", args=[message.pk])).content.decode()
    assert "La réunion est le 12 mars" in again
    client.post(reverse("network_delete", args=[message.pk]))
    assert not NetworkMessage.objects.exists()


def test_limits_keep_the_message_as_a_draft(
    client: Client, coordinator: User, gem: ResourcePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "MOST_RECIPIENTS", 0)
    message = draft(client)
    assert "c’est plus que 0" in press_send(client, message)
    monkeypatch.undo()
    monkeypatch.setattr(services, "MESSAGES_A_DAY", 1)
    assert "C’est envoyé." in press_send(client, message)
    other = draft(client)
    assert "déjà partis aujourd’hui" in press_send(client, other)
    other.refresh_from_db()
    assert other.sent_at is None


def test_a_message_to_nobody_does_not_leave(client: Client, coordinator: User) -> None:
    message = draft(client)
    assert "Personne ne recevrait ce message" in press_send(client, message)


def sent_message(client: Client) -> OutgoingMessage:
    press_send(client, draft(client))
    services.post_waiting()
    return OutgoingMessage.objects.get(kind="network_message")


def refusal_path(message: OutgoingMessage) -> str:
    return urlsplit(message.unsubscribe_url).path


def test_a_link_refuses_without_signing_in_and_names_nobody(
    client: Client, coordinator: User, gem: ResourcePage
) -> None:
    message = sent_message(client)
    assert message.unsubscribe_url in message.text.replace("\n", "")
    assert "asso" not in message.unsubscribe_url
    reader = Client()
    page = reader.get(refusal_path(message))
    assert "Ne plus recevoir ces messages" in page.content.decode()
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert not NetworkRefusal.objects.exists()  # an antivirus follows links
    for _time in range(2):
        done = reader.post(refusal_path(message), {"refuse": "yes"})
        assert "C’est noté" in done.content.decode()
    assert NetworkRefusal.objects.count() == 1
    assert addresses("structures") == []
    shown = client.get(preview_of(draft(client))).content.decode()
    assert "1 ne veut plus de ces messages" in shown


def test_a_mail_program_refuses_in_one_click(
    client: Client, coordinator: User, gem: ResourcePage
) -> None:
    message = sent_message(client)
    send_waiting()
    (sent,) = mail.outbox
    assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = urlsplit(re.fullmatch("<(.*)>", sent.extra_headers["List-Unsubscribe"])[1]).path
    assert path == refusal_path(message)
    answer = Client().post(path, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert addresses("structures") == []


def test_who_refuses_between_the_press_and_the_departure_receives_nothing(
    client: Client, coordinator: User, gem: ResourcePage
) -> None:
    press_send(client, draft(client))
    services.remember_refusal(NetworkDelivery.objects.get().address_hash)
    services.post_waiting()
    assert not OutgoingMessage.objects.filter(kind="network_message").exists()


@pytest.mark.parametrize("key", ["faux", "IjEyIg:1abc:xyz"])
def test_a_false_link_answers_the_same_and_notes_nothing(
    client: Client, home_page: HomePage, key: str
) -> None:
    path = reverse("network_refusal", args=[key])
    assert client.get(path).status_code == 200
    assert "C’est noté" in client.post(path, {"refuse": "yes"}).content.decode()
    assert client.post(path, {}).status_code == 400
    assert not NetworkRefusal.objects.exists()


def test_what_comes_back_is_in_the_history(
    client: Client, coordinator: User, gem: ResourcePage
) -> None:
    note_returned(sent_message(client).uuid, "550 5.1.1 User unknown")
    message = NetworkMessage.objects.get()
    assert message.returned == 1
    html = client.get(reverse("network_message", args=[message.pk])).content.decode()
    assert "gem@asso.example" in html
    assert "550 5.1.1" in html


def test_addresses_are_forgotten_and_figures_stay(
    client: Client, coordinator: User, gem: ResourcePage
) -> None:
    note_returned(sent_message(client).uuid, "550 5.1.1 User unknown")
    services.forget_addresses()
    assert NetworkDelivery.objects.exists()
    long_ago = NetworkMessage.objects.get().sent_at - services.ADDRESSES_KEPT_FOR
    NetworkMessage.objects.update(sent_at=long_ago)
    services.forget_addresses()
    assert not NetworkDelivery.objects.exists()
    message = NetworkMessage.objects.get()
    assert (message.recipients, message.returned) == (1, 1)


def test_what_is_held_of_a_person_is_told_and_erased_and_they_are_not_written_to_again(
    client: Client, coordinator: User, gem: ResourcePage
) -> None:
    sent_message(client)
    NetworkMessage.objects.update(text="Écrivez à gem@asso.example")
    found = {source.name: items for source, items in find_person("gem@asso.example").items()}
    assert len(found["network"]) == 2
    erase_person("gem@asso.example")
    assert not NetworkDelivery.objects.exists()
    assert "gem@asso.example" not in NetworkMessage.objects.get().text
    ResourcePage.objects.update(email="gem@asso.example")
    assert addresses("structures") == []


@pytest.mark.parametrize("role", ["Rédaction", "Modération", "Référents", None])
def test_no_screen_opens_to_others(
    client: Client, coordinator: User, gem: ResourcePage, role: str | None
) -> None:
    message = draft(client)
    client.logout()
    if role:
        client.force_login(member_of(role))
    for name in ("network_preview", "network_write", "network_delete", "network_message"):
        url = reverse(name, args=[message.pk])
        for answer in (client.get(url), client.post(url, {"seen": "x"})):
            assert answer.status_code in (302, 403, 405)
            assert b"asso.example" not in answer.content
    for url in (NEW, reverse("network_messages")):
        assert client.get(url).status_code in (302, 403)
    assert NetworkMessage.objects.get().sent_at is None
