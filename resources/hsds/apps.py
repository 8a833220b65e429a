from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HsdsConfig(AppConfig):
    name = "resources.hsds"
    label = "resources_hsds"
    verbose_name = _("Annuaire en HSDS")
