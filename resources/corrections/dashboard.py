"""The panel of unanswered reports and proposals on the home page of the editor."""

from typing import Any

from django.db.models import Min
from django.http import HttpRequest
from django.urls import reverse

from wagtail.admin.ui.components import Component

from portal.text.date_format import format_date
from resources.models import EntryProposal, ErrorReport

_LISTS = ((ErrorReport, "error_reports"), (EntryProposal, "entry_proposals"))


class CorrectionsPanel(Component):
    """How many wait, and since when the oldest does; nothing when none waits."""

    name = "corrections"
    template_name = "resources/corrections/admin/dashboard.html"
    order = 15

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {"lines": [line for kind, name in _LISTS if (line := _line(kind, name))]}


def _line(kind: Any, name: str) -> dict[str, Any] | None:
    waiting = kind.objects.to_answer()
    oldest = waiting.aggregate(oldest=Min("received_at"))["oldest"]
    if oldest is None:
        return None
    return {
        "kind": name,
        "count": waiting.count(),
        "since": format_date(oldest),
        "url": f"{reverse(f'{name}:index')}?state=recu&state=cours",
    }


def can_answer(request: HttpRequest) -> bool:
    return bool(request.user.has_perm("resources.change_errorreport"))
