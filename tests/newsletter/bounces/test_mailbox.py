"""The mailbox where messages come back, read from a real IMAP server."""

import logging
import ssl
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from io import StringIO
from ipaddress import ip_address
from pathlib import Path
from uuid import uuid4

from django.conf import LazySettings
from django.core.management import CommandError, call_command
from django.db import OperationalError
from django.utils import timezone

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from newsletter.bounces import mailbox as reader
from newsletter.bounces.mailbox import MailboxAway, MailboxOutcome, describe_outcomes, read_mailbox
from newsletter.models import Delivery, Movement, Subscriber
from tests.factories import letter
from tests.newsletter.bounces.returns import (
    away,
    complaint_report,
    exim_bounce,
    gmail_late,
    status_report,
    written,
)
from tests.servers.imap import HOST, PASSWORD, USER, Mailbox

pytestmark = pytest.mark.django_db

State = Subscriber.State


@pytest.fixture
def mailbox(settings: LazySettings) -> Iterator[Mailbox]:
    with Mailbox() as mailbox:
        settings.PORTAL_BOUNCE_MAILBOX = mailbox.settings
        yield mailbox


@pytest.fixture
def row() -> Delivery:
    return letter.sent_delivery(letter.subscriber_of("ana@x.example"))


def state_of(address: str) -> str:
    return Subscriber.objects.get(email=address).state


# What is understood.


def test_a_bounce_is_noted_then_deleted(mailbox: Mailbox, row: Delivery) -> None:
    mailbox.add(status_report(row.uuid))

    assert read_mailbox() == Counter({MailboxOutcome.RETURNED: 1})

    row.refresh_from_db()
    assert row.bounce == Delivery.Bounce.HARD
    assert row.answer == "550 5.1.1 <…>: Recipient address rejected: User unknown"
    assert state_of("ana@x.example") == State.BOUNCED
    assert mailbox.kept == {}


def test_a_complaint_is_noted_then_deleted(mailbox: Mailbox, row: Delivery) -> None:
    mailbox.add(complaint_report(row.uuid))

    read_mailbox()

    assert state_of("ana@x.example") == State.COMPLAINED
    assert mailbox.kept == {}


def test_who_writes_to_leave_has_left(mailbox: Mailbox, row: Delivery) -> None:
    assert row.subscriber
    mailbox.add(written(f"Re: desinscription {row.subscriber.token}"))

    assert read_mailbox() == Counter({MailboxOutcome.LEFT: 1})

    assert state_of("ana@x.example") == State.UNSUBSCRIBED
    assert mailbox.kept == {}


def test_a_wish_of_nobody_any_more_is_deleted(mailbox: Mailbox) -> None:
    mailbox.add(written("desinscription Zk3v9_QmT-1xYb7RwLc2aHd8eSfGjNiPoUqWtXyZ0A4"))
    assert read_mailbox() == Counter({MailboxOutcome.NOTHING: 1})
    assert mailbox.kept == {}


def test_a_letter_that_is_only_late_changes_nothing(mailbox: Mailbox, row: Delivery) -> None:
    mailbox.add(gmail_late())
    mailbox.add(status_report(row.uuid, action="delayed", status="4.4.1"))

    assert read_mailbox() == Counter({MailboxOutcome.NOTHING: 2})

    row.refresh_from_db()
    assert row.bounce == ""
    assert mailbox.kept == {}


def test_a_bounce_of_an_erased_person_is_deleted(mailbox: Mailbox) -> None:
    mailbox.add(status_report(uuid4()))
    assert read_mailbox() == Counter({MailboxOutcome.RETURNED: 1})
    assert mailbox.kept == {}


def test_three_letters_that_come_back_in_a_row_lose_the_address(
    mailbox: Mailbox, row: Delivery
) -> None:
    for each in (row, *(letter.sent_delivery(row.subscriber) for _ in range(2))):
        assert state_of("ana@x.example") == State.ACTIVE
        mailbox.add(exim_bounce(each.uuid, words="552 5.2.2 Mailbox full"))
        read_mailbox()
    assert state_of("ana@x.example") == State.BOUNCED


