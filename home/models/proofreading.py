"""Who read a page again, and when: said by the page itself, or that nobody has yet."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail_localize.fields import SynchronizedField, TranslatableField


class ProofreadPage(models.Model):
    """A page that persons concerned or clinicians read again, each language on its own.

    Who and when are given both, or neither: ``clean`` refuses one alone.
    """

    proofread_by = models.CharField(
        _("relue par"),
        max_length=160,
        blank=True,
        help_text=_(
            "Le groupe de personnes concernées, ou un clinicien et une association spécialisée : "
            "leurs fonctions, pas leurs noms. Sans relecture, la page dit que personne ne l’a "
            "encore relue, et ne peut pas porter le nom de « FALC »."
        ),
    )
    proofread_on = models.DateField(_("relue le"), null=True, blank=True)

    class Meta:
        abstract = True

    proofreading_panel = FieldRowPanel([FieldPanel("proofread_by"), FieldPanel("proofread_on")])
    proofreading_fields = (TranslatableField("proofread_by"), SynchronizedField("proofread_on"))

    def clean(self) -> None:
        super().clean()
        if bool(self.proofread_by) != bool(self.proofread_on):
            message = _("Dites qui a relu la page, et quel jour : les deux, ou rien.")
            raise ValidationError({"proofread_by": message})
