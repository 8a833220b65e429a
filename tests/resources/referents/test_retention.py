"""What becomes of referents by themselves, and what is found and erased of them."""

from datetime import timedelta

from django.test import Client
from django.utils import timezone

import pytest

from portal.jobs.models.periodic_job import PeriodicJob
from portal.jobs.registry import run_due_jobs
from portal.mail.models import OutgoingMessage
from portal.privacy.registry import erase_person, find_person
from portal.privacy.traces import find_traces
from portal.users.models import User
from resources.editor_choices import ReferentState
from resources.listing.models import DirectoryPage
from resources.models import DailyViews, Referent, ResourcePage, VerificationRequest
from resources.referents import services
from resources.referents.retention import (
    ask_silent_referents,
    delete_old_referents,
    delete_old_views,
)
from tests.factories.referents import ReferentFactory, referent_of
from tests.factories.resources import ResourcePageFactory
from tests.factories.users import member_of

YES = {"answer": "yes"}


@pytest.fixture
def entry(directory: DirectoryPage) -> ResourcePage:
    return ResourcePageFactory(parent=directory, title="Lieu Exemple")


@pytest.fixture
def silent(entry: ResourcePage) -> Referent:
    referent = referent_of(entry)
    accepted(referent, days_ago=400)
    return referent


def accepted(referent: Referent, days_ago: int) -> None:
    moment = timezone.now() - timedelta(days=days_ago)
    Referent.objects.filter(pk=referent.pk).update(accepted_at=moment, invited_at=moment)
    referent.refresh_from_db()


def test_who_left_is_forgotten_after_thirty_days(entry: ResourcePage) -> None:
    referent = referent_of(entry)
    services.end_referent(referent)
    assert delete_old_referents() == ""
    assert delete_old_referents(timezone.now() + timedelta(days=31))
    assert not Referent.objects.exists()
    assert not User.objects.filter(email=referent.email).exists()


def test_an_editor_who_was_a_referent_keeps_their_account(entry: ResourcePage) -> None:
    editor = member_of("Rédaction")
    services.end_referent(referent_of(entry, user=editor))
    delete_old_referents(timezone.now() + timedelta(days=31))
    assert not Referent.objects.exists()
    assert User.objects.get(pk=editor.pk).is_active


def test_who_never_came_is_forgotten_after_six_months(entry: ResourcePage) -> None:
    referent = ReferentFactory(entries=[entry])
    services.send_invitation(referent)
    delete_old_referents(timezone.now() + timedelta(days=100))
    assert Referent.objects.exists()
    delete_old_referents(timezone.now() + timedelta(days=181))
    assert not Referent.objects.exists()


def test_who_was_silent_for_a_year_is_asked_once(silent: Referent) -> None:
    ask_silent_referents()
    message = OutgoingMessage.objects.get()
    assert message.address == silent.email
    assert "Êtes-vous toujours" in message.subject
    silent.refresh_from_db()
    assert silent.key in message.text
    assert silent.is_active
    assert ask_silent_referents() == ""


@pytest.mark.parametrize("sign", ["signed in", "answered a link"])
def test_who_gave_a_sign_is_not_asked(silent: Referent, entry: ResourcePage, sign: str) -> None:
    if sign == "signed in":
        User.objects.update(last_login=timezone.now())
    else:
        VerificationRequest.objects.create(
            entry=entry, referent=silent, state="repondu", answered_at=timezone.now()
        )
    assert ask_silent_referents() == ""
    assert not OutgoingMessage.objects.exists()


def test_a_yes_is_one_click_and_good_for_a_year(silent: Referent, reader: Client) -> None:
    ask_silent_referents()
    silent.refresh_from_db()
    page = reader.get(f"/invitation/{silent.key}/").content.decode()
    assert "Oui, toujours" in page
    reader.post(f"/invitation/{silent.key}/", YES)
    silent.refresh_from_db()
    assert silent.is_active
    assert ask_silent_referents(timezone.now() + timedelta(days=300)) == ""


def test_who_signed_in_after_the_question_is_asked_anew_another_year(silent: Referent) -> None:
    ask_silent_referents()
    User.objects.update(last_login=timezone.now() + timedelta(days=2))
    assert ask_silent_referents(timezone.now() + timedelta(days=40)) == ""
    ask_silent_referents(timezone.now() + timedelta(days=400))
    kinds = OutgoingMessage.objects.values_list("kind", flat=True)
    assert list(kinds) == ["referent_renewal", "referent_renewal"]
    silent.refresh_from_db()
    assert silent.is_active


def test_without_an_answer_the_coordinator_is_told_once(silent: Referent) -> None:
    coordinator = member_of("Coordination")
    ask_silent_referents()
    for days in (31, 32, 60):
        ask_silent_referents(timezone.now() + timedelta(days=days))
    told = OutgoingMessage.objects.filter(address=coordinator.email)
    assert [message.kind for message in told] == ["referent_update"]
    assert "ne répond plus" in told.get().subject
    silent.refresh_from_db()
    assert silent.state == ReferentState.INVITED


def test_who_was_told_silent_is_not_forgotten_without_the_coordinator(silent: Referent) -> None:
    ask_silent_referents()
    ask_silent_referents(timezone.now() + timedelta(days=31))
    delete_old_referents(timezone.now() + timedelta(days=400))
    assert Referent.objects.filter(pk=silent.pk).exists()


def test_old_counts_of_readings_are_forgotten(entry: ResourcePage) -> None:
    today = timezone.localdate()
    for days in (0, 700, 800):
        DailyViews.objects.create(entry=entry, day=today - timedelta(days=days), count=1)
    assert delete_old_views()
    assert DailyViews.objects.count() == 2


def test_these_jobs_are_run_by_the_portal(entry: ResourcePage) -> None:
    services.end_referent(referent_of(entry))
    run_due_jobs(timezone.now() + timedelta(days=31))
    names = {"referents-silent", "referents-retention", "views-retention"}
    assert PeriodicJob.objects.filter(name__in=names, last_succeeded_at__isnull=False).count() == 3


def test_what_is_held_of_a_referent_is_found(entry: ResourcePage) -> None:
    referent = referent_of(entry)
    found = {source.name: items for source, items in find_person(referent.email).items()}
    (held,) = found["referents"]
    assert held["adresse e-mail"] == referent.email
    assert held["référent, nom"] == referent.name
    assert held["fiches"] == "Lieu Exemple"


def test_erasing_a_referent_leaves_no_trace(entry: ResourcePage) -> None:
    referent = referent_of(entry, public_email="accueil@exemple.example")
    email = referent.email
    services.send_invitation(ReferentFactory(entries=[entry], email=email))
    erase_person(email)
    assert not Referent.objects.exists()
    assert find_traces(email) == []
    entry.refresh_from_db()
    assert entry.seeks_referent


def test_erasing_an_address_that_was_shown_takes_it_off_the_page(
    entry: ResourcePage, reader: Client
) -> None:
    email = "accueil@exemple.example"
    referent_of(entry, public_email=email, shows_public_email=True)
    assert email in reader.get(entry.url).content.decode()
    erase_person(email)
    assert email not in reader.get(entry.url).content.decode()
    assert Referent.objects.get().is_active
