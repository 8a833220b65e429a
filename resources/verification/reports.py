"""« Horaires à revoir », in the Reports menu."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.permissions import page_permission_policy

from portal.exports.admin_export import HarmlessExportMixin
from resources.models import ResourcePage
from resources.verification.untold_hours import describe_untold, get_untold_entries


def _edit_url(entry: ResourcePage) -> str:
    return reverse("wagtailadmin_pages:edit", args=[entry.pk])


def _reasons(entry: ResourcePage) -> str:
    return " ".join(describe_untold(entry))


class UntoldHoursView(HarmlessExportMixin, ReportView):
    """Entries of which the portal cannot say whether they are open, and what to write instead."""

    index_url_name = "untold_hours"
    index_results_url_name = "untold_hours_results"
    page_title = _("Horaires à revoir")
    header_icon = "time"
    permission_policy = page_permission_policy
    any_permission_required = ("change",)
    default_ordering = None
    columns = [
        TitleColumn("title", label=_("Fiche"), get_url=_edit_url),
        Column("reasons", label=_("Pourquoi"), accessor=_reasons),
    ]
    list_export = ["title", "reasons"]
    export_filename = "horaires-a-revoir"
    export_headings = {"title": _("Fiche"), "reasons": _("Pourquoi")}

    def get_base_queryset(self) -> QuerySet[ResourcePage]:
        return get_untold_entries().prefetch_related("services")

    def order_queryset(self, queryset: QuerySet[ResourcePage]) -> QuerySet[ResourcePage]:
        return queryset

    def to_row_dict(self, item: ResourcePage) -> dict[str, Any]:
        return {"title": item.title, "reasons": _reasons(item)}
