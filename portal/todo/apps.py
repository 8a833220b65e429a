from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TodoConfig(AppConfig):
    name = "portal.todo"
    label = "portal_todo"
    verbose_name = _("À faire")
