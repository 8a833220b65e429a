"""Who is asked, how often, and when it is the coordinator's turn to call."""

from datetime import date, timedelta
from html import unescape
from typing import Any

from django.utils import timezone

import pytest
from dateutil.relativedelta import relativedelta

from portal.jobs.registry import jobs
from portal.mail.models import OutgoingMessage
from portal.reminders import rounds
from portal.reminders.choices import RequestState
from portal.reminders.rounds import MOST_IN_A_MESSAGE
from resources.choices import EntryStatus
from resources.editor_choices import ReferentState
from resources.listing.models import DirectoryPage
from resources.models import DirectorySettings, Referent, ResourcePage, VerificationRequest
from resources.moderation.services import propose_change
from resources.verification import reminders, schedule
from resources.verification.messages import KIND
from resources.verification.reminders import VERIFICATIONS, send_due_requests
from resources.verification.services import confirm_entry
from tests.clock import Clock, set_clock
from tests.factories.referents import ActiveReferentFactory, ReferentFactory
from tests.factories.verification import live_entry

BOX = "accueil@structure.example"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return set_clock(monkeypatch)


@pytest.fixture
def make(directory: DirectoryPage) -> Any:
    def make(**facts: Any) -> ResourcePage:
        return live_entry(directory, **({"email": BOX, "phone": "04 91 00 00 01"} | facts))

    return make


def sent() -> list[str]:
    return list(OutgoingMessage.objects.order_by("pk").values_list("address", flat=True))


def to_call() -> list[str]:
    now = timezone.now()
    return [entry.title for entry in schedule.entries_to_call(now, timezone.localdate(now))]


def test_nobody_is_written_to_before_the_coordinator_says_so(make: Any) -> None:
    make()
    job = next(job for job in jobs() if job.name == "verification")
    assert job.run() is None
    assert sent() == []
    DirectorySettings.objects.update_or_create(defaults={"asks_structures": True})
    job.run()
    assert sent() == [BOX]


def test_the_demonstration_writes_to_no_true_structure(make: Any, settings: Any) -> None:
    settings.PORTAL_IS_DEMO = True
    true = make(title="BAPU d’une vraie ville", email="vraie@structure.example")
    make(is_example=True)
    send_due_requests()
    assert sent() == [BOX]
    assert schedule.get_recipients(true) == []
    assert to_call() == ["BAPU d’une vraie ville"]


def test_an_example_is_asked_in_the_demonstration_only(make: Any) -> None:
    make(is_example=True)
    assert send_due_requests() is None


def test_an_entry_never_verified_is_asked_at_its_generic_address(make: Any) -> None:
    entry = make(title="GEM Exemple", opening_hours="Mo-Fr 09:00-12:00")
    assert send_due_requests() == "1 structure interrogée."
    message = OutgoingMessage.objects.get()
    assert message.address == BOX
    assert message.subject == "Votre fiche dans l’annuaire est-elle toujours juste ?"
    for part in (message.text, message.html):
        assert "04 91 00 00 01" in part
        assert "9 h – 12 h" in unescape(part).replace("\u00a0", " ")
        assert part.count("/verifier/") >= 2
    assert len(message.html.encode()) < 100_000
    request = entry.verification_requests.get()
    assert (request.state, request.reminders) == (RequestState.WAITING, 0)
    assert to_call() == []


def test_referents_are_asked_rather_than_the_generic_address(make: Any) -> None:
    entry = make()
    ActiveReferentFactory(entries=[entry], email="ana@structure.example")
    ActiveReferentFactory(entries=[entry], email="bea@structure.example")
    ActiveReferentFactory(
        entries=[entry], email="partie@structure.example", state=ReferentState.LEFT
    )
    ReferentFactory(entries=[entry], email="invitee@structure.example")
    send_due_requests()
    assert sorted(sent()) == ["ana@structure.example", "bea@structure.example"]


def test_several_entries_of_one_address_are_asked_in_one_message(make: Any) -> None:
    make(title="CMP du Nord")
    make(title="CMP du Sud", email=BOX.upper())
    make(title="Ailleurs", email="autre@structure.example")
    assert send_due_requests() == "2 structures interrogées."
    message = OutgoingMessage.objects.get(address__iexact=BOX)
    assert "Vos 2 fiches" in message.subject
    assert "CMP du Nord" in message.text
    assert "CMP du Sud" in message.text
    assert "Ailleurs" not in message.text
    keys = {word for word in message.text.split() if "/verifier/" in word}
    assert len(keys) == 4  # two buttons for each entry


def test_one_address_gets_one_message_a_day_whatever_is_asked_of_it(
    make: Any,
    clock: Clock,
) -> None:
    make()
    send_due_requests()
    make()
    assert send_due_requests() is None
    assert len(sent()) == 1
    clock.wait(days=1)
    send_due_requests()
    assert len(sent()) == 2


def test_a_long_list_is_asked_over_several_days_in_light_messages(
    make: Any,
    clock: Clock,
) -> None:
    for number in range(MOST_IN_A_MESSAGE + 2):
        make(title=f"Lieu {number:02}", opening_hours="Mo-Fr 09:00-12:00,13:30-17:30; PH off")
    send_due_requests()
    message = OutgoingMessage.objects.get()
    assert len(message.html.encode()) < 100_000
    clock.wait(days=1)
    send_due_requests()
    assert VerificationRequest.objects.count() == MOST_IN_A_MESSAGE + 2


@pytest.mark.parametrize(
    "facts",
    [
        {"is_example": True},
        {"status": EntryStatus.CLOSED},
        {"verified_on": date.today()},
        {"email": ""},
    ],
)
def test_nothing_is_asked_of_examples_closed_places_or_what_is_fresh(
    make: Any, facts: dict[str, Any]
) -> None:
    make(**facts)
    assert send_due_requests() is None
    assert sent() == []


