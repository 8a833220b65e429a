"""« Territoires » in the menu « Bilan » of the editor."""

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from wagtail import hooks
from wagtail.admin.menu import MenuItem

from portal.base.admin_menu import view_menu_item
from resources.territory_report.views import (
    PAPER_URL_NAME,
    URL_NAME,
    TerritoryReportPrintView,
    TerritoryReportView,
)


@hooks.register("register_reports_menu_item")
def territory_report_menu_item() -> MenuItem:
    return view_menu_item(TerritoryReportView, order=705, label=_("Territoires"))


@hooks.register("register_admin_urls")
def territory_report_urls() -> list[URLPattern]:
    return [
        path("reports/territoires/", TerritoryReportView.as_view(), name=URL_NAME),
        path(
            "reports/territoires/diagnostic/",
            TerritoryReportPrintView.as_view(),
            name=PAPER_URL_NAME,
        ),
    ]
