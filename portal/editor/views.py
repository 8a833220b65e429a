"""The guide, inside the editor, and the help with writing."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.models import Page

from portal.editor.guide import guide_paragraphs, search_guide
from portal.editor.writing import reading_score, writing_notes
from portal.glossary.models import GlossaryTerm
from portal.translations.texts import path_label, texts_of


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


class WritingView(WagtailAdminTemplateMixin, TemplateView):
    """« Relire l’écriture »: what is hard to read in the latest version of a page."""

    template_name = "editor/writing.html"
    page_title = _("Relire l’écriture")
    header_icon = "glasses"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.page = get_object_or_404(Page, pk=kwargs["pk"])
        if not self.page.permissions_for_user(request.user).can_edit():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        return str(self.page.get_admin_display_title())

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        edit = reverse("wagtailadmin_pages:edit", args=[self.page.pk])
        page = {"url": edit, "label": self.get_page_subtitle()}
        return [*self.breadcrumbs_items, page, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        draft = self.page.get_latest_revision_as_object()
        texts: dict[str, str] = {}
        for path, text in texts_of(draft).items():
            place = path_label(type(draft), path)
            texts[place] = f"{texts[place]}\n{text}" if place in texts else text
        terms = GlossaryTerm.objects.filter(is_explained_in_texts=True)
        explained = terms.values_list("term", flat=True)
        found = {
            "page": self.page,
            "notes": writing_notes(texts, explained),
            "score": reading_score("\n".join(texts.values())),
        }
        return super().get_context_data(**kwargs) | found
