"""How a message leaves: one contract, whatever carries the mail.

A carrier says which of four things happened, and nothing else: the delivery decides what
follows. ``get_carrier`` chooses by the mail backend of the settings.
"""

from django.conf import settings

from newsletter.backends.base import Carrier, Dropped, Refused, ServiceAway, TryLater
from newsletter.backends.esp import ServiceCarrier
from newsletter.backends.local import PlainCarrier
from newsletter.backends.smtp import SmtpCarrier

__all__ = [
    "Carrier",
    "Dropped",
    "Refused",
    "ServiceAway",
    "TryLater",
    "get_carrier",
]


def get_carrier() -> Carrier:
    """The carrier of the mail backend that the settings name."""
    backend = settings.EMAIL_BACKEND
    if backend.startswith("anymail."):
        return ServiceCarrier()
    if backend == "django.core.mail.backends.smtp.EmailBackend":
        return SmtpCarrier()
    return PlainCarrier()
