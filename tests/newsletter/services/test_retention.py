"""What the letter forgets by itself, and what must stay."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils import timezone

import pytest

from newsletter.models import Delivery, Mailing, Movement, Subscriber, Suppression
from newsletter.services import mailings, retention, throttling
from newsletter.services.mailings import outcomes_of
from newsletter.services.retention import apply_retention
from portal.api.models import RateLimitWindow
from portal.api.throttling import delete_past_windows
from portal.jobs.registry import jobs
from portal.mail.addresses import hash_of, normalise
from tests.factories import letter

State = Subscriber.State
NOW = timezone.now()
pytestmark = pytest.mark.django_db


def days(count: float) -> datetime:
    """So many days ago."""
    return NOW - timedelta(days=count)


@pytest.mark.parametrize(
    ("fields", "stays"),
    [
        ({"state": State.PENDING, "consented_at": days(6.9)}, True),
        ({"state": State.PENDING, "consented_at": days(7.1)}, False),
        ({"state": State.ACTIVE, "consented_at": days(3000)}, True),
        ({"state": State.UNSUBSCRIBED, "left_at": days(29)}, True),
        ({"state": State.UNSUBSCRIBED, "left_at": days(31)}, False),
        ({"state": State.BOUNCED, "left_at": days(31)}, False),
        ({"state": State.COMPLAINED, "left_at": days(31)}, False),
    ],
)
def test_a_subscriber_is_kept_as_long_as_it_serves(fields: dict, stays: bool) -> None:
    letter.subscriber_of(**fields)
    apply_retention(NOW)
    assert Subscriber.objects.exists() is stays


@pytest.mark.parametrize("state", [State.UNSUBSCRIBED, State.BOUNCED, State.COMPLAINED])
def test_who_left_becomes_a_hash_that_says_why(state: str) -> None:
    letter.subscriber_of("ana@x.example", state=state, left_at=days(40))
    apply_retention(NOW)
    kept = Suppression.objects.get()
    assert (kept.address_hash, kept.reason) == (hash_of("ana@x.example"), state)
    assert kept.since == days(40)


def test_nothing_is_kept_of_who_never_confirmed() -> None:
    letter.delivery(
        letter.subscriber_of(state=State.PENDING, consented_at=days(8)),
        kind=Delivery.Kind.CONFIRM,
    )
    apply_retention(NOW)
    assert not Subscriber.objects.exists()
    assert not Delivery.objects.exists()
    assert not Suppression.objects.exists()


def test_a_hash_that_is_known_already_is_left_as_it_is() -> None:
    letter.subscriber_of("ana@x.example", state=State.UNSUBSCRIBED, left_at=days(40))
    Suppression.objects.create(
        address_hash=hash_of("ana@x.example"), reason=Suppression.Reason.COMPLAINED
    )
    apply_retention(NOW)
    assert Suppression.objects.get().reason == Suppression.Reason.COMPLAINED


def test_answers_go_when_they_have_served() -> None:
    subscriber = letter.subscriber_of()
    for age in (6, 8):
        letter.delivery(subscriber, kind=Delivery.Kind.KNOWN, created_at=days(age))
    apply_retention(NOW)
    assert Delivery.objects.get().created_at == days(6)


def test_a_letter_keeps_its_figures_when_its_rows_go() -> None:
    old = letter.mailing(state=Mailing.State.DONE, started_at=days(397), recipients=3)
    recent = letter.mailing(state=Mailing.State.DONE, started_at=days(395))
    for rank in range(3):
        letter.sent_delivery(letter.subscriber_of(f"p{rank}@x.example"), mailing=old)
    letter.delivery(
        letter.subscriber_of("non@x.example"), mailing=old, state=Delivery.State.BOUNCED
    )
    letter.sent_delivery(letter.subscriber_of("oui@x.example"), mailing=recent)
    apply_retention(NOW)
    old.refresh_from_db()
    assert not old.deliveries.exists()
    assert outcomes_of(old) == {Delivery.State.SENT: 3, Delivery.State.BOUNCED: 1}
    assert recent.deliveries.count() == 1


def test_a_sending_that_was_never_resumed_is_called_off_first() -> None:
    paused = letter.mailing(state=Mailing.State.PAUSED, started_at=days(400))
    letter.delivery(mailing=paused)
    apply_retention(NOW)
    paused.refresh_from_db()
    assert paused.state == Mailing.State.CANCELLED
    assert outcomes_of(paused) == {Delivery.State.CANCELLED: 1}
    assert not paused.deliveries.exists()


def test_a_sending_under_way_keeps_its_rows_however_old() -> None:
    letter.delivery(mailing=letter.mailing(started_at=days(400)))
    apply_retention(NOW)
    assert Delivery.objects.count() == 1


def test_who_comes_back_while_others_are_forgotten_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    ana = letter.subscriber_of("ana@x.example", state=State.UNSUBSCRIBED, left_at=days(40))
    letter.subscriber_of("leo@x.example", state=State.UNSUBSCRIBED, left_at=days(40))
    remember = retention._remember

    def ana_comes_back(people: list[Subscriber]) -> None:
        assert [one.email for one in people] == ["leo@x.example"]
        remember(people)

    original = Subscriber.objects.gone
    calls: Iterator[None] = iter([None])

    class Racing:
        """Between the list and the lock, Ana subscribes again."""

        def __init__(self) -> None:
            self.people = original(days(30))

        def order_by(self, *names: str):
            return self.people.order_by(*names)

        def select_for_update(self):
            if next(calls, "once") is None:
                Subscriber.objects.filter(pk=ana.pk).update(state=State.ACTIVE, left_at=None)
            return self.people.select_for_update()

    monkeypatch.setattr(retention, "_remember", ana_comes_back)
    assert retention._forget_all(Racing(), remember=True) == 1
    assert Subscriber.objects.get().email == "ana@x.example"


def test_many_are_forgotten_in_a_few_queries(django_assert_max_num_queries) -> None:
    for rank in range(40):
        letter.subscriber_of(f"p{rank}@x.example", state=State.UNSUBSCRIBED, left_at=days(40))
    with django_assert_max_num_queries(40):
        assert "40 lignes" in apply_retention(NOW)
    assert apply_retention(NOW) == ""


def test_four_years_later_only_who_still_wants_the_letter_is_there() -> None:
    """B5.3: the clock is moved four years; what is left is counted, row by row."""
    stays = letter.subscriber_of("reste@x.example", topics=[letter.topic()])
    leaves = letter.subscriber_of("part@x.example", state=State.UNSUBSCRIBED, left_at=NOW)
    pending = letter.subscriber_of("attend@x.example", state=State.PENDING)
    lost = letter.subscriber_of("perdu@x.example", state=State.BOUNCED, left_at=NOW)
    sending = letter.mailing(state=Mailing.State.DONE, started_at=NOW, recipients=3)
    for subscriber in (stays, leaves, lost):
        letter.sent_delivery(subscriber, mailing=sending, answer="250 ok")
    letter.delivery(pending, kind=Delivery.Kind.CONFIRM)
    Movement.objects.count_one(Movement.Kind.JOINED)
    mailings.store_figures(sending)

    assert throttling.may_write_to(hash_of(pending.email_key))

    in_four_years = NOW + timedelta(days=4 * 365 + 1)
    apply_retention(in_four_years)
    delete_past_windows(in_four_years)

    assert {
        model.__name__: model.objects.count()
        for model in (Subscriber, Delivery, RateLimitWindow, Suppression, Movement, Mailing)
    } == {
        "Subscriber": 1,
        "Delivery": 0,
        "RateLimitWindow": 0,
        "Suppression": 2,
        "Movement": 1,
        "Mailing": 1,
    }
    assert Subscriber.objects.get().email == "reste@x.example"
    sending.refresh_from_db()
    assert outcomes_of(sending) == {Delivery.State.SENT: 3}
    gone = {hash_of(normalise(one).key) for one in ("part@x.example", "perdu@x.example")}
    assert set(Suppression.objects.values_list("address_hash", flat=True)) == gone


def test_it_is_done_every_day() -> None:
    job = next(job for job in jobs() if job.name == "letter-retention")
    assert job.every == timedelta(days=1)
    letter.subscriber_of(state=State.PENDING, consented_at=days(8))
    assert job.run() == "1 ligne oubliée."
