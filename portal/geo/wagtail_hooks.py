from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from portal.geo.models import Territory


class TerritoryViewSet(SnippetViewSet):
    model = Territory
    icon = "site"
    list_display = ["name", "is_confirmed", "order"]
    ordering = ["order", "name"]


register_snippet(TerritoryViewSet)
