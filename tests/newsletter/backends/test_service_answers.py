"""What sending services are told, and what their answers mean; their servers are played here."""

import json
from collections.abc import Callable, Iterator
from typing import Any

from django.conf import LazySettings
from django.core.mail import EmailMultiAlternatives

import pytest

from newsletter.backends import Dropped, ServiceAway, TryLater, get_backend
from newsletter.backends.base import NotSent
from newsletter.backends.esp import ServiceMailBackend
from tests.servers.mail_api import HANG_UP, SAY_NOTHING, MailApi

OURS = "<7c0e6a1e-6d0c-4b54-9d1d-6f1ad3b0c001@ptsm.example>"


@pytest.fixture
def api() -> Iterator[MailApi]:
    with MailApi() as api:
        yield api


BackendOf = Callable[[str], ServiceMailBackend]


@pytest.fixture
def backend_of(api: MailApi, settings: LazySettings) -> Iterator[BackendOf]:
    opened = []

    def backend_of(service: str) -> ServiceMailBackend:
        settings.EMAIL_BACKEND = f"anymail.backends.{service}.EmailBackend"
        secrets = {"API_KEY": "k", "SECRET_KEY": "s", "PROJECT_ID": "p", "API_URL": api.url}
        settings.ANYMAIL = {f"{service.upper()}_{name}": value for name, value in secrets.items()}
        backend = get_backend()
        assert isinstance(backend, ServiceMailBackend)
        opened.append(backend)
        return backend

    yield backend_of
    for backend in opened:
        backend.close()


