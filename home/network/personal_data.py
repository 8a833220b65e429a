"""Personal data of messages to the network: addresses, refusals, and who wrote."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from home.network.models import NetworkDelivery, NetworkMessage, NetworkRefusal
from home.network.services import remember_refusal
from portal.mail.addresses import hash_of
from portal.privacy.address_spellings import key_of, mentions, without_address
from portal.privacy.registry import Item, register_personal_data

TRANSLATED = False

_WORDS = ("subject", "text")


def find_messages(key: str) -> list[Item]:
    received = NetworkDelivery.objects.filter(address_hash=hash_of(key)).select_related("message")
    found: list[Item] = [
        {
            _("message reçu du PTSM"): one.message.subject,
            _("parce que"): one.because,
            _("envoyé le"): one.message.sent_at,
        }
        for one in received
    ]
    refusal = NetworkRefusal.objects.filter(address_hash=hash_of(key)).first()
    if refusal:
        found.append({_("ne veut plus recevoir ces messages, depuis le"): refusal.refused_at})
    found += [{_("message au réseau qui cite cette adresse"): one.subject} for one in _quoting(key)]
    return found


def erase_messages(key: str) -> int:
    """The addresses go; a message that quotes one loses it. The refusal stays: it names nobody."""
    count, _kinds = NetworkDelivery.objects.filter(address_hash=hash_of(key)).delete()
    quoting = _quoting(key)
    for message in quoting:
        for name in _WORDS:
            setattr(message, name, without_address(getattr(message, name), key))
        message.save(update_fields=_WORDS)
    return count + len(quoting)


def addresses_held() -> Iterator[tuple[str, datetime]]:
    rows = NetworkDelivery.objects.values_list("address", "message__sent_at")
    for address, since in rows.iterator():
        if since:
            yield key_of(address), since


def _quoting(key: str) -> list[NetworkMessage]:
    local = key.rpartition("@")[0]
    close = NetworkMessage.objects.filter(Q(subject__icontains=local) | Q(text__icontains=local))
    return [one for one in close if any(mentions(getattr(one, name), key) for name in _WORDS)]


register_personal_data(
    "network",
    gettext_lazy("Messages au réseau"),
    find_messages,
    erase_messages,
    held=addresses_held,
    remember=remember_refusal,
    permission="resources.change_referent",
)
