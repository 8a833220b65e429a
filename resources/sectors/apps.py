from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SectorsConfig(AppConfig):
    name = "resources.sectors"
    label = "resources_sectors"
    verbose_name = _("Secteurs")