def test_nothing_is_asked_of_a_draft(make: Any) -> None:
    make().unpublish()
    assert send_due_requests() is None


@pytest.mark.parametrize("months", [1, 3, 6, 12])
def test_each_entry_is_asked_at_its_own_pace(make: Any, clock: Clock, months: int) -> None:
    since = clock.today + relativedelta(months=-months)
    entry = make(verified_on=since + timedelta(days=4), verification_frequency=months)
    assert send_due_requests() is None
    ResourcePage.objects.filter(pk=entry.pk).update(verified_on=since)
    assert send_due_requests() == "1 structure interrogée."


def test_two_reminders_then_nobody_is_asked_and_the_coordinator_calls(
    make: Any,
    clock: Clock,
) -> None:
    entry = make(title="GEM Exemple")
    days_with_a_message = []
    for day in range(60):
        if send_due_requests():
            days_with_a_message.append(day)
        assert (to_call() == ["GEM Exemple"]) == (day >= 30)
        clock.wait(days=1)
    assert days_with_a_message == [0, 10, 20]
    subjects = OutgoingMessage.objects.order_by("pk").values_list("subject", flat=True)
    assert [one.startswith("Rappel") for one in subjects] == [False, True, True]
    request = entry.verification_requests.get()
    assert (request.state, request.reminders, request.address) == (RequestState.EXPIRED, 2, "")


def test_once_verified_a_new_round_begins_in_its_time(make: Any, clock: Clock) -> None:
    entry = make(verification_frequency=1)
    send_due_requests()
    confirm_entry(entry, role="la structure", how="lien")
    clock.wait(days=40)
    assert send_due_requests() == "1 structure interrogée."
    assert sorted(entry.verification_requests.values_list("state", flat=True)) == [
        RequestState.WAITING,
        RequestState.ANSWERED,
    ]


def test_a_referent_who_left_is_reminded_of_nothing(make: Any, clock: Clock) -> None:
    entry = make(email="")
    referent = ActiveReferentFactory(entries=[entry])
    send_due_requests()
    referent.state = ReferentState.LEFT
    referent.save()
    clock.wait(days=11)
    assert send_due_requests() is None
    assert entry.verification_requests.get().state == RequestState.CANCELLED
    assert to_call() == [entry.title]


def test_a_deleted_referent_is_reminded_of_nothing(make: Any, clock: Clock) -> None:
    entry = make()
    ActiveReferentFactory(entries=[entry], email="ana@structure.example")
    send_due_requests()
    Referent.objects.all().delete()
    clock.wait(days=11)
    send_due_requests()
    assert sent() == ["ana@structure.example", BOX]


def test_a_generic_address_that_changed_is_asked_anew(make: Any, clock: Clock) -> None:
    entry = make()
    send_due_requests()
    ResourcePage.objects.filter(pk=entry.pk).update(email="nouvelle@structure.example")
    send_due_requests()
    assert sent() == [BOX, "nouvelle@structure.example"]


def test_what_was_verified_in_another_way_is_asked_no_more(make: Any, clock: Clock) -> None:
    entry = make()
    send_due_requests()
    ResourcePage.objects.filter(pk=entry.pk).update(verified_on=clock.today)
    clock.wait(days=10)
    assert send_due_requests() is None
    assert to_call() == []


def test_a_run_killed_before_its_message_is_written_asks_nobody(
    make: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    make()

    def die(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(reminders, "send_message", die)
        with pytest.raises(KeyboardInterrupt):
            send_due_requests()
    assert not VerificationRequest.objects.exists()
    assert send_due_requests() == "1 structure interrogée."


def test_a_run_stops_when_it_is_asked_to(make: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    make()
    monkeypatch.setattr(rounds, "stop_asked", lambda: True)
    assert send_due_requests() is None
    assert sent() == []


def test_two_rounds_at_once_ask_once(make: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    make()
    letters = list(VERIFICATIONS.collect_messages(timezone.now()))
    assert VERIFICATIONS.send(letters[0], timezone.now())
    assert not VERIFICATIONS.send(letters[0], timezone.now())
    assert len(sent()) == 1


def test_no_address_goes_to_the_logs(make: Any, caplog: pytest.LogCaptureFixture) -> None:
    make()
    caplog.set_level("INFO")
    send_due_requests()
    assert BOX not in caplog.text


def test_a_secret_address_is_not_in_the_message(make: Any) -> None:
    make(address_is_masked=True, address_street="3 rue Cachée", postcode="13001")
    send_due_requests()
    message = OutgoingMessage.objects.get()
    assert "Cachée" not in message.text + message.html
    assert "tenue secrète" in message.text


def change_email(page: ResourcePage) -> None:
    page.email = "nouvelle@structure.example"


@pytest.mark.parametrize("already_asked", [False, True])
def test_nobody_is_asked_to_confirm_what_their_change_waits_for(
    make: Any, clock: Clock, already_asked: bool
) -> None:
    """Neither a first question nor a reminder, nor a call; once refused, it is asked again."""
    entry = make()
    person = ActiveReferentFactory(entries=[entry])
    if already_asked:
        send_due_requests()
    propose_change(entry, change_email, user=person.user, by="un référent")
    clock.wait(days=20)
    send_due_requests()
    asked = OutgoingMessage.objects.filter(kind=KIND).count()
    assert asked == int(already_asked)
    assert to_call() == []
    state = entry.specific.current_workflow_state
    state.cancel()
    send_due_requests()
    assert OutgoingMessage.objects.filter(kind=KIND).count() == asked + 1
