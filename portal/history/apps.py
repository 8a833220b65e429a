from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HistoryConfig(AppConfig):
    name = "portal.history"
    label = "portal_history"
    verbose_name = _("Évolution")
