from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FinessConfig(AppConfig):
    name = "resources.finess"
    label = "resources_finess"
    verbose_name = _("FINESS")
