"""« Recherches sans réponse »: what many people look for and the portal does not know."""

from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView
from wagtail.permission_policies import ModelPermissionPolicy

from portal.exports.admin_export import HarmlessExportMixin
from portal.text.date_format import format_date
from search.models import LexiconEntry, UnansweredSearch
from search.services.unanswered import ENOUGH, forget_old_unanswered, monday


class WordsColumn(Column):
    """The words, and what one click makes of them."""

    cell_template_name = "search/reports/query_cell.html"

    def get_cell_context_data(self, instance: UnansweredSearch, parent_context: Any) -> Any:
        context = super().get_cell_context_data(instance, parent_context)
        address = reverse("wagtailsnippets_search_lexiconentry:add")
        query = urlencode({"phrases": instance.words})
        context["synonym_url"] = f"{address}?{query}"
        context["page_url"] = f"{address}?{query}#id_promoted_page-label"
        return context


class UnansweredView(HarmlessExportMixin, ReportView):
    """The weekly counts, the most frequent first; too few to be shown are not in it."""

    index_url_name = "unanswered_searches"
    index_results_url_name = "unanswered_searches_results"
    page_title = _("Recherches sans réponse")
    header_icon = "search"
    permission_policy = ModelPermissionPolicy(LexiconEntry)
    any_permission_required = ("add", "change")
    columns = [
        Column("week", label=_("Semaine du"), accessor=lambda row: format_date(row.week)),
        WordsColumn("words", label=_("Mots")),
        Column("count", label=_("Nombre de fois")),
    ]
    list_export = ["week", "words", "count"]
    export_headings = {
        "week": _("Semaine du"),
        "words": _("Mots"),
        "count": _("Nombre de fois"),
    }

    def get_base_queryset(self) -> QuerySet[UnansweredSearch]:
        forget_old_unanswered(monday())
        return UnansweredSearch.objects.filter(count__gte=ENOUGH).exclude(words="")
