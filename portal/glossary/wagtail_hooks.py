from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from portal.glossary.models import GlossaryTerm


class GlossaryTermViewSet(SnippetViewSet):
    model = GlossaryTerm
    icon = "openquote"
    menu_hook = "register_content_menu_item"
    menu_order = 510
    list_display = ["term", "expansion", "is_explained_in_texts"]
    ordering = ["term"]


register_snippet(GlossaryTermViewSet)
