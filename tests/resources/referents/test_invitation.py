"""Somebody is invited to tend an entry: what they read, accept, refuse, and what follows."""

import re
from datetime import timedelta

from django.contrib.auth.models import Group
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

import pytest

from portal.mail.models import OutgoingMessage
from portal.reminders.choices import RequestState
from portal.users.models import User
from resources.listing.models import DirectoryPage
from resources.models import Referent, ResourcePage, VerificationRequest
from resources.referents import services
from tests.factories.referents import ReferentFactory, referent_of
from tests.factories.resources import ResourcePageFactory
from tests.factories.users import UserFactory, member_of

YES, NO = {"answer": "yes"}, {"answer": "no"}


@pytest.fixture
def entry(directory: DirectoryPage) -> ResourcePage:
    return ResourcePageFactory(parent=directory, title="Lieu Exemple")


@pytest.fixture
def invited(entry: ResourcePage) -> Referent:
    referent = ReferentFactory(entries=[entry])
    services.send_invitation(referent)
    return referent


def page_of(referent: Referent) -> str:
    return f"/invitation/{referent.key}/"


def everything() -> list[object]:
    models = (Referent, User, OutgoingMessage, VerificationRequest, Group)
    return [list(model.objects.order_by("pk").values()) for model in models]


def test_the_message_holds_a_link_that_opens_the_page(invited: Referent, reader: Client) -> None:
    message = OutgoingMessage.objects.get()
    assert message.address == invited.email
    link = re.search(r"https?://\S+/invitation/\S+/", message.text)
    assert link
    assert page_of(invited) in link.group()
    assert "Lieu Exemple" in message.text
    assert "Lieu Exemple" in message.html


def test_the_page_says_everything_and_names_nobody(invited: Referent, reader: Client) -> None:
    page = reader.get(page_of(invited)).content.decode()
    for words in (
        "Lieu Exemple",
        "Deux fois par an",
        "jamais montrés",
        "trente jours",
        "J’accepte",
    ):
        assert words in page
    assert invited.name not in page
    assert invited.email not in page


def test_looking_changes_nothing_and_leaves_no_cookie(invited: Referent, reader: Client) -> None:
    before = everything()
    for method in (reader.get, reader.head):
        response = method(page_of(invited))
        assert response.status_code == 200
        assert not response.cookies
        assert response["Referrer-Policy"] == "no-referrer"
        assert "no-store" in response["Cache-Control"]
        assert "noindex" in response["X-Robots-Tag"]
    assert everything() == before


def test_accepting_makes_an_account_that_opens_these_entries_only(
    invited: Referent, entry: ResourcePage, reader: Client
) -> None:
    response = reader.post(page_of(invited), YES | {"role": "animatrice", "shows_role": "on"})
    assert "Vous êtes référent" in response.content.decode()
    invited.refresh_from_db()
    user = User.objects.get(email=invited.email)
    assert invited.is_active
    assert invited.user == user
    assert not user.has_usable_password()
    assert [group.name for group in user.groups.all()] == ["Référents"]
    assert not user.has_perm("wagtailadmin.access_admin")
    assert (invited.role, invited.shows_role) == ("animatrice", True)
    assert invited.email not in user.username


def test_accepting_links_the_account_that_is_there(entry: ResourcePage, reader: Client) -> None:
    editor = member_of("Rédaction")
    referent = ReferentFactory(entries=[entry], email=editor.email.upper())
    services.send_invitation(referent)
    reader.post(page_of(referent), YES)
    referent.refresh_from_db()
    assert referent.user == editor
    assert {group.name for group in editor.groups.all()} == {"Rédaction", "Référents"}


def test_a_known_address_is_answered_as_an_unknown_one(entry: ResourcePage, reader: Client) -> None:
    UserFactory(email="connue@exemple.example")
    answers = []
    for email in ("connue@exemple.example", "inconnue@exemple.example"):
        referent = ReferentFactory(entries=[entry], email=email)
        services.send_invitation(referent)
        shown, accepted = reader.get(page_of(referent)), reader.post(page_of(referent), YES)
        answers.append(
            [(one.status_code, one.content, sorted(one.headers)) for one in (shown, accepted)]
        )
    assert answers[0] == answers[1]


def test_accepting_twice_is_thanked_twice_and_done_once(invited: Referent, reader: Client) -> None:
    for _time in range(2):
        assert "Vous êtes référent" in reader.post(page_of(invited), YES).content.decode()
    assert User.objects.filter(email=invited.email).count() == 1
    assert "Vous êtes référent" in reader.get(page_of(invited)).content.decode()


def test_the_entry_seeks_nobody_any_longer(entry: ResourcePage, reader: Client) -> None:
    ResourcePage.objects.update(seeks_referent=True)
    referent = ReferentFactory(entries=[entry])
    services.send_invitation(referent)
    reader.post(page_of(referent), YES | {"agrees_to_call": "on"})
    entry.refresh_from_db()
    assert (entry.seeks_referent, entry.agrees_to_call) == (False, True)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"shows_role": "on"}, "Écrivez le rôle à montrer"),
        ({"shows_public_email": "on"}, "Écrivez l’adresse à montrer"),
        ({"public_email": "accueil"}, "n’est pas complète"),
    ],
)
def test_a_mistake_is_told_and_the_invitation_still_waits(
    entry: ResourcePage, reader: Client, typed: dict, words: str
) -> None:
    referent = ReferentFactory(entries=[entry], role="")
    services.send_invitation(referent)
    response = reader.post(page_of(referent), YES | typed)
    assert response.status_code == 422
    assert words in response.content.decode()
    referent.refresh_from_db()
    assert not referent.is_active


