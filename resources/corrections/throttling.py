"""Limits of error reports and proposals: by network, by entry, and in all.

A hospital is one network; a thousand robots are many. What is refused is kept on the screen of
whoever wrote it.
"""

import hashlib
from typing import NamedTuple

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import gettext as _

from portal.api.throttling import consume, consume_all
from portal.base.client import address_key
from portal.mail.addresses import Address, hash_of
from resources.models import ResourcePage
from resources.models.referent import new_key

ACKNOWLEDGED = "correction_received"
_SAME_FOR_SECONDS = 600


class Refusal(NamedTuple):
    """What to say to who must wait, and for how many seconds."""

    message: str
    seconds: int


def report_refusal(request: HttpRequest, entry: ResourcePage) -> Refusal | None:
    """Count a report; why it must wait, None when it may come in."""
    if seconds := consume("error_reports", request):
        return Refusal(
            _("Beaucoup d’erreurs viennent d’être signalées d’ici. Réessayez dans une heure."),
            seconds,
        )
    if seconds := consume("error_reports_of_entry", entry.pk):
        return Refusal(
            _("Cette fiche a déjà été signalée plusieurs fois : l’équipe va la vérifier."), seconds
        )
    return _refuse_all("error_reports_of_all")


def proposal_refusal(request: HttpRequest) -> Refusal | None:
    """Count a proposal; why it must wait, None when it may come in."""
    if seconds := consume("entry_proposals", request):
        return Refusal(
            _("Beaucoup de lieux viennent d’être proposés d’ici. Réessayez dans une heure."),
            seconds,
        )
    return _refuse_all("entry_proposals_of_all")


def _refuse_all(limit: str) -> Refusal | None:
    seconds = consume(limit)
    words = _("Beaucoup de messages arrivent en ce moment. Réessayez demain.")
    return Refusal(words, seconds) if seconds else None


def can_acknowledge(address: Address) -> bool:
    """Count a message to an address that anybody may have typed; whether it may leave."""
    to_address = ("acknowledgements", hash_of(address.key))
    return not consume_all(to_address, ("acknowledgements_to_all", ""))


class FormSubmission:
    """One press of the button; pressed again, by the same network, it sends nothing twice."""

    def __init__(self, request: HttpRequest, *words: object) -> None:
        said = "\x1f".join([address_key(request), *map(str, words)])
        self._name = f"correction:{hashlib.sha256(said.encode()).hexdigest()}"
        self.key = new_key()
        self.is_first = cache.add(self._name, self.key, _SAME_FOR_SECONDS)
        if not self.is_first:
            self.key = cache.get(self._name) or self.key

    def forget(self) -> None:
        """It came to nothing: the next press counts as the first."""
        cache.delete(self._name)
