"""The form of a page in the editor."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from wagtail.admin.forms.pages import WagtailAdminPageForm

from portal.base.translation_fields import is_shared

TRANSLATED = False


class BasePageForm(WagtailAdminPageForm):
    """The form of any page; that of a translation shows shared facts, which are changed elsewhere.

    Otherwise a number typed there would be replaced by the source's at the next publication.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        page = self.instance
        if not page.pk or page.locale.language_code == settings.LANGUAGE_CODE:
            return
        for said in page.override_translatable_fields:
            field = self.fields.get(said.field_name)
            if field is not None and is_shared(said):
                field.disabled = True
                field.help_text = _(
                    "Se change dans la version en français, pour toutes les langues."
                )
