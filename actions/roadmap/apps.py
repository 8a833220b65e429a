from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RoadmapConfig(AppConfig):
    name = "actions.roadmap"
    label = "actions_roadmap"
    verbose_name = _("Feuille de route")
