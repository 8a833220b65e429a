"""The board in the menu « Le projet »."""

from django.urls import URLPattern, path

from wagtail import hooks
from wagtail.admin.menu import MenuItem

from actions.board.admin_views import ActionBoardAloneView, ActionBoardView
from portal.base.admin_menu import view_menu_item


@hooks.register("register_admin_urls")
def board_urls() -> list[URLPattern]:
    return [
        path("projet/tableau/", ActionBoardView.as_view(), name="action_board"),
        path("projet/tableau/seul/", ActionBoardAloneView.as_view(), name="action_board_alone"),
    ]


@hooks.register("register_project_menu_item")
def board_menu_item() -> MenuItem:
    return view_menu_item(ActionBoardView, order=5)
