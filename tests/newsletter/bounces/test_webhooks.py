"""What sending services tell of letters, through anymail's own views."""

import base64
import json
from itertools import permutations
from typing import Any
from uuid import UUID, uuid4

from django.conf import LazySettings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

import pytest
from anymail.signals import AnymailTrackingEvent, EventType, RejectReason

from newsletter.bounces import signals as webhook_signals
from newsletter.models import Delivery, Movement, Subscriber, Suppression
from newsletter.services import subscription
from tests.factories import letter

pytestmark = pytest.mark.django_db

SECRET = "portail:h7Kq2mWx9Tz4Lb6N"
BREVO_ID = "<202610030930.98765432101@smtp-relay.mailin.fr>"
MAILJET_ID = 1152921504606846976
SOFT, HARD, COMPLAINT = Delivery.Bounce.SOFT, Delivery.Bounce.HARD, Delivery.Bounce.COMPLAINT
State = Subscriber.State
ANA = "ana@x.example"


@pytest.fixture(autouse=True)
def _secret(settings: LazySettings) -> None:
    settings.ANYMAIL = {"WEBHOOK_SECRET": SECRET}


@pytest.fixture
def row() -> Delivery:
    return letter.sent_delivery(letter.subscriber_of(ANA), service_id=BREVO_ID)


def post(service: str, body: Any, secret: str = SECRET) -> int:
    headers = {"authorization": f"Basic {base64.b64encode(secret.encode()).decode()}"}
    response = Client(enforce_csrf_checks=True).post(
        reverse("mail_tracking", args=[service]),
        json.dumps(body),
        content_type="application/json",
        headers=headers,
    )
    return response.status_code


def brevo(event: str, **fields: Any) -> dict[str, Any]:
    """What Brevo posts: one event a call."""
    return {
        "event": event,
        "email": ANA,
        "id": 26224,
        "date": "2026-10-03 09:31:00",
        "ts": 1791012660,
        "message-id": BREVO_ID,
        "ts_event": 1791012660,
        "subject": "Lettre du printemps",
        "sending_ip": "192.0.2.1",
        "ts_epoch": 1791012660000,
        **fields,
    }


def mailjet(event: str, **fields: Any) -> list[dict[str, Any]]:
    """What Mailjet posts: several events a call, if it was asked to group them."""
    told = {
        "event": event,
        "time": 1791012660,
        "MessageID": MAILJET_ID,
        "Message_GUID": "1ab23cd4-e567-8901-2345-6789f0gh1i2j",
        "email": ANA,
        "mj_campaign_id": 7257,
        "mj_contact_id": 4,
        "customcampaign": "",
        "CustomID": "",
        "Payload": "",
        **fields,
    }
    return [told]


def given_back(uuid: UUID) -> str:
    return json.dumps({"message-id": f"<{uuid}@ptsm.example>"})


def bounce_of(row: Delivery) -> str:
    row.refresh_from_db()
    return row.bounce


def state_of(address: str = ANA) -> str:
    return Subscriber.objects.get(email=address).state


# What each event means.


@pytest.mark.parametrize(
    ("event", "fields", "bounce", "state"),
    [
        ("hard_bounce", {"reason": "550 5.1.1 Unknown"}, HARD, State.BOUNCED),
        ("hard_bounce", {}, HARD, State.BOUNCED),
        ("hard_bounce", {"reason": "550 5.7.1 Looks like spam"}, SOFT, State.ACTIVE),
        ("soft_bounce", {"reason": "452 4.2.2 Mailbox full"}, SOFT, State.ACTIVE),
        ("soft_bounce", {}, SOFT, State.ACTIVE),
        ("invalid_email", {}, HARD, State.BOUNCED),
        ("blocked", {}, SOFT, State.ACTIVE),
        ("error", {"reason": "No template"}, "", State.ACTIVE),
        ("spam", {}, COMPLAINT, State.COMPLAINED),
        ("complaint", {}, COMPLAINT, State.COMPLAINED),
        ("unsubscribe", {}, "", State.UNSUBSCRIBED),
        ("deferred", {"reason": "451 Greylisted"}, "", State.ACTIVE),
        ("request", {}, "", State.ACTIVE),
        ("delivered", {}, "", State.ACTIVE),
        ("list_addition", {}, "", State.ACTIVE),
        ("something new", {}, "", State.ACTIVE),
    ],
)
def test_each_event_of_brevo_has_one_meaning(
    row: Delivery, event: str, fields: dict[str, str], bounce: str, state: str
) -> None:
    assert post("brevo", brevo(event, **fields)) == 200
    assert (bounce_of(row), state_of()) == (bounce, state)
    assert row.state == Delivery.State.SENT


