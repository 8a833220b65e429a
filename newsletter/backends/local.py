"""Mail backends without a network: a folder, the memory of a test."""

from contextlib import suppress

from django.core.mail import EmailMultiAlternatives, get_connection

from newsletter.backends.base import MailBackend, ServiceAway


class LocalMailBackend(MailBackend):
    def __init__(self) -> None:
        self.connection = get_connection()

    def send(self, message: EmailMultiAlternatives) -> str:
        try:
            self.connection.send_messages([message])
        except OSError as reason:
            raise ServiceAway(str(reason)) from reason
        return ""

    def close(self) -> None:
        with suppress(OSError):
            self.connection.close()
