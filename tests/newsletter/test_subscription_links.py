"""What a message leads to: looking changes nothing, one button does one thing, links last."""

import re
from typing import Any
from unittest.mock import patch
from urllib.parse import urlsplit

from django.core import signing
from django.test import Client, override_settings
from django.utils import timezone

import pytest

from newsletter.mail import transactional
from newsletter.models import Delivery, LetterIndexPage, Movement, Subscriber, Suppression
from newsletter.services import confirming
from portal.geo.models import Territory
from tests.factories.letter import delivery, subscriber_of, topic
from tests.newsletter.asking import ask, soup_of

State = Subscriber.State
ONE_CLICK = {"List-Unsubscribe": "One-Click"}
LEAVE = {"leave": "yes"}
TOKEN = "un-jeton-que-personne-ne-connait-0123456789"


def confirm_url(signed: str) -> str:
    return f"/lettre/confirmer/{signed}/"


def preferences_url(token: str) -> str:
    return f"/lettre/preferences/{token}/"


def leave_url(token: str) -> str:
    return f"/lettre/desinscription/{token}/"


@pytest.fixture
def pending(letter_page: LetterIndexPage) -> Subscriber:
    return ask(page=letter_page, topics=[topic("proches")])


@pytest.fixture
def active(letter_page: LetterIndexPage) -> Subscriber:
    return subscriber_of(topics=[topic("proches")], token=TOKEN)


def everything() -> list[Any]:
    """All that the pages of a message could change."""
    models = (Subscriber, Delivery, Movement, Suppression, Subscriber.topics.through)
    return [list(model.objects.order_by("pk").values()) for model in models]


def signed_hours_ago(subscriber: Subscriber, hours: float) -> str:
    now = timezone.now().timestamp()
    with patch("django.core.signing.time.time", lambda: now - hours * 3600):
        return confirming.sign(subscriber)


# Confirming.


def test_the_button_of_the_link_subscribes(client: Client, pending: Subscriber) -> None:
    address = confirm_url(confirming.sign(pending))
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
    address = confirm_url(confirming.sign(pending))
    client.post(address)
    before = everything()
    for response in (client.get(address), client.post(address)):
        assert response.status_code == 200
        assert soup_of(response).h1.text == "C’est déjà confirmé"
    assert everything() == before


def test_an_old_link_says_that_it_is_done_too(client: Client, pending: Subscriber) -> None:
    late = confirm_url(signed_hours_ago(pending, 100))
    client.post(confirm_url(confirming.sign(pending)))
    assert client.get(late).status_code == 200


def truncated(subscriber: Subscriber) -> str:
    return confirming.sign(subscriber)[:-3]


def of_another_list(subscriber: Subscriber) -> str:
    return signing.dumps([str(subscriber.uuid), subscriber.nonce], salt="another.list")


def of_another_key(subscriber: Subscriber) -> str:
    with override_settings(SECRET_KEY="another"):
        return confirming.sign(subscriber)


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
    address = confirm_url(confirming.sign(pending))
    pending.delete()
    for response in (client.get(address), client.post(address)):
        assert response.status_code == 410
        assert "n’est plus valable" in soup_of(response).h1.text
    assert not Subscriber.objects.exists()


def test_33_the_link_of_a_former_request_does_not_bring_back_who_left_since(
    client: Client, pending: Subscriber
) -> None:
    address = confirm_url(confirming.sign(pending))
    client.post(leave_url(pending.token), LEAVE)
    assert client.post(address).status_code == 410
    pending.refresh_from_db()
    assert pending.state == State.UNSUBSCRIBED


def test_two_presses_at_once_subscribe_once_and_are_both_thanked(pending: Subscriber) -> None:
    signed = confirming.sign(pending)
    really_judge = confirming._judge

    def judge_then_lose_the_race(request: Any) -> Any:
        answer = really_judge(request)
        if answer is confirming.Answer.WAITING:
            with patch.object(confirming, "_judge", really_judge):
                assert confirming.confirm(signed) is confirming.Answer.CONFIRMED
        return answer

    with patch.object(confirming, "_judge", judge_then_lose_the_race):
        assert confirming.confirm(signed) is confirming.Answer.ALREADY
    assert Movement.objects.get().count == 1


# Scanners.


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


# Choosing.


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
    assert len(soup_of(response).select(".field.bad")) == 2
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


# Leaving.


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


# Of all these pages.


def pages_of(subscriber: Subscriber) -> list[str]:
    return [
        confirm_url(confirming.sign(subscriber)),
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
        confirm_url(confirming.sign(pending)),
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
        confirm_url(confirming.sign(pending)),
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
