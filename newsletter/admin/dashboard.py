"""Panels of the letter on the editor's home page, for the coordinator."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from wagtail.admin.ui.components import Component

from newsletter.admin.returns_report import newly_dropped, returns_to_read
from newsletter.digest import get_letter_page, may_compose
from newsletter.models import Mailing, Subscriber

State = Mailing.State


class LetterPanel(Component):
    """How many receive the letter, what is leaving or has left, and how the next one begins."""

    name = "letter"
    template_name = "newsletter/admin/dashboard.html"
    order = 20

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        user = parent_context["request"].user
        composes = may_compose(user, get_letter_page())
        return {
            "active": Subscriber.objects.active().count(),
            "mailing": _under_way_or_last(),
            "dropped": newly_dropped(),
            "to_read": returns_to_read(),
            "returns_url": reverse("letter_returns"),
            "compose_url": reverse("letter_compose:index") if composes else "",
        }


def _under_way_or_last() -> Mailing | None:
    mailings = Mailing.objects.exclude(state=State.CANCELLED).defer("html", "text")
    going = mailings.filter(state__in=[State.SENDING, State.PAUSED, State.SCHEDULED])
    return going.order_by("send_at").first() or mailings.order_by("-send_at").first()


def may_see(request: HttpRequest) -> bool:
    """Those who see subscribers see their number."""
    return bool(request.user.has_perm("newsletter.change_subscriber"))
