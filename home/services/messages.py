"""What becomes of a message written to the PTSM."""

import logging
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail.models import Page

from home.models import ContactMessage
from portal.base.models import PortalSettings
from portal.jobs.registry import stop_asked

logger = logging.getLogger(__name__)


def receive_message(page: Page, cleaned: dict[str, Any]) -> ContactMessage:
    """Keep a message, then try to mail it: when mail is down, nothing is lost.

    Messages that are no longer needed go at the same time, so that none lingers where
    nothing runs every night.
    """
    message = ContactMessage.objects.create(
        page=page,
        subject=cleaned["subject"],
        name=cleaned["name"],
        email=cleaned["email"],
        message=cleaned["message"],
    )
    deliver(message)
    ContactMessage.objects.to_forget().delete()
    return message


def deliver(message: ContactMessage) -> bool:
    """Mail a message to the generic address; true when mail took it."""
    address = PortalSettings.load().contact_email
    if not address:
        logger.warning("Contact message %s kept: no generic address is set.", message.pk)
        return False
    mail = EmailMessage(
        subject=f"[{_('Portail')}] {message.get_subject_display()}",
        body=_body(message),
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[address],
        reply_to=[message.email] if message.email else None,
    )
    try:
        mail.send()
    except Exception:
        logger.exception("Contact message %s kept: mail did not take it.", message.pk)
        return False
    message.mailed_at = timezone.now()
    message.save(update_fields=["mailed_at"])
    return True


def tend_messages() -> tuple[int, int]:
    """Mail what mail refused and forget what is over: how many of each."""
    waiting = ContactMessage.objects.filter(mailed_at=None, answered_on=None)
    sent = 0
    for message in waiting.iterator():
        # A mail server that is away would keep each of the others waiting.
        if stop_asked() or not deliver(message):
            break
        sent += 1
    forgotten, _details = ContactMessage.objects.to_forget().delete()
    return sent, forgotten


def _body(message: ContactMessage) -> str:
    lines = [
        _("Un message est arrivé par le portail."),
        "",
        f"{_('Sujet')} : {message.get_subject_display()}",
        f"{_('Nom')} : {message.name or _('non donné')}",
        f"{_('Adresse e-mail')} : {message.email or _('non donnée, réponse impossible')}",
        "",
        message.message,
    ]
    return "\n".join(lines)
