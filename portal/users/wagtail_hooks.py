"""Restrictions of Wagtail's account screens."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from wagtail import hooks
from wagtail.admin.menu import MenuItem

from portal.users.models import User


@hooks.register("before_create_user")
def only_administrators_make_administrators(request: HttpRequest) -> None:
    """Refuse to make an administrator: Wagtail's form lets any user manager do it."""
    if "is_superuser" in request.POST and not request.user.is_superuser:
        raise PermissionDenied


@hooks.register("after_create_user")
def no_password_is_not_an_empty_one(request: HttpRequest, user: User) -> None:
    """Store an empty password as unusable: such users sign in with a code."""
    if not user.password:
        user.set_unusable_password()
        user.save(update_fields=["password"])


@hooks.register("before_edit_user")
def only_administrators_change_administrators(request: HttpRequest, user: User) -> None:
    only_administrators_make_administrators(request)
    if user.is_superuser and not request.user.is_superuser:
        raise PermissionDenied


@hooks.register("before_delete_user")
def only_administrators_remove_administrators(request: HttpRequest, user: User) -> None:
    if user.is_superuser and not request.user.is_superuser:
        raise PermissionDenied


@hooks.register("before_bulk_action")
def nor_many_at_once(
    request: HttpRequest, action_type: str, objects: list[Any], action: Any
) -> None:
    if request.user.is_superuser:
        return
    if any(isinstance(one, User) and one.is_superuser for one in objects):
        raise PermissionDenied


@hooks.register("register_settings_menu_item")
def security_of_my_account() -> MenuItem:
    return MenuItem(
        _("Sécurité de mon compte"), reverse("mfa_index"), icon_name="lock", order=10_000
    )
