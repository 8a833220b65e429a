from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ModerationConfig(AppConfig):
    name = "resources.moderation"
    label = "resources_moderation"
    verbose_name = _("Changements proposés")
