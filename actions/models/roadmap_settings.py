"""Settings of the roadmap in the editor."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from actions.editor_choices import AskingFrequency
from portal.base.editor_forms import EditorForm


@register_setting(icon="list-ul", order=261)
class RoadmapSettings(BaseGenericSetting):
    """What the roadmap may do by itself.

    Nobody is written to before the coordinator says so: the pilots are told first.
    """

    personal_fields = ()
    base_form_class = EditorForm

    asks_pilots = models.BooleanField(
        _("demander aux pilotes où en est leur action"),
        default=False,
        help_text=_(
            "Quand rien n’en est dit depuis un moment : un message par jour au plus, deux "
            "rappels. Prévenez d’abord les pilotes."
        ),
    )
    asks_after = models.PositiveSmallIntegerField(
        _("sans nouvelle depuis"), choices=AskingFrequency, default=AskingFrequency.QUARTERLY
    )

    panels = [FieldPanel("asks_pilots"), FieldPanel("asks_after")]

    class Meta:
        verbose_name = _("réglages de la feuille de route")
