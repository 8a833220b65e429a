"""The screens, menu items and log entries of verification in the editor."""

from typing import Any

from django.urls import URLPattern
from django.utils.translation import gettext as _

from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogFormatter

from portal.base.admin_menu import report_urls, view_menu_item
from resources.verification.reports import UntoldHoursView
from resources.verification.returned_addresses import ReturnedAddressesView
from resources.verification.schedule import UNREACHABLE
from resources.verification.services import LOG_ACTION
from resources.verification.viewsets import CallListView, VerificationListView, admin_urls


@hooks.register("register_admin_urls")
def verification_urls() -> list[URLPattern]:
    return [
        *admin_urls(),
        *report_urls("reports/horaires/", UntoldHoursView),
        *report_urls("reports/adresses/", ReturnedAddressesView),
    ]


@hooks.register("register_directory_menu_item")
def untold_hours_menu_item() -> MenuItem:
    return view_menu_item(UntoldHoursView, order=60)


@hooks.register("register_directory_menu_item")
def returned_addresses_menu_item() -> MenuItem:
    return view_menu_item(ReturnedAddressesView, order=61)


@hooks.register("register_directory_menu_item")
def call_list_menu_item() -> MenuItem:
    return view_menu_item(CallListView, order=25)


@hooks.register("register_directory_menu_item")
def verifications_menu_item() -> MenuItem:
    return view_menu_item(VerificationListView, order=26)


@hooks.register("register_log_actions")
def verification_log_actions(actions: Any) -> None:
    @actions.register_action(LOG_ACTION)
    class VerifiedFormatter(LogFormatter):
        label = _("Vérifier")

        def format_message(self, log_entry: Any) -> str:
            words = {"role": log_entry.data.get("role", ""), "how": log_entry.data.get("how", "")}
            if not words["role"]:
                return _("Fiche vérifiée %(how)s") % words
            return _("Fiche vérifiée %(how)s (%(role)s)") % words

    actions.register_action(UNREACHABLE, _("Noter injoignable"), _("Structure injoignable"))