@pytest.mark.parametrize(
    ("event", "fields", "bounce", "state"),
    [
        ("bounce", {"hard_bounce": True, "error": "user unknown"}, HARD, State.BOUNCED),
        ("bounce", {"hard_bounce": False, "error": "user unknown"}, SOFT, State.ACTIVE),
        ("bounce", {"hard_bounce": False, "error": "quota exceeded"}, SOFT, State.ACTIVE),
        ("bounce", {"hard_bounce": False, "error": "greylisted"}, "", State.ACTIVE),
        ("blocked", {"error": "preblocked"}, SOFT, State.ACTIVE),
        ("blocked", {"error": "spam reporter"}, COMPLAINT, State.COMPLAINED),
        ("blocked", {"error": "typofix"}, HARD, State.BOUNCED),
        ("spam", {"source": "JMRPP"}, COMPLAINT, State.COMPLAINED),
        ("unsub", {"ip": "192.0.2.1"}, "", State.UNSUBSCRIBED),
        ("sent", {"smtp_reply": "250 OK"}, "", State.ACTIVE),
    ],
)
def test_each_event_of_mailjet_has_one_meaning(
    event: str, fields: dict[str, Any], bounce: str, state: str
) -> None:
    row = letter.sent_delivery(letter.subscriber_of(ANA), service_id=str(MAILJET_ID))
    assert post("mailjet", mailjet(event, **fields)) == 200
    assert (bounce_of(row), state_of()) == (bounce, state)


def test_the_words_of_the_server_are_kept_without_the_address(row: Delivery) -> None:
    post("brevo", brevo("hard_bounce", reason=f"550 5.1.1 <{ANA}> Unknown"))
    row.refresh_from_db()
    assert row.answer == "550 5.1.1 <…> Unknown"


def test_a_doing_of_the_service_is_shown_and_costs_nobody_the_letter(row: Delivery) -> None:
    assert row.subscriber
    for each in (row, *(letter.sent_delivery(row.subscriber) for _ in range(3))):
        Delivery.objects.filter(pk=each.pk).update(service_id=f"<{each.pk}@brevo.example>")
        post(
            "brevo", brevo("error", reason="Account", **{"message-id": f"{each.pk}@brevo.example"})
        )
        each.refresh_from_db()
        assert (each.bounce, each.answer) == ("", "Account")
    assert state_of() == State.ACTIVE


# Who opens, who clicks.


