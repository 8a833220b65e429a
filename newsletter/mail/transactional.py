"""Messages that answer the subscription form: confirmation, « already subscribed »; in French."""

from typing import NamedTuple

from django.conf import settings
from django.utils import timezone, translation

from newsletter.confirmation_tokens import sign_confirmation
from newsletter.mail.layout import frame_context
from newsletter.mail.links import confirm_address, preferences_address, unsubscribe_address
from newsletter.models import Delivery, Subscriber
from portal.mail.layout import render_html
from portal.mail.plain_text import render_text
from portal.text.date_format import format_date


class RenderedMessage(NamedTuple):
    subject: str
    html: str
    text: str


def render(delivery: Delivery) -> RenderedMessage:
    """What a row of the ledger that is no issue says.

    The link of confirmation is signed now: its three days begin when the message leaves.
    """
    subscriber = delivery.subscriber
    if subscriber is None:
        raise ValueError("This row is nobody's any more.")
    if delivery.kind == Delivery.Kind.ISSUE:
        raise ValueError("An issue is laid out once for everybody, not here.")
    with translation.override(settings.LANGUAGE_CODE):
        if delivery.kind == Delivery.Kind.CONFIRM:
            return _confirm(subscriber)
        if delivery.kind == Delivery.Kind.STILL_WANTED:
            return _still_wanted(subscriber)
        return _known(subscriber)


def _confirm(subscriber: Subscriber) -> RenderedMessage:
    return _rendered(
        "confirm_subscription",
        "Confirmez votre inscription à la lettre du PTSM",
        title="Encore un clic pour recevoir la lettre",
        preheader="Appuyez sur le bouton dans les trois jours.",
        link=confirm_address(sign_confirmation(subscriber)),
    )


def _known(subscriber: Subscriber) -> RenderedMessage:
    return _rendered(
        "already_subscribed",
        "Vous recevez déjà la lettre du PTSM",
        title="Vous recevez déjà la lettre",
        preheader="Rien à faire : le prochain numéro viendra dans votre boîte.",
        preferences_address=preferences_address(subscriber.token),
        unsubscribe_address=unsubscribe_address(subscriber.token),
    )


def _still_wanted(subscriber: Subscriber) -> RenderedMessage:
    agreed = subscriber.confirmed_at or subscriber.consented_at
    return _rendered(
        "still_wanted",
        "Voulez-vous toujours la lettre du PTSM ?",
        title="Voulez-vous toujours la lettre ?",
        preheader="Si oui, il n’y a rien à faire.",
        since=format_date(timezone.localdate(agreed)),
        preferences_address=preferences_address(subscriber.token),
        unsubscribe_address=unsubscribe_address(subscriber.token),
    )


def _rendered(name: str, subject: str, **context: str) -> RenderedMessage:
    whole = frame_context() | context
    return RenderedMessage(
        subject=subject,
        html=render_html(f"mail/{name}.mjml", whole),
        text=render_text(f"mail/{name}.txt", whole),
    )
