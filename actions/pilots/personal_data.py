"""Personal data of pilots: found, exported and erased for the privacy registry."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actions.models import Pilot
from actions.pilots.services import forget_pilot
from portal.privacy.address_spellings import key_of
from portal.privacy.registry import Item, register_personal_data, rows_of


def find(key: str) -> list[Item]:
    return [_in_words(pilot) for pilot in _own(key)]


def _in_words(pilot: Pilot) -> Item:
    told = pilot.updates.order_by("received_at")
    return {
        _("pilote, nom"): pilot.name,
        _("adresse e-mail"): pilot.email,
        _("structure"): pilot.structure,
        _("actions"): ", ".join(action.title for action in pilot.actions.all()),
        _("ajouté le"): pilot.created_at,
        _("questions envoyées le"): ", ".join(
            f"{moment:%d/%m/%Y}" for moment in pilot.requests.values_list("sent_at", flat=True)
        ),
        _("phrases écrites"): " / ".join(one.sentence for one in told if one.sentence),
        _("difficultés écrites"): " / ".join(one.difficulties for one in told if one.difficulties),
    }


def erase(key: str) -> int:
    own = _own(key)
    for pilot in own:
        forget_pilot(pilot)
    return len(own)


def held() -> Iterator[tuple[str, datetime]]:
    for email, created_at in Pilot.objects.values_list("email", "created_at").iterator():
        yield key_of(email), created_at


def _own(key: str) -> list[Pilot]:
    return rows_of(Pilot.objects.all(), "email", key)


register_personal_data(
    "pilots",
    gettext_lazy("Pilotes des actions"),
    find,
    erase,
    held=held,
    permission="actions.delete_pilot",
)
