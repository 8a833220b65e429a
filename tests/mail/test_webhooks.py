"""What mail services call back with: heard from who knows the secret, and from nobody else."""

import base64
import json
from collections.abc import Iterator
from typing import Any

from django.conf import LazySettings
from django.test import Client
from django.urls import reverse

import pytest
from anymail.signals import AnymailTrackingEvent, tracking

SECRET = "portail:h7Kq2mWx9Tz4Lb6N"
EVENTS: dict[str, Any] = {
    "brevo": {"event": "hard_bounce", "email": "ana@x.example", "message-id": "<1@x.example>"},
    "mailjet": [{"event": "bounce", "email": "ana@x.example", "hard_bounce": True, "time": 1}],
}
services = pytest.mark.parametrize("service", ["brevo", "mailjet"])
# Refusals are pages, which ask the database for their menu.
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _secret(settings: LazySettings) -> None:
    settings.ANYMAIL = {"WEBHOOK_SECRET": SECRET}


@pytest.fixture
def heard() -> Iterator[list[AnymailTrackingEvent]]:
    events: list[AnymailTrackingEvent] = []

    def receive(event: AnymailTrackingEvent, **_: Any) -> None:
        events.append(event)

    tracking.connect(receive)
    yield events
    tracking.disconnect(receive)


def call(client: Client, service: str, body: Any, secret: str = SECRET) -> int:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    headers = {"authorization": f"Basic {base64.b64encode(secret.encode()).decode()}"}
    address = reverse("mail_tracking", args=[service])
    assert address == f"/courriel/anymail/{service}/tracking/"
    response = client.post(
        address, content, content_type="application/json", headers=headers if secret else {}
    )
    assert not response.cookies
    return response.status_code


@services
def test_a_bounce_is_heard(client: Client, heard: list[AnymailTrackingEvent], service: str) -> None:
    assert call(Client(enforce_csrf_checks=True), service, EVENTS[service]) == 200
    assert [(event.event_type, event.recipient) for event in heard] == [
        ("bounced", "ana@x.example")
    ]


@services
@pytest.mark.parametrize("secret", ["", "portail:faux", "portail", ":", SECRET + "x", SECRET[:-1]])
def test_who_does_not_know_the_secret_is_refused(
    client: Client, heard: list[AnymailTrackingEvent], service: str, secret: str
) -> None:
    assert call(client, service, EVENTS[service], secret) == 400
    assert heard == []


@services
def test_without_a_secret_nobody_is_heard(
    client: Client, heard: list[AnymailTrackingEvent], settings: LazySettings, service: str
) -> None:
    for anymail in ({}, {"WEBHOOK_SECRET": ""}):
        settings.ANYMAIL = anymail
        assert call(client, service, EVENTS[service]) == 404
        assert call(client, service, EVENTS[service], ":") == 404
    assert heard == []


@services
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"null",
        b"3",
        b'"x"',
        b"[3]",
        b'[["x"]]',
        b'{"items": []}',
        b'{"event": {"a": 1}, "ts_epoch": "x"}',
        b"[" * 10_000,
    ],
)
def test_what_is_no_event_is_refused_and_breaks_nothing(
    client: Client, heard: list[AnymailTrackingEvent], service: str, body: bytes
) -> None:
    assert call(client, service, body) in (200, 400)
    assert [event for event in heard if event.recipient] == []


@pytest.mark.parametrize("service", ["sendgrid", "amazon_ses", "scaleway", "x"])
def test_other_services_have_no_door(client: Client, service: str) -> None:
    assert call(client, service, {}) == 404


@services
def test_reading_the_address_does_nothing(client: Client, service: str) -> None:
    address = reverse("mail_tracking", args=[service])
    assert client.get(address).status_code == 405
    assert client.head(address).status_code == 200
