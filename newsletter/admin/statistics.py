"""« Chiffres »: number of subscribers and its changes; figures only, no person."""

from typing import Any

from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from wagtail.admin.views.generic import PermissionCheckedMixin, WagtailAdminTemplateMixin
from wagtail.permission_policies import ModelPermissionPolicy

from newsletter.admin.urls import ScreenViewSet
from newsletter.models import Delivery, Mailing, Subscriber
from newsletter.services.audience import audience_of, by_state, growth
from portal.text.date_format import format_date

MOST_MAILINGS = 24


class StatisticsView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    permission_policy = ModelPermissionPolicy(Subscriber)
    any_permission_required = ("add", "change", "view")
    template_name = "newsletter/admin/figures.html"
    page_title = gettext_lazy("Chiffres de la lettre")
    header_icon = "table"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        audience = audience_of(Subscriber.objects.active())
        months = growth(audience.total)
        points = [
            {"label": format_date(month.first_day, "F Y"), "value": month.total, "month": month}
            for month in months
        ]
        return super().get_context_data(**kwargs) | {
            "audience": audience,
            "states": by_state(),
            "points": points,
            "mailings": _history(),
        }


def _history() -> list[dict[str, Any]]:
    begun = Mailing.objects.exclude(started_at=None).defer("html", "text")
    states = Delivery.State
    return [
        {
            "mailing": mailing,
            "sent": mailing.outcomes.get(states.SENT),
            "failed": _sum(mailing.outcomes, states.BOUNCED, states.GIVEN_UP, states.UNCERTAIN),
        }
        for mailing in begun.order_by("-started_at")[:MOST_MAILINGS]
    ]


def _sum(outcomes: dict[str, int], *states: str) -> int | None:
    """None while the sending goes on: its own screen has the figures."""
    return sum(outcomes.get(state, 0) for state in states) if outcomes else None


class StatisticsViewSet(ScreenViewSet):
    name = "letter_figures"
    url_prefix = "lettre/chiffres"
    menu_label = gettext_lazy("Chiffres")
    icon = "table"
    view_class = StatisticsView
