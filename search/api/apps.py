from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchApiConfig(AppConfig):
    name = "search.api"
    label = "search_api"
    verbose_name = _("Recherche en données publiques")
