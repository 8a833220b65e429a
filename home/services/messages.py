"""Contact messages: receipt, queueing for the generic address, retention."""

import logging
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from wagtail.models import Page

from home.models import ContactMessage
from portal.base.models import PortalSettings
from portal.mail.choices import MessageState
from portal.mail.queue import enqueue

logger = logging.getLogger(__name__)


@transaction.atomic
def receive_message(page: Page, cleaned: dict[str, Any]) -> ContactMessage:
    """Keep a message and queue it for the generic address: when mail is down, nothing is lost.

    ``cleaned`` is what ``ContactForm`` holds. Messages that are no longer needed go at the same
    time, so that none lingers where nothing runs every night.
    """
    message = ContactMessage.objects.create(
        page=page,
        subject=cleaned["subject"],
        name=cleaned["name"],
        email=cleaned["email"],
        message=cleaned["message"],
    )
    queue_message(message, at_once=True)
    ContactMessage.objects.to_forget().delete()
    return message


def queue_message(message: ContactMessage, *, at_once: bool = False) -> bool:
    """Queue a message for the generic address; False when none is set.

    ``mailed_at`` is written when the mail server has taken it (``home.signals``).
    """
    address = PortalSettings.load().contact_email
    if not address:
        logger.warning("Contact message %s kept: no generic address is set.", message.pk)
        return False
    message.outgoing = enqueue(
        address,
        kind="contact",
        subject=f"[{_('Portail')}] {message.get_subject_display()}",
        text=_body(message),
        reply_to=message.email,
        at_once=at_once,
    )
    message.save(update_fields=["outgoing"])
    return True


def tend_messages() -> tuple[int, int]:
    """Queue again messages that never left, delete those past retention; return both counts."""
    never_queued = Q(outgoing=None) | Q(outgoing__state=MessageState.GIVEN_UP)
    waiting = ContactMessage.objects.filter(never_queued, mailed_at=None, answered_on=None)
    queued = 0
    for message in waiting:
        if not queue_message(message):
            break
        queued += 1
    forgotten, _details = ContactMessage.objects.to_forget().delete()
    return queued, forgotten


def _body(message: ContactMessage) -> str:
    lines = [
        _("Un message est arrivé par le portail."),
        "",
        f"{_('Sujet')} : {message.get_subject_display()}",
        f"{_('Nom')} : {message.name or _('non donné')}",
        f"{_('Adresse e-mail')} : {message.email or _('non donnée, réponse impossible')}",
        "",
        message.message,
    ]
    return "\n".join(lines)
