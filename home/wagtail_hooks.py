from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _

from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.models import Locale
from wagtail.permissions import page_permission_policy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import EditView, SnippetViewSet

from home.admin_views import LinkHealthView
from home.models import ContactMessage, PtsmPage, RegionalPortal
from home.period_report.views import PeriodReportView, PeriodReportViewSet
from home.write_links import find_write_links
from portal.base.admin_return import ReturnToNextMixin
from portal.todo.registry import register_write_links


class ContactMessageEditView(ReturnToNextMixin, EditView):
    """Comes back to the list that one came from."""


class ContactMessageViewSet(SnippetViewSet):
    model = ContactMessage
    edit_view_class = ContactMessageEditView
    icon = "mail"
    list_display = ["__str__", "subject", "received_at", "mailed_at", "answered_on"]
    list_filter = ["subject", "answered_on"]
    ordering = ["-received_at"]
    copy_view_enabled = False
    inspect_view_enabled = True
    menu_hook = "register_directory_menu_item"
    menu_order = 22


register_snippet(ContactMessageViewSet)


class RegionalPortalViewSet(SnippetViewSet):
    model = RegionalPortal
    icon = "site"
    menu_hook = "register_content_menu_item"
    menu_order = 540
    list_display = ["department", "name", "address", "is_active"]
    copy_view_enabled = False


register_snippet(RegionalPortalViewSet)
register_snippet(PeriodReportViewSet)


def project_page(request: HttpRequest) -> HttpResponse:
    """Open the page of the project, where its bodies, meetings and documents are kept."""
    page = PtsmPage.objects.filter(locale=Locale.get_default()).order_by("path").first()
    if page is None:
        return redirect("wagtailadmin_explore_root")
    return redirect("wagtailadmin_pages:edit", page.pk)


@hooks.register("register_admin_urls")
def project_urls() -> list[URLPattern]:
    return [
        path("projet/", project_page, name="project_page"),
        path("liens/", LinkHealthView.as_view(), name="link_health"),
        path("bilan/<int:pk>/", PeriodReportView.as_view(), name="period_report"),
    ]


class ProjectMenuItem(MenuItem):
    """Shown to who writes pages: what is opened is one of them."""

    def is_shown(self, request: HttpRequest) -> bool:
        return page_permission_policy.user_has_any_permission(request.user, ["change", "publish"])


@hooks.register("register_content_menu_item")
def link_health_menu_item() -> MenuItem:
    words = _("Liens et documents")
    return ProjectMenuItem(words, reverse("link_health"), icon_name="link", order=610)


@hooks.register("register_project_menu_item")
def project_menu_item() -> MenuItem:
    words = _("Instances, réunions, documents")
    return ProjectMenuItem(words, reverse("project_page"), icon_name="group", order=30)


register_write_links(find_write_links)
