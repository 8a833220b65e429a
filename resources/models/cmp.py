"""CMP: an entry with the psychiatric sectors that it serves."""

from typing import NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy as _

from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PageChooserPanel
from wagtail_localize.fields import SynchronizedField

from portal.geo.service_area import ServiceArea
from resources.choices import CommuneShare, SectorAudience
from resources.models.access import AccessFields
from resources.models.resource import ResourcePage
from resources.models.sector import Sector, SectorCommune, sectors_area
from resources.page_urls import get_finder_url
from resources.panels import entry_tabs


class ServedCommune(NamedTuple):
    """A commune that a CMP serves; ``notes`` say which part when it is not the whole."""

    name: str
    is_entire: bool
    notes: tuple[str, ...] = ()


class CmpPage(ResourcePage):
    """A centre médico-psychologique, for people who look for public care near home."""

    personal_fields = ()
    page_description = _("Un centre médico-psychologique, avec les secteurs qu’il sert.")
    parent_page_types = ["resources.DirectoryPage"]
    template = "resources/resource_page.html"
    type_codes = ("CMP", "CMPEA")
    fact_keys = (*ResourcePage.fact_keys, "hospital")

    #: Empty: no source says whom this CMP receives, and nothing may be promised to anybody.
    audience = models.CharField(
        _("pour"),
        max_length=16,
        choices=SectorAudience,
        default=SectorAudience.ADULTE,
        blank=True,
        help_text=_("Vide : on ne sait pas si ce CMP reçoit des adultes ou des enfants."),
    )
    hospital = models.ForeignKey(
        ResourcePage,
        verbose_name=_("hôpital de rattachement"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="cmps",
    )
    sectors = ParentalManyToManyField(
        Sector, verbose_name=_("secteurs servis"), blank=True, related_name="cmps"
    )

    class Meta:
        verbose_name = _("CMP")
        verbose_name_plural = _("CMP")

    cmp_panels = [
        MultiFieldPanel(
            [
                FieldPanel("audience"),
                PageChooserPanel("hospital", "resources.ResourcePage"),
                FieldPanel("sectors", widget=forms.CheckboxSelectMultiple),
            ],
            heading=_("Secteurs"),
        )
    ]
    content_panels = [
        *ResourcePage.untyped_identity_panels,
        *cmp_panels,
        *AccessFields.access_panels,
        *ResourcePage.text_panels,
    ]
    override_translatable_fields = [
        *ResourcePage.override_translatable_fields,
        SynchronizedField("audience", overridable=False),
        SynchronizedField("hospital", overridable=False),
        SynchronizedField("sectors", overridable=False),
    ]

    def clean(self) -> None:
        super().clean()
        if self.hospital_id and self.hospital_id == self.pk:
            raise ValidationError({"hospital": _("Un CMP n’est pas son propre hôpital.")})

    def own_type_code(self) -> str:
        return "CMPEA" if self.audience == SectorAudience.INFANTO_JUVENILE else "CMP"

    def related_structures(self) -> list[tuple[str | Promise, ResourcePage | None]]:
        return [(_("Hôpital"), self.hospital), *super().related_structures()]

    @property
    def finder_url(self) -> str:
        return get_finder_url(self.locale_id)

    @cached_property
    def served_communes(self) -> list[ServedCommune]:
        """The communes of all its sectors, each once; whole when any sector has it whole."""
        rows = (
            SectorCommune.objects.filter(sector__in=self.sectors.all())
            .select_related("commune")
            .order_by("commune__code")
        )
        served: dict[str, ServedCommune] = {}
        for row in rows:
            known = served.get(row.commune_id, ServedCommune(row.commune_name, False))
            notes = (*known.notes, row.note) if row.note else known.notes
            is_entire = known.is_entire or row.part == CommuneShare.ENTIRE
            served[row.commune_id] = ServedCommune(row.commune_name, is_entire, notes)
        return list(served.values())

    @cached_property
    def service_area(self) -> ServiceArea:
        """The communes of its sectors, entirely or in part, with those that it says it covers."""
        rows = SectorCommune.objects.filter(sector__in=[one.pk for one in self.sectors.all()])
        return sectors_area(
            rows.values_list("commune", "part", "note"),
            self.covered_communes,
            everywhere=self.covers_department,
        )

    def search_body(self) -> str:
        """With the codes of its sectors, by which professionals look for it: « 13G12 »."""
        codes = (sector.code for sector in self.sectors.all())
        return "\n".join([super().search_body(), *codes])

    def communes_served(self) -> set[str]:
        """Those of its sectors, wholly or partly, and those that it says it covers."""
        sectors = [sector.pk for sector in self.sectors.all()]
        rows = SectorCommune.objects.filter(sector__in=sectors)
        return super().communes_served() | set(rows.values_list("commune", flat=True))


CmpPage.edit_handler = entry_tabs(CmpPage)
