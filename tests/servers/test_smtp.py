"""The mail server of the tests, and what Django's SMTP sender makes of its faults."""

import smtplib
from collections.abc import Iterator

from django.conf import LazySettings
from django.core.mail import EmailMessage, get_connection

import pytest

from tests.servers.smtp import HANG_UP, TAKE_AND_HANG_UP, Sink


@pytest.fixture
def sink(settings: LazySettings) -> Iterator[Sink]:
    settings.EMAIL_BACKEND = Sink.BACKEND
    settings.EMAIL_HOST = Sink.HOST
    settings.EMAIL_TIMEOUT = 5
    with Sink() as server:
        settings.EMAIL_PORT = server.port
        yield server


def send(to: str = "ana@x.example", subject: str = "Bonjour") -> int:
    headers = {"Message-ID": f"<{to}>"}
    return EmailMessage(subject, "Été\n.\n..\n", "ptsm@x.example", [to], headers=headers).send()


def test_a_message_is_kept_with_its_envelope(sink: Sink) -> None:
    assert send(subject="Été 🌻") == 1
    (received,) = sink.messages
    assert received.sender == "ptsm@x.example"
    assert received.recipients == ("ana@x.example",)
    assert received.message_id == "<ana@x.example>"
    assert received.parsed()["Subject"] == "Été 🌻"
    assert received.parsed().get_content().splitlines() == ["Été", ".", ".."]
    assert sink.connections == 1


def test_many_messages_share_a_connection(sink: Sink) -> None:
    people = [f"p{number}@x.example" for number in range(20)]
    messages = [EmailMessage("s", "b", "ptsm@x.example", [person]) for person in people]
    assert get_connection().send_messages(messages) == 20
    assert sink.recipients == people
    assert sink.connections == 1


def test_a_recipient_may_be_refused(sink: Sink) -> None:
    sink.on_rcpt = lambda address, nth: "550 5.1.1 Unknown" if address.startswith("bob") else None
    with pytest.raises(smtplib.SMTPRecipientsRefused) as refused:
        send("bob@x.example")
    assert refused.value.recipients["bob@x.example"] == (550, b"5.1.1 Unknown")
    assert send("ana@x.example") == 1
    assert sink.recipients == ["ana@x.example"]


def test_a_recipient_may_be_taken_the_second_time(sink: Sink) -> None:
    sink.on_rcpt = lambda address, nth: "451 4.3.0 Later" if nth == 1 else None
    with pytest.raises(smtplib.SMTPRecipientsRefused):
        send()
    send()
    assert sink.rcpt_count["ana@x.example"] == 2
    assert len(sink.messages) == 1


def test_a_message_may_be_refused(sink: Sink) -> None:
    sink.on_data = lambda address, nth: "554 5.7.1 Spam"
    with pytest.raises(smtplib.SMTPDataError) as refused:
        send()
    assert refused.value.smtp_code == 554
    assert sink.messages == []


@pytest.mark.parametrize("where", ["on_rcpt", "on_data"])
def test_it_may_hang_up_and_lose_the_message(sink: Sink, where: str) -> None:
    setattr(sink, where, lambda address, nth: HANG_UP if nth == 1 else None)
    with pytest.raises((smtplib.SMTPServerDisconnected, ConnectionResetError)):
        send()
    assert sink.messages == []
    send()
    assert len(sink.messages) == 1


def test_it_may_take_the_message_and_hang_up(sink: Sink) -> None:
    sink.on_data = lambda address, nth: TAKE_AND_HANG_UP
    with pytest.raises((smtplib.SMTPServerDisconnected, ConnectionResetError)):
        send()
    assert sink.recipients == ["ana@x.example"]


def test_it_may_refuse_some_calls(sink: Sink) -> None:
    sink.refuse_next = 2
    for _call in range(2):
        with pytest.raises((smtplib.SMTPServerDisconnected, ConnectionResetError)):
            send()
    assert send() == 1
    assert sink.connections == 3


def test_it_may_say_why_it_refuses_a_call(sink: Sink) -> None:
    sink.on_connect = lambda address, nth: "421 4.7.0 Too many calls" if nth == 1 else None
    with pytest.raises(smtplib.SMTPConnectError) as refused:
        send()
    assert refused.value.smtp_code == 421
    assert send() == 1


def test_it_may_go_away_and_come_back(sink: Sink) -> None:
    connection = get_connection()
    connection.open()
    sink.stop()
    with pytest.raises(smtplib.SMTPServerDisconnected):
        connection.send_messages([EmailMessage("s", "b", "ptsm@x.example", ["ana@x.example"])])
    with pytest.raises(ConnectionRefusedError):
        send()
    sink.start()
    assert send() == 1
    assert sink.recipients == ["ana@x.example"]


def test_it_may_never_answer(sink: Sink, settings: LazySettings) -> None:
    settings.EMAIL_TIMEOUT = 0.2
    sink.delay = 60
    with pytest.raises((smtplib.SMTPServerDisconnected, TimeoutError)):
        send()


def test_an_address_with_accents_reaches_it_in_ascii(sink: Sink) -> None:
    send("ana@santé.example")
    assert sink.recipients == ["ana@xn--sant-epa.example"]
