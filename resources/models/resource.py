"""The page of an entry of the directory, which GEM, CMP and CLSM extend."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy as _

from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import (
    FieldPanel,
    MultiFieldPanel,
)
from wagtail.models import PageManager, PagePermissionTester, Workflow
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField, TranslatableField

from portal.base.fields import StreamField
from portal.blocks import BODY_BLOCKS
from portal.review.second_person import page_permissions, two_person_workflow
from resources import panels
from resources.choices import EntryStatus
from resources.entry.json_ld import place_data
from resources.entry.presenter import EntryPresenter
from resources.entry.search_document import build_search_document
from resources.models.access import AccessFields, ContactFields, HoursFields
from resources.models.place import PlaceFields
from resources.models.prefetched import PrefetchedLists
from resources.models.provenance import TrustFields
from resources.models.resource_type import ResourceType
from resources.querysets import ResourceQuerySet
from resources.selection_params import (
    CARRIED_PARAMETER,
    SELECTION_PATH,
    SelectionParams,
    selection_link,
)
from search.contracts import SearchDocument
from search.models import SearchablePage


class ResourcePage(
    PlaceFields,
    ContactFields,
    HoursFields,
    AccessFields,
    TrustFields,
    PrefetchedLists,
    SearchablePage,
):
    """A place or a service of the directory, for whoever needs it or helps someone who does.

    GEM, CMP and CLSM are pages of their own, which add what only they have.
    """

    personal_fields = ()
    page_description = _("Un lieu ou un service de l’annuaire, de n’importe quel autre type.")
    parent_page_types = ["resources.DirectoryPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "resources/resource_page.html"
    #: Codes of the types that only this page may have; empty: any type that no other claims.
    type_codes: ClassVar[tuple[str, ...]] = ()
    claimed_codes: ClassVar[dict[str, str | Promise]] = {
        "GEM": _("GEM"),
        "CMP": _("CMP"),
        "CMPEA": _("CMP"),
        "CLSM": _("CLSM"),
    }

    search_kind = "RESSOURCE"

    type = models.ForeignKey(
        ResourceType,
        verbose_name=_("type de lieu"),
        on_delete=models.PROTECT,
        related_name="resources",
    )
    acronym = models.CharField(_("sigle"), max_length=30, blank=True)
    operator = models.CharField(
        _("géré par"), max_length=160, blank=True, help_text=_("Hôpital, association, commune…")
    )
    parent_structure = models.ForeignKey(
        "self",
        verbose_name=_("fait partie de"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="child_structures",
        help_text=_("La fiche de l’hôpital ou de l’association, si elle est dans l’annuaire."),
    )
    description = StreamField(BODY_BLOCKS, blank=True, verbose_name=_("ce qui s’y passe"))
    coverage_territories = ParentalManyToManyField(
        "geo.Territory", verbose_name=_("territoires couverts"), blank=True, related_name="+"
    )
    coverage_communes = ParentalManyToManyField(
        "geo.Commune", verbose_name=_("communes couvertes"), blank=True, related_name="+"
    )
    covers_department = models.BooleanField(
        _("reçoit tout le département"),
        default=False,
        help_text=_("Les communes et les territoires n’ont alors pas à être cochés."),
    )
    is_emergency = models.BooleanField(
        _("porte d’entrée en urgence"),
        default=False,
        help_text=_("Urgences psychiatriques, centre de crise : montré sur « Aide maintenant »."),
    )
    is_ptsm_partner = models.BooleanField(_("partenaire du PTSM"), default=False)

    objects = PageManager.from_queryset(ResourceQuerySet)()

    class Meta:
        verbose_name = _("fiche de l’annuaire")
        verbose_name_plural = _("fiches de l’annuaire")

    # GEM, CMP and CLSM take their type by themselves: nobody chooses it.
    untyped_identity_panels = [
        *SearchablePage.content_panels,
        MultiFieldPanel(panels.IDENTITY, heading=_("Ce que c’est")),
    ]
    identity_panels = [
        *SearchablePage.content_panels,
        MultiFieldPanel([FieldPanel("type"), *panels.IDENTITY], heading=_("Ce que c’est")),
    ]
    text_panels = panels.TEXT
    coverage_panels = panels.COVERAGE
    content_panels = [*identity_panels, *AccessFields.access_panels, *text_panels]

    search_fields = [
        *SearchablePage.search_fields,
        index.SearchField("acronym"),
        index.FilterField("type"),
        index.FilterField("commune"),
        index.FilterField("verified_on"),
    ]

    override_translatable_fields = [
        *SearchablePage.override_translatable_fields,
        *PlaceFields.place_translations,
        *ContactFields.contact_translations,
        *HoursFields.hours_translations,
        *AccessFields.access_translations,
        *TrustFields.trust_translations,
        # The type stays the source's: it is shown in the reader's language when it has one.
        SynchronizedField("type", overridable=False),
        SynchronizedField("acronym", overridable=False),
        SynchronizedField("operator", overridable=False),
        SynchronizedField("parent_structure", overridable=False),
        SynchronizedField("coverage_territories", overridable=False),
        SynchronizedField("coverage_communes", overridable=False),
        SynchronizedField("covers_department", overridable=False),
        SynchronizedField("is_emergency", overridable=False),
        SynchronizedField("is_ptsm_partner", overridable=False),
        TranslatableField("description"),
        TranslatableField("phones"),
        TranslatableField("closures"),
        TranslatableField("notices"),
        TranslatableField("services"),
    ]

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        if self.type_codes:
            self._take_own_type()
        super().full_clean(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        if not self.type_codes and self.type_id and self.type.code in self.claimed_codes:
            page = self.claimed_codes[self.type.code]
            raise ValidationError(
                {"type": _("Pour ce type, créez plutôt une page « %(page)s ».") % {"page": page}}
            )
        if self.parent_structure_id and self.parent_structure_id == self.pk:
            raise ValidationError(
                {"parent_structure": _("Une fiche ne peut pas faire partie d’elle-même.")}
            )

    @property
    def needs_two_people(self) -> bool:
        """A crisis door, in what is public or in what is being written.

        A list that has asked for all its entries at once says so in ``known_door``.
        """
        if "known_door" in vars(self):
            return bool(vars(self)["known_door"])
        if self.is_emergency or not self.pk:
            return self.is_emergency
        is_door = ("is_emergency", "latest_revision__content__is_emergency")
        known = ResourcePage.objects.filter(pk=self.pk).values_list(*is_door)
        return True in (known.first() or ())

    def permissions_for_user(self, user: Any) -> PagePermissionTester:
        if self.needs_two_people:
            return page_permissions(self, user)
        return PagePermissionTester(user, self)

    @property
    def has_workflow(self) -> bool:
        return self.get_workflow() is not None

    def get_workflow(self) -> Workflow | None:
        """Two people read a crisis door, whatever workflow the directory has."""
        own = two_person_workflow() if self.needs_two_people else None
        return own or super().get_workflow()

    def own_type_code(self) -> str:
        """The type that this page takes when nobody chose one."""
        return self.type_codes[0]

    def _take_own_type(self) -> None:
        if self.type_id and self.type.code == self.own_type_code():
            return
        found = ResourceType.objects.with_code(self.own_type_code())
        if found is None:
            raise ValidationError(
                _("Créez d’abord le type de lieu « %(code)s »."),
                params={"code": self.own_type_code()},
            )
        self.type = found

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["presenter"] = EntryPresenter(self)
        tickets = SelectionParams(request.GET, CARRIED_PARAMETER)
        context["choice"] = selection_link(self, self.selection_url, tickets)
        return context

    @property
    def selection_url(self) -> str:
        """Where « Ma sélection » is: below the directory."""
        above = self.ancestors_in_site
        return f"{above[-1].url if above else ''}{SELECTION_PATH}"

    @classmethod
    def entries_beside(cls, entry: "ResourcePage") -> ResourceQuerySet:
        """The other entries of the same directory, of every kind, that a reader can visit.

        None of those that receive other communes than that of the entry.
        """
        siblings = ResourcePage.objects.sibling_of(entry, inclusive=False).open_to_all()
        if entry.commune:
            codes = (entry.commune_id, entry.commune.parent_id)
            siblings = siblings.may_serve([code for code in codes if code])
        return siblings.filter(status=EntryStatus.OPEN, is_example=False).select_related(
            "type", "commune"
        )

    def own_facts(self) -> list[tuple[str | Promise, str]]:
        """What only this kind of page has to say; nothing for most."""
        return []

    def related_structures(self) -> list[tuple[str | Promise, "ResourcePage | None"]]:
        """The entries that this one belongs to, each with the words that introduce it."""
        return [(_("Fait partie de"), self.parent_structure)]

    @cached_property
    def type_in_language(self) -> ResourceType:
        """The type in the language of the page, or the source's when it has none."""
        if self.type.locale_id == self.locale_id:
            return self.type
        return self.type.get_translation_or_none(self.locale) or self.type

    @property
    def is_care(self) -> bool:
        return self.type.is_care

    def structured_data(self) -> list[dict[str, Any]]:
        """The place as schema.org tells it; nothing for an example."""
        return [] if self.is_example else [place_data(self)]

    @classmethod
    def to_index(cls) -> ResourceQuerySet:
        found: Any = super().to_index()
        return found.exclude(status=EntryStatus.CLOSED).filter(is_example=False).with_all_facts()

    @property
    def is_findable(self) -> bool:
        """Neither what has closed nor an example is an answer to anybody."""
        return self.status != EntryStatus.CLOSED and not self.is_example

    def to_search_document(self) -> SearchDocument:
        return build_search_document(self)

    def search_body(self) -> str:
        """The words of the page below its summary, without any place that is masked."""
        commune = self.public_commune
        words = [self.acronym, self.operator, commune.name if commune else "", self.first_contact]
        words += [self.stream_text()]
        words += [str(part) for one in self.service_list for part in (one.name, one.summary)]
        return "\n".join(word for word in words if word)

    def communes_served(self) -> set[str]:
        """INSEE codes of the communes that it says it covers; a child may know of others."""
        return self.covered_communes


ResourcePage.edit_handler = panels.entry_tabs(ResourcePage)
