"""How the editor's history names what leaves the open data."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from wagtail import hooks

from resources.open_data.withdrawals import ACTION


@hooks.register("register_log_actions")
def register_action(actions: Any) -> None:
    actions.register_action(
        ACTION, _("Retirer des données ouvertes"), _("Retirée des données ouvertes")
    )
