from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from portal.geo.forms import TerritoryForm
from portal.geo.models import Territory


class TerritoryViewSet(SnippetViewSet):
    model = Territory
    icon = "site"
    menu_hook = "register_project_menu_item"
    menu_order = 40
    list_display = ["name", "is_confirmed", "order"]
    ordering = ["order", "name"]
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            FieldPanel("slug"),
            FieldPanel("description"),
            FieldRowPanel([FieldPanel("order"), FieldPanel("is_confirmed")]),
            FieldPanel("communes"),
        ],
        base_form_class=TerritoryForm,
    )


register_snippet(TerritoryViewSet)
