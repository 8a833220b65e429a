"""GEM: an entry with the life of a mutual-help group."""

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail_localize.fields import SynchronizedField, TranslatableField

from portal.base.translation_fields import TranslatedFact
from resources.models.access import AccessFields
from resources.models.resource import ResourcePage
from resources.panels import entry_tabs


class GemPage(ResourcePage):
    """A groupe d'entraide mutuelle, for people who look for company rather than care.

    Its members are an association; a sponsor watches over it, a manager may help to run it.
    """

    personal_fields = ()
    page_description = _("Un groupe d’entraide mutuelle : un lieu d’entraide, pas de soins.")
    parent_page_types = ["resources.DirectoryPage"]
    template = "resources/resource_page.html"
    type_codes = ("GEM",)

    members_association = models.CharField(
        _("association des adhérents"), max_length=160, blank=True
    )
    sponsor = models.CharField(
        _("parrain"),
        max_length=160,
        blank=True,
        help_text=_("L’organisme qui veille au respect du cahier des charges."),
    )
    manager = models.CharField(
        _("gestionnaire"),
        max_length=160,
        blank=True,
        help_text=_("L’organisme qui aide à gérer, s’il y en a un."),
    )
    is_self_managed = models.BooleanField(
        _("autogéré"), default=False, help_text=_("Les adhérents gèrent eux-mêmes le lieu.")
    )
    membership = models.CharField(
        _("adhésion"),
        max_length=200,
        blank=True,
        help_text=_("« 10 € par an. On peut venir trois fois avant d’adhérer. »"),
    )
    activities = models.TextField(
        _("activités"), blank=True, help_text=_("Une activité par ligne.")
    )

    class Meta:
        verbose_name = _("GEM")
        verbose_name_plural = _("GEM")

    gem_panels = [
        MultiFieldPanel(
            [
                FieldPanel("members_association"),
                FieldRowPanel([FieldPanel("sponsor"), FieldPanel("manager")]),
                FieldPanel("is_self_managed"),
                FieldPanel("membership"),
                FieldPanel("activities"),
            ],
            heading=_("La vie du GEM"),
        )
    ]
    content_panels = [
        *ResourcePage.untyped_identity_panels,
        *gem_panels,
        *AccessFields.access_panels,
        *ResourcePage.text_panels,
    ]
    override_translatable_fields = [
        *ResourcePage.override_translatable_fields,
        SynchronizedField("members_association", overridable=False),
        SynchronizedField("is_self_managed", overridable=False),
        SynchronizedField("sponsor", overridable=False),
        SynchronizedField("manager", overridable=False),
        TranslatedFact("membership"),
        TranslatableField("activities"),
    ]

    @property
    def activity_list(self) -> list[str]:
        return [line.strip() for line in self.activities.splitlines() if line.strip()]

    def own_facts(self) -> list[tuple[str | Promise, str]]:
        """What only a GEM has to say, term by term."""
        return [
            (_("Adhésion"), self.membership),
            (_("Association des adhérents"), self.members_association),
            (_("Parrain"), self.sponsor),
            (_("Gestionnaire"), self.manager),
        ]

    def search_body(self) -> str:
        return "\n".join([super().search_body(), self.activities])


GemPage.edit_handler = entry_tabs(GemPage)
