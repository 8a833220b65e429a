from django.apps import AppConfig
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = _("Recherche")

    def ready(self) -> None:
        from search import checks, periodic_jobs, signals  # noqa: F401

        if settings.SEARCH_URL:
            # Its client takes a second to import: not while a reader waits.
            from search.engines import elasticsearch  # noqa: F401