# What nothing proves.


def test_without_the_original_the_newest_letter_to_the_address_is_meant(
    mailbox: Mailbox, row: Delivery
) -> None:
    newest = letter.sent_delivery(row.subscriber)
    waiting = letter.delivery(row.subscriber)
    mailbox.add(status_report(None, to="ANA@X.example"))

    assert read_mailbox() == Counter({MailboxOutcome.RETURNED: 1})

    for each, bounce in ((row, ""), (newest, Delivery.Bounce.SOFT), (waiting, "")):
        each.refresh_from_db()
        assert each.bounce == bounce


def test_one_forged_bounce_loses_nobody(mailbox: Mailbox, row: Delivery) -> None:
    """Whoever knows an address may write that it does not exist."""
    mailbox.add(status_report(None))
    mailbox.add(exim_bounce(None))
    mailbox.add(complaint_report(None))

    read_mailbox()

    assert state_of("ana@x.example") == State.ACTIVE


def test_a_bounce_of_another_message_is_left_to_a_person(mailbox: Mailbox) -> None:
    mailbox.add(status_report(None, to="inconnue@x.example"))

    assert read_mailbox() == Counter({MailboxOutcome.UNKNOWN: 1})

    assert mailbox.flags == [{"\\Flagged"}]


def test_what_no_machine_can_tell_gets_a_star_and_is_passed_over_afterwards(
    mailbox: Mailbox, row: Delivery
) -> None:
    mailbox.add(written("Merci pour la lettre"))
    mailbox.add(away(row.uuid))

    assert read_mailbox() == Counter({MailboxOutcome.UNKNOWN: 2})
    assert read_mailbox() == Counter()

    assert mailbox.flags == [{"\\Flagged"}, {"\\Flagged"}]
    assert state_of("ana@x.example") == State.ACTIVE


def test_what_a_person_has_seen_in_the_mailbox_is_read_all_the_same(
    mailbox: Mailbox, row: Delivery
) -> None:
    mailbox.add(status_report(row.uuid))
    mailbox.kept[1].flags.add("\\Seen")

    read_mailbox()

    assert mailbox.kept == {}


# Limits, and what goes wrong.


def test_a_run_reads_so_many_messages_and_the_next_one_the_others(mailbox: Mailbox) -> None:
    for number in range(5):
        mailbox.add(written(f"Bonjour {number}"))
        mailbox.add(gmail_late())

    assert read_mailbox(most=4).total() == 4
    assert read_mailbox(most=4).total() == 4
    assert read_mailbox(most=4).total() == 2
    assert len(mailbox.kept) == 5


