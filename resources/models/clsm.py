"""CLSM: an entry with the make-up of a local mental-health council."""

from django.db import models
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail_localize.fields import SynchronizedField, TranslatableField

from portal.base.translation_fields import TranslatedFact
from resources.models.access import AccessFields
from resources.models.resource import ResourcePage
from resources.panels import entry_tabs


class ClsmPage(ResourcePage):
    """A conseil local de santé mentale, for residents, elected people and professionals."""

    personal_fields = ()
    page_description = _("Un conseil local de santé mentale : une instance, pas un lieu de soins.")
    parent_page_types = ["resources.DirectoryPage"]
    template = "resources/resource_page.html"
    type_codes = ("CLSM",)
    fact_keys = (*ResourcePage.fact_keys, "territory")

    territory = models.ForeignKey(
        "geo.Territory",
        verbose_name=_("territoire"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="clsms",
    )
    presidency = models.CharField(
        _("présidé par"),
        max_length=120,
        blank=True,
        help_text=_("Un rôle, jamais un nom : « le maire », « l’adjointe à la santé »."),
    )
    coordinator_role = models.CharField(
        _("qui répond"), max_length=120, blank=True, help_text=_("« Coordination du CLSM »")
    )
    coordinator_email = models.EmailField(
        _("adresse de la coordination"),
        blank=True,
        help_text=_("Une adresse générique, jamais celle d’une personne."),
    )
    created_in = models.PositiveSmallIntegerField(_("créé en"), null=True, blank=True)
    working_groups = models.TextField(
        _("groupes de travail"), blank=True, help_text=_("Un groupe par ligne.")
    )
    achievements = models.TextField(
        _("ce que fait le conseil"), blank=True, help_text=_("Une action par ligne.")
    )

    class Meta:
        verbose_name = _("CLSM")
        verbose_name_plural = _("CLSM")

    clsm_panels = [
        MultiFieldPanel(
            [
                FieldPanel("territory"),
                FieldPanel("presidency"),
                FieldRowPanel([FieldPanel("coordinator_role"), FieldPanel("coordinator_email")]),
                FieldPanel("created_in"),
                FieldPanel("working_groups"),
                FieldPanel("achievements"),
            ],
            heading=_("Le conseil"),
        )
    ]
    content_panels = [
        *ResourcePage.untyped_identity_panels,
        *clsm_panels,
        *AccessFields.access_panels,
        *ResourcePage.text_panels,
    ]
    override_translatable_fields = [
        *ResourcePage.override_translatable_fields,
        SynchronizedField("territory", overridable=False),
        SynchronizedField("created_in", overridable=False),
        TranslatedFact("presidency"),
        TranslatedFact("coordinator_role"),
        SynchronizedField("coordinator_email", overridable=False),
        TranslatableField("working_groups"),
        TranslatableField("achievements"),
    ]

    @property
    def working_group_list(self) -> list[str]:
        return [line.strip() for line in self.working_groups.splitlines() if line.strip()]

    @property
    def achievement_list(self) -> list[str]:
        return [line.strip() for line in self.achievements.splitlines() if line.strip()]

    @cached_property
    def territory_names(self) -> list[str]:
        """Its own among them."""
        own = [self.territory.name] if self.territory else []
        return list(dict.fromkeys([*super().territory_names, *own]))

    @cached_property
    def covered_communes(self) -> set[str]:
        """Those of its territory too."""
        own = self.territory.communes.values_list("pk", flat=True) if self.territory else ()
        return {*super().covered_communes, *own}

    def own_facts(self) -> list[tuple[str | Promise, str]]:
        """What only a CLSM has to say, term by term."""
        return [
            (_("Territoire"), self.territory.name if self.territory else ""),
            (_("Présidé par"), self.presidency),
            (_("Créé en"), str(self.created_in or "")),
            (self.coordinator_role or _("Coordination"), self.coordinator_email),
        ]

    def search_body(self) -> str:
        return "\n".join([super().search_body(), self.working_groups, self.achievements])


ClsmPage.edit_handler = entry_tabs(ClsmPage)
