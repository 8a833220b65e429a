from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TerritoryReportConfig(AppConfig):
    name = "resources.territory_report"
    label = "resources_territory_report"
    verbose_name = _("Territoires")
