"""In the editor: my own security, and the recovery of somebody else's account."""

from typing import Any

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button

from portal.sign_in.admin_views import RemoveSecondFactorView
from portal.sign_in.recovery import LOG_ACTION
from portal.users.models import User


@hooks.register("register_settings_menu_item")
def account_security_menu_item() -> MenuItem:
    return MenuItem(
        _("Sécurité de mon compte"), reverse("mfa_index"), icon_name="lock", order=10_000
    )


@hooks.register("register_admin_urls")
def register_recovery_url() -> list[URLPattern]:
    return [
        path(
            "users/<int:pk>/deuxieme-etape/",
            RemoveSecondFactorView.as_view(),
            name="remove_second_factor",
        )
    ]


@hooks.register("register_user_listing_buttons")
def recovery_button(user: User, request_user: User) -> list[Button]:
    """In the list of accounts, for who may remove the second factor of this one."""
    is_beyond = user.is_superuser and not request_user.is_superuser
    if user == request_user or is_beyond or not request_user.has_perm("users.change_user"):
        return []
    url = reverse("remove_second_factor", args=[user.pk])
    return [Button(_("Retirer la deuxième étape"), url, icon_name="lock", priority=40)]


@hooks.register("register_log_actions")
def register_recovery_log_action(actions: Any) -> None:
    actions.register_action(
        LOG_ACTION, _("Retirer la deuxième étape"), _("Deuxième étape de connexion retirée")
    )
