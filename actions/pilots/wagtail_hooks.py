"""The screens and menu items of pilots in the editor."""

from django.urls import URLPattern

from wagtail import hooks
from wagtail.admin.menu import MenuItem

from actions.pilots.admin_views import PilotUpdateListView, admin_urls
from actions.pilots.viewsets import PilotViewSet
from portal.base.admin_menu import view_menu_item


@hooks.register("register_admin_viewset")
def pilot_viewset() -> PilotViewSet:
    return PilotViewSet()


@hooks.register("register_admin_urls")
def pilot_urls() -> list[URLPattern]:
    return admin_urls()


@hooks.register("register_project_menu_item")
def pilot_updates_menu_item() -> MenuItem:
    return view_menu_item(PilotUpdateListView, order=25)
