"""What the answers of a real mail server mean, for one person or for everybody."""

import ssl
from collections.abc import Iterator
from typing import Any

from django.conf import LazySettings
from django.core.mail import EmailMultiAlternatives

import pytest
from aiosmtpd.smtp import Envelope, Session

from newsletter.backends import Dropped, Refused, ServiceAway, TryLater, get_backend
from newsletter.backends.base import NotSent
from newsletter.backends.smtp import SmtpMailBackend
from tests.servers.smtp import HANG_UP, TAKE_AND_HANG_UP, Sink


class StrictSink(Sink):
    """Says no to who signs, or to the password, when it is told to."""

    on_mail = on_login = False

    async def handle_MAIL(
        self, line: Any, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.on_mail:
            return str(self.on_mail)
        envelope.mail_from = address
        return "250 OK"

    async def handle_EHLO(
        self, line: Any, session: Session, envelope: Envelope, name: str, responses: list[str]
    ) -> list[str]:
        session.host_name = name
        if self.on_login:
            # Whoever logs in gets « 535 », even without encryption.
            line._auth_require_tls = False
            responses.insert(1, "250-AUTH PLAIN LOGIN")
        return responses


@pytest.fixture
def sink(settings: LazySettings) -> Iterator[StrictSink]:
    with StrictSink() as sink:
        settings.EMAIL_BACKEND = Sink.BACKEND
        settings.EMAIL_HOST, settings.EMAIL_PORT = Sink.HOST, sink.port
        settings.EMAIL_TIMEOUT = 30
        yield sink


@pytest.fixture
def backend(sink: StrictSink) -> Iterator[SmtpMailBackend]:
    backend = get_backend()
    assert isinstance(backend, SmtpMailBackend)
    yield backend
    backend.close()


def a_message(to: str = "ana@x.example", subject: str = "Bonjour") -> EmailMultiAlternatives:
    return EmailMultiAlternatives(subject, "Bonjour", "PTSM <ptsm@ptsm.example>", [to])


def refusal(backend: SmtpMailBackend, message: EmailMultiAlternatives | None = None) -> NotSent:
    with pytest.raises(NotSent) as raised:
        backend.send(message or a_message())
    return raised.value


AT_RCPT = {
    "451 4.7.1 Greylisted": (TryLater, None),
    "450 4.2.0 Mailbox busy": (TryLater, None),
    "452 4.2.2 Mailbox full": (TryLater, None),
    "421 4.3.2 Closing": (ServiceAway, None),
    "454 4.7.0 Too many messages": (ServiceAway, None),
    "530 5.7.0 Authentication required": (ServiceAway, None),
    "554 5.7.1 <ana@x.example>: Relay access denied": (ServiceAway, None),
    "550 relay not permitted": (ServiceAway, None),
    "550 5.1.1 Unknown": (Refused, True),
    "550 5.1.1 <relay@x.example>: unable to relay to the unknown": (Refused, True),
    "550 5.1.10 Recipient not found": (Refused, True),
    "551 5.1.6 Moved": (Refused, True),
    "550 5.2.1 Disabled": (Refused, True),
    "550 No such user here": (Refused, True),
    "550 Requested action not taken: mailbox unavailable": (Refused, True),
    "550 sorry, no mailbox here by that name (#5.1.1)": (Refused, True),
    "550 Adresse inconnue": (Refused, True),
    "550 5.7.1 Refused by policy": (Refused, False),
    "550 Rejected: 5.1.1.9 is in a black list": (Refused, False),
    "550 Message looks like spam": (Refused, False),
    "552 5.2.2 Over quota": (Refused, False),
    "552 Mailbox full": (Refused, False),
    "553 5.5.4 Error": (Refused, False),
    "554 5.5.0 Refused": (Refused, False),
    "550 5.4.1 Recipient address rejected: Access denied": (Refused, False),
}


@pytest.mark.parametrize("answer", AT_RCPT)
def test_each_answer_to_an_address_has_one_meaning_and_the_next_person_is_served(
    sink: StrictSink, backend: SmtpMailBackend, answer: str
) -> None:
    sink.on_rcpt = lambda address, nth: answer if address == "ana@x.example" else None

    reason = refusal(backend)
    backend.send(a_message("bea@x.example"))

    kind, hard = AT_RCPT[answer]
    assert type(reason) is kind
    assert getattr(reason, "hard", None) == hard
    assert reason.words == answer
    assert sink.recipients == ["bea@x.example"]


@pytest.mark.parametrize(
    ("answer", "kind", "hard"),
    [
        ("451 4.3.0 Local error", TryLater, None),
        ("421 4.7.0 Slow down", ServiceAway, None),
        ("454 4.7.0 Throttled", ServiceAway, None),
        ("552 5.3.4 Message too big", Refused, False),
        ("554 5.7.1 Spam", Refused, False),
        ("554 Transaction failed", Refused, False),
        ("550 5.1.1 Unknown after all", Refused, True),
    ],
)
def test_each_answer_to_a_message_has_one_meaning_and_the_next_person_is_served(
    sink: StrictSink, backend: SmtpMailBackend, answer: str, kind: type, hard: bool | None
) -> None:
    sink.on_data = lambda address, nth: answer if address == "ana@x.example" else None

    reason = refusal(backend)
    backend.send(a_message("bea@x.example"))

    assert type(reason) is kind
    assert getattr(reason, "hard", None) == hard
    assert sink.recipients == ["bea@x.example"]


def test_one_connection_serves_many_people(sink: StrictSink, backend: SmtpMailBackend) -> None:
    sink.on_rcpt = lambda address, nth: "451 Later" if address == "ana@x.example" else None

    refusal(backend)
    for number in range(5):
        backend.send(a_message(f"p{number}@x.example"))

    assert (sink.connections, len(sink.recipients)) == (1, 5)


# Lines that are cut.


def test_a_server_that_hangs_up_at_the_address_has_not_taken_the_message(
    sink: StrictSink, backend: SmtpMailBackend
) -> None:
    sink.on_rcpt = lambda address, nth: HANG_UP if nth == 1 else None

    assert type(refusal(backend)) is TryLater
    backend.send(a_message())

    assert (sink.connections, sink.recipients) == (2, ["ana@x.example"])


@pytest.mark.parametrize("way", [HANG_UP, TAKE_AND_HANG_UP])
def test_a_server_that_hangs_up_on_the_message_may_have_taken_it(
    sink: StrictSink, backend: SmtpMailBackend, way: str
) -> None:
    sink.on_data = lambda address, nth: way if address == "ana@x.example" else None

    assert type(refusal(backend)) is Dropped
    backend.send(a_message("bea@x.example"))

    assert sink.recipients[-1] == "bea@x.example"


def test_a_line_cut_after_a_message_does_not_make_the_next_one_uncertain(
    sink: StrictSink, backend: SmtpMailBackend
) -> None:
    backend.send(a_message())
    sink.stop()
    sink.start()

    backend.send(a_message("bea@x.example"))

    assert sink.recipients == ["ana@x.example", "bea@x.example"]


def test_a_cut_before_the_message_is_not_taken_for_one_in_the_middle_of_the_last(
    sink: StrictSink, backend: SmtpMailBackend
) -> None:
    backend.send(a_message())
    sink.on_rcpt = lambda address, nth: HANG_UP

    assert type(refusal(backend)) is TryLater


def test_a_server_that_hangs_up_on_callers_is_away(
    sink: StrictSink, backend: SmtpMailBackend
) -> None:
    sink.refuse_next = 1

    assert type(refusal(backend)) is ServiceAway
    backend.send(a_message())

    assert sink.recipients == ["ana@x.example"]


def test_a_server_that_greets_with_a_refusal_is_away(
    sink: StrictSink, backend: SmtpMailBackend
) -> None:
    sink.on_connect = lambda caller, nth: "554 5.7.1 Not from there" if nth == 1 else None

    reason = refusal(backend)
    backend.send(a_message())

    assert type(reason) is ServiceAway
    assert "554" in reason.words


def test_a_server_that_is_not_there_is_away(sink: StrictSink, backend: SmtpMailBackend) -> None:
    sink.stop()
    assert type(refusal(backend)) is ServiceAway

    sink.start()
    backend.send(a_message())
    assert sink.recipients == ["ana@x.example"]


def test_a_server_without_encryption_is_sent_neither_password_nor_message(
    sink: StrictSink, settings: LazySettings
) -> None:
    settings.EMAIL_USE_TLS = True
    assert type(refusal(SmtpMailBackend())) is ServiceAway
    assert sink.recipients == []


def test_a_server_that_cannot_speak_tls_is_away(sink: StrictSink, settings: LazySettings) -> None:
    settings.EMAIL_USE_SSL = True
    reason = refusal(SmtpMailBackend())
    assert type(reason) is ServiceAway
    assert isinstance(reason.__cause__, ssl.SSLError)


# What is about the portal itself.


@pytest.mark.parametrize("answer", ["550 5.7.1 Who are you?", "451 4.1.8 Unknown domain"])
def test_a_server_that_refuses_who_signs_refuses_everybody(
    sink: StrictSink, backend: SmtpMailBackend, answer: str
) -> None:
    sink.on_mail = answer

    reason = refusal(backend)
    sink.on_mail = False
    backend.send(a_message())

    assert type(reason) is ServiceAway
    assert reason.words == answer
    assert sink.recipients == ["ana@x.example"]


def test_a_server_that_refuses_the_password_is_away(
    sink: StrictSink, settings: LazySettings
) -> None:
    sink.on_login = True
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "portail", "faux"

    reason = refusal(SmtpMailBackend())

    assert type(reason) is ServiceAway
    assert "535" in reason.words
    assert sink.recipients == []


# What the message is.


def test_bounces_go_to_the_address_of_returns_and_readers_see_who_signs(
    sink: StrictSink, backend: SmtpMailBackend
) -> None:
    message = a_message()
    message.envelope_sender = "retours@ptsm.example"  # type: ignore[attr-defined]

    backend.send(message)

    (received,) = sink.messages
    assert received.sender == "retours@ptsm.example"
    assert received.parsed()["From"] == "PTSM <ptsm@ptsm.example>"


@pytest.mark.parametrize(
    "message",
    [
        a_message(to="é" * 300 + "@x.example"),
        a_message(to="pas une adresse\n"),
        a_message(subject="Deux\nlignes"),
    ],
    ids=["address", "blanks", "subject"],
)
def test_a_message_that_cannot_be_told_stops_nobody_else(
    sink: StrictSink, backend: SmtpMailBackend, message: EmailMultiAlternatives
) -> None:
    assert type(refusal(backend, message)) in (TryLater, Refused)
    backend.send(a_message("bea@x.example"))
    assert sink.recipients == ["bea@x.example"]


def test_closing_never_fails(sink: StrictSink, backend: SmtpMailBackend) -> None:
    backend.close()
    backend.send(a_message())
    sink.stop()
    backend.close()
    backend.close()
