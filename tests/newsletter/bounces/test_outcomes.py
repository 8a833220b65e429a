"""What became of messages, and what follows for the people they were for."""

from datetime import timedelta
from itertools import permutations

from django.utils import timezone

import pytest

from newsletter.models import Delivery, Mailing, Movement, Subscriber, Suppression
from newsletter.services import delivery_state, subscription
from portal.mail.addresses import hash_of
from tests.factories import letter

pytestmark = pytest.mark.django_db

SOFT, HARD, COMPLAINT = Delivery.Bounce.SOFT, Delivery.Bounce.HARD, Delivery.Bounce.COMPLAINT
State = Subscriber.State
NOW = timezone.now()


@pytest.fixture
def ana() -> Subscriber:
    return letter.subscriber_of("ana@x.example", consented_at=NOW - timedelta(days=30))


def letters(subscriber: Subscriber, *bounces: str) -> list[Delivery]:
    """One letter after the other, each with what came back of it."""
    rows = []
    for bounce in bounces:
        rows.append(letter.sent_delivery(subscriber))
        if bounce:
            delivery_state.record_bounce(rows[-1], bounce)
    return rows


def state_of(subscriber: Subscriber) -> str:
    subscriber.refresh_from_db()
    return subscriber.state


def lost() -> int:
    row = Movement.objects.filter(kind=Movement.Kind.LOST).first()
    return row.count if row else 0


# Addresses that fail.


def test_an_address_that_does_not_exist_is_written_to_no_more_at_once(ana: Subscriber) -> None:
    letters(ana, HARD)

    assert state_of(ana) == State.BOUNCED
    assert ana.left_at is not None
    assert lost() == 1
    suppression = Suppression.objects.get(address_hash=hash_of(ana.email_key))
    assert suppression.reason == Suppression.Reason.BOUNCED


def test_what_waits_for_a_lost_address_does_not_leave(ana: Subscriber) -> None:
    waiting = letter.delivery(ana)

    letters(ana, HARD)

    waiting.refresh_from_db()
    assert waiting.state == Delivery.State.CANCELLED


def test_a_server_that_refuses_at_once_loses_the_address_too(ana: Subscriber) -> None:
    row = letter.delivery(ana, state=Delivery.State.SENDING, attempts=1)

    delivery_state.mark_refused(row, "550 5.1.1 <ana@x.example> Unknown", hard=True)

    row.refresh_from_db()
    assert (row.state, row.bounce) == (Delivery.State.BOUNCED, HARD)
    assert row.answer == "550 5.1.1 <…> Unknown"
    assert state_of(ana) == State.BOUNCED


def test_two_passing_failures_lose_nobody(ana: Subscriber) -> None:
    letters(ana, SOFT, SOFT)
    assert state_of(ana) == State.ACTIVE


def test_three_passing_failures_in_a_row_lose_the_address(ana: Subscriber) -> None:
    letters(ana, SOFT, SOFT, SOFT)
    assert state_of(ana) == State.BOUNCED


def test_three_failures_told_of_one_letter_are_one(ana: Subscriber) -> None:
    (row,) = letters(ana, SOFT)
    for _ in range(10):
        delivery_state.record_bounce(row, SOFT)
    assert state_of(ana) == State.ACTIVE


def test_a_letter_that_went_through_between_makes_the_count_start_again(ana: Subscriber) -> None:
    letters(ana, SOFT, SOFT, "", SOFT)
    assert state_of(ana) == State.ACTIVE


def test_failures_told_in_another_order_than_the_letters_left_count_alike(ana: Subscriber) -> None:
    rows = [letter.sent_delivery(ana) for _ in range(3)]
    for row in (rows[2], rows[0]):
        delivery_state.record_bounce(row, SOFT)
    assert state_of(ana) == State.ACTIVE

    delivery_state.record_bounce(rows[1], SOFT)

    assert state_of(ana) == State.BOUNCED


