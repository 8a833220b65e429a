"""The editor's menu, by job.

Each job is a menu of its own. Packages add items to it by a hook, which is a function without
argument that gives a ``MenuItem``, or the ``menu_hook`` of a viewset:

=========================  =====================================================
« Annuaire »               ``register_directory_menu_item``
« Le projet »              ``register_project_menu_item``
« La lettre »              ``register_letter_menu_item``
« Actualités et agenda »   ``register_news_menu_item``
« Pages et images »        ``register_content_menu_item``
« Bilan »                  ``register_reports_menu_item``, Wagtail's
« Réglages »               ``register_settings_menu_item``, Wagtail's
=========================  =====================================================

The directory and the letter build their menus themselves, with ``JobGroupMixin``; « À faire » and
« Actions » are one screen each. What else is registered in the main menu stays there.
"""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem, reports_menu, settings_menu

#: Wagtail's items of the main menu that nobody sees: the jobs have what is of use in them.
REPLACED = frozenset({"explorer", "images", "documents", "reports", "settings"})
#: Those that only a superuser sees.
SUPERUSER_ITEMS = frozenset({"snippets", "help"})
#: Reports that only a superuser sees in « Bilan »: how Wagtail works, and what has another place.
REPORTS_MACHINERY = (
    "wagtail_localize:translations_report",
    "wagtailadmin_reports:aging_pages",
    "wagtailadmin_reports:locked_pages",
    "wagtailadmin_reports:page_types_usage",
    "wagtailadmin_reports:site_history",
    "wagtailadmin_reports:workflow",
    "wagtailadmin_reports:workflow_tasks",
)
#: Settings that only a superuser sees.
SETTINGS_MACHINERY = (
    "wagtailadmin_collections:index",
    "wagtailadmin_workflows:index",
    "wagtailadmin_workflows:task_index",
    "wagtaillocales:index",
    "wagtailsites:index",
    "wagtailusers_groups:index",
    "wagtailusers_users:index",
)
#: The jobs that no package builds: label, menu, name, icon and order.
JOBS = (
    (_("Le projet"), Menu("register_project_menu_item"), "projet", "order", 40),
    (_("Actualités et agenda"), Menu("register_news_menu_item"), "actualites", "calendar", 60),
    (_("Pages et images"), Menu("register_content_menu_item"), "contenus", "doc-full", 70),
    (_("Bilan"), reports_menu, "bilan", "glasses", 80),
    (_("Réglages"), settings_menu, "reglages", "cogs", 90),
)


def arrange_main_menu(request: HttpRequest, items: list[MenuItem]) -> None:
    """Take out of the main menu what the jobs replace, and what this person does not need."""
    hidden = REPLACED if request.user.is_superuser else REPLACED | SUPERUSER_ITEMS
    items[:] = [item for item in items if item.name not in hidden]


def arrange_reports_menu(request: HttpRequest, items: list[MenuItem]) -> None:
    _remove_machinery(request, items, REPORTS_MACHINERY)


def arrange_settings_menu(request: HttpRequest, items: list[MenuItem]) -> None:
    _remove_machinery(request, items, SETTINGS_MACHINERY)


def _remove_machinery(request: HttpRequest, items: list[MenuItem], names: tuple[str, ...]) -> None:
    if not request.user.is_superuser:
        addresses = {reverse(name) for name in names}
        items[:] = [item for item in items if item.url not in addresses]


class JobGroupMixin:
    """A job made of a group of viewsets, and of what packages register beside them.

    The viewsets are numbered ten by ten, in their order.
    """

    register_hook_name = ""

    def get_menu_item(self: Any, order: int | None = None) -> MenuItem:
        own = [one.get_menu_item(order=10 * n) for n, one in enumerate(self.registerables, 1)]
        return SubmenuMenuItem(
            self.menu_label,
            Menu(self.register_hook_name, items=own),
            name=self.menu_name,
            icon_name=self.menu_icon,
            order=self.menu_order if order is None else order,
        )
