"""« Territoires », among the reports: the board on screen, in files, and on paper."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic import PermissionCheckedMixin, WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import Button
from wagtail.permissions import page_permission_policy

from resources.board import forms, tables
from resources.board.board import Board
from resources.board.drawing import draw
from resources.board.files import FORMATS, as_file
from resources.board.tables import Table
from resources.models import ResourceType

ON_SCREEN, ON_PAPER = 4, 12  # communes named in a sentence
URL_NAME, PAPER_URL_NAME = "territory_board", "territory_board_paper"


class BoardView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """For whoever may change entries: they can mend what it shows."""

    permission_policy = page_permission_policy
    any_permission_required = ("change",)
    template_name = "resources/board/board.html"
    page_title = gettext_lazy("Tableau du territoire")
    header_icon = "site"
    most = ON_SCREEN

    @cached_property
    def board(self) -> Board:
        return Board(forms.asked_km(self.request.GET))

    @cached_property
    def kind(self) -> ResourceType | None:
        return forms.asked_kind(self.request.GET, self.board)

    @property
    def tables(self) -> list[Table]:
        """All that is shown; with a type, the distance from each commune too."""
        board = self.board
        found = [tables.territories(board), tables.kinds(board), tables.matrix(board)]
        found.append(tables.gaps(board, self.kind))
        return [*found, tables.distances(board, self.kind)] if self.kind else found

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        file_format = request.GET.get("export", "")
        if file_format in FORMATS:
            name = request.GET.get("table", "")
            table = next((one for one in self.tables if one.name == name), self.tables[0])
            return as_file(table, file_format)
        return super().get(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        url = f"{reverse(PAPER_URL_NAME)}?{self._query()}"
        return [Button(_("Pour le diagnostic (à imprimer)"), url=url, icon_name="doc-full")]

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
            "missing": self._missing(),
            "drawing": draw(board, kind),
            **forms.choices(board, kind),
        }

    def _links(self, table: Table) -> list[tuple[str, str]]:
        return [
            (file_format.upper(), f"?{self._query(export=file_format, table=table.name)}")
            for file_format in FORMATS
        ]

    def _missing(self) -> list[dict[str, Any]]:
        """Sentences, by type: nowhere at all, or not near some communes."""
        kinds = [self.kind] if self.kind else self.board.kinds
        return [
            {
                "kind": kind,
                "is_nowhere": self.board.is_nowhere(kind),
                "sentences": [
                    tables.sentence(kind, one, self.board.km, self.most)
                    for one in self.board.gaps(kind)
                ],
            }
            for kind in kinds
        ]


class PaperView(BoardView):
    """The same, alone on its page: to print, or to paste in the diagnosis."""

    template_name = "resources/board/paper.html"
    most = ON_PAPER


class BoardMenuItem(MenuItem):
    """The report in the menu, for those who may see it."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(
            page_permission_policy.user_has_any_permission(
                request.user, BoardView.any_permission_required
            )
        )
