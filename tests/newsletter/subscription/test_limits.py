"""Robots, and people who come in crowds: few messages leave, and nobody wonders why."""

from typing import Any

from django.test import Client

import pytest

from newsletter.models import ConsentText, Delivery, Subscriber
from newsletter.services import throttling
from newsletter.subscription.models import LetterIndexPage
from portal.api.models import RateLimitWindow
from tests.clock import Clock
from tests.factories.letter import subscriber_of
from tests.newsletter.subscription.asking import CAMILLE, alert_of, filled, moment, send, soup_of

State = Subscriber.State


def test_a_network_that_sends_many_forms_is_told_and_keeps_what_it_typed(
    client: Client, letter_page: LetterIndexPage, noon: Clock
) -> None:
    for rank in range(20):
        data = filled(email=f"personne{rank}@x.example")
        assert send(client, letter_page, data, REMOTE_ADDR="192.0.2.1").status_code == 302
    response = send(client, letter_page, REMOTE_ADDR="192.0.2.77")
    assert response.status_code == 429
    assert int(response["Retry-After"]) == 3600
    assert "dans une heure" in alert_of(response)
    assert soup_of(response).find(id="id_email")["value"] == CAMILLE
    assert send(client, letter_page, REMOTE_ADDR="198.51.100.4").status_code == 302


def test_when_two_hundred_messages_left_within_an_hour_all_are_told_to_wait(
    client: Client, letter_page: LetterIndexPage, noon: Clock
) -> None:
    assert all(throttling.may_write_to(f"{n}") for n in range(200))
    subscriber_of("connue@x.example")
    for address in ("connue@x.example", "inconnue@x.example"):
        response = send(client, letter_page, filled(email=address))
        assert response.status_code == 503
        assert int(response["Retry-After"]) == 3600
        assert "dans une heure" in alert_of(response)
    assert not Delivery.objects.exists()
    noon.wait(seconds=3600)
    assert send(client, letter_page).status_code == 302


def test_a_thousand_naive_robots_get_no_message_sent(
    letter_page: LetterIndexPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They fill every field, or do not wait, or know nothing of the form that was shown."""
    # What they are shown in answer is not what is counted here, and takes a minute to write.
    monkeypatch.setattr("newsletter.subscription.views.render_page", said_to_robots)
    client = Client()
    version = ConsentText.current().version
    old, ancient = moment(), moment(8 * 24 * 3600)
    for rank in range(1000):
        habits = [
            {"nickname": "http://achetez.example", "moment": old},
            {"moment": moment(0)},
            {"moment": ""},
            {"moment": ancient},
        ]
        data = {"email": f"victime{rank}@x.example", "consent": "on", "version": version}
        network = f"198.51.{rank % 250}.7"
        send(client, letter_page, data | habits[rank % 4], REMOTE_ADDR=network)
    assert Delivery.objects.count() <= 5
    assert not RateLimitWindow.objects.filter(name=throttling.TO_ALL, count__gt=5).exists()


def said_to_robots(request: Any, page: Any, status: int, **_: Any) -> Any:
    from django.http import HttpResponse

    return HttpResponse(status=status)
