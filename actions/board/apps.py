from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BoardConfig(AppConfig):
    name = "actions.board"
    label = "actions_board"
    verbose_name = _("Tableau des actions")
