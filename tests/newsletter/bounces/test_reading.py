"""What messages that come back say, in each of the forms that servers give them."""

import base64
import re
import sys
from collections.abc import Callable
from email.header import Header
from email.message import EmailMessage, Message
from email.policy import SMTP
from typing import Any
from urllib.parse import parse_qs
from uuid import UUID, uuid4

from django.test import override_settings

import pytest
from flufl.bounce import all_failures

from newsletter.bounces import parser
from newsletter.bounces.parser import (
    WHOLE,
    IrrelevantMessage,
    LeaveRequest,
    ReturnedMessage,
    parse_message,
)
from newsletter.mail import headers
from newsletter.models import Delivery
from tests.newsletter.bounces.returns import (
    RETURNS,
    away,
    complaint_report,
    crlf,
    exim_bounce,
    gmail_late,
    original_headers,
    qmail_bounce,
    status_report,
    written,
)

SOFT, HARD, COMPLAINT = Delivery.Bounce.SOFT, Delivery.Bounce.HARD, Delivery.Bounce.COMPLAINT
UUID_OF_ROW = UUID("7c0e6a1e-6d0c-4b54-9d1d-6f1ad3b0c001")
TOKEN = "Zk3v9_QmT-1xYb7RwLc2aHd8eSfGjNiPoUqWtXyZ0A4"


def read_bounce(raw: bytes) -> ReturnedMessage:
    said = parse_message(raw)
    assert isinstance(said, ReturnedMessage)
    return said


# Reports that machines read (RFC 3464).


def test_a_report_names_the_row_the_address_and_the_reason() -> None:
    assert parse_message(status_report(UUID_OF_ROW)) == ReturnedMessage(
        UUID_OF_ROW,
        "ana@x.example",
        HARD,
        "550 5.1.1 <ana@x.example>: Recipient address rejected: User unknown",
    )


@pytest.mark.parametrize(
    ("status", "diagnostic", "kind"),
    [
        ("5.1.1", "", HARD),
        ("5.1.10", "smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound", HARD),
        ("5.2.1", "smtp; 550 Disabled", HARD),
        ("5.0.0", "smtp; 550 5.1.1 No such user", HARD),
        ("5.0.0", "SMTP; 550 User unknown", HARD),
        ("5.1.0", "x-unix; user unknown", HARD),
        ("5.2.2", "smtp; 552 5.2.2 Mailbox full", SOFT),
        ("5.7.1", "smtp; 550 5.7.1 Refused, user unknown or not", SOFT),
        ("5.4.4", "X-Postfix; Host or domain name not found", SOFT),
        ("5.0.0", "smtp; 554 No", SOFT),
        ("5.0.0", "", SOFT),
        ("4.4.7", "smtp; 451 4.4.7 Given up after five days, user unknown", SOFT),
        ("4.1.1", "smtp; 450 4.1.1 Unverified", SOFT),
        ("", "smtp; 550 5.1.1 Unknown", HARD),
        ("", "", SOFT),
    ],
)
def test_only_an_address_that_does_not_exist_is_a_failure_for_good(
    status: str, diagnostic: str, kind: str
) -> None:
    report = status_report(UUID_OF_ROW, status=status, diagnostic=diagnostic)
    assert read_bounce(report).kind == kind


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed", "expanded", "Delayed "])
def test_a_report_of_no_failure_has_no_consequence(action: str) -> None:
    assert (
        parse_message(status_report(UUID_OF_ROW, action=action, status="4.4.1"))
        == IrrelevantMessage()
    )


@pytest.mark.parametrize("action", ["failed", "Failed", "failed (bounced)", "error"])
def test_a_failure_is_known_however_it_is_spelt(action: str) -> None:
    assert read_bounce(status_report(UUID_OF_ROW, action=action)).kind == HARD


@pytest.mark.parametrize(
    "included", ["message/rfc822", "text/rfc822-headers", "message/global-headers"]
)
def test_the_row_is_found_in_the_original_whole_or_not(included: str) -> None:
    assert read_bounce(status_report(UUID_OF_ROW, included=included)).delivery_uuid == UUID_OF_ROW


def test_a_report_that_is_not_called_one_is_read_all_the_same() -> None:
    report = status_report(UUID_OF_ROW).replace(
        b"multipart/report; report-type=delivery-status;", b"multipart/mixed;"
    )
    assert read_bounce(report).kind == HARD


def test_without_the_original_only_the_address_is_known() -> None:
    said = read_bounce(status_report(None))
    assert (said.delivery_uuid, said.address) == (None, "ana@x.example")


def test_another_identifier_than_ours_names_no_row() -> None:
    said = read_bounce(status_report("CAF=12345"))
    assert said.delivery_uuid is None


