"""Periodic job of contact messages."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from home.link_health import health_sentence
from home.services import tend_messages
from portal.jobs.registry import register_job


def _tend_messages() -> str | None:
    """Queue again what mail never took, forget what has its answer."""
    queued, forgotten = tend_messages()
    sentences = []
    if queued:
        words = ngettext("%d message remis à l’envoi.", "%d messages remis à l’envoi.", queued)
        sentences.append(words % queued)
    if forgotten:
        words = ngettext("%d message effacé.", "%d messages effacés.", forgotten)
        sentences.append(words % forgotten)
    return " ".join(sentences) or None


register_job(
    "contact-messages",
    _("Envoyer les messages que la messagerie avait refusés, effacer ceux qui ont eu réponse"),
    timedelta(minutes=5),
    _tend_messages,
)
register_job(
    "link-health",
    _("Relire les liens entre les pages et l’accessibilité des documents"),
    timedelta(days=7),
    health_sentence,
)
