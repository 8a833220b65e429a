from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel

from actions.roadmap.presenter import RoadmapPresenter
from portal.base.models import IndexPage
from search.models import SearchablePage


class ActionIndexPage(SearchablePage, IndexPage):
    """The roadmap: every published action, filtered, with how far they are."""

    personal_fields = ()
    parent_page_types = ["home.HomePage"]
    subpage_types = ["actions.ActionPage"]
    max_count_per_parent = 1
    page_description = _("La feuille de route : toutes les fiches-actions et leur avancement.")
    search_kind = "ACTION_PTSM"
    search_words = "actions fiches-actions PTSM"

    class Meta:
        app_label = "actions"
        verbose_name = _("feuille de route")
        verbose_name_plural = _("feuilles de route")

    content_panels = [
        *SearchablePage.content_panels,
        FieldPanel(
            "body", help_text=_("Paraît au-dessus de la liste des actions, qui se remplit seule.")
        ),
    ]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["roadmap"] = RoadmapPresenter(self, request.GET)
        return context
