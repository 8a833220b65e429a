"""The guide, inside the editor."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from portal.editor.guide import guide_paragraphs, search_guide


class GuideView(WagtailAdminTemplateMixin, TemplateView):
    """All the guide, or (``?q=``) the paragraphs that answer a question."""

    template_name = "editor/guide.html"
    page_title = _("Aide et guide")
    header_icon = "help"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        question = self.request.GET.get("q", "").replace("\0", "").strip()[:200]
        paragraphs = search_guide(question) if question else guide_paragraphs()
        chapters = [one for one in guide_paragraphs() if one.is_chapter]
        found = {"question": question, "paragraphs": paragraphs, "chapters": chapters}
        return super().get_context_data(**kwargs) | found
