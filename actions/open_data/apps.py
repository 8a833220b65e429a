from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OpenDataConfig(AppConfig):
    name = "actions.open_data"
    label = "actions_open_data"
    verbose_name = _("Données ouvertes de la feuille de route")
