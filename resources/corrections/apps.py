from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CorrectionsConfig(AppConfig):
    name = "resources.corrections"
    label = "resources_corrections"
    verbose_name = _("Erreurs signalées")