@pytest.mark.parametrize("header", ["In-Reply-To", "References"])
def test_a_report_may_name_the_row_in_its_own_headers(header: str) -> None:
    named = f"{header}: <{UUID_OF_ROW}@ptsm.example>\r\n".encode()
    assert read_bounce(named + status_report(None)).delivery_uuid == UUID_OF_ROW


def test_the_identifier_of_the_report_itself_is_not_that_of_the_original() -> None:
    report = status_report(None).replace(b"20261003.1234", str(uuid4()).encode())
    assert read_bounce(report).delivery_uuid is None


def test_an_identifier_is_known_in_capitals() -> None:
    assert read_bounce(status_report(str(UUID_OF_ROW).upper())).delivery_uuid == UUID_OF_ROW


def test_a_report_on_several_addresses_names_none() -> None:
    report = status_report(None).replace(
        b"Status: 5.1.1\r\n",
        b"Status: 5.1.1\r\n\r\nFinal-Recipient: rfc822; bea@x.example\r\nAction: failed\r\n",
    )
    assert read_bounce(report).address is None


# The older forms.


@pytest.mark.parametrize("bounce", [exim_bounce, qmail_bounce])
def test_a_bounce_in_words_names_the_row_the_address_and_the_reason(bounce) -> None:
    said = read_bounce(bounce(UUID_OF_ROW))
    assert (said.delivery_uuid, said.address, said.kind) == (UUID_OF_ROW, "ana@x.example", HARD)
    assert "5.1.1" in said.words
    assert "Bonjour" not in said.words


@pytest.mark.parametrize("bounce", [exim_bounce, qmail_bounce])
@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("552 Mailbox full", SOFT),
        ("550 Adresse inconnue", HARD),
        ("550 Rejected as spam", SOFT),
        ("Sorry, I wasn't able to establish an SMTP connection. (#4.4.1)", SOFT),
        ("550 5.7.1 Message refused", SOFT),
    ],
)
def test_a_bounce_in_words_says_whether_it_is_for_good(bounce, words: str, kind: str) -> None:
    assert read_bounce(bounce(UUID_OF_ROW, words=words)).kind == kind


def test_the_words_of_the_letter_itself_say_nothing_of_the_address() -> None:
    bounce = exim_bounce(UUID_OF_ROW, words="552 Full") + b"550 5.1.1 No such user\r\n"
    assert read_bounce(bounce).kind == SOFT


def test_a_warning_in_words_has_no_consequence() -> None:
    assert parse_message(gmail_late()) == IrrelevantMessage()


# Complaints (RFC 5965).


@pytest.mark.parametrize("kind", ["abuse", "fraud", "other", "Abuse", "opt-out"])
def test_a_report_of_abuse_is_a_complaint(kind: str) -> None:
    said = parse_message(complaint_report(UUID_OF_ROW, kind=kind))
    assert said == ReturnedMessage(UUID_OF_ROW, "ana@x.example", COMPLAINT)


@pytest.mark.parametrize("kind", ["not-spam", "auth-failure", ""])
def test_a_report_of_something_else_is_no_complaint(kind: str) -> None:
    assert parse_message(complaint_report(UUID_OF_ROW, kind=kind)) == IrrelevantMessage()


# Wishes to leave.


def encoded(subject: str, charset: str) -> str:
    return Header(subject, charset, maxlinelen=40).encode(linesep="\n")


@pytest.mark.parametrize(
    "subject",
    [
        f"desinscription {TOKEN}",
        f"Re: desinscription {TOKEN}",
        f"RE : TR: Désinscription  {TOKEN}",
        f"DESINSCRIPTION {TOKEN}",
        f"desinscription\n {TOKEN}",
        f"desinscription {TOKEN} merci",
        f"=?utf-8?b?{base64.b64encode(f'désinscription {TOKEN}'.encode()).decode()}?=",
        encoded(f"Re: Désinscription {TOKEN}", "utf-8"),
        encoded(f"Re: Désinscription {TOKEN}", "iso-8859-1"),
        f"de\u0301sinscription {TOKEN}",
    ],
)
def test_a_subject_that_asks_to_leave_is_understood(subject: str) -> None:
    assert parse_message(written(subject)) == LeaveRequest(TOKEN)


@override_settings(
    PORTAL_BOUNCE_ADDRESS=RETURNS,
    DEFAULT_FROM_EMAIL="ptsm@ptsm.example",
    WAGTAILADMIN_BASE_URL="https://ptsm.example",
)
def test_the_message_that_our_letters_offer_to_send_is_understood() -> None:
    (mailto,) = re.findall(
        r"<mailto:([^>]+)>", headers.issue_headers(Delivery(), TOKEN)["List-Unsubscribe"]
    )
    address, _mark, query = mailto.partition("?")
    message = EmailMessage(policy=SMTP)
    message["To"], message["From"] = address, "ana@x.example"
    message["Subject"] = parse_qs(query)["subject"][0]

    assert address == RETURNS
    assert parse_message(message.as_bytes()) == LeaveRequest(TOKEN)


