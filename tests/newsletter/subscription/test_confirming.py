"""The link that confirms: one button, one use, three days; looking at it changes nothing."""

import re
from typing import Any
from unittest.mock import patch
from urllib.parse import urlsplit

from django.core import signing
from django.test import Client, override_settings
from django.utils import timezone

import pytest

from newsletter import confirmation_tokens
from newsletter.mail import transactional
from newsletter.models import Delivery, Movement, Subscriber
from newsletter.services import confirmation
from tests.factories.letter import delivery
from tests.newsletter.subscription.asking import soup_of
from tests.newsletter.subscription.links import (
    LEAVE,
    confirm_url,
    everything,
    leave_url,
)

State = Subscriber.State


def signed_hours_ago(subscriber: Subscriber, hours: float) -> str:
    now = timezone.now().timestamp()
    with patch("django.core.signing.time.time", lambda: now - hours * 3600):
        return confirmation_tokens.sign_confirmation(subscriber)


def test_the_button_of_the_link_subscribes(client: Client, pending: Subscriber) -> None:
    address = confirm_url(confirmation_tokens.sign_confirmation(pending))
    page = soup_of(client.get(address))
    assert page.main.find("button").text.strip() == "Confirmer mon inscription"
    response = client.post(address)
    pending.refresh_from_db()
    assert response.status_code == 200
    assert soup_of(response).h1.text == "C’est confirmé, merci"
    assert pending.state == State.ACTIVE
    assert pending.confirmed_at
    assert pending.nonce == ""
    assert dict(Movement.objects.values_list("kind", "count")) == {Movement.Kind.JOINED: 1}


def test_the_link_lasts_three_days(client: Client, pending: Subscriber) -> None:
    assert client.get(confirm_url(signed_hours_ago(pending, 71))).status_code == 200
    late = confirm_url(signed_hours_ago(pending, 73))
    for response in (client.get(late), client.post(late)):
        page = soup_of(response)
        assert response.status_code == 410
        assert "trop ancien" in page.h1.text
        assert page.main.find("a", href="/lettre/#inscription")
    pending.refresh_from_db()
    assert pending.state == State.PENDING


def test_a_link_used_again_says_kindly_that_it_is_done(client: Client, pending: Subscriber) -> None:
    address = confirm_url(confirmation_tokens.sign_confirmation(pending))
    client.post(address)
    before = everything()
    for response in (client.get(address), client.post(address)):
        assert response.status_code == 200
        assert soup_of(response).h1.text == "C’est déjà confirmé"
    assert everything() == before


def test_an_old_link_says_that_it_is_done_too(client: Client, pending: Subscriber) -> None:
    late = confirm_url(signed_hours_ago(pending, 100))
    client.post(confirm_url(confirmation_tokens.sign_confirmation(pending)))
    assert client.get(late).status_code == 200


def truncated(subscriber: Subscriber) -> str:
    return confirmation_tokens.sign_confirmation(subscriber)[:-3]


def of_another_list(subscriber: Subscriber) -> str:
    return signing.dumps([str(subscriber.uuid), subscriber.nonce], salt="another.list")


def of_another_key(subscriber: Subscriber) -> str:
    with override_settings(SECRET_KEY="another"):
        return confirmation_tokens.sign_confirmation(subscriber)


def made_up(subscriber: Subscriber) -> str:
    return f"{subscriber.uuid}:{subscriber.nonce}"


@pytest.mark.parametrize(
    "forge",
    [
        truncated,
        of_another_list,
        of_another_key,
        made_up,
        lambda _: "%00",
        lambda _: "é",
        lambda _: "x" * 5000,
    ],
)
def test_33_a_link_that_is_not_ours_or_not_whole_does_nothing_and_says_so(
    client: Client, pending: Subscriber, forge: Any
) -> None:
    address = confirm_url(forge(pending))
    before = everything()
    for response in (client.get(address), client.post(address)):
        assert response.status_code == 404
        assert "n’est pas complet" in soup_of(response).h1.text
    assert everything() == before


def test_33_the_link_of_a_request_that_was_erased_does_nothing(
    client: Client, pending: Subscriber
) -> None:
    address = confirm_url(confirmation_tokens.sign_confirmation(pending))
    pending.delete()
    for response in (client.get(address), client.post(address)):
        assert response.status_code == 410
        assert "n’est plus valable" in soup_of(response).h1.text
    assert not Subscriber.objects.exists()


def test_33_the_link_of_a_former_request_does_not_bring_back_who_left_since(
    client: Client, pending: Subscriber
) -> None:
    address = confirm_url(confirmation_tokens.sign_confirmation(pending))
    client.post(leave_url(pending.token), LEAVE)
    assert client.post(address).status_code == 410
    pending.refresh_from_db()
    assert pending.state == State.UNSUBSCRIBED


def test_two_presses_at_once_subscribe_once_and_are_both_thanked(pending: Subscriber) -> None:
    signed = confirmation_tokens.sign_confirmation(pending)
    really_judge = confirmation._judge

    def judge_then_lose_the_race(request: Any) -> Any:
        answer = really_judge(request)
        if answer is confirmation.ConfirmationOutcome.WAITING:
            with patch.object(confirmation, "_judge", really_judge):
                assert confirmation.confirm(signed) is confirmation.ConfirmationOutcome.CONFIRMED
        return answer

    with patch.object(confirmation, "_judge", judge_then_lose_the_race):
        assert confirmation.confirm(signed) is confirmation.ConfirmationOutcome.ALREADY
    assert Movement.objects.get().count == 1


def test_34_following_every_link_of_a_message_changes_nothing(
    client: Client, pending: Subscriber, active: Subscriber
) -> None:
    known = delivery(active, kind=Delivery.Kind.KNOWN)
    links = set()
    for row in (Delivery.objects.get(kind=Delivery.Kind.CONFIRM), known):
        message = transactional.render(row)
        links |= set(re.findall(r'href="(http[^"]+)"', message.html))
        links |= set(re.findall(r"http\S+", message.text))
    links |= {leave_url(pending.token), leave_url(active.token)}  # of the headers
    paths = [urlsplit(link).path for link in links]
    assert sum("/lettre/" in path for path in paths) == 5
    before = everything()
    for path in paths:
        for method in (client.get, client.head):
            assert method(path).status_code == 200
    assert everything() == before