@pytest.mark.parametrize(
    ("service", "body"),
    [
        ("brevo", brevo("unique_opened", user_agent="Mail", ip="192.0.2.7")),
        ("brevo", brevo("proxy_open")),
        ("brevo", brevo("click", link="https://ptsm.example/")),
        ("mailjet", mailjet("open", ip="192.0.2.7", geo="FR", agent="Mail")),
        ("mailjet", mailjet("click", url="https://ptsm.example/")),
    ],
)
def test_who_opens_or_clicks_is_never_looked_at(
    row: Delivery, service: str, body: Any, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(0):
        assert post(service, body) == 200


# How the row is found.


@pytest.mark.parametrize("kept", [BREVO_ID, BREVO_ID.strip("<>")])
@pytest.mark.parametrize("told", [BREVO_ID, BREVO_ID.strip("<>"), f" {BREVO_ID} "])
def test_the_identifier_of_the_service_is_known_with_or_without_brackets(
    kept: str, told: str
) -> None:
    row = letter.sent_delivery(letter.subscriber_of(ANA), service_id=kept)
    post("brevo", brevo("soft_bounce", email="other@y.example", **{"message-id": told}))
    assert bounce_of(row) == SOFT


def test_an_identifier_longer_than_what_is_kept_is_known() -> None:
    told = "<" + "1" * 200 + "@smtp-relay.mailin.fr>"
    row = letter.sent_delivery(letter.subscriber_of(ANA), service_id=told[:120])
    post("brevo", brevo("soft_bounce", email="other@y.example", **{"message-id": told}))
    assert bounce_of(row) == SOFT


@pytest.mark.parametrize(
    ("service", "told"),
    [("brevo", "X-Mailin-custom"), ("mailjet", "Payload")],
)
def test_what_the_service_was_given_names_the_row_before_the_row_is_marked(
    service: str, told: str
) -> None:
    """A bounce may come before the answer of the service to the sender."""
    row = letter.delivery(letter.subscriber_of(ANA), state=Delivery.State.SENDING)
    fields = {told: given_back(row.uuid), "email": "other@y.example"}
    body = (
        brevo("hard_bounce", **fields)
        if service == "brevo"
        else mailjet("bounce", hard_bounce=True, **fields)
    )
    post(service, body)
    assert bounce_of(row) == HARD


def test_our_own_message_id_names_the_row() -> None:
    row = letter.sent_delivery(letter.subscriber_of(ANA))
    identifier = f"<{row.uuid}@ptsm.example>"
    post("brevo", brevo("hard_bounce", email="o@y.example", **{"message-id": identifier}))
    assert bounce_of(row) == HARD


def test_the_address_names_the_newest_letter_that_left(row: Delivery) -> None:
    newest = letter.sent_delivery(row.subscriber)
    waiting = letter.delivery(row.subscriber)
    post("brevo", brevo("soft_bounce", email="ANA@X.example", **{"message-id": "<1@unknown>"}))
    assert [bounce_of(each) for each in (row, newest, waiting)] == ["", SOFT, ""]


@pytest.mark.parametrize("identifier", ["", None, "<>", " ", "\0"])
def test_no_identifier_is_not_that_of_letters_without_one(identifier: str | None) -> None:
    other = letter.sent_delivery(letter.subscriber_of("bea@x.example"), service_id="")
    letter.subscriber_of(ANA)
    assert post("brevo", brevo("hard_bounce", **{"message-id": identifier})) == 200
    assert bounce_of(other) == ""


@pytest.mark.parametrize(
    "fields",
    [
        {"email": "inconnue@y.example"},
        {"email": None},
        {"email": "pas une adresse"},
        {"email": "a\0@x.example"},
        {"X-Mailin-custom": "[1]"},
        {"X-Mailin-custom": '{"message-id": 5}'},
        {"X-Mailin-custom": given_back(uuid4())},
    ],
)
def test_an_event_of_no_letter_changes_nothing(row: Delivery, fields: dict[str, Any]) -> None:
    told = {"email": "inconnue@y.example", "message-id": "<1@z.example>", **fields}
    assert post("brevo", brevo("hard_bounce", **told)) == 200
    assert (bounce_of(row), state_of()) == ("", State.ACTIVE)


def test_a_message_of_confirmation_that_comes_back_is_noted_on_its_row() -> None:
    asking = letter.subscriber_of(ANA, state=State.PENDING)
    row = letter.sent_delivery(asking, kind=Delivery.Kind.CONFIRM, service_id=BREVO_ID)
    post("brevo", brevo("hard_bounce"))
    assert (bounce_of(row), state_of()) == (HARD, State.PENDING)


def test_events_of_other_services_are_heard_in_the_same_words(row: Delivery) -> None:
    webhook_signals.record_tracking_event(
        event=AnymailTrackingEvent(
            event_type=EventType.REJECTED,
            reject_reason=RejectReason.UNSUBSCRIBED,
            message_id=BREVO_ID,
            recipient=ANA,
        )
    )
    assert state_of() == State.UNSUBSCRIBED


# Repeated, late, in any order.

TOLD = {
    "deferred": brevo("deferred", reason="451 Greylisted"),
    "soft": brevo("soft_bounce", reason="452 4.2.2 Full"),
    "hard": brevo("hard_bounce", reason="550 5.1.1 Unknown"),
    "spam": brevo("spam"),
    "unsubscribe": brevo("unsubscribe"),
}


def end() -> tuple[Any, ...]:
    (row,) = Delivery.objects.all()
    (person,) = Subscriber.objects.all()
    reasons = list(Suppression.objects.values_list("reason", flat=True))
    counted = sum(Movement.objects.values_list("count", flat=True))
    return (row.state, row.bounce, row.answer, person.state, reasons, counted)


@pytest.mark.parametrize("without", ["", "spam", "unsubscribe"])
def test_events_told_ten_times_in_any_order_end_the_same(row: Delivery, without: str) -> None:
    assert row.subscriber
    ends = set()
    names = [name for name in TOLD if name != without]
    orders = list(permutations(names))
    for order in orders[:: len(orders) // 12]:
        Delivery.objects.filter(pk=row.pk).update(bounce="", answer="")
        Subscriber.objects.filter(pk=row.subscriber.pk).update(state=State.ACTIVE, left_at=None)
        Movement.objects.all().delete()
        Suppression.objects.all().delete()
        for name in order:
            assert post("brevo", TOLD[name]) == 200
        once = end()
        for name in order * 9:
            post("brevo", TOLD[name])
        assert end() == once
        ends.add(str(once))
    assert len(ends) == 1


def test_an_old_event_does_not_undo_what_the_person_asked_since(row: Delivery) -> None:
    assert row.subscriber
    subscription.leave(row.subscriber)
    Subscriber.objects.update(state=State.ACTIVE, left_at=None, confirmed_at=timezone.now())

    for told in TOLD.values():
        post("brevo", told)

    assert state_of() == State.ACTIVE


# Who is heard.


@pytest.mark.parametrize("secret", ["", "portail:faux", SECRET + "x"])
def test_who_does_not_know_the_secret_changes_nothing(row: Delivery, secret: str) -> None:
    for told in TOLD.values():
        assert post("brevo", told, secret) == 400
    assert post("mailjet", mailjet("spam"), secret) == 400
    assert (bounce_of(row), state_of()) == ("", State.ACTIVE)


def test_without_a_secret_nothing_changes(row: Delivery, settings: LazySettings) -> None:
    settings.ANYMAIL = {}
    assert post("brevo", brevo("spam")) == 404
    assert state_of() == State.ACTIVE
