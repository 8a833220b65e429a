"""Limits of error reports and proposals: by network, by entry, and in all.

A hospital is one network; a thousand robots are many. What is refused is kept on the screen of
whoever wrote it.
"""

import hashlib
from datetime import timedelta

from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.base.client import address_key, is_over_limit
from portal.mail.addresses import Address
from portal.mail.models import OutgoingMessage
from resources.models import EntryProposal, ErrorReport, ResourcePage
from resources.models.referent import new_key

AN_HOUR = 3600
REPORTS_AN_HOUR_OF_A_NETWORK = 10
PROPOSALS_AN_HOUR_OF_A_NETWORK = 5
#: Of one entry, by anybody: the coordinator knows by then.
REPORTS_A_DAY_OF_AN_ENTRY = 10
#: By everybody: a department has some a month.
REPORTS_A_DAY, PROPOSALS_A_DAY = 100, 40
MESSAGES_A_DAY_TO_AN_ADDRESS, MESSAGES_AN_HOUR = 3, 30
ACKNOWLEDGED = "correction_received"
_A_DAY = timedelta(days=1)
_SAME_FOR_SECONDS = 600


def report_refusal(request: HttpRequest, entry: ResourcePage) -> str:
    """Why this report waits; empty when it may come in."""
    if is_over_limit(request, "report", REPORTS_AN_HOUR_OF_A_NETWORK, AN_HOUR):
        return _("Beaucoup d’erreurs viennent d’être signalées d’ici. Réessayez dans une heure.")
    today = ErrorReport.objects.filter(received_at__gte=timezone.now() - _A_DAY)
    if today.filter(entry=entry).count() >= REPORTS_A_DAY_OF_AN_ENTRY:
        return _("Cette fiche a déjà été signalée plusieurs fois : l’équipe va la vérifier.")
    return _busy_message() if today.count() >= REPORTS_A_DAY else ""


def proposal_refusal(request: HttpRequest) -> str:
    """Why this proposal waits; empty when it may come in."""
    if is_over_limit(request, "proposal", PROPOSALS_AN_HOUR_OF_A_NETWORK, AN_HOUR):
        return _("Beaucoup de lieux viennent d’être proposés d’ici. Réessayez dans une heure.")
    today = EntryProposal.objects.filter(received_at__gte=timezone.now() - _A_DAY)
    return _busy_message() if today.count() >= PROPOSALS_A_DAY else ""


def _busy_message() -> str:
    return _("Beaucoup de messages arrivent en ce moment. Réessayez demain.")


def can_acknowledge(address: Address) -> bool:
    """Whether to write to an address that anybody may have typed: a few times, no more."""
    sent = OutgoingMessage.objects.filter(kind=ACKNOWLEDGED)
    last_hour = sent.filter(created_at__gte=timezone.now() - timedelta(hours=1))
    if last_hour.count() >= MESSAGES_AN_HOUR:
        return False
    today = sent.filter(created_at__gte=timezone.now() - _A_DAY, address__iexact=address.shown)
    return today.count() < MESSAGES_A_DAY_TO_AN_ADDRESS


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
