"""Conditions of sending: the last check of the domain, or the decision to ignore it."""

from django.conf import settings
from django.utils.translation import gettext as _

from newsletter.models import LetterSettings


def uses_network() -> bool:
    """Whether messages go to real mailboxes, not to a folder or a test."""
    backend = settings.EMAIL_BACKEND
    return backend.startswith("anymail.") or backend.endswith("smtp.EmailBackend")


def blocking_reason() -> str:
    """Why a letter would be taken for junk, in one sentence; empty when it may leave."""
    if not uses_network():
        return ""
    letter = LetterSettings.load()
    if letter.domain_is_ready or letter.sends_anyway:
        return ""
    if letter.domain_checked_at is None:
        return _(
            "Le domaine d’envoi n’a pas été vérifié : ouvrez « Domaine d’envoi » et lancez la "
            "vérification."
        )
    return _("Le domaine d’envoi n’est pas prêt : ouvrez « Domaine d’envoi » pour voir quoi faire.")
