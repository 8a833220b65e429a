from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ResourcesConfig(AppConfig):
    name = "resources"
    verbose_name = _("Annuaire")

    def ready(self) -> None:
        from resources import (  # noqa: F401
            periodic_jobs,
            search_signals,
            search_sources,
            type_names,
        )
        from resources.corrections import persons as corrections_persons  # noqa: F401
        from resources.finess import kind as finess_kind  # noqa: F401
        from resources.moderation import signals as moderation_signals  # noqa: F401
        from resources.open_data import described, withdrawals  # noqa: F401
        from resources.referents import persons as referents_persons  # noqa: F401