def test_a_reader_that_is_asked_to_stop_leaves_the_rest(
    mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        mailbox.add(gmail_late())
    monkeypatch.setattr(reader, "stop_asked", lambda: any(mailbox.flags))

    read_mailbox()

    assert len(mailbox.kept) == 2


def test_a_message_that_breaks_the_reader_stops_none_of_the_others(
    mailbox: Mailbox, row: Delivery, caplog: pytest.LogCaptureFixture
) -> None:
    # Parts in parts in parts: Python's own reader of messages gives up on these.
    nested = "".join(
        f"Content-Type: multipart/mixed; boundary=b{depth}\r\n\r\n--b{depth}\r\n"
        for depth in range(1200)
    )
    mailbox.add(b"From: ana@x.example\r\n" + nested.encode())
    mailbox.add(status_report(row.uuid))

    assert read_mailbox() == Counter({MailboxOutcome.UNKNOWN: 1, MailboxOutcome.RETURNED: 1})

    assert mailbox.flags == [{"\\Flagged"}]
    assert "cannot be read (RecursionError)" in caplog.text
    assert "ana@" not in caplog.text


def test_a_database_that_is_away_leaves_messages_for_the_next_time(
    mailbox: Mailbox, row: Delivery, monkeypatch: pytest.MonkeyPatch
) -> None:
    mailbox.add(status_report(row.uuid))

    def away(*args: object) -> bool:
        raise OperationalError("database is locked")

    with monkeypatch.context() as patch:
        patch.setattr(reader, "record_returned", away)
        with pytest.raises(OperationalError):
            read_mailbox()
    assert mailbox.flags == [set()]

    read_mailbox()
    assert state_of("ana@x.example") == State.BOUNCED


class Killed(BaseException):
    """What « kill -9 » does to a reader: nothing of it runs any more."""


def a_day_of_returns() -> tuple[list[bytes], dict[str, str]]:
    """A message of each kind, and in what state each person must end."""
    ends = {"ana": State.BOUNCED, "bea": State.COMPLAINED, "luc": State.UNSUBSCRIBED}
    rows = {
        name: letter.sent_delivery(letter.subscriber_of(f"{name}@x.example"))
        for name in (*ends, "max")
    }
    luc = rows["luc"].subscriber
    assert luc
    messages = [
        status_report(rows["ana"].uuid),
        complaint_report(rows["bea"].uuid),
        written(f"desinscription {luc.token}"),
        exim_bounce(rows["max"].uuid, words="552 Full"),
        written("Merci"),
    ]
    return messages, {f"{name}@x.example": end for name, end in ends.items()}


def check_the_end(mailbox: Mailbox, ends: dict[str, str]) -> None:
    assert [kept.flags for kept in mailbox.kept.values()] == [{"\\Flagged"}]
    assert {address: state_of(address) for address in ends} == ends
    assert state_of("max@x.example") == State.ACTIVE
    assert Delivery.objects.get(subscriber__email="max@x.example").bounce == "passager"
    counts = dict(Movement.objects.values_list("kind", "count"))
    assert counts == {Movement.Kind.LOST: 2, Movement.Kind.LEFT: 1}


# Four commands to come in, two a message, then EXPUNGE and LOGOUT.
@pytest.mark.parametrize("command", range(1, 17))
@pytest.mark.parametrize("does_it_first", [False, True])
def test_a_line_cut_at_any_command_leaves_nothing_half_done(
    mailbox: Mailbox, command: int, does_it_first: bool
) -> None:
    messages, ends = a_day_of_returns()
    for raw in messages:
        mailbox.add(raw)
    mailbox.hang_up_at, mailbox.does_it_first = command, does_it_first

    with suppress(MailboxAway):
        read_mailbox()
    mailbox.hang_up_at = 0
    read_mailbox()

    check_the_end(mailbox, ends)


@pytest.mark.parametrize("message", range(5))
@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_reader_killed_between_any_two_steps_leaves_nothing_half_done(
    mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch, message: int, moment: str
) -> None:
    messages, ends = a_day_of_returns()
    for raw in messages:
        mailbox.add(raw)
    understand, done = reader._understand, []

    def killed_on_the_way(raw: bytes) -> MailboxOutcome:
        done.append(raw)
        if len(done) == message + 1 and moment == "before":
            raise Killed
        found = understand(raw)
        if len(done) == message + 1:
            raise Killed
        return found

    with monkeypatch.context() as patch:
        patch.setattr(reader, "_understand", killed_on_the_way)
        patch.setattr(reader.imaplib.IMAP4, "logout", reader.imaplib.IMAP4.shutdown)
        with pytest.raises(Killed):
            read_mailbox()
    read_mailbox()

    check_the_end(mailbox, ends)


# A mailbox that cannot be read.


@pytest.mark.parametrize("knows_plain", [True, False])
def test_a_wrong_password_is_told_without_being_repeated(
    settings: LazySettings, knows_plain: bool
) -> None:
    with Mailbox(knows_plain=knows_plain) as mailbox:
        settings.PORTAL_BOUNCE_MAILBOX = mailbox.settings | {"PASSWORD": "tressecret"}
        with pytest.raises(MailboxAway, match="compte") as refused:
            read_mailbox()
    assert "tressecret" not in str(refused.value)
    assert USER not in str(refused.value)
    assert refused.value.__cause__ is None


def test_the_older_way_to_log_in_is_known_too(settings: LazySettings) -> None:
    with Mailbox([gmail_late()], knows_plain=False, password="motdepasse") as mailbox:
        settings.PORTAL_BOUNCE_MAILBOX = mailbox.settings
        assert read_mailbox().total() == 1
    assert "LOGIN" in mailbox.commands


def test_a_folder_that_is_not_there_is_told(mailbox: Mailbox, settings: LazySettings) -> None:
    settings.PORTAL_BOUNCE_MAILBOX = mailbox.settings | {"FOLDER": "Retours"}
    with pytest.raises(MailboxAway, match="dossier"):
        read_mailbox()


@pytest.mark.parametrize("command", ["UID-SEARCH", "UID-FETCH", "UID-STORE", "EXPUNGE"])
def test_a_server_that_refuses_a_command_is_told(
    mailbox: Mailbox, row: Delivery, command: str
) -> None:
    mailbox.add(status_report(row.uuid))
    mailbox.refuses = {command}
    with pytest.raises(MailboxAway):
        read_mailbox()


def test_a_server_that_is_not_there_is_told(settings: LazySettings) -> None:
    with Mailbox() as mailbox:
        account = mailbox.settings
    settings.PORTAL_BOUNCE_MAILBOX = account
    with pytest.raises(MailboxAway, match="ne répond pas"):
        read_mailbox()


# Encryption.


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate that nobody vouches for, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, HOST)])
    now = timezone.now()
    signed = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(HOST))]), False)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "imap.pem"
    pem, plain = serialization.Encoding.PEM, serialization.NoEncryption()
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain)
    path.write_bytes(private + signed.public_bytes(pem))
    return path


