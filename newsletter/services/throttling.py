"""Limits of messages to addresses that somebody typed in the subscription form.

Anyone may type the address of anyone: without limits the form would be a way to flood a
stranger's mailbox. The numbers are in ``settings.RATE_LIMITS``.
"""

from portal.api.throttling import consume, consume_all, seconds_to_wait

A_DAY, A_MONTH = "letter_messages_a_day", "letter_messages_a_month"
TO_ALL = "letter_messages_to_all"


class SubscriptionBusy(Exception):
    """So many people ask at once that the portal writes to nobody else for ``seconds``."""

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        super().__init__(seconds)


def check_not_busy() -> None:
    """Raise SubscriptionBusy once so many messages left that somebody plays with the form."""
    if seconds := seconds_to_wait(TO_ALL):
        raise SubscriptionBusy(seconds)


def may_write_to(address_hash: str) -> bool:
    """Count one message to this address, and to all: whether it may leave. Raises SubscriptionBusy.

    Nobody is told when an address has had its share.
    """
    if consume_all((A_DAY, address_hash), (A_MONTH, address_hash)):
        return False
    if seconds := consume(TO_ALL):
        raise SubscriptionBusy(seconds)
    return True
