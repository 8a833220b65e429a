"""« Numéros à vérifier »: the report of help lines, and what records a verification."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View

from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.generic import PermissionCheckedMixin
from wagtail.admin.views.reports import ReportView
from wagtail.permission_policies import ModelPermissionPolicy

from portal.crisis.models import HelpLine
from portal.exports.admin_export import HarmlessExportMixin
from portal.review.help_line_review import public_lines, verify_at_source

POLICY = ModelPermissionPolicy(HelpLine)


class ReviewPermissionMixin(PermissionCheckedMixin):
    permission_policy = POLICY
    any_permission_required = ("change",)


class SourceColumn(Column):
    """Link to the official source of a number, and the button that records its verification."""

    cell_template_name = "review/help_line_source_cell.html"

    def get_cell_context_data(self, instance: HelpLine, parent_context: Any) -> Any:
        context = super().get_cell_context_data(instance, parent_context)
        context["is_today"] = instance.verified_on == timezone.localdate()
        return context


def _say_line(line: HelpLine) -> str:
    return _("%(line)s (urgence)") % {"line": line} if line.is_crisis else str(line)


class HelpReviewView(HarmlessExportMixin, ReviewPermissionMixin, ReportView):
    """Report of public help lines: crisis lines first, then the longest unverified."""

    index_url_name = "help_review"
    index_results_url_name = "help_review_results"
    page_title = gettext_lazy("Numéros à vérifier")
    header_icon = "warning"
    columns = [
        Column("number", label=gettext_lazy("Numéro"), accessor=_say_line),
        DateColumn("verified_on", label=gettext_lazy("Vérifié le")),
        SourceColumn("source", label=gettext_lazy("À sa source")),
    ]
    list_export = ["number", "name", "is_crisis", "verified_on", "source", "link"]
    export_filename = "numeros-a-verifier"

    def get_base_queryset(self) -> QuerySet[HelpLine]:
        return public_lines()

    def order_queryset(self, queryset: QuerySet[HelpLine]) -> QuerySet[HelpLine]:
        return queryset


class VerifyLineView(ReviewPermissionMixin, View):
    """Record that a line was verified at its source today (POST)."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        line = get_object_or_404(public_lines(), pk=pk)
        verify_at_source(line, request.user)  # type: ignore[arg-type]
        messages.success(request, _("%(line)s : vérifié aujourd’hui.") % {"line": line})
        return redirect(get_valid_next_url_from_request(request) or "help_review")
