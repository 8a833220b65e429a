"""The daily job that erases addresses and messages after their retention time."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from portal.jobs.registry import register_job
from resources.corrections.services import delete_old_messages


def _forget() -> str | None:
    emptied, forgotten = delete_old_messages(timezone.now())
    said = []
    if emptied:
        words = ngettext("%d adresse effacée.", "%d adresses effacées.", emptied)
        said.append(words % emptied)
    if forgotten:
        words = ngettext("%d message effacé.", "%d messages effacés.", forgotten)
        said.append(words % forgotten)
    return " ".join(said) or None


register_job(
    "corrections",
    _("Oublier les adresses des personnes qui ont eu réponse, et les messages d’un an"),
    timedelta(days=1),
    _forget,
)
