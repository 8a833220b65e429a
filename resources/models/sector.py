"""Psychiatric sectors, and the communes that each serves."""

import uuid
from collections.abc import Iterable

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, PageChooserPanel
from wagtail.models import Orderable
from wagtail.search import index

from portal.base.editor_forms import EditorForm
from portal.geo.names import short_commune_name
from portal.geo.service_area import ServiceArea
from portal.geo.widgets import CommuneSelect
from resources.choices import CommuneShare, SectorAudience

#: The department, G for adults or I for children, and a number.
SECTOR_CODE = r"\d[\dAB]{1,2}[GI]\d{2}"


class Sector(index.Indexed, ClusterableModel):
    """A psychiatric sector: the communes that a hospital serves, wholly or partly.

    Several sectors may share a commune; all are told, none is guessed.
    """

    personal_fields = ()
    base_form_class = EditorForm

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(
        _("code"),
        max_length=8,
        unique=True,
        validators=[
            RegexValidator(
                f"^{SECTOR_CODE}$",
                _("Un code de secteur ressemble à 13G01 (adultes) ou 13I01 (enfants)."),
            )
        ],
    )
    name = models.CharField(_("nom"), max_length=120, blank=True)
    audience = models.CharField(
        _("pour"), max_length=16, choices=SectorAudience, default=SectorAudience.ADULTE
    )
    hospital = models.ForeignKey(
        "resources.ResourcePage",
        verbose_name=_("hôpital"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="hospital_sectors",
    )
    source = models.CharField(_("source"), max_length=200, blank=True)
    source_date = models.DateField(_("date de la source"), null=True, blank=True)

    class Meta:
        verbose_name = _("secteur de psychiatrie")
        verbose_name_plural = _("secteurs de psychiatrie")
        ordering = ["code"]

    panels = [
        FieldRowPanel([FieldPanel("code"), FieldPanel("audience")]),
        FieldPanel("name"),
        PageChooserPanel("hospital", "resources.ResourcePage"),
        InlinePanel("sector_communes", heading=_("Communes"), label=_("Commune")),
        FieldRowPanel([FieldPanel("source"), FieldPanel("source_date")]),
    ]
    search_fields = [
        index.SearchField("code"),
        index.SearchField("name"),
        index.AutocompleteField("code"),
        index.AutocompleteField("name"),
    ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}".strip()


class SectorCommune(Orderable):
    """How much of a commune a sector serves."""

    personal_fields = ()

    sector = ParentalKey(Sector, on_delete=models.CASCADE, related_name="sector_communes")
    commune = models.ForeignKey(
        "geo.Commune", models.CASCADE, verbose_name=_("commune"), related_name="+"
    )
    part = models.CharField(
        _("part"), max_length=10, choices=CommuneShare, default=CommuneShare.ENTIRE
    )
    note = models.CharField(
        _("précision"), max_length=160, blank=True, help_text=_("Quels quartiers, quelles rues.")
    )

    class Meta(Orderable.Meta):
        verbose_name = _("commune du secteur")
        verbose_name_plural = _("communes du secteur")
        constraints = [
            models.UniqueConstraint(fields=["sector", "commune"], name="one_row_per_sector_commune")
        ]

    panels = [
        FieldRowPanel([FieldPanel("commune", widget=CommuneSelect), FieldPanel("part")]),
        FieldPanel("note"),
    ]

    def __str__(self) -> str:
        return f"{self.sector.code} {self.commune_name}"

    @property
    def commune_name(self) -> str:
        return short_commune_name(self.commune.name)


def sectors_area(
    rows: Iterable[tuple[str, str, str]], covered: Iterable[str] = (), *, everywhere: bool = False
) -> ServiceArea:
    """The area of some sectors, from (INSEE code, share, note) of each of their communes.

    ``covered`` are communes said beside the sectors. Two sectors that share a commune and are
    served by the same door may still leave a part of it: it stays partial.
    """
    entire, partial = set(covered), {}
    for code, share, note in rows:
        if share == CommuneShare.ENTIRE:
            entire.add(code)
        else:
            partial[code] = " ".join(filter(None, [partial.get(code, ""), note]))
    return ServiceArea(frozenset(entire), partial, everywhere)
