from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SetupConfig(AppConfig):
    name = "home.setup"
    label = "home_setup"
    verbose_name = _("Votre portail en une heure")
