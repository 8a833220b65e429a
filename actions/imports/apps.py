from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ImportsConfig(AppConfig):
    name = "actions.imports"
    label = "actions_imports"
    verbose_name = _("Import de fiches-actions")
