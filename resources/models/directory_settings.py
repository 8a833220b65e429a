"""Settings of the directory in the editor."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from portal.base.editor_forms import EditorForm


@register_setting(icon="site", order=260)
class DirectorySettings(BaseGenericSetting):
    """What the directory may do by itself.

    Nobody is written to before the coordinator says so: the structures are told first.
    """

    personal_fields = ()
    base_form_class = EditorForm

    asks_structures = models.BooleanField(
        _("écrire aux structures quand leur fiche est à vérifier"),
        default=False,
        help_text=_(
            "Au référent, sinon à l’adresse générique de la fiche : un message par jour au plus, "
            "deux rappels. Prévenez d’abord les structures."
        ),
    )

    panels = [FieldPanel("asks_structures")]

    class Meta:
        verbose_name = _("réglages de l’annuaire")
