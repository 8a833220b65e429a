"""The editor's lists of actions and of recommendations."""

from django.utils.translation import gettext_lazy as _

from wagtail.admin.viewsets.pages import PageListingViewSet

from actions.models import ActionPage, RecommendationPage


class ActionListingViewSet(PageListingViewSet):
    model = ActionPage
    icon = "list-ul"
    menu_label = _("Actions")
    add_to_admin_menu = True
    menu_order = 30


class RecommendationListingViewSet(PageListingViewSet):
    model = RecommendationPage
    icon = "list-ul"
    menu_label = _("Recommandations")
    menu_hook = "register_project_menu_item"
    menu_order = 20
