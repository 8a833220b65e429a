"""Messages of the queue that could not be delivered: what the server said, and who has to know."""

from uuid import UUID

from django.db import transaction
from django.dispatch import Signal
from django.utils import timezone

from portal.mail.models import OutgoingMessage
from portal.mail.smtp_replies import remove_addresses

#: Sent with ``message``, in the transaction that notes that its address does not receive.
message_returned = Signal()


@transaction.atomic
def note_returned(uuid: UUID, words: str) -> bool:
    """Note that a message came back, once; False when the queue sent no such message."""
    message = OutgoingMessage.objects.select_for_update().filter(uuid=uuid).first()
    if message is None:
        return False
    if message.returned_at is None:
        message.returned_at, message.answer = timezone.now(), remove_addresses(words)
        message.save(update_fields=["returned_at", "answer"])
        message_returned.send(OutgoingMessage, message=message)
    return True
