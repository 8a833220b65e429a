"""The menu « Annuaire » of the editor: the directory's own lists and those of its packages."""

from typing import Any

from django.urls import path
from django.utils.translation import gettext_lazy as _

from wagtail import hooks
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from portal.editor.menu import JobGroupMixin
from portal.imports.views import ImportRedirectView
from resources.corrections.viewsets import EntryProposalViewSet, ErrorReportViewSet
from resources.models import ResourceType, Sector
from resources.referents.viewsets import ReferentViewSet
from resources.sectors.admin_views import SectorIndexView, SectorTemplateView
from resources.sectors.import_types import SECTORS
from resources.viewsets import ResourceListingViewSet


class ResourceTypeViewSet(SnippetViewSet):
    model = ResourceType
    icon = "tag"
    list_display = ["name", "code", "family", "is_care", "order"]
    list_filter = ["family", "is_care"]
    ordering = ["order", "name"]


class SectorViewSet(SnippetViewSet):
    model = Sector
    icon = "site"
    list_display = ["code", "name", "audience", "hospital"]
    list_filter = ["audience"]
    ordering = ["code"]
    index_view_class = SectorIndexView

    def get_urlpatterns(self) -> list[Any]:
        template_view = self.construct_view(SectorTemplateView)
        return [
            *super().get_urlpatterns(),
            path(
                "import/",
                ImportRedirectView.as_view(),
                {"kind": SECTORS.name},
                "import",
            ),
            path("import/secteurs.csv", template_view, name="template"),
        ]


class DirectorySnippetGroup(JobGroupMixin, SnippetViewSetGroup):
    menu_label = _("Annuaire")
    menu_icon = "site"
    menu_order = 20
    register_hook_name = "register_directory_menu_item"
    items = (
        ErrorReportViewSet,
        EntryProposalViewSet,
        ReferentViewSet,
        SectorViewSet,
        ResourceTypeViewSet,
    )


register_snippet(DirectorySnippetGroup)


@hooks.register("register_admin_viewset")
def entry_listing_viewset() -> ResourceListingViewSet:
    return ResourceListingViewSet("fiches")
