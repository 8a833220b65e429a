from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EditorConfig(AppConfig):
    name = "portal.editor"
    label = "editor"
    verbose_name = _("Éditeur")

    def ready(self) -> None:
        from portal.editor.services import name_roots
        from portal.users.groups import also_ensure

        also_ensure(name_roots)
