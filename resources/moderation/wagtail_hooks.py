"""What moderation adds to the editor."""

from typing import Any

from django.urls import URLPattern
from django.utils.translation import gettext as _

from wagtail import hooks
from wagtail.log_actions import LogFormatter

from resources.moderation.notifications import LOG_ACTION
from resources.moderation.viewsets import admin_urls


@hooks.register("register_admin_urls")
def screens_of_moderation() -> list[URLPattern]:
    return admin_urls()


@hooks.register("register_log_actions")
def proposals_in_the_history(actions: Any) -> None:
    @actions.register_action(LOG_ACTION)
    class ProposedFormatter(LogFormatter):
        label = _("Proposer un changement")

        def format_message(self, log_entry: Any) -> str:
            return _("Changement proposé par %(by)s") % {"by": log_entry.data.get("by", "")}