@pytest.fixture
def encrypted(certificate: Path, settings: LazySettings) -> Iterator[Mailbox]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with Mailbox([gmail_late()], tls=context) as mailbox:
        settings.PORTAL_BOUNCE_MAILBOX = mailbox.settings
        yield mailbox


def test_an_encrypted_mailbox_is_read(
    encrypted: Mailbox, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    assert read_mailbox().total() == 1


def test_a_server_that_is_not_who_it_says_is_told_nothing(encrypted: Mailbox) -> None:
    with pytest.raises(MailboxAway, match="SSLCertVerificationError"):
        read_mailbox()
    assert encrypted.commands == []


# By hand.


def run_command(*options: str) -> str:
    out = StringIO()
    call_command("read_bounces", *options, stdout=out)
    return out.getvalue()


def test_the_command_says_what_it_found_and_names_nobody(mailbox: Mailbox) -> None:
    for raw in a_day_of_returns()[0]:
        mailbox.add(raw)
    assert run_command() == "3 retours notés, 1 désinscription, 1 message laissé à lire.\n"
    assert run_command() == "Rien de nouveau.\n"


def test_the_command_says_that_there_is_no_mailbox(settings: LazySettings) -> None:
    settings.PORTAL_BOUNCE_MAILBOX = {}
    with pytest.raises(CommandError, match="PORTAL_BOUNCE_URL"):
        run_command()


def test_the_command_says_why_the_mailbox_could_not_be_read(
    mailbox: Mailbox, settings: LazySettings
) -> None:
    settings.PORTAL_BOUNCE_MAILBOX = mailbox.settings | {"PASSWORD": "faux"}
    with pytest.raises(CommandError, match="refuse le compte"):
        run_command()


def test_nothing_is_said_of_nothing() -> None:
    assert describe_outcomes(Counter()) == ""


def test_nobody_is_named_in_the_logs(mailbox: Mailbox, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    for raw in a_day_of_returns()[0]:
        mailbox.add(raw)

    read_mailbox()

    said = " ".join(record.getMessage() for record in caplog.records if "SELECT" not in record.msg)
    for secret in ("x.example", PASSWORD, USER):
        assert secret not in said
