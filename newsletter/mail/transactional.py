"""The messages that answer whoever filled the form: to confirm, or that they receive it already."""

from typing import Any, NamedTuple

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

import mrml

from newsletter.mail.links import (
    absolute,
    confirm_address,
    preferences_address,
    unsubscribe_address,
)
from newsletter.models import Delivery, LetterSettings, Subscriber
from newsletter.services.confirming import sign
from portal.base.help_numbers import CRISIS_NUMBERS
from portal.base.models import PortalSettings


class RenderedMessage(NamedTuple):
    subject: str
    html: str
    text: str


def render(delivery: Delivery) -> RenderedMessage:
    """What a row of the ledger that is no issue says, in French; the same each time it is sent.

    The link of confirmation is signed now: its three days begin when the message leaves.
    """
    subscriber = delivery.subscriber
    if subscriber is None:
        raise ValueError("This row is nobody's any more.")
    with translation.override(settings.LANGUAGE_CODE):
        subject, name, links = _kind_of(delivery, subscriber)
        context = {"subject": subject, **links, **_signature()}
        return RenderedMessage(
            subject=subject,
            html=mrml.to_html(render_to_string(f"mail/{name}.mjml", context)).content,
            text=render_to_string(f"mail/{name}.txt", context),
        )


def _kind_of(delivery: Delivery, subscriber: Subscriber) -> tuple[str, str, dict[str, str]]:
    """The subject of a message, its template, and the links that it offers."""
    if delivery.kind == Delivery.Kind.CONFIRM:
        link = confirm_address(sign(subscriber))
        return _("Confirmez votre inscription à la lettre du PTSM"), "confirm", {"link": link}
    if delivery.kind == Delivery.Kind.KNOWN:
        links = {
            "preferences": preferences_address(subscriber.token),
            "unsubscribe": unsubscribe_address(subscriber.token),
        }
        return _("Vous recevez déjà la lettre du PTSM"), "known", links
    raise ValueError("An issue is laid out once for everybody, not here.")


def _signature() -> dict[str, Any]:
    """Who writes, and the numbers to call: what every message ends with."""
    portal = PortalSettings.load()
    return {
        "portal": portal,
        "home": absolute("/"),
        "controller": LetterSettings.load().controller or portal.operator,
        "numbers": CRISIS_NUMBERS,
    }
