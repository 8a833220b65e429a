from django.urls import URLPattern

from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet

from portal.base.admin_menu import report_urls, view_menu_item
from search.reports import UnansweredView
from search.viewsets import LexiconViewSet

register_snippet(LexiconViewSet)


@hooks.register("register_reports_menu_item")
def unanswered_menu_item() -> MenuItem:
    return view_menu_item(UnansweredView, order=710)


@hooks.register("register_admin_urls")
def unanswered_urls() -> list[URLPattern]:
    return report_urls("reports/recherches/", UnansweredView)
