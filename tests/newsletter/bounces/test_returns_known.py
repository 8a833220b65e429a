"""An address that does not receive is known the same day, with what to do."""

from datetime import timedelta
from smtplib import SMTPRecipientsRefused
from unittest.mock import patch

from django.test import Client
from django.urls import reverse
from django.utils import timezone

import pytest

from newsletter.bounces.parser import ReturnedMessage
from newsletter.bounces.record_bounce import record_returned
from newsletter.mail.messages import message_for
from newsletter.models import Delivery, Subscriber
from newsletter.services import delivery_state
from newsletter.services.renewal import ASKED_EVERY, ask_still_wanted
from portal.mail import sender
from portal.mail.models import OutgoingMessage
from portal.mail.queue import enqueue
from resources.models import Referent
from tests.factories import letter
from tests.factories.home import make_home
from tests.factories.referents import ReferentFactory, referent_of
from tests.factories.resources import DirectoryPageFactory, GemPageFactory
from tests.factories.users import member_of

pytestmark = pytest.mark.django_db
SOFT, HARD = Delivery.Bounce.SOFT, Delivery.Bounce.HARD


def returned(subscriber: Subscriber, words: str, bounce: str = SOFT) -> Delivery:
    row = letter.delivery(subscriber=subscriber, state=Delivery.State.SENT)
    delivery_state.record_bounce(row, bounce, words)
    return row


def state(subscriber: Subscriber) -> str:
    subscriber.refresh_from_db()
    return subscriber.state


def test_three_full_mailboxes_in_a_row_drop_and_the_portal_s_own_faults_never_do() -> None:
    full, ours = letter.subscriber_of("a@x.example"), letter.subscriber_of("b@x.example")
    for _letter in range(2):
        returned(full, "552 5.1.1 Boite du destinataire pleine")
    returned(full, "550 5.7.1 blocked using a black list")
    assert state(full) == Subscriber.State.ACTIVE
    returned(full, "552 5.1.1 Boite du destinataire pleine")
    assert state(full) == Subscriber.State.BOUNCED

    for _letter in range(5):
        returned(ours, "550 5.1.1 Emetteur invalide, verifier la configuration SPF")
    assert state(ours) == Subscriber.State.ACTIVE


def test_the_coordinator_reads_what_came_back_and_what_to_do(client: Client) -> None:
    returned(letter.subscriber_of("gone@x.example"), "550 5.1.1 User unknown", HARD)
    returned(letter.subscriber_of("odd@x.example"), "554 Xyzzy")
    returned(letter.subscriber_of("full@x.example"), "552 5.2.2 mailbox full")
    client.force_login(member_of("Coordination"))

    html = client.get(reverse("letter_returns")).content.decode()

    assert "demandez sa nouvelle adresse" in html
    assert "554 Xyzzy" in html
    assert "le portail ne comprend pas" in html
    assert "Boîte pleine" in html
    assert "gone@x.example" not in html
    home = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "Une adresse ne reçoit plus la lettre" in home
    assert "Un retour que le portail ne comprend pas" in home
    client.force_login(member_of("Rédaction"))
    assert client.get(reverse("letter_returns")).status_code in (302, 403)


@pytest.fixture
def message() -> OutgoingMessage:
    return enqueue("lea@asso.example", kind="essai", subject="Bonjour", text="Bonjour")


def to_coordination() -> list[str]:
    told = OutgoingMessage.objects.filter(kind="referent_update")
    return [f"{one.subject} {one.text}" for one in told]


def test_a_referent_whose_address_is_refused_is_told_to_the_coordination_at_once(
    message: OutgoingMessage,
) -> None:
    member_of("Coordination")
    ReferentFactory(name="Léa Essai", email="Lea@asso.example")
    refused = SMTPRecipientsRefused({"lea@asso.example": (550, b"5.1.1 User unknown")})

    with patch.object(sender, "_email") as email:
        email.return_value.send.side_effect = refused
        assert sender.send(message, timezone.now())

    message.refresh_from_db()
    assert message.state == OutgoingMessage.State.GIVEN_UP
    [told] = to_coordination()
    assert "Léa Essai" in told
    assert "550 5.1.1 User unknown" in told
    assert "Appelez la structure" in told


