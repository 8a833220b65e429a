"""What leaves, when, to whom; what happens when the mail server does not play along."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import LazySettings
from django.core.mail import EmailMultiAlternatives
from django.utils import timezone

import pytest

from newsletter.backends.smtp import SmtpMailBackend
from newsletter.models import Delivery, Mailing, Subscriber
from newsletter.services import mailings, send_queue
from newsletter.services.send_queue import Clock, Pace, claim, deliver_due
from tests.factories.letter import delivery, mailing, subscriber_of
from tests.servers.smtp import HANG_UP, Sink

pytestmark = pytest.mark.django_db


@dataclass
class HandClock(Clock):
    """Stands still but when somebody waits."""

    at: datetime = field(default_factory=lambda: timezone.now() + timedelta(minutes=1))
    passed: float = 0

    def __post_init__(self) -> None:
        self.now = lambda: self.at + timedelta(seconds=self.passed)
        self.monotonic = lambda: self.passed
        self.sleep = self.pass_time

    def pass_time(self, seconds: float) -> None:
        self.passed += seconds


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def sink(settings: LazySettings) -> Iterator[Sink]:
    with Sink() as sink:
        settings.EMAIL_BACKEND, settings.EMAIL_HOST = sink.BACKEND, sink.HOST
        settings.EMAIL_PORT = sink.port
        yield sink


def fill(number: int) -> Mailing:
    """A mailing under way that waits for so many people."""
    sending = mailing(recipients=number)
    people = Subscriber.objects.bulk_create(
        [
            Subscriber(
                email=f"p{rank}@x.example",
                email_key=f"p{rank}@x.example",
                state=Subscriber.State.ACTIVE,
            )
            for rank in range(number)
        ]
    )
    Delivery.objects.bulk_create(Delivery(mailing=sending, subscriber=one) for one in people)
    return sending


def states(sending: Mailing) -> Counter[str]:
    return Counter(sending.deliveries.values_list("state", flat=True))


class Troubles:
    """A mail server on a bad day: each fault hits fixed people, or a stretch of the clock."""

    throttled_after = 100
    outage = (timedelta(minutes=2), timedelta(minutes=2, seconds=30))

    def __init__(self, clock: HandClock) -> None:
        self.clock = clock
        self.begun = clock.at
        self.taken = 0
        self.busy_until: datetime | None = None

    def on_connect(self, _caller: str, _nth: int) -> str | None:
        return HANG_UP if self._is_down() else None

    def on_rcpt(self, address: str, nth: int) -> str | None:
        if self._is_down():
            return HANG_UP
        if self._is_busy():
            return "454 4.7.0 Too many messages, slow down"
        rank = _rank(address)
        if rank % 100 in (1, 21, 41, 61, 81):  # 5 %, of which one never comes right
            return "451 4.3.0 Try again later" if nth == 1 or rank % 100 == 81 else None
        if rank % 100 in (2, 32, 62):  # 3 %
            return f"550 5.1.1 <{address}>: no such user"
        return None

    def on_data(self, address: str, nth: int) -> str | None:
        if _rank(address) % 100 in (3, 53) and nth == 1:  # 2 %
            return HANG_UP
        self.taken += 1
        return None

    def _is_down(self) -> bool:
        since = self.clock.now() - self.begun
        return self.outage[0] <= since < self.outage[1]

    def _is_busy(self) -> bool:
        if self.taken == self.throttled_after and self.busy_until is None:
            self.busy_until = self.clock.now() + timedelta(minutes=1)
        return self.busy_until is not None and self.clock.now() < self.busy_until


def _rank(address: str) -> int:
    return int(address.partition("@")[0][1:])


def test_on_a_bad_day_each_person_ends_in_exactly_one_state(sink: Sink, clock: HandClock) -> None:
    sending = fill(1000)
    troubles = Troubles(clock)
    sink.on_rcpt, sink.on_data = troubles.on_rcpt, troubles.on_data
    sink.on_connect = troubles.on_connect

    rounds = 0
    while sending.state != Mailing.State.DONE and (rounds := rounds + 1) < 2000:
        deliver_due(clock)
        clock.pass_time(30)
        sending.refresh_from_db()
        pending = sending.deliveries.unfinished().exists()
        assert pending == (sending.state != Mailing.State.DONE)

    assert states(sending) == {"parti": 960, "refuse": 30, "abandon": 10}
    assert sending.outcomes == {"parti": 960, "refuse": 30, "abandon": 10}
    assert Counter(sink.recipients).most_common(1)[0][1] == 1
    given_up = sending.deliveries.filter(state=Delivery.State.GIVEN_UP)
    assert set(given_up.values_list("attempts", "answer")) == {(5, "451 4.3.0 Try again later")}
    refused = sending.deliveries.filter(state=Delivery.State.BOUNCED)
    assert set(refused.values_list("answer", "bounce")) == {
        ("550 5.1.1 <…>: no such user", Delivery.Bounce.HARD)
    }
    assert Subscriber.objects.filter(state=Subscriber.State.BOUNCED).count() == 30
    assert Subscriber.objects.filter(last_sent_at=sending.finished_at).count() == 960


def test_who_leaves_while_a_letter_is_being_sent_does_not_get_it(
    sink: Sink, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    sending = fill(200)
    leaving = [f"p{rank}@x.example" for rank in range(150, 200)]

    class BackendSeeingPeopleLeave(SmtpMailBackend):
        carried = 0

        def send(self, message: EmailMultiAlternatives) -> str:
            self.carried += 1
            if self.carried == 120:
                people = Subscriber.objects.filter(email__in=leaving)
                people.update(state=Subscriber.State.UNSUBSCRIBED)
            return super().send(message)

    monkeypatch.setattr(send_queue, "get_backend", BackendSeeingPeopleLeave)

    deliver_due(clock)

    assert states(sending) == {"parti": 150, "annule": 50}
    assert not set(leaving) & set(sink.recipients)


def test_a_pause_is_heard_before_the_next_message(
    sink: Sink, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    sending = fill(20)

    class BackendThatIsPaused(SmtpMailBackend):
        def send(self, message: EmailMultiAlternatives) -> str:
            if message.to == ["p4@x.example"]:
                assert mailings.pause(Mailing.objects.get(pk=sending.pk))
            return super().send(message)

    monkeypatch.setattr(send_queue, "get_backend", BackendThatIsPaused)
    deliver_due(clock)
    assert states(sending) == {"parti": 5, "attente": 15}

    sending.refresh_from_db()
    assert mailings.resume(sending)
    deliver_due(clock)

    sending.refresh_from_db()
    assert sending.state == Mailing.State.DONE
    assert Counter(sink.recipients) == {f"p{rank}@x.example": 1 for rank in range(20)}


def test_a_mailing_that_is_stopped_writes_to_nobody_more(sink: Sink, clock: HandClock) -> None:
    sending = fill(3)
    assert not mailings.cancel_mailing(sending), "it must be paused first"
    mailings.pause(sending)

    assert mailings.cancel_mailing(sending)
    deliver_due(clock)

    assert sink.recipients == []
    assert states(sending) == {"annule": 3}
    assert sending.outcomes == {"annule": 3}


def test_what_a_person_waits_for_leaves_before_the_letters(sink: Sink, clock: HandClock) -> None:
    fill(5)
    asked = subscriber_of("ana@y.example", state=Subscriber.State.PENDING, nonce="n")
    delivery(asked, kind=Delivery.Kind.CONFIRM, mailing=None)

    deliver_due(clock)

    assert sink.recipients[0] == "ana@y.example"
    assert len(sink.recipients) == 6


def test_a_server_that_is_away_stops_the_round_and_is_tried_again_later(
    sink: Sink, clock: HandClock
) -> None:
    sending = fill(3)
    sink.stop()

    deliver_due(clock)

    sending.refresh_from_db()
    assert sending.problem
    assert set(sending.deliveries.values_list("state", "attempts")) == {("attente", 0)}
    sink.start()
    deliver_due(clock)
    assert sink.recipients == [], "it rests"
    clock.pass_time(31)
    deliver_due(clock)
    sending.refresh_from_db()
    assert (sending.state, sending.problem) == (Mailing.State.DONE, "")


def test_a_long_sending_leaves_room_for_the_other_jobs(sink: Sink, clock: HandClock) -> None:
    sending = fill(30)
    clock.monotonic = iter(range(1000)).__next__  # a second passes at each look

    deliver_due(clock, longest=timedelta(seconds=10))
    assert 0 < states(sending)["parti"] < 30

    for _ in range(5):
        deliver_due(clock, longest=timedelta(seconds=10))
    assert states(sending) == {"parti": 30}


def test_a_row_is_claimed_once(clock: HandClock) -> None:
    row = delivery()

    assert claim(row, clock.now())
    assert not claim(row, clock.now())


@pytest.mark.parametrize(
    ("policy", "state"), [("send", Delivery.State.SENT), ("stop", Delivery.State.UNCERTAIN)]
)
def test_a_message_whose_sender_died_is_sent_again_or_said_to_be_uncertain(
    sink: Sink, clock: HandClock, settings: LazySettings, policy: str, state: str
) -> None:
    settings.PORTAL_MAIL_IF_UNCERTAIN = policy
    row = delivery(state=Delivery.State.SENDING, claimed_at=clock.now(), attempts=1)

    deliver_due(clock)

    row.refresh_from_db()
    assert row.state == state
    assert row.mailing is not None
    row.mailing.refresh_from_db()
    assert row.mailing.state == Mailing.State.DONE


def test_each_copy_has_its_own_links_and_the_same_identifier_each_time(
    sink: Sink, clock: HandClock
) -> None:
    row = delivery(state=Delivery.State.SENDING, attempts=1)

    deliver_due(clock)
    Delivery.objects.update(state=Delivery.State.SENDING)
    Mailing.objects.update(state=Mailing.State.SENDING)
    deliver_due(clock)

    first, second = sink.messages
    assert first.message_id == second.message_id
    assert str(row.uuid) in first.message_id


@pytest.mark.parametrize("a_second", [1, 10, 25])
def test_the_pace_is_kept_over_a_minute(clock: HandClock, a_second: int) -> None:
    pace = Pace(a_second, clock)
    left_at = []

    while clock.passed < 60:
        pace.wait()
        left_at.append(clock.passed)
        clock.pass_time(0.01)

    assert len(left_at) == pytest.approx(60 * a_second, rel=0.1)
    per_second = Counter(int(moment) for moment in left_at)
    assert max(per_second.values()) <= a_second + 1


def test_no_pace_means_no_waiting(clock: HandClock) -> None:
    pace = Pace(0, clock)
    for _ in range(100):
        pace.wait()

    assert clock.passed == 0
