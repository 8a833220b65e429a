from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _

from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet

from search.lexicon_admin import LexiconViewSet
from search.reports import UnansweredMenuItem, UnansweredView

register_snippet(LexiconViewSet)


@hooks.register("register_reports_menu_item")
def unanswered_menu_item() -> MenuItem:
    address = reverse("unanswered_searches")
    return UnansweredMenuItem(_("Recherches sans réponse"), address, icon_name="search", order=710)


@hooks.register("register_admin_urls")
def unanswered_urls() -> list[URLPattern]:
    results = UnansweredView.as_view(results_only=True)
    return [
        path("reports/recherches/", UnansweredView.as_view(), name="unanswered_searches"),
        path("reports/recherches/results/", results, name="unanswered_searches_results"),
    ]
