from django.http import HttpRequest

from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from home.dashboard import FirstStepsPanel
from home.models import ContactMessage, RegionalPortal


class ContactMessageViewSet(SnippetViewSet):
    model = ContactMessage
    icon = "mail"
    list_display = ["__str__", "subject", "received_at", "mailed_at", "answered_on"]
    list_filter = ["subject", "answered_on"]
    ordering = ["-received_at"]
    copy_view_enabled = False
    inspect_view_enabled = True
    add_to_admin_menu = True
    menu_order = 350


register_snippet(ContactMessageViewSet)


class RegionalPortalViewSet(SnippetViewSet):
    model = RegionalPortal
    icon = "site"
    list_display = ["department", "name", "address", "is_active"]
    copy_view_enabled = False


register_snippet(RegionalPortalViewSet)


@hooks.register("construct_homepage_panels")
def add_first_steps_panel(request: HttpRequest, panels: list[Component]) -> None:
    panels.insert(0, FirstStepsPanel())
