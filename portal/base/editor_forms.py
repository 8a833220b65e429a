"""The forms of pages and of translated snippets in the editor."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.forms.pages import WagtailAdminPageForm

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
        for said in self.instance.override_translatable_fields:
            field = self.fields.get(said.field_name)
            if field is not None and is_shared(said):
                field.disabled = True
                field.help_text = words


class BasePageForm(_SharedFieldsMixin, WagtailAdminPageForm):
    """The form of any page."""


class TranslatedSnippetForm(_SharedFieldsMixin, WagtailAdminModelForm):
    """The form of a snippet that exists in several languages."""
