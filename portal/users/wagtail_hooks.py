"""Restrictions of Wagtail's account screens."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from wagtail import hooks

from portal.users.models import User


@hooks.register("before_create_user")
def refuse_superuser_creation(request: HttpRequest) -> None:
    """Refuse to make an administrator: Wagtail's form lets any user manager do it."""
    if "is_superuser" in request.POST and not request.user.is_superuser:
        raise PermissionDenied


@hooks.register("after_create_user")
def set_unusable_password(request: HttpRequest, user: User) -> None:
    """Store an empty password as unusable: such users sign in with a code."""
    if not user.password:
        user.set_unusable_password()
        user.save(update_fields=["password"])


@hooks.register("before_edit_user")
def refuse_superuser_edit(request: HttpRequest, user: User) -> None:
    refuse_superuser_creation(request)
    if user.is_superuser and not request.user.is_superuser:
        raise PermissionDenied


@hooks.register("before_delete_user")
def refuse_superuser_deletion(request: HttpRequest, user: User) -> None:
    if user.is_superuser and not request.user.is_superuser:
        raise PermissionDenied


@hooks.register("before_bulk_action")
def refuse_superuser_bulk_action(
    request: HttpRequest, action_type: str, objects: list[Any], action: Any
) -> None:
    if request.user.is_superuser:
        return
    if any(isinstance(one, User) and one.is_superuser for one in objects):
        raise PermissionDenied