def test_a_failure_told_before_its_letter_is_marked_as_gone_counts(ana: Subscriber) -> None:
    letters(ana, SOFT, SOFT)
    row = letter.delivery(ana, state=Delivery.State.SENDING, attempts=1)

    delivery_state.record_bounce(row, SOFT)
    delivery_state.mark_sent(row)

    row.refresh_from_db()
    assert (row.state, row.bounce) == (Delivery.State.SENT, SOFT)
    assert state_of(ana) == State.BOUNCED


def test_a_letter_that_did_not_leave_says_nothing_of_the_address(ana: Subscriber) -> None:
    letters(ana, SOFT, SOFT)
    for state in (Delivery.State.CANCELLED, Delivery.State.GIVEN_UP, Delivery.State.WAITING):
        letter.delivery(ana, state=state)
    letters(ana, SOFT)
    assert state_of(ana) == State.BOUNCED


def test_letters_from_before_the_person_confirmed_again_do_not_count(ana: Subscriber) -> None:
    before = NOW - timedelta(days=10)
    old = [letter.sent_delivery(ana, created_at=before) for _ in range(3)]
    ana.confirmed_at = NOW - timedelta(days=1)
    ana.save()

    for row in old:
        delivery_state.record_bounce(row, SOFT)
    delivery_state.record_bounce(old[0], HARD)
    letters(ana, SOFT, SOFT)

    assert state_of(ana) == State.ACTIVE


def test_a_message_of_confirmation_that_comes_back_loses_nobody() -> None:
    asking = letter.subscriber_of("bea@x.example", state=State.PENDING)
    row = letter.sent_delivery(asking, kind=Delivery.Kind.CONFIRM)

    delivery_state.record_bounce(row, HARD, "550 5.1.1 Unknown")

    row.refresh_from_db()
    assert row.bounce == HARD
    assert state_of(asking) == State.PENDING
    assert lost() == 0


def test_a_letter_whose_reader_was_erased_may_still_come_back(ana: Subscriber) -> None:
    row = letter.sent_delivery(ana)
    ana.delete()

    delivery_state.record_bounce(row, HARD)

    row.refresh_from_db()
    assert row.bounce == HARD


# Several things told of one person.


def test_a_complaint_is_heard_at_once(ana: Subscriber) -> None:
    letters(ana, COMPLAINT)
    assert state_of(ana) == State.COMPLAINED


@pytest.mark.parametrize("order", list(permutations([SOFT, HARD, COMPLAINT, "wish to leave"])))
def test_whatever_the_order_and_the_repetitions_the_end_is_the_same(
    ana: Subscriber, order: tuple[str, ...]
) -> None:
    row = letter.sent_delivery(ana, answer="451 The words of an earlier attempt")
    words = {SOFT: "452 4.2.2 Full", HARD: "550 5.1.1 Unknown", COMPLAINT: ""}

    for told in order * 10:
        if told in words:
            delivery_state.record_bounce(row, told, words[told])
        else:
            subscription.unsubscribe_by_token(ana.token)

    row.refresh_from_db()
    assert (row.state, row.bounce, row.answer) == (Delivery.State.SENT, COMPLAINT, "")
    assert state_of(ana) == State.COMPLAINED
    assert sum(Movement.objects.values_list("count", flat=True)) == 1
    assert Suppression.objects.get().reason == Suppression.Reason.COMPLAINED


def test_a_wish_to_leave_outlives_a_failing_address(ana: Subscriber) -> None:
    subscription.leave(ana)
    letters(ana, HARD)
    assert state_of(ana) == State.UNSUBSCRIBED


def test_a_person_who_asks_again_is_not_lost_by_an_old_complaint(ana: Subscriber) -> None:
    row = letter.sent_delivery(ana)
    ana.state = State.PENDING
    ana.save()

    delivery_state.record_bounce(row, COMPLAINT)

    assert state_of(ana) == State.PENDING


# What is kept of a server's words.


