"""« Évolution », in the Reports menu: two months side by side."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from wagtail.admin.views.generic import PermissionCheckedMixin, WagtailAdminTemplateMixin
from wagtail.permissions import page_permission_policy

from portal.exports.tables import FORMATS, ReportTable, export_table
from portal.history.comparison import compare, find_snapshot, usual_days
from portal.history.models import Snapshot


class EvolutionView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """The figures of two snapshots; a day that has none, or no day, counts as the usual one."""

    permission_policy = page_permission_policy
    any_permission_required = ("change",)
    index_url_name = "evolution"
    template_name = "history/evolution.html"
    page_title = gettext_lazy("Évolution")
    header_icon = "history"

    @cached_property
    def snapshots(self) -> list[Snapshot]:
        return list(Snapshot.objects.all())

    @cached_property
    def compared(self) -> tuple[Snapshot, Snapshot] | None:
        usual = usual_days(self.snapshots)
        if usual is None:
            return None
        before, after = (
            find_snapshot(self.snapshots, self.request.GET.get(name, "")) or fallback
            for name, fallback in zip(("du", "au"), usual, strict=True)
        )
        return (before, after) if before.day <= after.day else (after, before)

    @cached_property
    def tables(self) -> list[ReportTable]:
        return compare(*self.compared) if self.compared else []

    # A view may answer any HttpResponseBase, a file that streams too: the stub knows the page only.
    def get(  # type: ignore[override]
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        file_format, name = request.GET.get("export", ""), request.GET.get("table", "")
        table = next((one for one in self.tables if one.name == name), None)
        if table is not None and file_format in FORMATS:
            return export_table(table, file_format)
        return super().get(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "snapshots": self.snapshots,
            "compared": self.compared,
            "is_rebuilt": any(one.is_rebuilt for one in self.compared or ()),
            "tables": [(table, self._links(table)) for table in self.tables],
        }

    def _links(self, table: ReportTable) -> list[tuple[str, str]]:
        links = []
        for file_format in FORMATS:
            query = self.request.GET.copy()
            query.update({"export": file_format, "table": table.name})
            links.append((file_format.upper(), f"?{query.urlencode()}"))
        return links
