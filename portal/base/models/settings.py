from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from portal.base.editor_forms import EditorForm
from portal.base.fields import StreamField
from portal.blocks.navigation import FOOTER_BLOCKS
from portal.cache.cached import get_or_set
from portal.cache.held import copy_of


@register_setting(icon="site")
class PortalSettings(BaseGenericSetting):
    """Settings that change from one department to another; no template spells them out."""

    personal_fields = ()
    base_form_class = EditorForm

    site_name = models.CharField(
        _("nom du portail"), max_length=80, default="Santé mentale", help_text=_("En tête de page.")
    )
    tagline = models.CharField(
        _("sous le nom"), max_length=80, blank=True, default="le portail du PTSM"
    )
    department_name = models.CharField(_("nom du département"), max_length=80, blank=True)
    in_department = models.CharField(
        _("« dans le département », en toutes lettres"),
        max_length=90,
        blank=True,
        help_text=_("Par exemple « dans les Bouches-du-Rhône »."),
    )
    contact_email = models.EmailField(
        _("adresse e-mail du PTSM"),
        blank=True,
        help_text=_("Une adresse générique, que plusieurs personnes lisent."),
    )
    contact_phone = models.CharField(_("téléphone du PTSM"), max_length=20, blank=True)
    operator = models.CharField(_("structure qui porte le PTSM"), max_length=120, blank=True)
    demo_notice = models.CharField(
        _("avertissement en bas de page"),
        max_length=300,
        blank=True,
        help_text=_("Par exemple pour dire qu’il s’agit d’une démonstration."),
    )
    footer = StreamField(FOOTER_BLOCKS, blank=True, verbose_name=_("pied de page"))

    panels = [
        MultiFieldPanel(
            [
                FieldPanel("site_name"),
                FieldPanel("tagline"),
                FieldPanel("department_name"),
                FieldPanel("in_department"),
            ],
            heading=_("Identité"),
        ),
        MultiFieldPanel(
            [FieldPanel("contact_email"), FieldPanel("contact_phone"), FieldPanel("operator")],
            heading=_("Contact"),
        ),
        FieldPanel("footer"),
        FieldPanel("demo_notice"),
    ]

    class Meta:
        verbose_name = _("réglages du portail")

    @classmethod
    def _get_or_create(cls) -> "PortalSettings":
        """Read the settings through the cache: every page shows them, and they seldom change."""
        return copy_of(get_or_set("portal-settings", super()._get_or_create))
