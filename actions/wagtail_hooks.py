"""Viewset of priorities, order of actions in the explorer, menu items of the roadmap."""

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _

from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.viewsets.pages import PageListingViewSet
from wagtail.models import Page, PageQuerySet
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet

from actions.models import Priority, ProjectIndicator
from actions.reports import LateActionsView
from actions.roadmap.models import ActionIndexPage
from actions.viewsets import ActionListingViewSet, RecommendationListingViewSet


class PriorityViewSet(SnippetViewSet):
    model = Priority
    icon = "order"
    menu_hook = "register_project_menu_item"
    menu_order = 10
    list_display = ["number", "plain_title", "article", "order"]
    ordering = ["order", "number"]


register_snippet(PriorityViewSet)


class ProjectIndicatorIndexView(IndexView):
    def get_base_queryset(self) -> QuerySet:
        return super().get_base_queryset().select_related("territory").prefetch_related("values")


class ProjectIndicatorViewSet(SnippetViewSet):
    model = ProjectIndicator
    index_view_class = ProjectIndicatorIndexView
    icon = "history"
    menu_label = _("Indicateurs")
    menu_hook = "register_project_menu_item"
    menu_order = 23
    copy_view_enabled = False
    list_display = [
        "label",
        "territory",
        "unit",
        Column("last", label=_("Dernière valeur"), accessor=lambda one: one.last_reading or "–"),
        BooleanColumn("is_public", label=_("Public")),
    ]
    ordering = ["order", "label", "pk"]


register_snippet(ProjectIndicatorViewSet)


@hooks.register("register_admin_viewset")
def listing_viewsets() -> list[PageListingViewSet]:
    return [
        ActionListingViewSet("action_listing", url_prefix="actions"),
        RecommendationListingViewSet("recommendation_listing", url_prefix="recommandations"),
    ]


@hooks.register("construct_explorer_page_queryset")
def order_actions_by_reference(
    parent_page: Page, pages: PageQuerySet, request: HttpRequest
) -> PageQuerySet:
    """Order actions by reference (3.2 before 3.10), unless the editor asks for another order."""
    if "ordering" in request.GET or not isinstance(parent_page.specific, ActionIndexPage):
        return pages
    return pages.order_by("actionpage__sort_reference", "path")


@hooks.register("register_reports_menu_item")
def late_actions_menu_item() -> MenuItem:
    return MenuItem(_("Actions en retard"), reverse("late_actions"), icon_name="warning", order=700)


@hooks.register("register_admin_urls")
def late_actions_urls() -> list[URLPattern]:
    return [
        path("reports/late-actions/", LateActionsView.as_view(), name="late_actions"),
        path(
            "reports/late-actions/results/",
            LateActionsView.as_view(results_only=True),
            name="late_actions_results",
        ),
    ]
