"""« Liens et documents », in the menu of pages."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.permissions import page_permission_policy

from home.link_health import dead_links, unreadable_documents


class LinkHealthView(WagtailAdminTemplateMixin, TemplateView):
    """What lets a reader down, each with the page to open; for who may change pages."""

    template_name = "home/link_health.html"
    page_title = _("Liens et documents")
    header_icon = "link"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not page_permission_policy.user_has_any_permission(request.user, ["change", "publish"]):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = {"links": dead_links(), "documents": unreadable_documents()}
        return super().get_context_data(**kwargs) | found
