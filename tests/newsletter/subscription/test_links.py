"""What holds for every page that a message leads to."""

from django.test import Client

import pytest

from newsletter import confirmation_tokens
from newsletter.models import Subscriber
from tests.newsletter.subscription.asking import soup_of
from tests.newsletter.subscription.links import (
    LEAVE,
    ONE_CLICK,
    TOKEN,
    confirm_url,
    everything,
    leave_url,
    preferences_url,
)

State = Subscriber.State


def pages_of(subscriber: Subscriber) -> list[str]:
    return [
        confirm_url(confirmation_tokens.sign_confirmation(subscriber)),
        confirm_url("faux"),
        preferences_url(TOKEN),
        preferences_url("faux"),
        leave_url(TOKEN),
    ]


def test_no_page_of_a_message_is_kept_indexed_named_elsewhere_or_logged(
    client: Client, pending: Subscriber, active: Subscriber, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    for address in pages_of(pending):
        for send in (client.get, client.head, client.post, client.put, client.delete):
            response = send(address)
            assert "no-store" in response["Cache-Control"], address
            assert response["Referrer-Policy"] == "no-referrer"
            assert "noindex" in response["X-Robots-Tag"]
            assert not response.cookies
        assert client.put(address).status_code == 405
    logged = " ".join(r.getMessage() for r in caplog.records if r.name != "django.db.backends")
    assert TOKEN not in logged
    assert "confirmer" not in logged


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Origin": "https://ailleurs.example"},
        {"Referer": "https://ailleurs.example/page"},
    ],
)
def test_38_a_button_of_another_site_does_nothing(
    client: Client, pending: Subscriber, active: Subscriber, headers: dict[str, str]
) -> None:
    before = everything()
    for address in (
        confirm_url(confirmation_tokens.sign_confirmation(pending)),
        preferences_url(TOKEN),
        leave_url(TOKEN),
    ):
        response = client.post(address, LEAVE, headers=headers)
        assert response.status_code == 403
        assert "autre site" in soup_of(response).find(role="alert").text
        assert soup_of(response).main.find("button")
    assert everything() == before


def test_a_browser_that_hides_where_it_comes_from_is_heard(
    client: Client, active: Subscriber
) -> None:
    """These pages send no referrer, so browsers without Sec-Fetch-Site say « null »."""
    assert client.post(leave_url(TOKEN), LEAVE, headers={"Origin": "null"}).status_code == 200
    active.refresh_from_db()
    assert active.state == State.UNSUBSCRIBED


def test_36_a_body_of_5_mb_does_nothing(
    client: Client, pending: Subscriber, active: Subscriber
) -> None:
    before = everything()
    for address in (
        confirm_url(confirmation_tokens.sign_confirmation(pending)),
        preferences_url(TOKEN),
        leave_url(TOKEN),
    ):
        response = client.post(address, {**LEAVE, **ONE_CLICK, "x": "x" * 5_000_000})
        assert response.status_code == 413
        assert "trop long" in soup_of(response).find(role="alert").text
    assert everything() == before


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("application/json", b'{"List-Unsubscribe": "One-Click"}'),
        ("multipart/form-data; boundary=x", b"--x\r\nbroken"),
        ("application/x-www-form-urlencoded", b"List-Unsubscribe=%FF%FE"),
    ],
)
def test_37_a_broken_body_is_a_mistake_not_a_breakdown(
    client: Client, active: Subscriber, content_type: str, body: bytes
) -> None:
    response = client.post(leave_url(TOKEN), body, content_type=content_type)
    assert response.status_code == 400
    assert client.post(preferences_url(TOKEN), body, content_type=content_type).status_code == 200
    assert Subscriber.objects.active().exists()
