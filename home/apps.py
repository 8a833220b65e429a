from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = _("Accueil")

    def ready(self) -> None:
        from home import (  # noqa: F401
            letter_changes,
            periodic_jobs,
            persons,
            search_sources,
            signals,
        )
