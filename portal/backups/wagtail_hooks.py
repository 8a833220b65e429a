"""The line about backups on the editor's home, for who sees « Tâches du portail »."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from wagtail import hooks
from wagtail.admin.ui.components import Component

from portal.backups.folder import newest_archive
from portal.backups.state import describe_state
from portal.jobs.report import PeriodicJobsView


class BackupPanel(Component):
    """The last backup, its size, its place and its test, or that there is none."""

    name = "backups"
    template_name = "backups/panel.html"
    order = 900

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {"state": describe_state(), "is_missing": newest_archive() is None}


@hooks.register("construct_homepage_panels")
def add_backup_panel(request: HttpRequest, panels: list[Component]) -> None:
    policy = PeriodicJobsView.permission_policy
    if settings.PORTAL_NIGHTLY_BACKUP and policy.user_has_any_permission(request.user, ["change"]):
        panels.append(BackupPanel())
