from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from portal.base.editor_forms import EditorForm
from portal.base.models import PortalSettings
from portal.cache.cached import get_or_set
from portal.cache.held import copy_of


@register_setting(icon="mail")
class LetterSettings(BaseGenericSetting):
    """Who signs the letter, who answers for its data, and whether its domain is ready."""

    personal_fields = ()
    base_form_class = EditorForm

    sender_name = models.CharField(
        _("nom de l’expéditeur"),
        max_length=80,
        blank=True,
        help_text=_("Vide : le nom du portail. Par exemple « PTSM des Bouches-du-Rhône »."),
    )
    reply_to = models.EmailField(
        _("adresse pour répondre"),
        blank=True,
        help_text=_("Vide : l’adresse e-mail du PTSM. Une adresse que plusieurs personnes lisent."),
    )
    rhythm = models.CharField(
        _("rythme"),
        max_length=80,
        blank=True,
        help_text=_("Ce qu’on promet à qui s’inscrit : « un e-mail tous les deux mois »."),
    )
    controller = models.CharField(
        _("responsable des données"),
        max_length=160,
        blank=True,
        help_text=_("La structure qui répond des adresses, et comment la joindre."),
    )

    domain_checked_at = models.DateTimeField(_("domaine vérifié le"), null=True, editable=False)
    domain_is_ready = models.BooleanField(default=False, editable=False)
    domain_report = models.JSONField(default=list, editable=False)
    sends_anyway = models.BooleanField(
        _("envoyer même si le domaine n’est pas prêt"),
        default=False,
        help_text=_("Des messages pourraient finir dans les indésirables. À dire pourquoi :"),
    )
    sends_anyway_because = models.CharField(_("pourquoi"), max_length=200, blank=True)

    panels = [
        MultiFieldPanel(
            [FieldPanel("sender_name"), FieldPanel("reply_to"), FieldPanel("rhythm")],
            heading=_("La lettre"),
        ),
        FieldPanel("controller"),
        MultiFieldPanel(
            [
                HelpPanel(template="newsletter/admin/domain_report.html"),
                FieldPanel("sends_anyway"),
                FieldPanel("sends_anyway_because"),
            ],
            heading=_("Le domaine d’envoi"),
        ),
    ]

    class Meta:
        verbose_name = _("réglages de la lettre")

    @property
    def answers_to(self) -> str:
        """Who reads the answers; empty when nobody was named."""
        return self.reply_to or PortalSettings.load().contact_email

    @classmethod
    def _get_or_create(cls) -> "LetterSettings":
        """The letter's pages show them, and they seldom change."""
        return copy_of(get_or_set("letter-settings", super()._get_or_create))
