"""A change that somebody proposes waits; what readers see stays, and nothing is lost."""

from datetime import date

from django.core.exceptions import ValidationError

from wagtail.models import Page, PageLogEntry, TaskState

import pytest

from portal.base.models import PortalSettings
from portal.mail.models import OutgoingMessage
from resources.listing.models import DirectoryPage
from resources.models import Closure, ResourcePage, ResourcePhone
from resources.moderation.services import propose_change
from tests.factories.users import UserFactory, member_of
from tests.factories.verification import live_entry

BY = "une référente, cadre de santé"


@pytest.fixture
def entry(directory: DirectoryPage) -> ResourcePage:
    return live_entry(directory, title="CMP Exemple", phone="04 91 00 00 01")


def new_phone(page: ResourcePage) -> None:
    page.phone = "0491000002"


def new_summary(page: ResourcePage) -> None:
    page.summary = "Sur rendez-vous."


def draft_of(entry: ResourcePage) -> ResourcePage:
    return Page.objects.get(pk=entry.pk).specific.get_latest_revision_as_object()


def test_readers_see_what_was_approved_while_the_change_waits(entry: ResourcePage) -> None:
    propose_change(entry, new_phone, user=UserFactory(), by=BY)
    entry.refresh_from_db()
    assert entry.phone == "04 91 00 00 01"
    assert entry.has_unpublished_changes
    assert draft_of(entry).phone == "04 91 00 00 02"
    assert TaskState.objects.get().status == TaskState.STATUS_IN_PROGRESS


def test_a_second_proposal_is_added_to_the_first(entry: ResourcePage) -> None:
    author = UserFactory()
    propose_change(entry, new_phone, user=author, by=BY)
    propose_change(entry, new_summary, user=None, by="par le lien envoyé à l’adresse générique")
    draft = draft_of(entry)
    assert (draft.phone, draft.summary) == ("04 91 00 00 02", "Sur rendez-vous.")
    assert entry.workflow_states.count() == 1
    told = PageLogEntry.objects.filter(action="resources.propose").order_by("pk")
    assert [one.data["by"] for one in told] == [BY, "par le lien envoyé à l’adresse générique"]


def test_rows_are_proposed_too_and_checked(entry: ResourcePage) -> None:
    def closes(page: ResourcePage) -> None:
        page.closures.add(Closure(since=date(2026, 8, 1), until=date(2026, 8, 15)))
        page.phones.add(ResourcePhone(label="Secrétariat", number="0491000003"))

    revision = propose_change(entry, closes, user=None, by=BY)
    assert [str(one) for one in draft_of(entry).phones.all()] == ["Secrétariat 04 91 00 00 03"]
    assert entry.closures.count() == 0
    revision.publish()
    entry = ResourcePage.objects.get(pk=entry.pk)
    assert entry.closures.get().locale == entry.locale


@pytest.mark.parametrize(
    "row", [ResourcePhone(label="Standard", number="12"), Closure(since=date(2026, 8, 1),
            until=date(2026, 7, 1))]
)  # fmt: skip
def test_a_mistake_is_told_in_french_and_nothing_is_kept(
    entry: ResourcePage, row: ResourcePhone | Closure
) -> None:
    def mistake(page: ResourcePage) -> None:
        page.summary = "Rien ne reste."
        page.phones.add(row) if isinstance(row, ResourcePhone) else page.closures.add(row)

    with pytest.raises(ValidationError) as raised:
        propose_change(entry, mistake, user=None, by=BY)
    assert raised.value.messages[0].startswith(("Numéro : ", "Fermeture : "))
    assert draft_of(entry).summary == ""
    assert not TaskState.objects.exists()


def test_after_a_refusal_the_next_proposal_is_read_again(entry: ResourcePage) -> None:
    propose_change(entry, new_phone, user=None, by=BY)
    entry.current_workflow_task_state.reject(user=UserFactory(), comment="Et l’étage ?")
    propose_change(entry, new_summary, user=None, by=BY)
    states = TaskState.objects.order_by("pk").values_list("status", flat=True)
    assert list(states) == ["rejected", "in_progress"]


def test_the_coordinator_is_told_once_a_day_for_each_entry(entry: ResourcePage) -> None:
    portal = PortalSettings.load()
    portal.contact_email = "ptsm@departement.example"
    portal.save()
    propose_change(entry, new_phone, user=None, by=BY)
    propose_change(entry, new_summary, user=None, by=BY)
    message = OutgoingMessage.objects.get(kind="change_proposed")
    assert message.address == "ptsm@departement.example"
    assert "CMP Exemple" in message.subject
    assert f"/admin/annuaire/changements/{entry.pk}/" in message.text
    assert BY not in message.text + message.html


def test_without_a_generic_address_whoever_may_approve_is_told(entry: ResourcePage) -> None:
    PortalSettings.objects.update(contact_email="")
    reviewer, author = member_of("Modération"), member_of("Coordination")
    propose_change(entry, new_phone, user=author, by=BY)
    addresses = OutgoingMessage.objects.filter(kind="change_proposed")
    assert [one.address for one in addresses] == [reviewer.email]
