"""Label of the state of a report or proposal, and the address where its author follows it."""

from django.urls import reverse
from django.utils.translation import gettext as _

from resources.models import CorrectionState, EntryProposal, ErrorReport


def get_message_url(correction: ErrorReport | EntryProposal) -> str:
    return get_followup_url(type(correction), correction.key)


def get_followup_url(kind: type[ErrorReport] | type[EntryProposal], key: str) -> str:
    name = "report_followed" if kind is ErrorReport else "proposal_followed"
    return reverse(f"resources:{name}", args=[key])


def state_label(correction: ErrorReport | EntryProposal) -> str:
    """« Corrigé » suits a mistake; a place that was missing is added."""
    if isinstance(correction, EntryProposal) and correction.state == CorrectionState.DONE:
        return _("Ajouté à l’annuaire")
    return str(correction.get_state_display())
