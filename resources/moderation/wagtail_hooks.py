"""The screens, the menu item and the log entries of proposed changes in the editor."""

from typing import Any

from django.urls import URLPattern
from django.utils.translation import gettext as _

from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogFormatter

from portal.base.admin_menu import view_menu_item
from resources.moderation.notifications import LOG_ACTION
from resources.moderation.viewsets import PendingChangesView, admin_urls


@hooks.register("register_admin_urls")
def moderation_urls() -> list[URLPattern]:
    return admin_urls()


@hooks.register("register_directory_menu_item")
def pending_changes_menu_item() -> MenuItem:
    return view_menu_item(PendingChangesView, order=5)


@hooks.register("register_log_actions")
def proposal_log_actions(actions: Any) -> None:
    @actions.register_action(LOG_ACTION)
    class ProposedFormatter(LogFormatter):
        label = _("Proposer un changement")

        def format_message(self, log_entry: Any) -> str:
            return _("Changement proposé par %(by)s") % {"by": log_entry.data.get("by", "")}
