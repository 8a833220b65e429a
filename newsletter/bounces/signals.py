"""Tracking events of sending services, received by webhook.

They are heard through anymail, which asks them for the secret. They repeat themselves, and tell
things in any order; who opens or clicks is never looked at, nor kept.
"""

from typing import Any

from django.dispatch import receiver

from anymail.signals import AnymailTrackingEvent, EventType, RejectReason, tracking

from newsletter.backends.esp import ORIGINAL_ID
from newsletter.bounces.parser import uuid_in
from newsletter.bounces.record_bounce import newest_letter_to, row_of
from newsletter.models import Delivery
from newsletter.services import delivery_state
from portal.mail.smtp_replies import finer_code, is_about_something_else, is_unknown_address

_LONGEST_ID = Delivery._meta.get_field("service_id").max_length
_HEARD = {
    EventType.BOUNCED,
    EventType.REJECTED,
    EventType.COMPLAINED,
    EventType.UNSUBSCRIBED,
    EventType.FAILED,
}


@receiver(tracking)
def record_tracking_event(event: AnymailTrackingEvent, **_: Any) -> None:
    """Note what an event says on the row that it is about; other mail of the portal has none."""
    if event.event_type not in _HEARD:
        return
    row = _row_named(event) or newest_letter_to(event.recipient or "")
    if row is None:
        return
    if _is_a_wish_to_leave(event):
        delivery_state.unsubscribe_recipient(row)
    else:
        words = _words(event)
        delivery_state.record_bounce(row, _bounce(event, words), words)


def _is_a_wish_to_leave(event: AnymailTrackingEvent) -> bool:
    if event.event_type == EventType.UNSUBSCRIBED:
        return True
    return bool(event.reject_reason == RejectReason.UNSUBSCRIBED)


def _row_named(event: AnymailTrackingEvent) -> Delivery | None:
    identifier = str(event.message_id or "").replace("\0", "").strip()
    given_back = event.metadata if isinstance(event.metadata, dict) else {}
    for told in (given_back.get(ORIGINAL_ID, ""), identifier):
        if (uuid := uuid_in(str(told))) and (row := row_of(uuid)):
            return row
    bare = identifier.strip("<>")
    spelt = [each[:_LONGEST_ID] for each in (bare, f"<{bare}>")]
    return Delivery.objects.filter(service_id__in=spelt).first() if bare else None


def _bounce(event: AnymailTrackingEvent, words: str) -> str:
    if event.reject_reason == RejectReason.SPAM or event.event_type == EventType.COMPLAINED:
        return Delivery.Bounce.COMPLAINT
    if event.event_type == EventType.FAILED:
        return ""  # The service's own doing: it says nothing of the address.
    return Delivery.Bounce.HARD if _is_for_good(event, words) else Delivery.Bounce.SOFT


def _is_for_good(event: AnymailTrackingEvent, words: str) -> bool:
    """The server's own words, then its code, else what the service makes of it."""
    if finer_code(words) or is_about_something_else(words):
        return is_unknown_address(words)
    told = event.esp_event if isinstance(event.esp_event, dict) else {}
    says_so = told.get("hard_bounce") is True or told.get("event") == "hard_bounce"
    return says_so or event.reject_reason == RejectReason.INVALID


def _words(event: AnymailTrackingEvent) -> str:
    told = event.esp_event if isinstance(event.esp_event, dict) else {}
    return str(event.mta_response or event.description or told.get("error") or "")
