"""What the pages do by themselves, told in a sentence."""

from django.core import mail
from django.utils import timezone

import pytest

from home.models import ContactMessage
from home.periodic_jobs import _tend_messages
from portal.base.models import PortalSettings
from portal.mail.queue import send_waiting

pytestmark = pytest.mark.django_db


def test_messages_that_mail_had_refused_leave_by_themselves() -> None:
    portal = PortalSettings.load()
    portal.contact_email = "contact@ptsm.example"
    portal.save()
    message = ContactMessage.objects.create(subject="autre", message="Bonjour")
    assert _tend_messages() == "1 message remis à l’envoi."
    assert send_waiting() == "1 message envoyé."
    assert _tend_messages() is None
    assert send_waiting() is None
    message.refresh_from_db()
    assert message.mailed_at
    assert len(mail.outbox) == 1


def test_what_is_to_be_forgotten_is_counted() -> None:
    today = timezone.localdate()
    ContactMessage.objects.create(subject="autre", message="Bonjour", answered_on=today)
    assert _tend_messages() == "1 message effacé."