def test_one_s_own_address_is_not_shown_as_a_generic_one(invited: Referent, reader: Client) -> None:
    typed = {"public_email": invited.email.upper(), "shows_public_email": "on"}
    response = reader.post(page_of(invited), YES | typed)
    assert "donnez-en une que d’autres lisent" in response.content.decode()


def test_the_wrong_person_is_forgotten_and_the_coordinator_told(
    invited: Referent, entry: ResourcePage, reader: Client
) -> None:
    coordinator = member_of("Coordination")
    OutgoingMessage.objects.all().delete()
    response = reader.post(page_of(invited), NO)
    assert "C’est noté" in response.content.decode()
    assert not Referent.objects.exists()
    assert not User.objects.filter(email=invited.email).exists()
    message = OutgoingMessage.objects.get()
    assert message.address == coordinator.email
    assert invited.name in message.subject
    entry.refresh_from_db()
    assert not entry.seeks_referent


@pytest.mark.parametrize("days", [31, 400])
def test_a_link_is_good_for_thirty_days(invited: Referent, reader: Client, days: int) -> None:
    long_ago = timezone.now() - timedelta(days=days)
    Referent.objects.update(invited_at=long_ago)
    for response in (reader.get(page_of(invited)), reader.post(page_of(invited), YES)):
        assert response.status_code == 410
        assert "trop ancien" in response.content.decode()
    invited.refresh_from_db()
    assert not invited.is_active


def test_a_new_invitation_makes_the_old_link_void(invited: Referent, reader: Client) -> None:
    old = page_of(invited)
    services.send_invitation(invited)
    assert reader.post(old, YES).status_code == 404
    assert reader.get(page_of(invited)).status_code == 200


def test_a_made_up_link_says_nothing_of_anybody(
    entry: ResourcePage, invited: Referent, reader: Client
) -> None:
    services.end_referent(invited)
    left, unknown = reader.get(page_of(invited)), reader.get("/invitation/nimporte-quoi/")
    assert left.status_code == unknown.status_code == 404
    assert left.content == unknown.content


def test_a_form_of_another_site_is_not_heard(invited: Referent) -> None:
    other = Client(headers={"Sec-Fetch-Site": "cross-site"})
    response = other.post(page_of(invited), YES)
    assert response.status_code == 403
    assert "rien n’a été changé" in response.content.decode()
    invited.refresh_from_db()
    assert not invited.is_active


@pytest.mark.parametrize("posted", [{}, {"answer": "peut-être"}])
def test_a_post_without_an_answer_does_nothing(
    invited: Referent, reader: Client, posted: dict
) -> None:
    assert reader.post(page_of(invited), posted).status_code == 400
    invited.refresh_from_db()
    assert not invited.is_active


def test_an_account_closed_with_other_rights_is_not_opened_again(entry: ResourcePage) -> None:
    former = member_of("Coordination")
    User.objects.filter(pk=former.pk).update(is_active=False)
    referent = ReferentFactory(entries=[entry], email=former.email)
    with pytest.raises(services.InvitationError, match="d’autres droits"):
        services.send_invitation(referent)
    former.refresh_from_db()
    assert not former.is_active


def test_who_left_may_be_invited_again(entry: ResourcePage, reader: Client) -> None:
    referent = referent_of(entry)
    services.end_referent(referent)
    services.send_invitation(referent)
    reader.post(page_of(referent), YES)
    referent.refresh_from_db()
    referent.user.refresh_from_db()
    assert referent.is_active
    assert referent.user.is_active


def test_who_leaves_opens_nothing_any_more_wherever_they_are(
    entry: ResourcePage, client: Client
) -> None:
    referent = referent_of(entry)
    client.force_login(referent.user)
    assert client.get("/mes-fiches/").status_code == 200
    services.end_referent(referent)
    assert client.get("/mes-fiches/").status_code == 302
    assert client.get(f"/mes-fiches/{entry.uuid}/modifier/").status_code == 302
    referent.user.refresh_from_db()
    assert not referent.user.is_active
    assert not Session.objects.exists()


def test_an_editor_who_leaves_stays_an_editor(entry: ResourcePage, client: Client) -> None:
    editor = member_of("Rédaction")
    referent = referent_of(entry, user=editor)
    services.end_referent(referent)
    client.force_login(editor)
    assert client.get("/admin/").status_code == 200
    assert client.get(f"/mes-fiches/{entry.uuid}/modifier/").status_code == 404
    assert [group.name for group in editor.groups.all()] == ["Rédaction"]


def test_who_leaves_one_of_two_structures_keeps_the_other(
    directory: DirectoryPage, entry: ResourcePage
) -> None:
    other = ResourcePageFactory(parent=directory)
    user = UserFactory()
    first, _second = referent_of(entry, user=user), referent_of(other, user=user)
    services.end_referent(first)
    user.refresh_from_db()
    assert user.is_active
    assert user.groups.filter(name="Référents").exists()


def test_an_entry_seeks_somebody_when_the_last_one_has_left(entry: ResourcePage) -> None:
    first, second = referent_of(entry), referent_of(entry)
    services.end_referent(first)
    entry.refresh_from_db()
    assert not entry.seeks_referent
    services.end_referent(second)
    entry.refresh_from_db()
    assert entry.seeks_referent


def test_the_links_of_who_leaves_are_cancelled(entry: ResourcePage) -> None:
    referent = referent_of(entry)
    asked = VerificationRequest.objects.create(
        entry=entry, referent=referent, address=referent.email
    )
    services.end_referent(referent)
    asked.refresh_from_db()
    assert (asked.state, asked.address) == (RequestState.CANCELLED, "")
