"""The screen of the board, and the same alone on its page: to project, to print."""

from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from wagtail.admin.views.generic import PermissionCheckedMixin, WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import HeaderButton
from wagtail.models import Locale
from wagtail.permissions import page_permission_policy

from actions.board.groups import BoardRow, Grouping, group_rows, make_row
from actions.choices import ActionStatus
from actions.models import ActionPage


class Care(NamedTuple):
    """What the board may be narrowed to."""

    code: str
    label: str
    total: int


class StripPart(NamedTuple):
    """A state in the line above the board; ``start`` and ``width`` are hundredths of the line."""

    status: str
    label: str
    total: int
    start: str
    width: str


class ActionBoardView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """The published actions, grouped (``par``) and narrowed to what needs care (``garde``)."""

    permission_policy = page_permission_policy
    any_permission_required = ("change", "publish")
    index_url_name = "action_board"
    template_name = "actions/board/board.html"
    page_title = gettext_lazy("Tableau des actions")
    header_icon = "table"

    @cached_property
    def grouping(self) -> Grouping:
        asked = self.request.GET.get("par", "")
        return Grouping(asked) if asked in Grouping.values else Grouping.PRIORITY

    @cached_property
    def rows(self) -> list[BoardRow]:
        published = ActionPage.objects.live().without_examples().filter(locale=Locale.get_default())
        silent = ActionPage.objects.silent().filter(pk=OuterRef("pk"))
        related = ("steps", "notes", "partners__resource", "territories", "funders")
        actions = published.annotate(is_silent=Exists(silent)).select_related("priority")
        in_order = actions.prefetch_related(*related).order_by("sort_reference", "path")
        today = timezone.localdate()
        return [make_row(one, today) for one in in_order]

    @property
    def care(self) -> list[Care]:
        return [
            Care("", _("Toutes"), len(self.rows)),
            *(
                Care(code, str(label), len(self._narrow(code)))
                for code, label in (
                    ("retard", _("En retard")),
                    ("silence", _("Sans nouvelle depuis 4 mois")),
                    ("pilote", _("Sans pilote")),
                )
            ),
        ]

    def _narrow(self, code: str) -> list[BoardRow]:
        tests = {
            "retard": lambda row: bool(row.late),
            "silence": lambda row: row.is_silent,
            "pilote": lambda row: row.lacks_pilot,
        }
        keep = tests.get(code)
        return [row for row in self.rows if keep is None or keep(row)]

    @property
    def strip(self) -> list[StripPart]:
        total = len(self.rows) or 1
        parts, before = [], 0
        order = (
            ActionStatus.DONE,
            ActionStatus.RUNNING,
            ActionStatus.UPCOMING,
            ActionStatus.PAUSED,
            ActionStatus.PROPOSED,
            ActionStatus.DROPPED,
        )
        for status in order:
            count = sum(row.action.status == status for row in self.rows)
            if count:
                width = max(100 * count / total - 0.4, 0.4)
                start = 100 * before / total
                parts.append(
                    StripPart(status, str(status.label), count, f"{start:.2f}%", f"{width:.2f}%")
                )
            before += count
        return parts

    @property
    def header_buttons(self) -> list[HeaderButton]:
        query = self.request.GET.urlencode()
        alone = f"{reverse('action_board_alone')}?{query}"
        return [
            HeaderButton(_("Projeter ou imprimer"), url=alone, icon_name="expand-right"),
            HeaderButton(_("Liste"), url=reverse("action_listing:index"), icon_name="list-ul"),
        ]

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = self.request.GET.get("garde", "")
        return super().get_context_data(**kwargs) | {
            "groups": group_rows(self._narrow(asked), self.grouping),
            "groupings": Grouping.choices,
            "grouping": self.grouping,
            "care": self.care,
            "asked": asked if asked in {one.code for one in self.care} else "",
            "strip": self.strip,
            "board_url": f"{reverse('action_board')}?{self.request.GET.urlencode()}",
        }


class ActionBoardAloneView(ActionBoardView):
    """Without the editor around it."""

    template_name = "actions/board/alone.html"