@pytest.mark.parametrize(
    "subject",
    [
        "desinscription",
        "desinscription court",
        "Je voudrais me désinscrire de la lettre",
        f"desinscription {TOKEN * 2}",
        f"predesinscription {TOKEN}",
        TOKEN,
        "",
    ],
)
def test_a_subject_without_a_whole_token_is_left_to_a_person(subject: str) -> None:
    assert parse_message(written(subject)) is None


# Everything else that comes to an address.


@pytest.mark.parametrize(
    "headers",
    [
        "Auto-Submitted: auto-replied\n",
        "Auto-Submitted: Auto-Replied (vacation)\n",
        "X-Autoreply: yes\n",
        "X-Autorespond: Absence\n",
    ],
)
def test_the_answer_of_somebody_who_is_away_is_no_bounce(headers: str) -> None:
    assert parse_message(away(UUID_OF_ROW, headers)) is None


def test_the_words_of_a_person_are_left_to_a_person() -> None:
    assert (
        parse_message(written("Merci", "Votre lettre est très utile. 550 5.1.1 User unknown"))
        is None
    )


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\0\0\0",
        b"Subject: \xff\xfe\r\n\r\n\xff",
        b"Subject: =?unknown?b?AAAA?=\r\n\r\nx",
        b"Subject: =?utf-8?b?A?=\r\n\r\nx",
        "Subject: =?utf-\ufffd?q?A?=\r\n\r\nx".encode(),
        b"X-Failed-Recipients: \xbb@x.example\r\n\r\nx",
        b"Content-Type: multipart/report; boundary=\r\n\r\nx",
        b"Content-Type: multipart/report; boundary=x\r\n\r\n--x\r\n",
        b"Content-Type: message/delivery-status\r\n\r\n",
        b"Content-Type: message/delivery-status\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA",
        b"Content-Type: message/feedback-report\r\n\r\n",
        b"Content-Type: text/plain; charset=does-not-exist\r\n\r\n\xe9",
        b"Content-Type: text/rfc822-headers\r\n\r\n",
    ],
)
def test_what_makes_no_sense_is_left_to_a_person(raw: bytes) -> None:
    assert not isinstance(parse_message(raw), ReturnedMessage | LeaveRequest)


# Messages made to keep the reader busy: without their limits these would take hours.
LONGEST_LINE = 998  # RFC 5321, 4.5.3.1.6
# A message of empty lines takes sixty: each line is shown to every older form of flufl.bounce.
STEPS_FOR_A_BYTE = 100


def test_a_message_without_end_is_read_in_part() -> None:
    assert parse_message(b"Subject: x\r\n\r\n" + b"a" * 30_000_000) is None


def test_the_original_of_a_heavy_letter_is_found() -> None:
    report = status_report(UUID_OF_ROW, included="message/rfc822")
    heavy = report.replace(b"--limite--", b"a" * 70 * WHOLE + b"\r\n--limite--")
    assert read_bounce(heavy).delivery_uuid == UUID_OF_ROW


@pytest.mark.parametrize(
    "start",
    [
        "failed addresses follow:",
        "Sorry, unable to deliver your message to",
        "The address to which the message has not yet been delivered is",
        "failure reason:",
    ],
)
@pytest.mark.parametrize("filler", ["a", "<", "a@", "\n", " ", "> "])
def test_a_message_made_to_keep_the_reader_busy_does_not(
    monkeypatch: pytest.MonkeyPatch, start: str, filler: str
) -> None:
    read = []

    def read_older_forms(message: Message) -> Any:
        lines = message.as_bytes().splitlines()
        assert sum(map(len, lines)) <= WHOLE
        # An expression that looks twice at each sign of a line stays short on such lines.
        assert max(map(len, lines)) <= LONGEST_LINE
        read.append(message)
        return all_failures(message)

    monkeypatch.setattr(parser, "all_failures", read_older_forms)
    body = f"{start}\n" + filler * 60_000
    for raw in (
        written("Undelivered", body, "Content-Type: text/plain\nX-Failed-Recipients: \n"),
        crlf(f"Content-Type: multipart/report; boundary=b\n\n--b\n\n{body}\n--b--\n"),
    ):
        assert steps_of(lambda raw=raw: parse_message(raw)) <= STEPS_FOR_A_BYTE * WHOLE
    assert len(read) == 2


def steps_of(work: Callable[[], object]) -> int:
    """How many functions the work calls, those written in C included: searches of a line too."""
    steps = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal steps
        steps += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(None)
    return steps


def test_our_own_headers_are_those_that_the_tests_play() -> None:
    row = Delivery(uuid=UUID_OF_ROW)
    with override_settings(DEFAULT_FROM_EMAIL="PTSM <ptsm@ptsm.example>"):
        assert f"Message-ID: {headers.message_id(row)}\n" in original_headers(UUID_OF_ROW)
