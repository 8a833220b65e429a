"""Messages to one person that nobody waits for: written with what they tell, sent a moment later.

No request talks to a mail server: it would wait for it, and its slowness would tell a known
address from an unknown one.
"""

import logging
from datetime import datetime, timedelta
from email.utils import formataddr, parseaddr
from smtplib import SMTPRecipientsRefused
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.db.models import F
from django.utils import timezone, translation
from django.utils.translation import ngettext

from portal.base.models import PortalSettings
from portal.jobs.locks import one_at_a_time
from portal.jobs.registry import stop_asked
from portal.mail.layout import frame_context
from portal.mail.mjml import render_html
from portal.mail.models import OutgoingMessage
from portal.mail.plain_text import render_text

logger = logging.getLogger(__name__)

State = OutgoingMessage.State
#: How long after each failure the next try comes; after the last one, the message is given up.
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (5, 30, 120, 720))
#: A claimed message that nobody finished in this time was in the hands of a killed sender.
LOST_AFTER = timedelta(minutes=2)
KEPT_FOR = timedelta(days=30)
HALF_A_MINUTE = timedelta(seconds=30)


def post(to: str, template: str, subject: str, **context: Any) -> OutgoingMessage:
    """Write a message to one address, in the transaction under way.

    ``template`` names « mail/<template>.mjml » and « mail/<template>.txt », which extend the
    frame and show ``title``, ``preheader`` and whatever else is in ``context``. In French, as
    all that the portal sends.
    """
    with translation.override(settings.LANGUAGE_CODE):
        whole = frame_context() | {"title": subject, "preheader": ""} | context
        return OutgoingMessage.objects.create(
            kind=template,
            address=to,
            subject=" ".join(str(subject).split())[:200],
            html=render_html(f"mail/{template}.mjml", whole),
            text=render_text(f"mail/{template}.txt", whole),
        )


def empty_outbox() -> str | None:
    """Send what waits, for half a minute at most, then forget what is over: what a job does."""
    with one_at_a_time("outbox") as is_ours:
        sent = _send_what_waits() if is_ours else 0
    _forget(timezone.now())
    if not sent:
        return None
    return ngettext("%d message envoyé.", "%d messages envoyés.", sent) % sent


def _send_what_waits() -> int:
    _take_back(timezone.now())
    begun, sent = timezone.now(), 0
    while not stop_asked() and timezone.now() - begun < HALF_A_MINUTE:
        message = _claim(timezone.now())
        # When the server is away, the others would only wait for it too.
        if message is None or not _send(message):
            break
        sent += 1
    return sent


def _take_back(now: datetime) -> None:
    lost = OutgoingMessage.objects.filter(state=State.SENDING, claimed_at__lt=now - LOST_AFTER)
    lost.update(state=State.WAITING, next_attempt_at=now)


def _claim(now: datetime) -> OutgoingMessage | None:
    with transaction.atomic():
        message = OutgoingMessage.objects.due(now).first()
        if message is None:
            return None
        OutgoingMessage.objects.filter(pk=message.pk).update(
            state=State.SENDING, claimed_at=now, attempts=F("attempts") + 1
        )
    message.attempts += 1
    return message


def _send(message: OutgoingMessage) -> bool:
    """False when the server itself is away."""
    try:
        _mail(message).send()
    except SMTPRecipientsRefused:
        logger.warning("Message %s: its address was refused.", message.pk)
        _postpone(message, timezone.now())
    except Exception:
        logger.exception("Message %s was not taken by mail.", message.pk)
        _postpone(message, timezone.now())
        return False
    else:
        _finish(message, State.SENT, timezone.now())
    return True


def _mail(message: OutgoingMessage) -> EmailMultiAlternatives:
    portal = PortalSettings.load()
    own = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    # One line, whatever was pasted in the settings.
    name = " ".join(portal.site_name.split())
    mail = EmailMultiAlternatives(
        subject=message.subject,
        body=message.text,
        from_email=formataddr((name, own), charset="utf-8"),
        to=[message.address],
        reply_to=[portal.contact_email] if portal.contact_email else None,
        headers={
            "Message-ID": f"<{message.uuid}@{own.rpartition('@')[2]}>",
            "Auto-Submitted": "auto-generated",
        },
        connection=get_connection(),
    )
    mail.attach_alternative(message.html, "text/html")
    return mail


def _postpone(message: OutgoingMessage, now: datetime) -> None:
    if message.attempts > len(PAUSES):
        _finish(message, State.GIVEN_UP, now)
        return
    OutgoingMessage.objects.filter(pk=message.pk).update(
        state=State.WAITING, next_attempt_at=now + PAUSES[message.attempts - 1]
    )


def _finish(message: OutgoingMessage, state: str, now: datetime) -> None:
    """What it said goes with it: its links act for whoever has them."""
    OutgoingMessage.objects.filter(pk=message.pk).update(
        state=state, finished_at=now, html="", text=""
    )


def _forget(now: datetime) -> None:
    OutgoingMessage.objects.filter(finished_at__lt=now - KEPT_FOR).delete()
