"""Record a returned message on the delivery that it is about."""

from uuid import UUID

from newsletter.bounces.parser import ReturnedMessage
from newsletter.models import Delivery
from newsletter.services import delivery_state
from portal.mail.addresses import InvalidAddress, normalise
from portal.mail.returns import note_returned

# What left, as far as is known: the letter of a sender that was killed may have.
_MAY_HAVE_LEFT = [
    Delivery.State.SENDING,
    Delivery.State.SENT,
    Delivery.State.UNCERTAIN,
    Delivery.State.BOUNCED,
]


def record_returned(returned: ReturnedMessage) -> bool:
    """Note it on its row; false when it is about no message of the letter.

    Without the identifier of the original nothing proves that it ever reached the server that
    complains: one message that anybody may forge then loses nobody.
    """
    if returned.delivery_uuid:
        # A row of ours that is gone belonged to somebody who was erased: nothing to do.
        if row := row_of(returned.delivery_uuid):
            delivery_state.record_bounce(row, returned.kind, returned.words)
        else:
            note_returned(returned.delivery_uuid, returned.words)
        return True
    row = newest_letter_to(returned.address or "")
    if row is None or returned.kind == Delivery.Bounce.COMPLAINT:
        return False
    delivery_state.record_bounce(row, Delivery.Bounce.SOFT, returned.words)
    return True


def row_of(uuid: UUID) -> Delivery | None:
    return Delivery.objects.filter(uuid=uuid).first()


def newest_letter_to(address: str) -> Delivery | None:
    """The last letter that left for an address, however it is spelt."""
    try:
        key = normalise(address).key
    except InvalidAddress:
        return None
    letters = Delivery.objects.filter(
        subscriber__email_key=key, kind=Delivery.Kind.ISSUE, state__in=_MAY_HAVE_LEFT
    )
    return letters.order_by("-pk").first()
