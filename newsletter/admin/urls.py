"""Screens that are neither lists nor forms, beside those in the menu of the letter."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.urls import URLPattern, path
from django.utils.functional import cached_property

from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from portal.base.admin_menu import PermissionMenuItem


class ScreenViewSet(ViewSet):
    """One screen by itself in the group of the letter."""

    view_class: Any = None

    @cached_property
    def menu_item_class(self) -> Callable[..., MenuItem]:
        return partial(PermissionMenuItem, view_class=self.view_class)

    def get_urlpatterns(self) -> list[URLPattern]:
        return [path("", self.construct_view(self.view_class), name="index")]
