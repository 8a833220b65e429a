"""Asking for the letter: one row, few messages, and nothing that a stranger could change."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

import pytest

from newsletter import confirmation_tokens
from newsletter.models import Delivery, Movement, Subscriber, Suppression
from newsletter.services import confirmation, throttling
from newsletter.services.subscription import (
    AlreadyThere,
    NotAdded,
    add_by_staff,
    leave,
    unsubscribe_by_token,
)
from newsletter.subscription.models import LetterIndexPage
from portal.api.models import RateLimitWindow
from portal.api.throttling import window_of
from portal.mail.addresses import hash_of, normalise
from tests.factories.letter import delivery, subscriber_of, topic
from tests.newsletter.subscription.asking import CAMILLE, ask

State, Kind = Subscriber.State, Delivery.Kind
Clock = Callable[[datetime], None]
NOON = datetime(2026, 11, 3, 12, tzinfo=timezone.get_default_timezone())


def movements() -> dict[str, int]:
    return dict(Movement.objects.values_list("kind", "count"))


def finish_deliveries() -> None:
    """What waits has left."""
    Delivery.objects.update(state=Delivery.State.SENT)


# How often an address is written to.


def test_an_address_gets_one_message_a_day_and_three_a_month(
    letter_page: LetterIndexPage, now_is: Clock
) -> None:
    written = []
    for day in range(40):
        now_is(NOON + timedelta(days=day))
        for hour in (1, 2, 23):
            now_is(NOON + timedelta(days=day, hours=hour))
            before = Delivery.objects.count()
            ask(page=letter_page)
            if Delivery.objects.count() > before:
                written.append((day, hour))
            finish_deliveries()
    assert [day for day, _hour in written] == [0, 1, 2, 30, 31, 32]


def test_the_limit_holds_for_each_address_apart(letter_page: LetterIndexPage) -> None:
    ask("a@x.example", page=letter_page)
    ask("b@x.example", page=letter_page)
    assert Delivery.objects.count() == 2


def test_the_limit_is_remembered_after_the_address_is_erased(letter_page: LetterIndexPage) -> None:
    ask(page=letter_page).delete()
    ask(page=letter_page)
    assert Delivery.objects.filter(subscriber__isnull=False).count() == 0


def test_no_second_message_is_added_while_one_waits_for_the_mail_server(
    letter_page: LetterIndexPage, now_is: Clock
) -> None:
    now_is(NOON)
    ask(page=letter_page)
    now_is(NOON + timedelta(days=2))
    ask(page=letter_page)
    assert Delivery.objects.count() == 1


def test_no_address_is_kept_of_recent_requests(letter_page: LetterIndexPage) -> None:
    ask(page=letter_page)
    written = repr(list(RateLimitWindow.objects.values_list()))
    assert throttling.A_MONTH in written
    assert "camille" not in written
    assert hash_of(CAMILLE) not in written


# What asking again changes.


def test_asking_again_keeps_the_first_link_good_and_takes_the_last_choices(
    letter_page: LetterIndexPage,
) -> None:
    first = ask(page=letter_page, topics=[topic("proches")])
    link = confirmation_tokens.sign_confirmation(first)
    again = ask(page=letter_page, topics=[topic("agenda")])
    assert [one.code for one in again.topics.all()] == ["agenda"]
    assert Delivery.objects.count() == 1
    assert confirmation.confirm(link) is confirmation.ConfirmationOutcome.CONFIRMED


@pytest.mark.parametrize("state", [State.UNSUBSCRIBED, State.BOUNCED, State.COMPLAINED])
def test_who_left_comes_back_by_asking_and_confirming_anew(
    letter_page: LetterIndexPage, state: str
) -> None:
    gone = subscriber_of(CAMILLE, topics=[topic("proches")])
    leave(gone, state)
    assert Suppression.objects.exists()
    back = ask(page=letter_page)
    assert back.pk == gone.pk
    assert (back.state, back.confirmed_at, back.left_at) == (State.PENDING, None, None)
    assert back.consented_at > gone.consented_at
    assert not back.topics.exists()
    assert [row.kind for row in Delivery.objects.all()] == [Kind.CONFIRM]
    assert (
        confirmation.confirm(confirmation_tokens.sign_confirmation(back))
        is confirmation.ConfirmationOutcome.CONFIRMED
    )
    assert not Suppression.objects.exists()


def test_an_active_subscriber_is_left_as_they_are(letter_page: LetterIndexPage) -> None:
    known = subscriber_of(CAMILLE, topics=[topic("proches")])
    before = Subscriber.objects.filter(pk=known.pk).values().get()
    ask("CAMILLE@exemple.example", page=letter_page, topics=[topic("agenda")])
    assert Subscriber.objects.filter(pk=known.pk).values().get() == before
    assert [one.code for one in known.topics.all()] == ["proches"]
    assert [row.kind for row in Delivery.objects.all()] == [Kind.KNOWN]


# At the same instant: processes of their own are tried in test_subscription_parallel.


def test_twenty_same_requests_one_after_the_other_make_one_row_and_one_message(
    letter_page: LetterIndexPage,
) -> None:
    for _ in range(20):
        ask(page=letter_page)
    assert Subscriber.objects.count() == 1
    assert Delivery.objects.count() == window_of(throttling.TO_ALL).count == 1


def test_a_row_that_another_process_has_just_written_is_taken_up(
    letter_page: LetterIndexPage,
) -> None:
    """It appears between « not there yet » and our own writing of it."""

    def write_first(execute: Any, sql: str, *rest: Any) -> Any:
        if sql.startswith("INSERT") and '"newsletter_subscriber"' in sql and not raced:
            raced.append(sql)
            subscriber_of(CAMILLE, state=State.PENDING, nonce="leur-jeton")
        return execute(sql, *rest)

    raced: list[str] = []
    with connection.execute_wrapper(write_first):
        mine = ask(page=letter_page)
    assert raced
    assert mine.nonce == "leur-jeton"
    assert Delivery.objects.count() == 1


# Leaving.


@pytest.mark.django_db
def test_leaving_is_counted_once_remembered_and_stops_what_waits() -> None:
    subscriber = subscriber_of(CAMILLE)
    waiting = delivery(subscriber)
    assert leave(subscriber)
    assert not leave(subscriber)
    subscriber.refresh_from_db()
    waiting.refresh_from_db()
    assert subscriber.state == State.UNSUBSCRIBED
    assert subscriber.left_at
    assert waiting.state == Delivery.State.CANCELLED
    assert movements() == {Movement.Kind.LEFT: 1}
    assert Suppression.objects.get().reason == Suppression.Reason.LEFT


def test_who_never_confirmed_leaves_without_being_counted(letter_page: LetterIndexPage) -> None:
    subscriber = ask(page=letter_page)
    link = confirmation_tokens.sign_confirmation(subscriber)
    assert unsubscribe_by_token(subscriber.token)
    subscriber.refresh_from_db()
    assert subscriber.state == State.UNSUBSCRIBED
    assert movements() == {}
    assert Delivery.objects.get().state == Delivery.State.CANCELLED
    assert confirmation.confirm(link) is confirmation.ConfirmationOutcome.PAST


@pytest.mark.django_db
def test_an_address_that_is_lost_is_counted_apart_and_a_complaint_is_not_softened() -> None:
    lost, angry = subscriber_of("a@x.example"), subscriber_of("b@x.example")
    leave(lost, State.BOUNCED)
    leave(angry, State.COMPLAINED)
    leave(angry)
    angry.refresh_from_db()
    assert angry.state == State.COMPLAINED
    assert movements() == {Movement.Kind.LOST: 2}


@pytest.mark.django_db
@pytest.mark.parametrize("token", ["", "inconnu", "x" * 5000, "\x00"])
def test_a_token_of_nobody_unsubscribes_nobody(token: str) -> None:
    subscriber_of(CAMILLE)
    assert not unsubscribe_by_token(token)
    assert Subscriber.objects.active().count() == 1


# Added by the coordinator.


@pytest.mark.django_db
def test_the_coordinator_adds_somebody_with_the_proof_that_they_agreed() -> None:
    proches = topic("proches")
    added = add_by_staff(normalise(CAMILLE), [proches], None, " Bulletin signé le 3 mars ")
    assert (added.state, added.origin) == (State.ACTIVE, Subscriber.Origin.STAFF)
    assert added.proof == "Bulletin signé le 3 mars"
    assert added.confirmed_at
    assert list(added.topics.all()) == [proches]
    assert movements() == {Movement.Kind.JOINED: 1}
    assert not Delivery.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("proof", ["", "  "])
def test_without_a_proof_nobody_is_added(proof: str) -> None:
    with pytest.raises(NotAdded, match="Dites où et quand"):
        add_by_staff(normalise(CAMILLE), [], None, proof)
    assert not Subscriber.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("state", [State.UNSUBSCRIBED, State.BOUNCED, State.COMPLAINED])
@pytest.mark.parametrize("is_erased", [False, True])
def test_who_left_is_not_added_back_by_somebody_else(state: str, is_erased: bool) -> None:
    gone = subscriber_of(CAMILLE)
    leave(gone, state)
    if is_erased:
        gone.delete()
    with pytest.raises(NotAdded, match="Seule la personne"):
        add_by_staff(normalise("CAMILLE@exemple.example"), [], None, "Bulletin signé")
    assert Subscriber.objects.count() == (0 if is_erased else 1)
    assert not Subscriber.objects.active().exists()


@pytest.mark.django_db
def test_who_is_marked_as_gone_without_a_trace_elsewhere_is_not_added_back() -> None:
    subscriber_of(CAMILLE, state=State.BOUNCED)
    with pytest.raises(NotAdded, match="Seule la personne"):
        add_by_staff(normalise(CAMILLE), [], None, "Bulletin signé")


@pytest.mark.django_db
def test_who_gets_the_letter_already_is_left_as_they_are() -> None:
    known = subscriber_of(CAMILLE, topics=[topic("proches")])
    with pytest.raises(AlreadyThere):
        add_by_staff(normalise(CAMILLE), [], None, "Bulletin signé")
    assert known.topics.exists()


def test_who_has_asked_but_not_confirmed_can_be_added_and_gets_no_other_message(
    letter_page: LetterIndexPage,
) -> None:
    asked = ask(page=letter_page)
    added = add_by_staff(normalise(CAMILLE), [], None, "Bulletin signé")
    assert added.pk == asked.pk
    assert added.is_active
    assert Delivery.objects.get().state == Delivery.State.CANCELLED
