"""Who gets the letter, its sendings and their rows, for the tests.

Issues themselves, which are pages, have their factory elsewhere: a sending here has none,
which is what it looks like once its page is deleted.
"""

from typing import Any

from django.utils import timezone

from newsletter.models import ConsentText, Delivery, Mailing, Subscriber, Topic
from portal.mail.addresses import normalise


def topic(code: str = "proches", **fields: Any) -> Topic:
    """The topic of this code; the same one when it is asked for twice."""
    return Topic.objects.get_or_create(code=code, defaults={"name": code.title(), **fields})[0]


def subscriber_of(address: str = "ana@x.example", **fields: Any) -> Subscriber:
    """Somebody who has confirmed, unless ``fields`` say otherwise; ``topics`` may be given."""
    topics = fields.pop("topics", ())
    asked_at = fields.setdefault("consented_at", timezone.now())
    fields.setdefault("created_at", asked_at)
    state = fields.setdefault("state", Subscriber.State.ACTIVE)
    if state != Subscriber.State.PENDING:
        fields.setdefault("confirmed_at", asked_at)
    fields.setdefault("consent", ConsentText.current())
    read = normalise(address)
    subscriber = Subscriber.objects.create(email=read.shown, email_key=read.key, **fields)
    subscriber.topics.set(topics)
    return subscriber


def mailing(**fields: Any) -> Mailing:
    """A sending that is under way, of a short message."""
    fields.setdefault("state", Mailing.State.SENDING)
    fields.setdefault("title", "Lettre du printemps")
    fields.setdefault("subject", fields["title"])
    fields.setdefault("html", "<p>Bonjour</p>")
    fields.setdefault("text", "Bonjour")
    return Mailing.objects.create(**fields)


def delivery(subscriber: Subscriber | None = None, **fields: Any) -> Delivery:
    """A row of the ledger: an issue that waits, in a sending of its own unless told which."""
    fields.setdefault("kind", Delivery.Kind.ISSUE)
    if fields["kind"] == Delivery.Kind.ISSUE and "mailing" not in fields:
        fields["mailing"] = mailing()
    return Delivery.objects.create(subscriber=subscriber or subscriber_of(), **fields)


def sent_delivery(subscriber: Subscriber | None = None, **fields: Any) -> Delivery:
    """A row whose message the mail server took."""
    fields.setdefault("attempts", 1)
    fields.setdefault("finished_at", timezone.now())
    return delivery(subscriber, state=Delivery.State.SENT, **fields)