def test_a_message_that_comes_back_later_is_known_too_and_told_once(
    message: OutgoingMessage, client: Client
) -> None:
    member_of("Coordination")
    ReferentFactory(email="lea@asso.example")
    other = enqueue("lea@asso.example", kind="essai", subject="Encore", text="Encore")
    for each in (message, message, other):
        record_returned(ReturnedMessage(each.uuid, None, HARD, "550 5.1.1 lea@asso.example ?"))

    message.refresh_from_db()
    assert message.answer == "550 5.1.1 … ?"
    assert len(to_coordination()) == 1
    client.force_login(member_of("Coordination"))
    home = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "L’adresse d’un référent ne reçoit plus" in home


def test_the_address_of_a_structure_is_known_the_same_day_with_what_to_do(
    message: OutgoingMessage, client: Client
) -> None:
    member_of("Coordination")
    directory = DirectoryPageFactory(parent=make_home())
    entry = GemPageFactory(
        parent=directory, title="GEM Essai", email="LEA@asso.example", phone="04 42 00 00 01"
    )
    referent = referent_of(entry, name="Zoé Essai")
    Referent.objects.filter(pk=referent.pk).update(email="lea@asso.example")
    kept = GemPageFactory(parent=directory, title="GEM Joignable", email="ici@asso.example")
    for _time in range(2):
        record_returned(ReturnedMessage(message.uuid, None, HARD, "550 5.1.1 User unknown"))

    told = [one for one in to_coordination() if "GEM Essai" in one and "structure" in one]
    assert any("ne reçoit plus : GEM Essai" in one.replace("\u00a0", " ") for one in told)
    assert len(to_coordination()) == 2

    client.force_login(member_of("Coordination"))
    home = client.get(reverse("wagtailadmin_home")).content.decode()
    assert reverse("returned_addresses") in home
    assert "L’adresse d’une structure ne reçoit plus" in home
    report = client.get(reverse("returned_addresses")).content.decode()
    assert "Zoé Essai (GEM Essai)" in report
    assert "550 5.1.1 User unknown" in report
    assert "invitez-le à nouveau" in report

    Referent.objects.all().delete()
    report = client.get(reverse("returned_addresses")).content.decode()
    assert "Appelez la structure au 04 42 00 00 01" in report
    assert kept.title not in report

    entry.email = "nouvelle@asso.example"
    entry.save()
    assert "GEM Essai" not in client.get(reverse("returned_addresses")).content.decode()


def test_a_full_mailbox_is_tried_again(message: OutgoingMessage) -> None:
    refused = SMTPRecipientsRefused({"lea@asso.example": (552, b"5.1.1 Boite pleine")})
    with patch.object(sender, "_email") as email:
        email.return_value.send.side_effect = refused
        sender.send(message, timezone.now())

    message.refresh_from_db()
    assert (message.state, message.returned_at) == (OutgoingMessage.State.WAITING, None)


def test_every_three_years_readers_are_asked_whether_they_still_want_the_letter() -> None:
    now = timezone.now()
    old, recent, gone = (letter.subscriber_of(f"{name}@x.example") for name in ("a", "b", "c"))
    long_ago = now - ASKED_EVERY - timedelta(days=1)
    Subscriber.objects.exclude(pk=recent.pk).update(confirmed_at=long_ago)
    Subscriber.objects.filter(pk=gone.pk).update(state=Subscriber.State.UNSUBSCRIBED)

    assert ask_still_wanted(now).startswith("1 personne :")
    assert ask_still_wanted(now) == ""

    [row] = Delivery.objects.filter(kind=Delivery.Kind.STILL_WANTED)
    assert row.subscriber == old
    written = message_for(row)
    assert "Voulez-vous toujours la lettre" in written.subject
    assert "/lettre/" in written.body
    assert "Me désinscrire" in written.body
    assert ask_still_wanted(now + ASKED_EVERY + timedelta(days=1)).startswith("2 personnes :")
