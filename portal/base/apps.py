from importlib import import_module
from pathlib import Path

from django.apps import AppConfig, apps
from django.conf import settings
from django.utils.module_loading import module_has_submodule
from django.utils.translation import gettext_lazy as _

#: The modules that an app of the portal may have, and that register what they hold when they
#: are imported. Wagtail finds ``wagtail_hooks`` by itself.
DISCOVERED_MODULES = (
    "checks",
    "signals",
    "periodic_jobs",
    "import_types",
    "openapi",
    "pdf_documents",
    "personal_data",
    "search_sources",
    "digest_sources",
    "snapshot_sources",
    "todo_sources",
)


class BaseConfig(AppConfig):
    name = "portal.base"
    label = "base"
    verbose_name = _("Portail")

    def ready(self) -> None:
        """Import the registering modules (``DISCOVERED_MODULES``) of the portal's own apps.

        Not ``autodiscover_modules``: it would also import the modules of these names that Wagtail
        and other libraries have for themselves.
        """
        from portal.base.date_inputs import read_typed_dates
        from portal.text.control_characters import strip_what_is_saved

        read_typed_dates()
        strip_what_is_saved()
        for app in apps.get_app_configs():
            if not Path(app.path).is_relative_to(settings.BASE_DIR / app.name.partition(".")[0]):
                continue
            for name in DISCOVERED_MODULES:
                if module_has_submodule(app.module, name):
                    import_module(f"{app.name}.{name}")
