"""Sending a message to the network: confirmed once, posted by a job, refused for ever."""

from datetime import datetime, timedelta
from typing import Any

from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from home.network.models import NetworkDelivery, NetworkMessage, NetworkRefusal
from home.network.recipients import RecipientList, find_recipients
from portal.base.models import PortalSettings
from portal.jobs.registry import stop_asked
from portal.mail.layout import absolute
from portal.mail.models import OutgoingMessage
from portal.mail.queue import post

TRANSLATED = False

KIND = "network_message"
#: Above this, it is a letter: it has its own list, which people join.
MOST_RECIPIENTS = 500
#: So that nobody is written to every day.
MESSAGES_A_DAY = 3
#: As long as the addresses of a message are kept, to know what came back.
ADDRESSES_KEPT_FOR = timedelta(days=180)
_POSTED_AT_ONCE = 50
_SALT = "home.network.refusal"


class NotSent(Exception):
    """The message stays a draft; the text says why, in French, to who wrote it."""


@transaction.atomic
def confirm(message: NetworkMessage, user: Any, seen: str) -> bool:
    """Have a draft sent to who was shown; False when it was sent already.

    ``seen`` is the ``fingerprint`` of what was on screen. Raises ``NotSent``, and nothing leaves.
    """
    message = NetworkMessage.objects.select_for_update().get(pk=message.pk)
    if message.sent_at:
        return False
    found = find_recipients(message.audience)
    _refuse(message, found, seen)
    message.sent_at, message.author = timezone.now(), user
    message.recipients = len(found.people)
    message.save()
    NetworkDelivery.objects.bulk_create(
        NetworkDelivery(
            message=message,
            address=one.address,
            address_hash=one.address_hash,
            because=one.because[:250],
        )
        for one in found.people
    )
    return True


def _refuse(message: NetworkMessage, found: RecipientList, seen: str) -> None:
    if not found.people:
        raise NotSent(_("Personne ne recevrait ce message. Choisissez d’autres destinataires."))
    if len(found.people) > MOST_RECIPIENTS:
        words = _(
            "%(count)s personnes : c’est plus que %(most)s. Choisissez un type ou un territoire, "
            "ou écrivez une lettre."
        )
        raise NotSent(words % {"count": len(found.people), "most": MOST_RECIPIENTS})
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    if NetworkMessage.objects.filter(sent_at__gte=midnight).count() >= MESSAGES_A_DAY:
        words = _("%(count)s messages sont déjà partis aujourd’hui. Celui-ci attend en brouillon.")
        raise NotSent(words % {"count": MESSAGES_A_DAY})
    if seen != fingerprint(message, found):
        raise NotSent(
            _("Le message ou ses destinataires ont changé depuis cet écran. Relisez, puis envoyez.")
        )


def fingerprint(message: NetworkMessage, found: RecipientList) -> str:
    """What is confirmed: these words, to these people."""
    said = [message.subject, message.text, *sorted(one.address_hash for one in found.people)]
    return signing.Signer(salt=_SALT).signature("\x1f".join(said))


def full_subject(message: NetworkMessage) -> str:
    return f"{PortalSettings.load().site_name} : {message.subject}"


def post_waiting() -> str:
    """Give the queue what was confirmed, some at each turn; who refused meanwhile is left out."""
    waiting = NetworkDelivery.objects.filter(posted_at=None, refused=False)
    count = 0
    for delivery in waiting.select_related("message").order_by("pk")[:_POSTED_AT_ONCE]:
        if stop_asked():
            break
        count += _post(delivery)
    if not count:
        return ""
    words = ngettext("%(count)s message confié.", "%(count)s messages confiés.", count)
    return words % {"count": count}


@transaction.atomic
def _post(delivery: NetworkDelivery) -> bool:
    if NetworkRefusal.objects.filter(address_hash=delivery.address_hash).exists():
        delivery.refused = True
        delivery.save(update_fields=["refused"])
        return False
    delivery.outgoing = post(
        delivery.address,
        KIND,
        full_subject(delivery.message),
        unsubscribe_url=refusal_url(delivery.address_hash),
        words=delivery.message.text,
        because=delivery.because,
    )
    delivery.posted_at = timezone.now()
    delivery.save(update_fields=["outgoing", "posted_at"])
    return True


def oldest_waiting(now: datetime) -> datetime | None:
    """Since when a confirmed message has not been given to the queue."""
    waiting = NetworkDelivery.objects.filter(posted_at=None, refused=False)
    return waiting.order_by("message__sent_at").values_list("message__sent_at", flat=True).first()


def note_returned(sender: Any, message: OutgoingMessage, **_kwargs: Any) -> None:
    """Signal handler: a message of the queue came back; the history says so."""
    delivery = NetworkDelivery.objects.filter(outgoing=message, returned_at=None).first()
    if delivery is None:
        return
    delivery.returned_at, delivery.answer = message.returned_at, message.answer
    delivery.save(update_fields=["returned_at", "answer"])
    parent = delivery.message
    parent.returned = parent.deliveries.exclude(returned_at=None).count()
    parent.save(update_fields=["returned"])


def forget_addresses(now: datetime | None = None) -> str:
    """The history keeps its figures; whom a message went to is forgotten."""
    oldest = (now or timezone.now()) - ADDRESSES_KEPT_FOR
    count, _kinds = NetworkDelivery.objects.filter(message__sent_at__lt=oldest).delete()
    words = ngettext("%(count)s adresse oubliée.", "%(count)s adresses oubliées.", count)
    return words % {"count": count} if count else ""


def refusal_url(address_hash: str) -> str:
    """The whole address that refuses these messages, for ever; it names nobody."""
    key = signing.dumps(address_hash, salt=_SALT)
    return absolute(reverse("network_refusal", args=[key]))


def refuse(key: str) -> bool:
    """Note the refusal that a link carries; False when it carries none. Twice is once."""
    try:
        address_hash = signing.loads(key, salt=_SALT)
    except signing.BadSignature:
        return False
    remember_refusal(address_hash)
    return True


def remember_refusal(address_hash: str) -> None:
    NetworkRefusal.objects.get_or_create(address_hash=address_hash)
