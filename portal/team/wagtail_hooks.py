"""« L’équipe » in the settings of the editor, and its log entries."""

from typing import Any

from django.urls import URLResolver, include, path
from django.utils.translation import gettext as _

from wagtail import hooks
from wagtail.admin.menu import MenuItem

from portal.base.admin_menu import view_menu_item
from portal.team import services
from portal.team.views import TeamView, urlpatterns


@hooks.register("register_admin_urls")
def team_urls() -> list[URLResolver]:
    return [path("equipe/", include((urlpatterns, "team"), namespace="team"))]


@hooks.register("register_settings_menu_item")
def team_menu_item() -> MenuItem:
    return view_menu_item(TeamView, order=10)


@hooks.register("register_log_actions")
def team_log_actions(actions: Any) -> None:
    for name, label, sentence in (
        (services.INVITE, _("Inviter"), _("Invitation envoyée")),
        (services.CHANGE_ROLE, _("Changer le rôle"), _("Rôle changé")),
        (services.HAND_OVER, _("Passer la main"), _("A passé la main")),
    ):
        actions.register_action(name, label, sentence)
