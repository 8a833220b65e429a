"""Meetings and decisions in the menu « Le projet »."""

from django.urls import URLPattern

from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet

from home.governance.viewsets import DecisionListView, MeetingViewSet
from portal.base.admin_menu import report_urls, view_menu_item

register_snippet(MeetingViewSet)


@hooks.register("register_admin_urls")
def decision_urls() -> list[URLPattern]:
    return report_urls("projet/decisions/", DecisionListView)


@hooks.register("register_project_menu_item")
def decisions_menu_item() -> MenuItem:
    return view_menu_item(DecisionListView, order=32)
