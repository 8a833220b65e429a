"""The report « Tâches du portail », and the banner of what stands still on the editor's home."""

from django.http import HttpRequest
from django.urls import URLPattern

from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from portal.base.admin_menu import report_urls, view_menu_item
from portal.jobs.report import PeriodicJobsView, StandstillPanel


@hooks.register("register_settings_menu_item")
def periodic_jobs_menu_item() -> MenuItem:
    return view_menu_item(PeriodicJobsView, order=8000)


@hooks.register("register_admin_urls")
def periodic_jobs_urls() -> list[URLPattern]:
    return report_urls("reports/taches/", PeriodicJobsView)


@hooks.register("construct_homepage_panels")
def add_standstill_panel(request: HttpRequest, panels: list[Component]) -> None:
    panels.append(StandstillPanel())
