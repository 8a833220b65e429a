"""Views of the territory report: screen, files, and a page to print."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from wagtail.admin.views.generic import PermissionCheckedMixin, WagtailAdminTemplateMixin
from wagtail.permissions import page_permission_policy

from portal.exports.tables import FORMATS, ReportTable, export_table
from resources.models import ResourceType
from resources.territory_report import forms, tables
from resources.territory_report.map import draw_map
from resources.territory_report.report import TerritoryReport

ON_SCREEN, ON_PAPER = 4, 8  # communes named in a sentence
URL_NAME, PAPER_URL_NAME = "territory_board", "territory_board_paper"


class TerritoryReportView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """For whoever may change entries: they can mend what it shows."""

    permission_policy = page_permission_policy
    any_permission_required = ("change",)
    index_url_name = URL_NAME
    template_name = "resources/territory_report/report.html"
    page_title = gettext_lazy("Tableau du territoire")
    header_icon = "site"
    most = ON_SCREEN

    @cached_property
    def board(self) -> TerritoryReport:
        return TerritoryReport(forms.get_distance(self.request.GET))

    @cached_property
    def kind(self) -> ResourceType | None:
        return forms.get_type(self.request.GET, self.board)

    @property
    def tables(self) -> list[ReportTable]:
        """All that is shown; with a type, the distance from each commune too."""
        board = self.board
        found = [
            tables.territories_table(board),
            tables.types_table(board),
            tables.coverage_table(board),
        ]
        found.append(tables.gaps_table(board, self.kind))
        return [*found, tables.distances_table(board, self.kind)] if self.kind else found

    # A view may answer any HttpResponseBase, a file that streams too: the stub knows the page only.
    def get(  # type: ignore[override]
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        file_format = request.GET.get("export", "")
        if file_format in FORMATS:
            name = request.GET.get("table", "")
            table = next((one for one in self.tables if one.name == name), self.tables[0])
            return export_table(table, file_format)
        return super().get(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def _query(self, **changes: str) -> str:
        """What is asked, for the links to the files and to the paper."""
        query = self.request.GET.copy()
        query.pop("export", None)
        query.update(changes)
        return query.urlencode()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        board, kind = self.board, self.kind
        return super().get_context_data(**kwargs) | {
            "board": board,
            "kind": kind,
            "city": board.city(kind),
            "tables": [(table, self._links(table)) for table in self.tables],
            "nowhere": self._nowhere(),
            "missing": self._missing(),
            "paper_url": f"{reverse(PAPER_URL_NAME)}?{self._query()}",
            "drawing": draw_map(board, kind),
            **forms.get_filter_choices(board, kind),
        }

    def _links(self, table: ReportTable) -> list[tuple[str, str]]:
        return [
            (file_format.upper(), f"?{self._query(export=file_format, table=table.name)}")
            for file_format in FORMATS
        ]

    @cached_property
    def _shown_kinds(self) -> list[ResourceType]:
        return [self.kind] if self.kind else self.board.kinds

    def _nowhere(self) -> list[str]:
        """The types of which the directory knows no place at all."""
        return [kind.name for kind in self._shown_kinds if self.board.is_nowhere(kind)]

    def _missing(self) -> list[tuple[str, list[str]]]:
        """For each of the others, sentences about the communes that are too far from any."""
        board = self.board
        return [
            (kind.name, [tables.gap_sentence(kind, one, board.km, self.most) for one in gaps])
            for kind in self._shown_kinds
            if (gaps := board.gaps(kind)) and not board.is_nowhere(kind)
        ]


class TerritoryReportPrintView(TerritoryReportView):
    """The same, alone on its page: to print, or to paste in the diagnosis."""

    template_name = "resources/territory_report/print.html"
    most = ON_PAPER
