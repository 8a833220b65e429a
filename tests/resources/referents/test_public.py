"""What the public page of an entry says of its referents, and for some days."""

from datetime import timedelta

from django.test import Client
from django.utils import timezone

import pytest

from resources.editor_choices import ReferentState
from resources.listing.models import DirectoryPage
from resources.models import Notice, ResourcePage
from resources.referents import services
from tests.factories.home import ContactPageFactory
from tests.factories.referents import ReferentFactory, referent_of
from tests.factories.resources import ResourcePageFactory

CALL = "Cette structure cherche un référent PTSM"


@pytest.fixture
def entry(directory: DirectoryPage) -> ResourcePage:
    ContactPageFactory(parent=directory.get_parent(), slug="contact")
    return ResourcePageFactory(parent=directory)


def page_of(reader: Client, entry: ResourcePage) -> str:
    return reader.get(entry.url).content.decode()


def test_a_role_and_an_address_are_shown_when_their_owner_says_so(
    entry: ResourcePage, reader: Client
) -> None:
    email = "accueil@exemple.example"
    referent = referent_of(entry, shows_role=True, public_email=email, shows_public_email=True)
    page = page_of(reader, entry)
    assert "Référent PTSM : cadre de santé" in page
    assert f'href="mailto:{email}"' in page
    assert referent.name not in page
    assert referent.email not in page


@pytest.mark.parametrize("state", [ReferentState.INVITED, ReferentState.LEFT])
def test_who_is_not_a_referent_is_not_shown(
    entry: ResourcePage, reader: Client, state: str
) -> None:
    ReferentFactory(entries=[entry], shows_role=True, state=state)
    assert "Référent PTSM" not in page_of(reader, entry)


def test_nothing_is_shown_without_a_word_of_theirs(entry: ResourcePage, reader: Client) -> None:
    referent_of(entry, public_email="accueil@exemple.example")
    page = page_of(reader, entry)
    assert "Référent PTSM" not in page
    assert "accueil@exemple.example" not in page


@pytest.mark.parametrize("agrees", [True, False])
def test_the_call_appears_when_the_last_has_left_and_the_place_agrees(
    entry: ResourcePage, reader: Client, agrees: bool
) -> None:
    ResourcePage.objects.update(agrees_to_call=agrees)
    referent = referent_of(entry)
    assert CALL not in page_of(reader, entry)
    services.end_referent(referent)
    page = page_of(reader, entry)
    assert (CALL in page) is agrees
    assert ("sujet=annuaire&amp;page=" in page) is agrees


def test_the_call_stays_when_an_older_draft_is_published(
    entry: ResourcePage, reader: Client
) -> None:
    ResourcePage.objects.update(agrees_to_call=True)
    referent = referent_of(entry)
    entry.refresh_from_db()
    draft = entry.save_revision()
    services.end_referent(referent)
    draft.refresh_from_db()
    draft.publish()
    assert CALL in page_of(reader, entry)


def test_a_message_is_shown_on_its_days_only(entry: ResourcePage, reader: Client) -> None:
    today = timezone.localdate()
    for shift, text in ((0, "Standard en panne."), (9, "Bientôt."), (-9, "Fini.")):
        day = today + timedelta(days=shift)
        entry.notices.add(Notice(since=day, until=day + timedelta(days=2), text=text))
    entry.save()
    page = page_of(reader, entry)
    assert "Standard en panne. (jusqu’au" in page
    assert "Bientôt." not in page
    assert "Fini." not in page
