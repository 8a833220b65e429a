from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GovernanceConfig(AppConfig):
    name = "home.governance"
    label = "home_governance"
    verbose_name = _("Gouvernance")
