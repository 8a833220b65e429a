"""Limits of error reports and proposals: by network, by entry, and in all.

A hospital is one network; a thousand robots are many. What is refused is kept on the screen of
whoever wrote it.
"""

from typing import NamedTuple

from django.http import HttpRequest
from django.utils.translation import gettext as _

from portal.api.throttling import consume, consume_all
from portal.mail.addresses import Address, hash_of
from resources.models import ResourcePage

ACKNOWLEDGED = "correction_received"


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
