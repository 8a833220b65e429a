"""To choose and to leave without an account: at once, for good, whatever became of the person."""

from typing import Any

from django.test import Client, override_settings
from django.utils import timezone

import pytest

from newsletter.models import Delivery, Movement, Subscriber
from portal.geo.models import Territory
from tests.factories.letter import subscriber_of, topic
from tests.newsletter.subscription.asking import soup_of
from tests.newsletter.subscription.links import (
    LEAVE,
    ONE_CLICK,
    TOKEN,
    everything,
    leave_url,
    preferences_url,
)

State = Subscriber.State


def test_preferences_change_what_is_received_without_an_account(
    client: Client, active: Subscriber
) -> None:
    topic("agenda"), topic("fini", is_offered=False)
    Territory.objects.create(name="Pays d’Arles", slug="arles")
    page = soup_of(client.get(preferences_url(TOKEN)))
    boxes = page.find_all("input", attrs={"name": "topics"})
    assert [box["value"] for box in boxes if box.has_attr("checked")] == ["proches"]
    assert {box["value"] for box in boxes} == {"proches", "agenda"}
    response = client.post(preferences_url(TOKEN), {"topics": ["agenda"], "territory": "arles"})
    active.refresh_from_db()
    assert response.status_code == 200
    assert "C’est enregistré" in soup_of(response).find(role="status").text
    assert [one.code for one in active.topics.all()] == ["agenda"]
    assert active.territory.slug == "arles"
    client.post(preferences_url(TOKEN), {})
    active.refresh_from_db()
    assert not active.topics.exists()
    assert active.territory is None


def test_a_topic_no_longer_offered_stays_in_view_of_who_chose_it(
    client: Client, active: Subscriber
) -> None:
    active.topics.add(topic("ancien", is_offered=False))
    response = client.post(preferences_url(TOKEN), {"topics": ["ancien"]})
    assert response.status_code == 200
    assert [one.code for one in active.topics.all()] == ["ancien"]


def test_preferences_tell_nothing_but_the_lists(client: Client, active: Subscriber) -> None:
    page = client.get(preferences_url(TOKEN)).content.decode()
    assert active.email not in page
    assert str(active.uuid) not in page
    assert (
        str(timezone.localdate().year) not in soup_of(client.get(preferences_url(TOKEN))).main.text
    )


def test_a_choice_that_is_not_in_the_list_is_said_and_changes_nothing(
    client: Client, active: Subscriber
) -> None:
    before = everything()
    response = client.post(preferences_url(TOKEN), {"topics": ["x"], "territory": "y"})
    assert response.status_code == 422
    assert len(soup_of(response).select(".field.invalid")) == 2
    assert everything() == before


def test_an_unknown_link_and_one_of_who_left_show_the_same_page(
    client: Client, active: Subscriber, pending: Subscriber
) -> None:
    gone = subscriber_of("partie@x.example", state=State.UNSUBSCRIBED)
    tokens = ["inconnu", "%00", TOKEN[:-1], gone.token, pending.token]
    pages = [client.get(preferences_url(token)) for token in tokens]
    pages += [client.post(preferences_url(token), {}) for token in tokens]
    assert {page.status_code for page in pages} == {404}
    assert len({page.content for page in pages}) == 1
    assert "n’est plus valable" in soup_of(pages[0]).h1.text


def test_one_button_unsubscribes_at_once(client: Client, active: Subscriber) -> None:
    page = soup_of(client.get(leave_url(TOKEN)))
    (button,) = page.main.find_all("button")
    response = client.post(leave_url(TOKEN), {button["name"]: button["value"]})
    active.refresh_from_db()
    assert response.status_code == 200
    assert "désinscription confirmée" in soup_of(response).h1.text
    assert active.state == State.UNSUBSCRIBED


def test_the_preferences_lead_out_too(client: Client, active: Subscriber) -> None:
    form = soup_of(client.get(preferences_url(TOKEN))).main.find_all("form")[-1]
    button = form.find("button")
    client.post(form["action"], {button["name"]: button["value"]})
    active.refresh_from_db()
    assert active.state == State.UNSUBSCRIBED


@pytest.mark.parametrize("multipart", [True, False])
def test_a_mail_program_unsubscribes_in_one_post(active: Subscriber, multipart: bool) -> None:
    """RFC 8058: no cookie, no page to read first, no redirect, the same answer each time."""
    client = Client(enforce_csrf_checks=True)
    for _ in range(3):
        sent: dict[str, Any] = (
            {"data": ONE_CLICK}
            if multipart
            else {
                "data": "List-Unsubscribe=One-Click",
                "content_type": "application/x-www-form-urlencoded",
            }
        )
        response = client.post(leave_url(TOKEN), **sent, headers={"Origin": "https://mail.example"})
        assert response.status_code == 200
        assert response["Content-Type"].startswith("text/plain")
        assert not response.cookies
    active.refresh_from_db()
    assert active.state == State.UNSUBSCRIBED
    assert Movement.objects.get().count == 1


def test_one_click_works_for_who_has_not_confirmed_yet(client: Client, pending: Subscriber) -> None:
    assert client.post(leave_url(pending.token), ONE_CLICK).status_code == 200
    pending.refresh_from_db()
    assert pending.state == State.UNSUBSCRIBED
    assert Delivery.objects.get().state == Delivery.State.CANCELLED


def test_35_leaving_after_erasure_answers_as_if_it_were_just_done(
    client: Client, active: Subscriber
) -> None:
    another = subscriber_of("b@x.example")
    active.delete()
    for token in (TOKEN, "inconnu", "%00"):
        by_machine = client.post(leave_url(token), ONE_CLICK)
        by_hand = client.post(leave_url(token), LEAVE)
        assert (by_machine.status_code, by_hand.status_code) == (200, 200)
    assert by_machine.content == client.post(leave_url(another.token), ONE_CLICK).content
    assert by_hand.content == client.post(leave_url(another.token), LEAVE).content


@pytest.mark.parametrize(
    "body", [{}, {"List-Unsubscribe": "oui"}, {"list-unsubscribe": "One-Click"}, {"leave": "no"}]
)
def test_a_post_that_asks_for_nothing_changes_nothing(
    client: Client, active: Subscriber, body: dict[str, str]
) -> None:
    response = client.post(leave_url(TOKEN), body)
    active.refresh_from_db()
    assert response.status_code == 400
    assert soup_of(response).main.find("button")
    assert active.is_active


def test_the_link_of_a_letter_outlives_a_change_of_key(client: Client, active: Subscriber) -> None:
    with override_settings(SECRET_KEY="changed"):
        assert client.get(preferences_url(TOKEN)).status_code == 200
        client.post(leave_url(TOKEN), ONE_CLICK)
    active.refresh_from_db()
    assert active.state == State.UNSUBSCRIBED
