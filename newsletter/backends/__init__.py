"""How a message leaves: one contract, whatever carries the mail.

A mail backend says which of four things happened, and nothing else: the delivery decides what
follows. ``get_backend`` chooses by ``EMAIL_BACKEND`` of the settings.
"""

from django.conf import settings

from newsletter.backends.base import Dropped, MailBackend, Refused, ServiceAway, TryLater
from newsletter.backends.esp import ServiceMailBackend
from newsletter.backends.local import LocalMailBackend
from newsletter.backends.smtp import SmtpMailBackend

TRANSLATED = False  # see portal.translations.catalogues

__all__ = [
    "Dropped",
    "MailBackend",
    "Refused",
    "ServiceAway",
    "TryLater",
    "get_backend",
]


def get_backend() -> MailBackend:
    """The mail backend that matches ``EMAIL_BACKEND`` of the settings."""
    backend = settings.EMAIL_BACKEND
    if backend.startswith("anymail."):
        return ServiceMailBackend()
    if backend == "django.core.mail.backends.smtp.EmailBackend":
        return SmtpMailBackend()
    return LocalMailBackend()
