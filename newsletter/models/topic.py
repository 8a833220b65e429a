from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel, FieldRowPanel

from portal.base.editor_forms import EditorForm


class Topic(models.Model):
    """What a person may choose to read about: the news of relatives, of partners, the agenda."""

    personal_fields = ()
    base_form_class = EditorForm

    code = models.SlugField(
        _("code"), max_length=30, unique=True, help_text=_("Court, sans accent : « proches ».")
    )
    name = models.CharField(_("nom"), max_length=80)
    details = models.CharField(
        _("ce qu’on y trouve"), max_length=160, blank=True, help_text=_("En une phrase simple.")
    )
    order = models.PositiveSmallIntegerField(_("ordre"), default=100)
    is_offered = models.BooleanField(
        _("proposé à l’inscription"),
        default=True,
        help_text=_("Décochez pour ne plus le proposer, sans toucher à qui l’a choisi."),
    )

    panels = [
        FieldPanel("name"),
        FieldPanel("code"),
        FieldPanel("details"),
        FieldRowPanel([FieldPanel("order"), FieldPanel("is_offered")]),
    ]

    class Meta:
        verbose_name = _("sujet de la lettre")
        verbose_name_plural = _("sujets de la lettre")
        ordering = ["order", "name"]

    def __str__(self) -> str:
        return self.name
