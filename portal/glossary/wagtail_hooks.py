from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import CreateView, SnippetViewSet

from portal.glossary.models import GlossaryTerm


class GlossaryTermCreateView(CreateView):
    """A new term; another screen may give it (``?term=``)."""

    def get_initial_form_instance(self) -> GlossaryTerm:
        instance: GlossaryTerm = super().get_initial_form_instance() or GlossaryTerm()
        instance.term = self.request.GET.get("term", "").replace("\0", "")[:80].strip()
        return instance


class GlossaryTermViewSet(SnippetViewSet):
    model = GlossaryTerm
    icon = "openquote"
    add_view_class = GlossaryTermCreateView
    menu_hook = "register_content_menu_item"
    menu_order = 510
    list_display = ["term", "expansion", "is_explained_in_texts"]
    ordering = ["term"]


register_snippet(GlossaryTermViewSet)
