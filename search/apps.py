from importlib import import_module

from django.apps import AppConfig
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = _("Recherche")

    def ready(self) -> None:
        if settings.SEARCH_URL:
            # Its client takes a second to import: not while a reader waits.
            import_module("search.engines.elasticsearch")
