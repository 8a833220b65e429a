"""Sending one message to one person: in turn, or at once beside the request that wrote it."""

import logging
import threading
from datetime import datetime
from email.utils import formataddr, parseaddr
from functools import partial
from smtplib import SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import connections, transaction
from django.dispatch import Signal
from django.utils import timezone

from portal.base.models import PortalSettings
from portal.mail import message_states
from portal.mail.models import OutgoingMessage
from portal.mail.returns import note_returned
from portal.mail.smtp_replies import is_unknown_address, remove_addresses

logger = logging.getLogger(__name__)

#: Sent with ``message`` in the transaction that marks it as taken by the mail server.
message_sent = Signal()
#: Attempts under way in this process; beyond, messages are left to the queue.
MOST_ATTEMPTS_AT_ONCE = 4
_free_places = threading.BoundedSemaphore(MOST_ATTEMPTS_AT_ONCE)


def attempt_soon(message: OutgoingMessage) -> None:
    """Have a message tried as soon as it is committed, on a thread that nobody waits for.

    A thread that is killed, or none at all (too many under way, ``PORTAL_MAIL_AT_ONCE`` off),
    only means that the queue sends it.
    """
    if settings.PORTAL_MAIL_AT_ONCE:
        transaction.on_commit(partial(run_in_background, message.pk))


def run_in_background(pk: int) -> None:
    """Start the attempt of a committed message; nothing when too many are under way."""
    if _free_places.acquire(blocking=False):
        threading.Thread(target=_attempt, args=[pk], name=f"mail-{pk}", daemon=True).start()


def _attempt(pk: int) -> None:
    try:
        message = OutgoingMessage.objects.due(timezone.now()).filter(pk=pk).first()
        if message is not None:
            send(message, timezone.now())
    except Exception:
        logger.exception("Message %s is left to the queue.", pk)
    finally:
        # The connection to the database is this thread's own: nobody else would close it.
        connections.close_all()
        _free_places.release()


def send(message: OutgoingMessage, now: datetime) -> bool:
    """Claim a message and give it to the mail server; False when the server itself is away."""
    if not message_states.claim(message, OutgoingMessage.objects.all(), now):
        return True
    try:
        _email(message).send()
    except SMTPRecipientsRefused as refused:
        logger.warning("Message %s: its address was refused.", message.pk)
        _note_refusal(message, *next(iter(refused.recipients.values()), (0, "")))
    except Exception:
        logger.exception("Message %s kept: mail did not take it.", message.pk)
        message_states.note_failure(message, timezone.now())
        return False
    else:
        with transaction.atomic():
            message_states.note_sent(message)
            message_sent.send(OutgoingMessage, message=message)
    return True


def _note_refusal(message: OutgoingMessage, code: int, answer: bytes | str) -> None:
    """An address that does not exist is not tried again, and is told the same day."""
    said = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else str(answer)
    words = f"{code} {said}"
    if is_unknown_address(words):
        message_states.finish(message, OutgoingMessage.State.GIVEN_UP)
        note_returned(message.uuid, words)
    else:
        message_states.note_failure(message, timezone.now(), answer=remove_addresses(words))


def _email(message: OutgoingMessage) -> EmailMultiAlternatives:
    own = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    # One line, whatever was pasted in the settings.
    name = " ".join(PortalSettings.load().site_name.split())
    email = EmailMultiAlternatives(
        subject=message.subject,
        body=message.text,
        from_email=formataddr((name, own), charset="utf-8"),
        to=[message.address],
        reply_to=[message.reply_to] if message.reply_to else None,
        headers=_headers(message, own),
        connection=get_connection(),
    )
    _send_returns_to_mailbox(email)
    if message.html:
        email.attach_alternative(message.html, "text/html")
    return email


def _headers(message: OutgoingMessage, own: str) -> dict[str, str]:
    headers = {
        "Message-ID": f"<{message.uuid}@{own.rpartition('@')[2]}>",
        "Auto-Submitted": "auto-generated",
    }
    if message.unsubscribe_url:
        headers["List-Unsubscribe"] = f"<{message.unsubscribe_url}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers


def _send_returns_to_mailbox(email: EmailMultiAlternatives) -> None:
    """What fails comes back to the mailbox that the portal reads, when it reads one."""
    if settings.PORTAL_BOUNCE_ADDRESS and settings.EMAIL_BACKEND.endswith("smtp.EmailBackend"):
        email.extra_headers["From"] = email.from_email
        email.from_email = settings.PORTAL_BOUNCE_ADDRESS
