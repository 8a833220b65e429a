"""Personal data of contact messages."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from home.models import ContactMessage
from portal.privacy.address_spellings import key_of, mentions, without_address
from portal.privacy.registry import Item, register_personal_data, rows_of

_WORDS = ("name", "message")


def find_messages(key: str) -> list[Item]:
    own = [
        {
            _("sujet"): message.get_subject_display(),
            _("nom"): message.name,
            _("adresse e-mail"): message.email,
            _("message"): message.message,
            _("reçu le"): message.received_at,
            _("répondu le"): message.answered_on,
        }
        for message in _own(key)
    ]
    # What somebody else wrote is theirs: only that it names this address is said.
    others = [
        {
            _("message de quelqu’un d’autre qui cite cette adresse, reçu le"): message.received_at,
        }
        for message in _others(key)
    ]
    return [*own, *others]


def erase_messages(key: str) -> int:
    """Delete the person's own messages; remove the address from those of others that quote it."""
    own, others = _own(key), _others(key)
    ContactMessage.objects.filter(pk__in=[message.pk for message in own]).delete()
    for message in others:
        for name in _WORDS:
            setattr(message, name, without_address(getattr(message, name), key))
        message.save(update_fields=_WORDS)
    return len(own) + len(others)


def messages_held() -> Iterator[tuple[str, datetime]]:
    written = ContactMessage.objects.exclude(email="")
    for email, since in written.values_list("email", "received_at").iterator():
        yield key_of(email), since


def _own(key: str) -> list[ContactMessage]:
    return rows_of(ContactMessage.objects.all(), "email", key)


def _others(key: str) -> list[ContactMessage]:
    local = key.rpartition("@")[0]
    own = [message.pk for message in _own(key)]
    close = ContactMessage.objects.exclude(pk__in=own).filter(
        Q(name__icontains=local) | Q(message__icontains=local)
    )
    return [
        message
        for message in close
        if any(mentions(getattr(message, name), key) for name in _WORDS)
    ]


register_personal_data(
    "messages",
    gettext_lazy("Messages écrits par le formulaire de contact"),
    find_messages,
    erase_messages,
    held=messages_held,
    permission="home.delete_contactmessage",
)
