from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CrisisConfig(AppConfig):
    name = "portal.crisis"
    label = "portal_crisis"
    verbose_name = _("Aide maintenant")
