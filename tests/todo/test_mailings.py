"""The digest of Monday and what arrives, by mail."""

from datetime import datetime, timedelta

from django.test import Client
from django.urls import reverse
from django.utils import timezone

import pytest

from portal.base.models import PortalSettings
from portal.mail.models import OutgoingMessage
from portal.privacy.registry import erase_person, find_person
from portal.todo.mailings import forget_postponements, send_digests, tell_arrivals
from portal.todo.models import Postponement, TodoMailPreference
from portal.users.models import User
from tests.factories.corrections import EntryProposalFactory, ErrorReportFactory
from tests.factories.users import member_of

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def local(day: int, hour: int) -> datetime:
    """A moment of the week of Monday 30 November 2026, by the clock of the portal."""
    return timezone.make_aware(datetime(2026, 11, 30, hour) + (day * DAY))


MONDAY = local(0, 9)


def messages(kind: str) -> list[OutgoingMessage]:
    return list(OutgoingMessage.objects.filter(kind=kind).order_by("pk"))


@pytest.fixture
def report(home_page: object) -> object:
    PortalSettings.objects.update_or_create(defaults={"site_name": "Portail d’essai"})
    return ErrorReportFactory(
        received_at=MONDAY - 20 * HOUR, email="lea@public.example", text="Camille m’a répondu non."
    )


def test_each_monday_morning_who_has_something_to_do_reads_it(
    coordinator: User, report: object
) -> None:
    other = member_of("Rédaction")
    for moment in (local(0, 7), MONDAY, MONDAY + HOUR, local(1, 9)):
        send_digests(moment)
    (told,) = messages("todo_digest")
    assert told.address == coordinator.email != other.email
    assert told.subject.startswith("Portail d’essai : ")
    assert "à faire cette semaine" in told.subject
    for body in (told.text, told.html):
        assert "Des personnes attendent" in body
        assert reverse("wagtailadmin_home") in body
        assert reverse("todo_mail") in body
        assert "lea@public.example" not in body
        assert "Camille" not in body
    assert len(messages("todo_digest")) == 1

    send_digests(local(7, 9))
    assert len(messages("todo_digest")) == 2


def test_nothing_is_sent_when_nothing_waits(home_page: object) -> None:
    member_of("Coordination")
    member_of("Référents")
    assert send_digests(MONDAY) == ""
    assert tell_arrivals(MONDAY) == ""
    assert not OutgoingMessage.objects.exists()


def test_who_was_put_off_for_everything_gets_no_digest(coordinator: User, report: object) -> None:
    Postponement.objects.create(
        user=coordinator,
        key=f"error_report:{report.pk}",  # type: ignore[attr-defined]
        until=(MONDAY + 3 * DAY).date(),
    )
    send_digests(MONDAY)
    assert messages("todo_digest") == []


def test_what_arrives_together_is_told_together_and_once(
    coordinator: User, home_page: object
) -> None:
    tell_arrivals(MONDAY)
    ErrorReportFactory(received_at=MONDAY + timedelta(minutes=1), email="lea@public.example")
    ErrorReportFactory(received_at=MONDAY + timedelta(minutes=2))
    EntryProposalFactory(name="Café des aidants", received_at=MONDAY + timedelta(minutes=3))
    tell_arrivals(MONDAY + timedelta(minutes=10))
    assert messages("todo_arrivals") == []
    tell_arrivals(MONDAY + HOUR)
    (told,) = messages("todo_arrivals")
    assert "erreur signalée (2), structure proposée (1)" in told.subject
    assert "Café des aidants" in told.text
    assert "lea@public.example" not in told.text + told.html
    tell_arrivals(MONDAY + 3 * HOUR)
    assert len(messages("todo_arrivals")) == 1


@pytest.mark.parametrize("role", ["Rédaction", "Modération", "Référents"])
def test_what_arrives_is_told_to_who_may_answer_it(role: str, report: object) -> None:
    member_of(role)
    tell_arrivals(MONDAY - 19 * HOUR)
    assert messages("todo_arrivals") == []


def test_one_may_want_neither(client: Client, coordinator: User, report: object) -> None:
    screen = client.get(reverse("todo_mail")).content.decode()
    assert screen.count("checked") == 2
    assert client.post(reverse("todo_mail"), {})["Location"] == reverse("wagtailadmin_home")
    send_digests(MONDAY)
    tell_arrivals(MONDAY - 19 * HOUR)
    assert not OutgoingMessage.objects.filter(kind__startswith="todo").exists()
    client.post(reverse("todo_mail"), {"weekly_digest": "on"})
    send_digests(MONDAY)
    assert len(messages("todo_digest")) == 1


def test_what_has_come_back_is_forgotten(coordinator: User) -> None:
    today = timezone.localdate()
    for key, until in (("old", today), ("waits", today + DAY)):
        Postponement.objects.create(user=coordinator, key=key, until=until)
    forget_postponements()
    assert [one.key for one in Postponement.objects.all()] == ["waits"]


def test_what_a_person_chose_is_found_and_erased(coordinator: User) -> None:
    editor = member_of("Rédaction")
    Postponement.objects.create(user=editor, key="x", until=timezone.localdate() + DAY)
    TodoMailPreference.objects.create(user=editor)
    found = {source.name: items for source, items in find_person(editor.email).items()}
    assert len(found["todo"]) == 2
    erase_person(editor.email)
    assert not Postponement.objects.exists()
    assert not TodoMailPreference.objects.exists()
