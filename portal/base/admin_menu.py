"""Menu items and addresses of the editor's screens that are neither viewsets nor settings."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise

from wagtail.admin.menu import MenuItem


class PermissionMenuItem(MenuItem):
    """A menu item that is shown to those whom its view lets in."""

    def __init__(self, *args: Any, view_class: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.view_class = view_class

    def is_shown(self, request: HttpRequest) -> bool:
        view = self.view_class
        needed = view.any_permission_required or [view.permission_required]
        return bool(view.permission_policy.user_has_any_permission(request.user, needed))


def view_menu_item(view: Any, *, order: int, label: str | Promise = "") -> MenuItem:
    """The menu item of a list or a report, called by its title unless ``label`` is said.

    Its address, its icon and who sees it are those of its view.
    """
    address = reverse(view.index_url_name)
    words, icon = label or view.page_title, view.header_icon
    return PermissionMenuItem(words, address, view_class=view, icon_name=icon, order=order)


def report_urls(prefix: str, view: Any) -> list[URLPattern]:
    """The two addresses of a report: the page, and its filtered rows alone."""
    rows = view.as_view(results_only=True)
    return [
        path(prefix, view.as_view(), name=view.index_url_name),
        path(f"{prefix}results/", rows, name=view.index_results_url_name),
    ]
