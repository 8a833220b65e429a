"""« Évolution » in the Reports menu of the editor."""

from django.urls import URLPattern, path

from wagtail import hooks
from wagtail.admin.menu import MenuItem

from portal.base.admin_menu import view_menu_item
from portal.history.views import EvolutionView


@hooks.register("register_reports_menu_item")
def evolution_menu_item() -> MenuItem:
    return view_menu_item(EvolutionView, order=706)


@hooks.register("register_admin_urls")
def evolution_urls() -> list[URLPattern]:
    return [path("reports/evolution/", EvolutionView.as_view(), name=EvolutionView.index_url_name)]
