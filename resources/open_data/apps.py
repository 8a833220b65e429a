from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DirectoryOpenDataConfig(AppConfig):
    name = "resources.open_data"
    label = "resources_open_data"
    verbose_name = _("Données ouvertes de l’annuaire")
