"""How often the letter may write to an address because somebody typed it in a form.

Anyone may type the address of anyone: without limits the form would be a way to flood a
stranger's mailbox. Only a keyed hash is kept, and a time.
"""

from datetime import timedelta

from django.db.models import Count, Q
from django.utils import timezone

from newsletter.models import RecentRequest

A_DAY, MESSAGES_A_DAY = timedelta(days=1), 1
A_MONTH, MESSAGES_A_MONTH = timedelta(days=30), 3
AN_HOUR, MESSAGES_AN_HOUR_TO_ALL = timedelta(hours=1), 200
#: A network is often a whole hospital; see ``portal.base.client.is_over_limit``.
REQUESTS_AN_HOUR_OF_A_NETWORK = 20


def may_write_to(address_hash: str) -> bool:
    """Whether this address may get one more message; nobody is told when it may not."""
    now = timezone.now()
    recent = RecentRequest.objects.filter(address_hash=address_hash, asked_at__gt=now - A_MONTH)
    sent = recent.aggregate(month=Count("pk"), day=Count("pk", filter=Q(asked_at__gt=now - A_DAY)))
    return bool(sent["day"] < MESSAGES_A_DAY and sent["month"] < MESSAGES_A_MONTH)


def is_busy() -> bool:
    """Whether the portal has written to so many people in an hour that somebody plays with it."""
    recent = RecentRequest.objects.filter(asked_at__gt=timezone.now() - AN_HOUR)
    return recent.count() >= MESSAGES_AN_HOUR_TO_ALL


def note(address_hash: str) -> None:
    """A message goes to this address."""
    RecentRequest.objects.create(address_hash=address_hash, asked_at=timezone.now())
