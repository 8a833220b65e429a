"""The panel of verification on the home page of the editor."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from wagtail.admin.ui.components import Component

from resources.models import DirectorySettings, Referent, VerificationRequest
from resources.moderation.pending import pending_entries
from resources.moderation.viewsets import POLICY as MAY_READ
from resources.verification.returned_addresses import unreachable_entries
from resources.verification.schedule import entries_to_ask, entries_to_call
from resources.verification.untold_hours import get_untold_entries, get_untold_help_lines
from resources.verification.viewsets import POLICY as MAY_CALL


class VerificationPanel(Component):
    """What waits to be read, whom to call, who has been asked; nothing when all is quiet."""

    name = "verification"
    template_name = "resources/verification/admin/dashboard.html"
    order = 14

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        user, now = parent_context["request"].user, timezone.now()
        shown: dict[str, Any] = {}
        if MAY_READ.user_has_any_permission(user, ["publish"]):
            shown["changes"] = pending_entries().count()
            shown["changes_url"] = reverse("directory_changes")
            shown["untold"] = get_untold_entries().count()
            shown["untold_url"] = reverse("untold_hours")
            shown["untold_lines"] = list(get_untold_help_lines())
        if MAY_CALL.user_has_any_permission(user, ["change"]):
            shown["to_call"] = entries_to_call(now, timezone.localdate(now)).count()
            shown["calls_url"] = reverse("directory_calls")
            if not DirectorySettings.load().asks_structures:
                shown["not_asked"] = entries_to_ask(timezone.localdate(now)).count()
                shown["settings_url"] = reverse(
                    "wagtailsettings:edit", args=["resources", "directorysettings"]
                )
            shown["unreachable"] = Referent.objects.unreachable().count()
            shown["unreachable_boxes"] = unreachable_entries().count()
            shown["unreachable_url"] = reverse("returned_addresses")
            shown["waiting"] = (
                VerificationRequest.objects.waiting().values("entry").distinct().count()
            )
        return shown


def can_follow_verification(request: HttpRequest) -> bool:
    return bool(
        MAY_READ.user_has_any_permission(request.user, ["publish"])
        or MAY_CALL.user_has_any_permission(request.user, ["change"])
    )
