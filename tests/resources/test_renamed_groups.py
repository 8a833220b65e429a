"""A group that an editor renames keeps its messages, its rights and its part in the review."""

from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

import pytest

from portal.mail.models import OutgoingMessage
from portal.users.groups import ensure_groups
from portal.users.models import User
from resources.listing.models import DirectoryPage
from resources.models import Referent, ResourcePage
from resources.moderation.services import propose_change
from resources.referents import services
from tests.factories.referents import ReferentFactory, referent_of
from tests.factories.resources import ResourcePageFactory
from tests.factories.users import UserFactory, member_of
from tests.resources.sent_forms import filled


@pytest.fixture
def entry(directory: DirectoryPage) -> ResourcePage:
    return ResourcePageFactory(parent=directory, title="Lieu Exemple")


def rename(group: Group, name: str) -> None:
    """As an administrator does, on the editor's screen of the group."""
    administrator = Client()
    administrator.force_login(UserFactory(is_superuser=True, email=""))
    address = reverse("wagtailusers_groups:edit", args=[group.pk])
    page = administrator.get(address).content
    form = f'form[action="{address}"]'
    assert administrator.post(address, filled(page, form, name=name)).status_code == 302
    group.refresh_from_db()
    assert group.name == name


def renamed(name: str, new_name: str) -> User:
    """A member of a group that was renamed since."""
    member = member_of(name)
    rename(member.groups.get(), new_name)
    return member


def test_the_coordination_still_learns_of_a_departure_and_a_refusal(entry: ResourcePage) -> None:
    coordinator = renamed("Coordination", "Équipe du PTSM")
    services.leave_entry(referent_of(entry), entry)
    invited = ReferentFactory(entries=[entry])
    services.send_invitation(invited)
    services.refuse_invitation(invited.key)
    told = OutgoingMessage.objects.filter(address=coordinator.email, kind="referent_update")
    assert told.count() == 2


def test_making_the_groups_again_makes_no_second_one(client: Client, db: None) -> None:
    coordinator = renamed("Coordination", "Équipe du PTSM")
    assert ensure_groups() == []
    assert not Group.objects.filter(name="Coordination").exists()
    client.force_login(coordinator)
    assert client.get(reverse("referents:index")).status_code == 200


def test_a_renamed_group_of_moderators_is_still_asked(entry: ResourcePage) -> None:
    moderator = renamed("Modération", "Relecteurs")
    ensure_groups()
    propose_change(entry, lambda page: setattr(page, "summary", "Autre"), user=None, by="essai")
    assert OutgoingMessage.objects.filter(address=moderator.email, kind="change_proposed").exists()


def test_a_referent_of_a_renamed_group_keeps_it_and_loses_the_account(entry: ResourcePage) -> None:
    referent: Referent = referent_of(entry)
    group = referent.user.groups.get()
    rename(group, "Correspondants")
    other = ReferentFactory(entries=[entry])
    services.send_invitation(other)
    services.accept_invitation(other.key, services.ReferentChoices())
    other.refresh_from_db()
    assert other.user.groups.get() == group
    services.end_referent(referent)
    referent.user.refresh_from_db()
    assert not referent.user.is_active
    assert not referent.user.groups.exists()
