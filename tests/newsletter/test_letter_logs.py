"""B5.4: from the form to the departure, no log line names anybody."""

import logging
import re
from collections.abc import Iterator
from urllib.parse import quote

from django.conf import settings
from django.core import mail
from django.test import Client
from django.urls import reverse

import pytest

from home.models import ContactMessage
from newsletter.confirmation_tokens import sign_confirmation
from newsletter.models import Delivery, IssuePage, Mailing, Subscriber
from newsletter.services.retention import apply_retention
from newsletter.services.send_queue import deliver_due
from newsletter.subscription.models import LetterIndexPage
from portal.privacy.registry import erase_person
from tests.factories.newsletter import IssuePageFactory
from tests.factories.users import member_of
from tests.newsletter.subscription.asking import filled

PEOPLE = [f"marque{rank:02}.dupont@temoin{rank:02}.example" for rank in range(20)]
pytestmark = pytest.mark.django_db


class Everything(logging.Handler):
    """Keeps each record whole: its words, what it quotes, and the error behind it."""

    def __init__(self) -> None:
        super().__init__(level=logging.NOTSET)
        self.said: list[str] = []
        self.setFormatter(logging.Formatter("%(name)s %(levelname)s %(message)s"))

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(f"{self.format(record)} {record.args} {vars(record)}")


@pytest.fixture
def records() -> Iterator[list[str]]:
    """All that a portal open to the public would write in its logs."""
    handler, root = Everything(), logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(settings.LOGGING["root"]["level"])
    yield handler.said
    root.removeHandler(handler)
    root.setLevel(level)


@pytest.fixture
def issue(letter_page: LetterIndexPage) -> IssuePage:
    body = [{"type": "edito", "value": {"title": "Bonjour", "text": "<p>Une nouvelle.</p>"}}]
    return IssuePageFactory(parent=letter_page, number=1, body=body)


def subscribe(client: Client, page: LetterIndexPage, rank: int, address: str) -> str:
    """Ask and confirm; the link that did it. Each from a network of their own, for the limits."""
    where = f"10.{rank}.0.1"
    answer = client.post(
        f"/lettre/{page.pk}/inscription/", filled(email=address), REMOTE_ADDR=where
    )
    assert answer.status_code == 302
    signed = sign_confirmation(Subscriber.objects.get(email=address))
    assert client.get(f"/lettre/confirmer/{signed}/").status_code == 200
    client.post(f"/lettre/confirmer/{signed}/")
    return signed


def marks_of(subscribers: list[Subscriber]) -> set[str]:
    """What would say who somebody is: the address in any form, its parts, the tokens."""
    marks: set[str] = set()
    for one in subscribers:
        local, domain = one.email.split("@")
        marks |= {one.email, quote(one.email), local, domain, one.token, str(one.uuid)}
    return {mark.lower() for mark in marks}


def test_no_log_line_names_anybody(
    client: Client, letter_page: LetterIndexPage, issue: IssuePage, records: list[str]
) -> None:
    links = {subscribe(client, letter_page, rank, address) for rank, address in enumerate(PEOPLE)}
    assert Subscriber.objects.active().count() == 20
    subscribers = list(Subscriber.objects.all())
    marks = marks_of(subscribers) | {link.lower() for link in links}

    coordinator = Client()
    coordinator.force_login(member_of("Coordination"))
    coordinator.post(reverse("letter_mailings:send", args=[issue.pk]), {"now": "1"})
    coordinator.get(reverse("letter_subscribers:index"), {"q": PEOPLE[0]})
    coordinator.get(reverse("letter_subscribers:index"), {"export": "csv"})
    deliver_due()
    assert Mailing.objects.get().state == Mailing.State.DONE
    assert Delivery.objects.filter(state=Delivery.State.SENT, kind="lettre").count() == 20
    assert {message.to[0] for message in mail.outbox} == set(PEOPLE)

    for one in subscribers[:10]:
        client.post(f"/lettre/desinscription/{one.token}/", {"List-Unsubscribe": "One-Click"})
    # What goes wrong is said too, and must name nobody either.
    client.get(f"/lettre/desinscription/{subscribers[0].token}x/")
    client.get(f"/lettre/preferences/{subscribers[0].token[:-1]}/")
    ContactMessage.objects.create(subject="autre", email=PEOPLE[0], message="Bonjour")
    erase_person(subscribers[0].email_key)
    apply_retention()

    assert records, "nothing was heard: the trial proves nothing"
    assert that_name(marks, records) == []
    assert not [line for line in records if re.search(r"[\w.+-]+@temoin", line)]


def that_name(marks: set[str], records: list[str]) -> list[str]:
    return [line for line in records if any(mark in line.lower() for mark in marks)]


def test_an_address_in_a_log_would_be_heard(records: list[str]) -> None:
    logging.getLogger("newsletter.services").info("Subscriber %s added.", PEOPLE[0].upper())
    assert len(that_name({PEOPLE[0]}, records)) == 1
