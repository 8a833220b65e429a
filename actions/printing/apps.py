from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PrintingConfig(AppConfig):
    name = "actions.printing"
    label = "actions_printing"
    verbose_name = _("Feuille de route à imprimer")
