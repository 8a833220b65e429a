from django.urls import URLPattern, reverse
from django.utils.translation import gettext_lazy as _

from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet

from portal.base.admin_menu import PermissionMenuItem, report_urls
from search.reports import UnansweredView
from search.viewsets import LexiconViewSet

register_snippet(LexiconViewSet)


@hooks.register("register_reports_menu_item")
def unanswered_menu_item() -> MenuItem:
    address = reverse("unanswered_searches")
    return PermissionMenuItem(
        _("Recherches sans réponse"),
        address,
        view_class=UnansweredView,
        icon_name="search",
        order=710,
    )


@hooks.register("register_admin_urls")
def unanswered_urls() -> list[URLPattern]:
    return report_urls("reports/recherches/", UnansweredView)
