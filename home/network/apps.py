from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NetworkConfig(AppConfig):
    name = "home.network"
    label = "home_network"
    verbose_name = _("Écrire au réseau")
