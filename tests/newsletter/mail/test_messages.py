"""What a message says to the programs that carry it, sort it and let one leave."""

import email
import email.policy
import random
from email.message import EmailMessage
from email.utils import parseaddr
from typing import Any

from django.conf import LazySettings

import pytest

from newsletter.mail.links import SINCE_HERE, TOKEN_HERE
from newsletter.mail.messages import message_for
from newsletter.models import Delivery, LetterSettings, Mailing, Subscriber
from portal.mail.addresses import normalise
from tests.factories.letter import delivery, mailing, subscriber_of

pytestmark = pytest.mark.django_db

ALPHABET = "abcdefgh ijklm nopqrs éèêàçùœ’«»–… ÉÀÇ 0123 :;!? 🌊☀️👩‍👧 العربية Ωж"
SEED = 20_261_127


@pytest.fixture(autouse=True)
def _address(settings: LazySettings) -> None:
    settings.DEFAULT_FROM_EMAIL = "lettre@ptsm.example"
    settings.WAGTAILADMIN_BASE_URL = "https://sante.example.org"


def parsed(row: Delivery) -> EmailMessage:
    """A message as it travels, read by the standard library."""
    raw = message_for(row).message().as_bytes(linesep="\r\n")
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    return email.message_from_bytes(raw, policy=email.policy.default)  # type: ignore[return-value]


def letter(**fields: Any) -> Mailing:
    words = f"Été comme hiver : https://sante.example.org/x/{TOKEN_HERE}/ depuis le {SINCE_HERE}."
    return mailing(subject="Lettre n° 1", html=f"<p>{words}</p>", text=words, **fields)


def test_a_hundred_messages_tell_how_to_leave_and_which_list_it_is() -> None:
    sending = letter()
    for rank in range(100):
        person = subscriber_of(f"p{rank}@x.example")
        row = delivery(person, mailing=sending)
        read = parsed(row)

        assert read.get_content_type() == "multipart/alternative"
        assert [part.get_content_type() for part in read.iter_parts()] == [
            "text/plain",
            "text/html",
        ]
        leave = f"https://sante.example.org/lettre/desinscription/{person.token}/"
        mailto = f"mailto:lettre@ptsm.example?subject=desinscription%20{person.token}"
        assert read["List-Unsubscribe"] == f"<{leave}>, <{mailto}>"
        assert read["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert "<lettre.sante.example.org>" in read["List-ID"]
        assert read["Message-ID"] == f"<{row.uuid}@ptsm.example>"
        assert read["Feedback-ID"] == f"{sending.pk}:lettre:sante.example.org"
        assert read["Date"]
        assert person.email not in str(read["Feedback-ID"])
        for part in read.iter_parts():
            words = part.get_content()
            assert person.token in words
            assert TOKEN_HERE not in words
            assert SINCE_HERE not in words


def test_the_text_travels_in_short_ascii_lines() -> None:
    raw = message_for(delivery(mailing=letter())).message().as_bytes(linesep="\r\n")

    bodies = raw.split(b"Content-Transfer-Encoding: quoted-printable")[1:]
    assert len(bodies) == 2
    for body in bodies:
        assert body.isascii()
        assert max(map(len, body.split(b"\r\n"))) <= 76


def test_two_hundred_subjects_and_senders_come_back_as_they_were_written() -> None:
    dice = random.Random(SEED)  # noqa: S311
    sending = letter()
    row = delivery(mailing=sending)
    for _ in range(200):
        words = "".join(dice.choices(ALPHABET, k=dice.randint(1, 120)))
        subject = " ".join(words.split()) or "Lettre"
        sending.subject = subject
        row.mailing = sending
        LetterSettings.objects.update_or_create(defaults={"sender_name": subject[:80].strip()})

        read = parsed(row)

        assert read["Subject"] == subject
        name, address = parseaddr(str(read["From"]))
        assert address == "lettre@ptsm.example"
        assert name.replace('"', "").split() == subject[:80].replace('"', "").split()


def test_a_line_break_in_a_subject_or_a_name_adds_no_header() -> None:
    LetterSettings.objects.create(sender_name="PTSM\r\nBcc: tous@x.example")
    row = delivery(mailing=letter())
    row.mailing.subject = "Lettre\r\nBcc: tous@x.example\u2028X: y"

    read = parsed(row)

    assert read["Bcc"] is None
    assert read["X"] is None


def test_a_domain_with_accents_is_written_in_ascii() -> None:
    address = normalise("ana@santé.example")

    assert parsed(delivery(subscriber_of("ana@santé.example"), mailing=letter()))["To"] == str(
        address
    )
    assert str(address).isascii()


def test_a_message_that_answers_a_request_asks_for_no_robot_s_answer() -> None:
    person = subscriber_of("ana@x.example", state=Subscriber.State.PENDING, nonce="n")
    row = delivery(person, kind=Delivery.Kind.CONFIRM, mailing=None)

    read = parsed(row)

    assert read["Auto-Submitted"] == "auto-generated"
    assert read["List-ID"] is None
    assert [part.get_content_type() for part in read.iter_parts()] == ["text/plain", "text/html"]


def test_bounces_go_to_the_mailbox_that_the_portal_reads(settings: LazySettings) -> None:
    settings.PORTAL_BOUNCE_ADDRESS = "retours@ptsm.example"

    message = message_for(delivery(mailing=letter()))

    assert message.envelope_sender == "retours@ptsm.example"
    assert "mailto:retours@ptsm.example" in message.extra_headers["List-Unsubscribe"]


def test_answers_go_to_whoever_was_named() -> None:
    LetterSettings.objects.create(reply_to="equipe@ptsm.example")

    assert parsed(delivery(mailing=letter()))["Reply-To"] == "equipe@ptsm.example"
