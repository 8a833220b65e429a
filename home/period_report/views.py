"""« Bilan » on the editor's screens: the report, and its files."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from wagtail.admin.ui.tables import TitleColumn
from wagtail.admin.views.generic import PermissionCheckedMixin, WagtailAdminTemplateMixin
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.views.snippets import SnippetViewSet

from home.models import PeriodReport
from home.period_report.report import ReportContent
from home.period_report.word import write_report
from portal.exports.tables import export_table
from portal.pdf.views import serve_pdf

#: The files that a report gives as a whole.
WORD, PDF = "docx", "pdf"


def pdf_name(report: PeriodReport) -> str:
    return f"bilan-{report.pk}"


class PeriodReportView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """The report of one period; ``?export=`` gives a table as CSV, or all as a document."""

    permission_policy = ModelPermissionPolicy(PeriodReport)
    any_permission_required = ("add", "change", "delete", "view")
    template_name = "home/period_report/report.html"
    page_title = gettext_lazy("Bilan")
    header_icon = "glasses"

    @cached_property
    def report(self) -> PeriodReport:
        return get_object_or_404(PeriodReport, pk=self.kwargs["pk"])

    @cached_property
    def content(self) -> ReportContent:
        return ReportContent(self.report)

    # A view may answer any HttpResponseBase, a file that streams too: the stub knows the page only.
    def get(  # type: ignore[override]
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        wanted = request.GET.get("export", "")
        if wanted == WORD:
            return write_report(self.content).response(pdf_name(self.report))
        if wanted == PDF:
            response = serve_pdf(request, pdf_name(self.report))
            response.headers["Cache-Control"] = "private, no-store"
            return response
        table = self.content.table(request.GET.get("table", ""))
        if wanted == "csv" and table is not None:
            return export_table(table, "csv")
        return super().get(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        return str(self.report)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        index = reverse(PeriodReport.snippet_viewset.get_url_name("list"))  # type: ignore[attr-defined]
        return [
            *self.breadcrumbs_items,
            {"url": index, "label": _("Bilans")},
            {"url": "", "label": str(self.report)},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        edit = PeriodReport.snippet_viewset.get_url_name("edit")  # type: ignore[attr-defined]
        return super().get_context_data(**kwargs) | {
            "report": self.report,
            "content": self.content,
            "edit_url": reverse(edit, args=[self.report.pk]),
        }


class PeriodReportViewSet(SnippetViewSet):
    model = PeriodReport
    icon = "glasses"
    menu_label = gettext_lazy("Bilans")
    menu_hook = "register_reports_menu_item"
    menu_order = 700
    copy_view_enabled = False
    list_display = [
        TitleColumn(
            "report",
            label=gettext_lazy("Bilan"),
            accessor=str,
            get_url=lambda report: reverse("period_report", args=[report.pk]),
        ),
        "start",
        "end",
    ]
