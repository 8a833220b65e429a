"""Personal data of referents: found, exported and erased for the privacy registry."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.privacy.address_spellings import key_of
from portal.privacy.registry import Item, register_personal_data, rows_of
from resources.models import Referent
from resources.referents.services import delete_referent


def find(key: str) -> list[Item]:
    return [_in_words(referent) for referent in _own(key)]


def _in_words(referent: Referent) -> Item:
    return {
        _("référent, nom"): referent.name,
        _("adresse e-mail"): referent.email,
        _("rôle"): referent.role,
        _("adresse générique"): referent.public_email,
        _("fiches"): ", ".join(entry.title for entry in referent.entries.all()),
        _("état"): referent.get_state_display(),
        _("invité le"): referent.invited_at,
        _("accepté le"): referent.accepted_at,
        _("parti le"): referent.left_at,
    }


def erase(key: str) -> int:
    """Their entries stay, and say that they seek somebody; an address that was shown goes too."""
    own = _own(key)
    for referent in own:
        delete_referent(referent)
    shown = rows_of(Referent.objects.exclude(public_email=""), "public_email", key)
    for referent in shown:
        referent.public_email, referent.shows_public_email = "", False
        referent.save(update_fields=["public_email", "shows_public_email"])
    return len(own) + len(shown)


def held() -> Iterator[tuple[str, datetime]]:
    rows = Referent.objects.values_list("email", "created_at", "invited_at", "accepted_at")
    for email, *moments in rows.iterator():
        yield key_of(email), max(moment for moment in moments if moment)


def _own(key: str) -> list[Referent]:
    return rows_of(Referent.objects.all(), "email", key)


register_personal_data(
    "referents",
    gettext_lazy("Référents de l’annuaire"),
    find,
    erase,
    held=held,
    permission="resources.delete_referent",
)
