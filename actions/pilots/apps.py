from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PilotsConfig(AppConfig):
    name = "actions.pilots"
    label = "actions_pilots"
    verbose_name = _("Pilotes des actions")
