"""The portals that the regional search asks."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from home.portal_addresses import BadPortalAddress, portal_origin
from portal.base.editor_forms import EditorForm


class RegionalPortal(models.Model):
    """The portal of a department, whose public search is asked by « Chercher dans la région »."""

    base_form_class = EditorForm
    personal_fields = ()

    department = models.CharField(
        _("département"),
        max_length=60,
        help_text=_("Le titre sous lequel paraissent ses réponses."),
    )
    name = models.CharField(_("nom du portail"), max_length=120)
    address = models.URLField(
        _("adresse"),
        unique=True,
        help_text=_("Celle de son accueil : https://sante-mentale.example.org"),
    )
    is_active = models.BooleanField(_("à interroger"), default=True)

    class Meta:
        verbose_name = _("portail de la région")
        verbose_name_plural = _("portails de la région")
        ordering = ["department", "name"]

    def __str__(self) -> str:
        return f"{self.department} : {self.name}"

    def clean(self) -> None:
        """The address is kept without its path; only a public https address is asked."""
        try:
            self.address = portal_origin(self.address)
        except BadPortalAddress as problem:
            raise ValidationError({"address": str(problem)}) from problem
