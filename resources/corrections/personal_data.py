"""Personal data of error reports and proposals: their author, and addresses they quote."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.privacy.address_spellings import key_of, mentions, without_address
from portal.privacy.registry import Item, register_personal_data, rows_of
from resources.models import EntryProposal, ErrorReport

#: Each kind, and what of it people write freely.
_KINDS: dict[Any, tuple[str, ...]] = {
    ErrorReport: ("text", "answer"),
    EntryProposal: ("name", "address", "text", "answer"),
}


def find_messages(key: str) -> list[Item]:
    own = [
        {
            _("message sur l’annuaire"): str(correction),
            _("adresse e-mail"): correction.email,
            _("texte"): correction.text,
            _("reçu le"): correction.received_at,
            _("réponse"): correction.answer,
        }
        for kind in _KINDS
        for correction in _own(kind, key)
    ]
    # What somebody else wrote is theirs: only that it names this address is said.
    others = [
        {
            _(
                "message de quelqu’un d’autre qui cite cette adresse, reçu le"
            ): correction.received_at,
        }
        for kind in _KINDS
        for correction in _others(kind, key)
    ]
    return [*own, *others]


def erase_messages(key: str) -> int:
    """One's own messages go; those of others lose the address that they quote."""
    count = 0
    for kind, fields in _KINDS.items():
        own, others = _own(kind, key), _others(kind, key)
        kind.objects.filter(pk__in=[correction.pk for correction in own]).delete()
        for correction in others:
            for name in fields:
                setattr(correction, name, without_address(getattr(correction, name), key))
            correction.save(update_fields=fields)
        count += len(own) + len(others)
    return count


def held_messages() -> Iterator[tuple[str, datetime]]:
    for kind in _KINDS:
        rows = kind.objects.exclude(email="").values_list("email", "received_at")
        for email, since in rows.iterator():
            yield key_of(email), since


def _own(kind: Any, key: str) -> list[Any]:
    return rows_of(kind.objects.all(), "email", key)


def _others(kind: Any, key: str) -> list[Any]:
    local = key.rpartition("@")[0]
    holds = Q()
    for name in _KINDS[kind]:
        holds |= Q(**{f"{name}__icontains": local})
    own = [correction.pk for correction in _own(kind, key)]
    return [
        correction
        for correction in kind.objects.exclude(pk__in=own).filter(holds)
        if any(mentions(getattr(correction, name), key) for name in _KINDS[kind])
    ]


register_personal_data(
    "corrections",
    gettext_lazy("Erreurs signalées et structures proposées"),
    find_messages,
    erase_messages,
    held=held_messages,
    permission="resources.delete_errorreport",
)
