"""What verification adds to the editor; imported by ``resources.wagtail_hooks``."""

from typing import Any

from django.utils.translation import gettext as _

from wagtail import hooks
from wagtail.log_actions import LogFormatter

from resources.verification.services import LOG_ACTION


@hooks.register("register_log_actions")
def verifications_in_the_history(actions: Any) -> None:
    @actions.register_action(LOG_ACTION)
    class VerifiedFormatter(LogFormatter):
        label = _("Vérifier")

        def format_message(self, log_entry: Any) -> str:
            words = {"role": log_entry.data.get("role", ""), "how": log_entry.data.get("how", "")}
            if not words["role"]:
                return _("Fiche vérifiée %(how)s") % words
            return _("Fiche vérifiée %(how)s (%(role)s)") % words
