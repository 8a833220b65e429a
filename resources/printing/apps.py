from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DirectoryPrintingConfig(AppConfig):
    name = "resources.printing"
    label = "resources_printing"
    verbose_name = _("Annuaire à imprimer")
