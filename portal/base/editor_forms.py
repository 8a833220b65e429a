"""The forms of pages and of translated snippets in the editor, and of « Copier »."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.forms.pages import CopyForm, WagtailAdminPageForm

from portal.base.stale_forms import StaleFormMixin
from portal.base.translation_fields import is_shared

TRANSLATED = False


class _SharedFieldsMixin:
    """In a translation, shared facts are shown, and changed in the source only.

    Otherwise what is typed there would be replaced by the source's at the next publication.
    """

    instance: Any
    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.pk or self.instance.locale.language_code == settings.LANGUAGE_CODE:
            return
        words = _("Se change dans la version en français, pour toutes les langues.")
        self._lock(self, words)
        for formset in getattr(self, "formsets", {}).values():
            for form in formset.forms:
                if form.instance.pk:
                    self._lock(form, words)

    @staticmethod
    def _lock(form: Any, words: str) -> None:
        for said in getattr(form.instance, "override_translatable_fields", []):
            field = form.fields.get(said.field_name)
            if field is not None and is_shared(said):
                field.disabled = True
                field.help_text = words


class BasePageForm(StaleFormMixin, _SharedFieldsMixin, WagtailAdminPageForm):
    """The form of any page: what is missing is said before it is published, never after."""

    def _post_clean(self) -> None:
        if self.is_deferred_validation and self.instance.pk is None:
            self.instance.live = False  # it is judged as the draft that it will be
        super()._post_clean()
        if self.is_deferred_validation or self.errors:
            return  # a draft may be anything
        for name, words in self.instance.publication_problems().items():
            self.add_error(name if name in self.fields else None, words)


class TranslatedSnippetForm(StaleFormMixin, _SharedFieldsMixin, WagtailAdminModelForm):
    """The form of a snippet that exists in several languages."""


class EditorForm(StaleFormMixin, WagtailAdminModelForm):
    """The form of a snippet or of settings that exist once, in no language of their own."""


class PageCopyForm(CopyForm):
    """« Copier »: a copy that may not be published is told so, and made without « Publier »."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if cleaned.get("publish_copies") or cleaned.get("alias"):
            for page in self._copied(cleaned):
                copy = page.specific
                copy.pk = copy.id = None
                for words in copy.publication_problems().values():
                    self.add_error(
                        "alias" if cleaned.get("alias") else "publish_copies",
                        _("« %(title)s » ne peut pas être publiée ainsi. %(reason)s")
                        % {"title": page.title, "reason": words},
                    )
                    return cleaned
        return cleaned

    def _copied(self, cleaned: dict[str, Any]) -> Any:
        with_children = cleaned.get("copy_subpages", False)
        pages = self.page.get_descendants(inclusive=True) if with_children else [self.page]
        return [page for page in pages if page.live]
