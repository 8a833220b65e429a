"""« L’équipe »: an invitation by mail, a role in one sentence, a departure without loss."""

from typing import Any

from django.test import Client
from django.urls import reverse

import pytest
from allauth.mfa.models import Authenticator

from home.models import HomePage
from portal.mail.models import OutgoingMessage
from portal.team.services import TeamError, change_role, hand_over, role_of
from portal.users.models import RoleKey, User
from tests.factories.newsletter import NewsIndexPageFactory
from tests.factories.users import UserFactory, member_of

TEAM = "team:index"


@pytest.fixture
def coordinator(db: None) -> User:
    user = member_of("Coordination")
    user.first_name, user.last_name = "Camille", "Berger"
    user.save()
    return user


@pytest.fixture
def editor(client: Client, coordinator: User) -> Client:
    client.force_login(coordinator)
    return client


def read(client: Client) -> str:
    return client.get(reverse(TEAM)).content.decode()


def invite(client: Client, email: str, role: str = "redaction") -> Any:
    return client.post(reverse(TEAM), {"email": email, "role": role}, follow=True)


def test_a_colleague_is_invited_with_an_address_and_a_role(editor: Client) -> None:
    html = invite(editor, "paul@exemple.example").content.decode()
    assert "L’invitation part dans la minute à paul@exemple.example." in html
    user = User.objects.get(email="paul@exemple.example")
    assert role_of(user) == RoleKey.REDACTION
    assert not user.has_usable_password()
    message = OutgoingMessage.objects.get()
    assert message.address == "paul@exemple.example"
    assert "Camille Berger vous invite" in message.text
    assert reverse("editor_door") in message.text
    assert "Pas encore venue ou venu" in html


def test_nobody_reads_a_uuid_nor_an_identifier(editor: Client) -> None:
    html = invite(editor, "paul@exemple.example").content.decode()
    assert User.objects.get(email="paul@exemple.example").username not in html
    assert "identifiant" not in html.replace("Ni identifiant ni mot de passe", "")


def test_a_name_is_an_address_before_it_is_a_uuid(db: None) -> None:
    user = UserFactory(username="3f1c", email="a@x.example")
    assert user.get_full_name() == str(user) == "a@x.example"


def test_each_person_is_told_with_their_role_and_second_factor(
    editor: Client, coordinator: User
) -> None:
    Authenticator.objects.create(user=coordinator, type="totp", data={})
    html = read(editor)
    assert "Fait tout : publie, écrit la lettre, invite, règle le portail." in html
    assert "code de sécurité" in html
    assert "pas encore de code de sécurité" not in html


def test_a_missing_second_factor_is_proposed(editor: Client) -> None:
    assert reverse("mfa_index") in read(editor)


def test_referents_are_apart(editor: Client) -> None:
    referent = member_of("Référents")
    assert referent.email not in read(editor)


def test_a_referent_may_join_the_team(editor: Client) -> None:
    referent = member_of("Référents")
    invite(editor, referent.email, "moderation")
    names = set(referent.groups.values_list("name", flat=True))
    assert names == {"Référents", "Modération"}


def test_who_is_there_is_not_invited_twice(editor: Client) -> None:
    known = member_of("Rédaction")
    html = invite(editor, known.email.upper()).content.decode()
    assert "Cette adresse est déjà celle d’une personne de l’équipe." in html
    assert not OutgoingMessage.objects.exists()


@pytest.mark.parametrize("typed", ["", "paul", "paul@"])
def test_a_wrong_address_is_told_and_kept(editor: Client, typed: str) -> None:
    html = invite(editor, typed).content.decode()
    assert "error-message" in html
    assert f'value="{typed}"' in html or not typed
    assert User.objects.count() == 1


def test_a_name_and_a_role_are_changed(editor: Client) -> None:
    user = member_of("Rédaction")
    url = reverse("team:member", args=[user.pk])
    typed = {"first_name": "Léa", "last_name": "Morin", "role": "moderation"}
    html = editor.post(url, typed, follow=True).content.decode()
    assert "C’est enregistré pour Léa Morin." in html
    assert role_of(User.objects.get(pk=user.pk)) == RoleKey.MODERATION


def test_the_last_who_may_invite_keeps_that_role(coordinator: User) -> None:
    with pytest.raises(TeamError, match="la seule personne qui peut inviter"):
        change_role(coordinator, RoleKey.REDACTION, coordinator)


def test_a_leaving_person_hands_over_all_that_they_keep(editor: Client, coordinator: User) -> None:
    leaving = member_of("Modération")
    page = NewsIndexPageFactory(
        parent=HomePage.objects.get(), owner=leaving, locked=True, locked_by=leaving
    )
    other = Client()
    other.force_login(leaving)
    url = reverse("team:hand_over", args=[leaving.pk])
    assert "<li>1 page</li>" in editor.get(url).content.decode()
    editor.post(url, {"to": coordinator.pk})
    page.refresh_from_db()
    leaving.refresh_from_db()
    assert (page.owner, page.locked, page.locked_by) == (coordinator, False, None)
    assert not leaving.is_active
    assert other.get("/admin/").status_code == 302


def test_a_referent_who_leaves_the_team_keeps_their_entries(coordinator: User) -> None:
    leaving = member_of("Rédaction")
    leaving.groups.add(member_of("Référents").groups.get())
    hand_over(leaving, coordinator, coordinator)
    leaving.refresh_from_db()
    assert leaving.is_active
    assert [group.name for group in leaving.groups.all()] == ["Référents"]


def test_somebody_must_remain_who_may_invite(coordinator: User) -> None:
    with pytest.raises(TeamError, match="Il faut quelqu’un pour inviter"):
        hand_over(coordinator, member_of("Rédaction"), coordinator)


def test_an_administrator_is_changed_by_an_administrator_only(editor: Client) -> None:
    admin = UserFactory(is_superuser=True)
    for name in ("member", "hand_over"):
        answer = editor.post(reverse(f"team:{name}", args=[admin.pk]), {})
        assert answer.status_code == 302
        assert answer["Location"] == reverse("wagtailadmin_home")
    admin.refresh_from_db()
    assert admin.is_active


def test_who_writes_does_not_invite(client: Client, db: None) -> None:
    client.force_login(member_of("Rédaction"))
    answer = client.post(reverse(TEAM), {"email": "x@x.example", "role": "redaction"})
    assert answer["Location"] == reverse("wagtailadmin_home")
    assert not User.objects.filter(email="x@x.example").exists()
    assert not OutgoingMessage.objects.exists()


def test_an_invitation_is_sent_again_until_somebody_comes(editor: Client) -> None:
    invite(editor, "paul@exemple.example")
    user = User.objects.get(email="paul@exemple.example")
    editor.post(reverse("team:invite_again", args=[user.pk]))
    assert OutgoingMessage.objects.count() == 2