def a_letter() -> EmailMultiAlternatives:
    message = EmailMultiAlternatives(
        "Lettre d’été", "Bonjour", "PTSM <ptsm@ptsm.example>", ["ana@x.example"]
    )
    message.attach_alternative("<p>Bonjour</p>", "text/html")
    message.extra_headers = {
        "Message-ID": OURS,
        "List-ID": '"La lettre du PTSM" <lettre.ptsm.example>',
        "List-Unsubscribe": "<https://ptsm.example/lettre/desinscription/jeton/>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    message.envelope_sender = "retours@ptsm.example"  # type: ignore[attr-defined]
    return message


TAKEN = {
    "brevo": {"messageId": "<202610030930.123@smtp-relay.mailin.fr>"},
    "mailjet": {
        "Messages": [
            {
                "Status": "success",
                "To": [{"Email": "ana@x.example", "MessageID": 1152921504606846976}],
            }
        ]
    },
    "scaleway": {
        "emails": [
            {
                "id": "0d9b4bd2-4f0e-4d0a-8d39-7d8a4bd6a111",
                "message_id": "1.2@scw-tem.cloud",
                "mail_rcpt": "ana@x.example",
                "status": "new",
            }
        ]
    },
}
IDENTIFIERS = {
    "brevo": "<202610030930.123@smtp-relay.mailin.fr>",
    "mailjet": "1152921504606846976",
    "scaleway": "0d9b4bd2-4f0e-4d0a-8d39-7d8a4bd6a111",
}
SERVICES = list(TAKEN)


def headers_told(service: str, asked: dict[str, Any]) -> dict[str, str]:
    if service == "brevo":
        return asked["headers"]
    if service == "mailjet":
        return asked["Globals"]["Headers"]
    return {header["key"]: header["value"] for header in asked["additional_headers"]}


@pytest.mark.parametrize("service", SERVICES)
def test_a_letter_that_a_service_takes_keeps_the_identifier_it_gave(
    api: MailApi, backend_of: BackendOf, service: str
) -> None:
    api.answer = (200, TAKEN[service])
    assert backend_of(service).send(a_letter()) == IDENTIFIERS[service]


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_is_told_how_to_leave_in_one_click(
    api: MailApi, backend_of: BackendOf, service: str
) -> None:
    api.answer = (200, TAKEN[service])
    backend_of(service).send(a_letter())

    told = headers_told(service, api.asked[0])
    assert told["List-Unsubscribe"] == "<https://ptsm.example/lettre/desinscription/jeton/>"
    assert told["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_a_service_gives_back_what_names_our_row(api: MailApi, backend_of: BackendOf) -> None:
    told = {}
    for service in SERVICES:
        api.answer = (200, TAKEN[service])
        backend_of(service).send(a_letter())
        told[service] = api.asked[-1]

    expected = {"message-id": OURS}
    assert json.loads(told["brevo"]["headers"]["X-Mailin-custom"]) == expected
    assert json.loads(told["mailjet"]["Globals"]["EventPayload"]) == expected


def test_mailjet_is_not_told_the_headers_that_it_refuses(
    api: MailApi, backend_of: BackendOf
) -> None:
    api.answer = (200, TAKEN["mailjet"])
    backend_of("mailjet").send(a_letter())
    assert set(api.asked[0]["Globals"]["Headers"]) == {"List-Unsubscribe", "List-Unsubscribe-Post"}
    assert "Sender" not in api.asked[0]["Globals"]


def test_one_connection_serves_many_people(api: MailApi, backend_of: BackendOf) -> None:
    api.answer = (200, TAKEN["brevo"])
    backend = backend_of("brevo")
    for _ in range(5):
        backend.send(a_letter())
    assert (len(api.asked), len(api.callers)) == (5, 1)


def refusal(backend: ServiceMailBackend, message: EmailMultiAlternatives | None = None) -> NotSent:
    with pytest.raises(NotSent) as raised:
        backend.send(message or a_letter())
    return raised.value


def mailjet_error(code: int, text: str) -> dict[str, Any]:
    error = {"ErrorCode": "mj-0013", "StatusCode": code, "ErrorMessage": text}
    return {"Messages": [{"Status": "error", "Errors": [error]}]}


@pytest.mark.parametrize(
    ("service", "status", "content", "kind"),
    [
        ("brevo", 400, {"message": "email is not valid in to"}, TryLater),
        ("brevo", 400, {"message": "sender is not valid"}, ServiceAway),
        ("brevo", 400, {"message": "not valid: ana.sender@x.example, a@sender.example"}, TryLater),
        ("brevo", 401, {"message": "Key not found"}, ServiceAway),
        ("brevo", 402, {"message": "Not enough credits"}, ServiceAway),
        ("brevo", 413, {"message": "Too large"}, TryLater),
        ("brevo", 429, {"message": "Too many requests"}, ServiceAway),
        ("brevo", 500, "<html>Oops</html>", ServiceAway),
        ("brevo", 503, "Maintenance", ServiceAway),
        ("brevo", 504, "Gateway time-out", Dropped),
        ("brevo", 200, "<html>What is that?</html>", Dropped),
        ("mailjet", 400, mailjet_error(400, "invalid email address"), TryLater),
        ("mailjet", 200, mailjet_error(400, "invalid email address"), TryLater),
        ("mailjet", 403, mailjet_error(403, "not an authorized sender"), ServiceAway),
        ("mailjet", 401, {"ErrorCode": "mj-0002", "ErrorMessage": "Key"}, ServiceAway),
        ("mailjet", 429, mailjet_error(429, "Slow down"), ServiceAway),
        ("scaleway", 400, {"message": "invalid argument(s)"}, TryLater),
        ("scaleway", 403, {"message": "insufficient permissions"}, ServiceAway),
        ("scaleway", 200, {"unexpected": True}, Dropped),
    ],
)
def test_each_answer_of_a_service_has_one_meaning(
    api: MailApi, backend_of: BackendOf, service: str, status: int, content: Any, kind: type
) -> None:
    api.answer = (status, content)
    assert type(refusal(backend_of(service))) is kind
    assert len(api.asked) == 1


def test_the_words_of_a_service_are_kept(api: MailApi, backend_of: BackendOf) -> None:
    api.answer = (402, {"message": "Not enough credits"})
    assert "Not enough credits" in refusal(backend_of("brevo")).words
    api.answer = (400, mailjet_error(400, "invalid email address"))
    assert "invalid email address" in refusal(backend_of("mailjet")).words


def test_a_service_that_hangs_up_may_have_taken_the_message(
    api: MailApi, backend_of: BackendOf
) -> None:
    api.answer = HANG_UP
    assert type(refusal(backend_of("brevo"))) is Dropped


def test_a_service_that_never_answers_may_have_taken_the_message(
    api: MailApi, backend_of: BackendOf, settings: LazySettings
) -> None:
    backend_of("brevo")
    settings.ANYMAIL = settings.ANYMAIL | {"REQUESTS_TIMEOUT": 0.1}
    api.answer = SAY_NOTHING
    assert type(refusal(ServiceMailBackend())) is Dropped


def test_a_service_that_is_not_there_was_told_nothing(api: MailApi, backend_of: BackendOf) -> None:
    backend = backend_of("brevo")
    api.stop()
    assert type(refusal(backend)) is ServiceAway


def test_an_address_that_the_library_refuses_stops_nobody_else(
    api: MailApi, backend_of: BackendOf
) -> None:
    message = a_letter()
    message.to = ["ana@@x.example"]
    backend = backend_of("brevo")
    api.answer = (200, TAKEN["brevo"])

    assert type(refusal(backend, message)) is TryLater
    backend.send(a_letter())

    assert len(api.asked) == 1
