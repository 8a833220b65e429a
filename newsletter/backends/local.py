"""For backends that keep messages here: a folder, the memory of a test."""

from contextlib import suppress

from django.core.mail import EmailMultiAlternatives, get_connection

from newsletter.backends.base import Carrier, ServiceAway


class PlainCarrier(Carrier):
    def __init__(self) -> None:
        self.connection = get_connection()

    def carry(self, message: EmailMultiAlternatives) -> str:
        try:
            self.connection.send_messages([message])
        except OSError as reason:
            raise ServiceAway(str(reason)) from reason
        return ""

    def close(self) -> None:
        with suppress(OSError):
            self.connection.close()
