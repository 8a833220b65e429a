"""What verification adds to the editor."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern
from django.utils.translation import gettext as _

from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.log_actions import LogFormatter

from resources.verification.dashboard import VerificationPanel, can_follow_verification
from resources.verification.schedule import UNREACHABLE
from resources.verification.services import LOG_ACTION
from resources.verification.viewsets import admin_urls


@hooks.register("register_admin_urls")
def screens_of_verification() -> list[URLPattern]:
    return admin_urls()


@hooks.register("construct_homepage_panels")
def what_keeps_the_directory_true(request: HttpRequest, panels: list[Component]) -> None:
    if can_follow_verification(request):
        panels.append(VerificationPanel())


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

    actions.register_action(UNREACHABLE, _("Noter injoignable"), _("Structure injoignable"))
