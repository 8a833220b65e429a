"""The screens of messages to the network, and their item in « Annuaire »."""

from django.urls import URLPattern

from wagtail import hooks
from wagtail.admin.menu import MenuItem

from home.network.views import NetworkListView, admin_urls
from portal.base.admin_menu import view_menu_item


@hooks.register("register_admin_urls")
def network_urls() -> list[URLPattern]:
    return admin_urls()


@hooks.register("register_directory_menu_item")
def network_menu_item() -> MenuItem:
    return view_menu_item(NetworkListView, order=29)
