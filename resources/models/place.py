"""Address fields, and the only code that decides what a masked address shows."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel
from wagtail_localize.fields import SynchronizedField

from portal.base.fields import CodesField
from portal.base.translation_fields import TranslatedFact
from portal.geo.names import short_commune_name
from resources.choices import AccessibilityFeature, MaskedPlace
from resources.models.prefetched import PrefetchedLists
from resources.validators import validate_postcode


class PlaceFields(PrefetchedLists):
    """Address, access, and what may be shown of them.

    Templates, lists, exports and structured data read ``public_address``,
    ``public_place`` and ``public_point``, never the fields themselves.
    """

    address_street = models.CharField(_("numéro et rue"), max_length=160, blank=True)
    address_extra = models.CharField(
        _("complément"), max_length=160, blank=True, help_text=_("Bâtiment, étage, entrée…")
    )
    postcode = models.CharField(
        _("code postal"), max_length=5, blank=True, validators=[validate_postcode]
    )
    commune = models.ForeignKey(
        "geo.Commune",
        verbose_name=_("commune ou arrondissement"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    lat = models.FloatField(
        _("latitude"),
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
    )
    lon = models.FloatField(
        _("longitude"),
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )
    address_is_masked = models.BooleanField(
        _("adresse tenue secrète"),
        default=False,
        help_text=_(
            "Pour protéger les personnes accueillies : l’adresse n’est ni montrée, ni exportée, "
            "ni placée sur une carte, ni comptée dans les distances."
        ),
    )
    masked_place = models.CharField(
        _("ce qu’on peut dire du lieu"),
        max_length=12,
        choices=MaskedPlace,
        default=MaskedPlace.NOTHING,
        help_text=_("Seulement quand l’adresse est tenue secrète."),
    )
    getting_there = models.CharField(
        _("pour venir"), max_length=300, blank=True, help_text=_("Bus, train, arrêt, parking…")
    )
    accessibility = CodesField(_("accessibilité"), choices=AccessibilityFeature.choices)
    acceslibre_url = models.URLField(
        _("fiche Accèslibre"),
        blank=True,
        help_text=_("Adresse de la fiche sur acceslibre.beta.gouv.fr"),
    )

    class Meta:
        abstract = True

    place_panels = [
        MultiFieldPanel(
            [
                FieldPanel("address_street"),
                FieldPanel("address_extra"),
                FieldRowPanel([FieldPanel("postcode"), FieldPanel("commune")]),
                FieldRowPanel([FieldPanel("lat"), FieldPanel("lon")]),
                FieldPanel("getting_there"),
            ],
            heading=_("Adresse"),
        ),
        MultiFieldPanel(
            [
                HelpPanel(content=_("Une adresse tenue secrète ne quitte jamais cet écran.")),
                FieldRowPanel([FieldPanel("address_is_masked"), FieldPanel("masked_place")]),
            ],
            heading=_("Adresse secrète"),
        ),
        MultiFieldPanel(
            [FieldPanel("accessibility"), FieldPanel("acceslibre_url")],
            heading=_("Accessibilité"),
        ),
    ]
    place_translations = [
        SynchronizedField("address_street", overridable=False),
        SynchronizedField("address_extra", overridable=False),
        SynchronizedField("postcode", overridable=False),
        SynchronizedField("commune", overridable=False),
        SynchronizedField("lat", overridable=False),
        SynchronizedField("lon", overridable=False),
        SynchronizedField("address_is_masked", overridable=False),
        SynchronizedField("masked_place", overridable=False),
        SynchronizedField("accessibility", overridable=False),
        SynchronizedField("acceslibre_url", overridable=False),
        TranslatedFact("getting_there"),
    ]

    def clean(self) -> None:
        super().clean()
        if (self.lat is None) != (self.lon is None):
            raise ValidationError(
                {"lat": _("Donnez la latitude et la longitude, ou aucune des deux.")}
            )

    @property
    def commune_name(self) -> str:
        return short_commune_name(self.commune.name) if self.commune else ""

    @property
    def public_address(self) -> str:
        """The whole address on one line; empty when it is masked or unknown."""
        if self.address_is_masked or not (self.address_street or self.postcode):
            return ""
        town = f"{self.postcode} {self.town_name}".strip()
        return ", ".join(filter(None, [self.address_street, town]))

    @property
    def public_place(self) -> str:
        """The most that may be said of where it is: address, commune, territory or nothing."""
        if not self.address_is_masked:
            return self.public_address or self.commune_name
        if self.masked_place == MaskedPlace.COMMUNE:
            return self.commune_name
        if self.masked_place == MaskedPlace.TERRITORY:
            return ", ".join(self.territory_names)
        return ""

    @property
    def public_point(self) -> tuple[float, float] | None:
        """Latitude and longitude, or None when masked or unknown."""
        if self.address_is_masked or self.lat is None or self.lon is None:
            return None
        return self.lat, self.lon

    @property
    def map_point(self) -> tuple[float, float] | None:
        """Where a map shows it: its point, else the middle of its commune; None when masked."""
        if self.address_is_masked or self.public_point or not self.commune:
            return self.public_point
        lat, lon = self.commune.lat, self.commune.lon
        return None if lat is None or lon is None else (lat, lon)

    @property
    def public_commune(self):
        """The commune, when it may be said."""
        if self.address_is_masked and self.masked_place != MaskedPlace.COMMUNE:
            return None
        return self.commune

    @property
    def public_getting_there(self) -> str:
        return "" if self.address_is_masked else self.getting_there

    @property
    def town_name(self) -> str:
        """The town as an envelope says it: « Marseille », not its arrondissement."""
        if not self.commune:
            return ""
        name = self.commune.name
        return name.split(" ")[0] if name.endswith("Arrondissement") else name
