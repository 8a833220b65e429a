"""Screens that are neither lists nor forms, beside those in the menu of the letter."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.functional import cached_property

from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet


class OnlyForWhoMayUse(MenuItem):
    """A screen in the menu, for those whom its view lets in."""

    view_class: Any = None

    def is_shown(self, request: HttpRequest) -> bool:
        view = self.view_class
        needed = view.any_permission_required or [view.permission_required]
        return bool(view.permission_policy.user_has_any_permission(request.user, needed))


class ScreenViewSet(ViewSet):
    """One screen by itself in the group of the letter."""

    view_class: Any = None

    @cached_property
    def menu_item_class(self) -> type[MenuItem]:
        return type("ScreenMenuItem", (OnlyForWhoMayUse,), {"view_class": self.view_class})

    def get_urlpatterns(self) -> list[URLPattern]:
        return [path("", self.construct_view(self.view_class), name="index")]
