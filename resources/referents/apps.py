from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReferentsConfig(AppConfig):
    name = "resources.referents"
    label = "resources_referents"
    verbose_name = _("Référents")
