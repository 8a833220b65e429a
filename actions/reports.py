"""« Actions en retard », in the Reports menu."""

from django.utils.translation import gettext_lazy as _

from wagtail.admin.views.reports import PageReportView

from actions.models import ActionPage
from actions.querysets import ActionQuerySet
from portal.exports.admin_export import HarmlessExportMixin


class LateActionsView(HarmlessExportMixin, PageReportView):
    """The published actions whose end or whose step is past and not done."""

    index_url_name = "late_actions"
    index_results_url_name = "late_actions_results"
    page_title = _("Actions en retard")
    header_icon = "warning"
    list_export = [*PageReportView.list_export, "reference", "planned_end"]
    export_headings = PageReportView.export_headings | {
        "reference": _("Référence"),
        "planned_end": _("Fin prévue"),
    }

    def get_base_queryset(self) -> ActionQuerySet:
        return ActionPage.objects.live().without_examples().late().in_order()
