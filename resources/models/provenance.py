"""Where an entry comes from, who verified it and when."""

from datetime import date

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail_localize.fields import SynchronizedField

from dateutil.relativedelta import relativedelta

from resources.choices import EntryFreshness, EntryStatus
from resources.editor_choices import VerificationFrequency
from resources.validators import validate_finess, validate_siret

FRESH_MONTHS = 6
STALE_MONTHS = 12


class TrustFields(models.Model):
    """What lets a reader judge whether to believe an entry."""

    status = models.CharField(
        _("activité"), max_length=20, choices=EntryStatus, default=EntryStatus.OPEN
    )
    source = models.CharField(
        _("source"), max_length=200, blank=True, help_text=_("D’où viennent ces informations.")
    )
    source_date = models.DateField(_("date de la source"), null=True, blank=True)
    verified_on = models.DateField(
        _("vérifiée le"),
        null=True,
        blank=True,
        help_text=_("Le jour où la structure elle-même a relu la fiche. Vide : jamais."),
    )
    verified_by_role = models.CharField(
        _("vérifiée par"),
        max_length=120,
        blank=True,
        help_text=_("Un rôle, jamais un nom : « le secrétariat du centre »."),
    )
    verification_frequency = models.PositiveSmallIntegerField(
        _("à vérifier"), choices=VerificationFrequency, default=VerificationFrequency.HALF_YEARLY
    )
    agrees_to_call = models.BooleanField(
        _("appel à référent accepté"),
        default=False,
        help_text=_("La structure veut bien que sa fiche dise qu’elle cherche un référent."),
    )
    #: Its last referent has left: kept by the services of referents.
    seeks_referent = models.BooleanField(default=False, editable=False)
    is_example = models.BooleanField(
        _("fiche d’exemple"),
        default=False,
        help_text=_("Données fictives : dit en haut de la fiche, et jamais exportée."),
    )
    finess = models.CharField(
        _("numéro FINESS"), max_length=9, blank=True, validators=[validate_finess]
    )
    siret = models.CharField(_("SIRET"), max_length=14, blank=True, validators=[validate_siret])

    class Meta:
        abstract = True

    trust_panels = [
        MultiFieldPanel(
            [
                FieldPanel("status"),
                FieldRowPanel([FieldPanel("source"), FieldPanel("source_date")]),
                FieldRowPanel([FieldPanel("verified_on"), FieldPanel("verified_by_role")]),
                FieldPanel("verification_frequency"),
                FieldPanel("agrees_to_call"),
                FieldPanel("is_example"),
            ],
            heading=_("Source et vérification"),
        ),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("finess"), FieldPanel("siret")])],
            heading=_("Identifiants"),
        ),
    ]
    trust_translations = [
        SynchronizedField(name, overridable=False)
        for name in (
            "status",
            "source",
            "source_date",
            "verified_on",
            "verified_by_role",
            "verification_frequency",
            "agrees_to_call",
            "seeks_referent",
            "is_example",
            "finess",
            "siret",
        )
    ]

    @property
    def freshness(self) -> EntryFreshness:
        """Computed, never typed: from the day the structure last verified its entry.

        What is to be verified often ages faster: it changes faster.
        """
        if self.verified_on is None:
            return EntryFreshness.UNKNOWN
        today, pace = timezone.localdate(), self.verification_frequency
        if today < self.verified_on + relativedelta(months=min(FRESH_MONTHS, 2 * pace)):
            return EntryFreshness.FRESH
        if today < self.verified_on + relativedelta(months=min(STALE_MONTHS, 4 * pace)):
            return EntryFreshness.AGEING
        return EntryFreshness.STALE

    @property
    def calls_for_referent(self) -> bool:
        """Whether its page may say that it has lost its referent and looks for another."""
        return self.seeks_referent and self.agrees_to_call

    @property
    def next_verification_on(self) -> date | None:
        if self.verified_on is None:
            return None
        return self.verified_on + relativedelta(months=self.verification_frequency)
