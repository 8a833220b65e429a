"""The queue of messages to one person: no request talks to a mail server.

A request that waited for the server would hang with it, and its slowness would tell a known
address from an unknown one. A message is written in the transaction that makes it true; when
somebody waits for it, it is tried at once beside the request (``portal.mail.sender``); what
remains is sent by a job.
"""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import ngettext

from portal.base.models import PortalSettings
from portal.jobs.locks import exclusive_lock
from portal.jobs.registry import stop_asked
from portal.mail import message_states
from portal.mail.choices import MessageState
from portal.mail.layout import frame_context, render_html
from portal.mail.models import OutgoingMessage
from portal.mail.plain_text import render_text
from portal.mail.sender import attempt_soon, send

TRANSLATED = False

#: A claimed message that nobody finished in this time was in the hands of a killed sender.
LOST_AFTER = timedelta(minutes=2)
KEPT_FOR = timedelta(days=30)
HALF_A_MINUTE = timedelta(seconds=30)


def post(
    to: str, template: str, subject: str, *, unsubscribe_url: str = "", **context: Any
) -> OutgoingMessage:
    """Queue a message of the portal's own layout for one address.

    ``template`` names « mail/<template>.mjml » and « mail/<template>.txt », which extend the
    frame and show ``title``, ``preheader`` and whatever else is in ``context``. In French, as
    all that the portal sends. ``unsubscribe_url``: the whole address that refuses messages of this
    kind, pressed by mail programs too (RFC 8058); the template shows it.
    """
    with translation.override(settings.LANGUAGE_CODE):
        whole = frame_context() | {"title": subject, "preheader": ""} | context
        whole["unsubscribe_url"] = unsubscribe_url
        return enqueue(
            to,
            kind=template,
            subject=subject,
            html=render_html(f"mail/{template}.mjml", whole),
            text=render_text(f"mail/{template}.txt", whole),
            reply_to=PortalSettings.load().contact_email,
            unsubscribe_url=unsubscribe_url,
        )


def enqueue(
    to: str,
    *,
    kind: str,
    subject: str,
    text: str,
    html: str = "",
    reply_to: str = "",
    unsubscribe_url: str = "",
    valid_for: timedelta | None = None,
    at_once: bool = False,
) -> OutgoingMessage:
    """Queue a message that is written already, in the transaction under way.

    ``valid_for``: how long it is of use to its reader; it is never sent after, and forgotten
    then. ``at_once``: somebody waits for it, so it is tried as soon as it is committed.
    """
    now = timezone.now()
    message = OutgoingMessage.objects.create(
        kind=kind[:40],
        address=to,
        reply_to=reply_to,
        unsubscribe_url=unsubscribe_url,
        subject=" ".join(str(subject).split())[:200],
        html=html,
        text=text,
        expires_at=now + valid_for if valid_for else None,
    )
    if at_once:
        attempt_soon(message)
    return message


def send_waiting() -> str | None:
    """Send what waits, for half a minute at most, then forget what is over.

    Out: a French sentence for « Tâches du portail », None when nothing was sent.
    """
    with exclusive_lock("outbox") as is_ours:
        sent = _send_due() if is_ours else 0
    forget(timezone.now())
    if not sent:
        return None
    return ngettext("%d message envoyé.", "%d messages envoyés.", sent) % sent


def oldest_waiting(now: datetime) -> datetime | None:
    """Since when the oldest message waits; those that one address refuses are not the queue's."""
    waiting = OutgoingMessage.objects.filter(
        state__in=[MessageState.WAITING, MessageState.SENDING], expires_at=None, answer=""
    )
    return waiting.order_by("created_at").values_list("created_at", flat=True).first()


def forget(now: datetime) -> None:
    """Give up what has expired, and delete what nobody needs any more."""
    messages = OutgoingMessage.objects
    message_states.finish_all(messages.expired(now), MessageState.GIVEN_UP, now)
    messages.filter(finished_at__lt=now - KEPT_FOR).delete()
    # Who signed in, and when, is nobody's business afterwards.
    messages.filter(finished_at__isnull=False, expires_at__lte=now).delete()


def _send_due() -> int:
    now = timezone.now()
    lost = OutgoingMessage.objects.filter(claimed_at__lt=now - LOST_AFTER)
    message_states.release(lost, now)
    begun, sent = now, 0
    while not stop_asked() and timezone.now() - begun < HALF_A_MINUTE:
        message = OutgoingMessage.objects.due(timezone.now()).first()
        # When the server is away, the others would only wait for it too.
        if message is None or not send(message, timezone.now()):
            break
        sent += message.state == MessageState.SENT
    return sent
