from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ImportsConfig(AppConfig):
    name = "resources.imports"
    label = "resources_imports"
    verbose_name = _("Tableau de l’annuaire")
