"""Messages that Wagtail writes to editors (review asked, comments) leave by the portal's queue.

Wagtail sends them inside the request, signed by a bare address. By the queue no request waits for a
mail server, and each says in whose name it is, as all the others do.
"""

from typing import Any

from django.core.mail.backends.dummy import EmailBackend as NoConnection

from wagtail.admin import mail

from portal.mail.queue import enqueue

KIND = "editors"


def queue_wagtail_messages() -> None:
    """Have Wagtail's own sending go through the queue; it has no setting for that."""
    mail.send_mail = _enqueue
    mail.get_connection = NoConnection


def _enqueue(
    subject: str, message: str, recipient_list: list[str], html_message: str = "", **_kwargs: Any
) -> int:
    for address in recipient_list:
        enqueue(address, kind=KIND, subject=subject, text=message, html=html_message, at_once=True)
    return len(recipient_list)