@pytest.mark.parametrize(
    "words",
    [
        "550 5.1.1 <ana@x.example>: Recipient address rejected",
        '550 "ana@x.example" unknown',
        "rfc822;ana@x.example",
        "mailto:ana@x.example",
        "550 ana@x.example... User unknown",
        "bounce+ana=x.example@y.example said no",
        "(ana@x.example, ana@x.example)",
        "x" + " " * 5000 + "ana@x.example",
        "ana@x.example " * 200,
        "a" * 290 + " ana@x.example",
    ],
)
def test_no_address_is_kept_of_what_a_server_says(words: str) -> None:
    kept = delivery_state.remove_addresses(words)
    assert "ana" not in kept
    assert "x.example" not in kept
    assert len(kept) <= Delivery._meta.get_field("answer").max_length  # type: ignore[operator]


def test_words_of_any_length_are_cut_without_delay() -> None:
    """Quadratic work on these would take hours."""
    assert len(delivery_state.remove_addresses("a" * 10_000_000)) == 300


def test_signs_that_the_database_cannot_hold_are_left_out(ana: Subscriber) -> None:
    row = letter.sent_delivery(ana)
    delivery_state.record_bounce(row, SOFT, "452\0 full\r\nagain")
    row.refresh_from_db()
    assert row.answer == "452 full again"


def test_the_words_of_an_earlier_attempt_give_way_to_those_of_the_bounce(ana: Subscriber) -> None:
    row = letter.sent_delivery(ana, answer="451 Come back later")
    delivery_state.record_bounce(row, SOFT, "552 Full")
    row.refresh_from_db()
    assert row.answer == "552 Full"


# Attempts.


def tried(row: Delivery) -> Delivery:
    row.state, row.attempts = Delivery.State.SENDING, row.attempts + 1
    row.save()
    return row


def test_each_attempt_that_fails_waits_longer_and_the_fifth_is_the_last(ana: Subscriber) -> None:
    row = letter.delivery(ana)
    pauses = []
    for _ in range(4):
        delivery_state.mark_failed(tried(row), "451 Busy", NOW)
        row.refresh_from_db()
        assert (row.state, row.claimed_at) == (Delivery.State.WAITING, None)
        pauses.append(row.next_attempt_at - NOW)

    delivery_state.mark_failed(tried(row), "451 Busy", NOW)

    row.refresh_from_db()
    assert pauses == sorted(set(pauses)) == list(Delivery.retry_delays)
    assert (row.state, row.attempts, row.answer) == (Delivery.State.GIVEN_UP, 5, "451 Busy")
    assert row.finished_at is not None
    assert state_of(ana) == State.ACTIVE


def test_an_attempt_on_a_server_that_is_away_does_not_count(ana: Subscriber) -> None:
    row = letter.delivery(ana)
    again_at = NOW + timedelta(seconds=30)

    for _ in range(20):
        delivery_state.mark_postponed(tried(row), "Connection refused", again_at)

    row.refresh_from_db()
    assert (row.state, row.attempts) == (Delivery.State.WAITING, 0)
    assert row.next_attempt_at == again_at


def test_an_attempt_on_a_server_that_is_away_keeps_the_count_of_the_others(
    ana: Subscriber,
) -> None:
    row = letter.delivery(ana)
    delivery_state.mark_failed(tried(row), "451", NOW)
    delivery_state.mark_postponed(tried(row), "421", NOW)
    row.refresh_from_db()
    assert row.attempts == 1


def test_a_row_put_back_may_leave_again_only_when_its_time_has_come(ana: Subscriber) -> None:
    row = letter.delivery(ana, mailing=letter.mailing(state=Mailing.State.SENDING))
    delivery_state.mark_failed(tried(row), "451", NOW)

    assert not Delivery.objects.due(NOW + timedelta(seconds=59)).exists()
    assert Delivery.objects.due(NOW + timedelta(seconds=60)).get() == row
