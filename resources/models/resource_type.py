"""Types of places, which editors name and explain."""

import uuid

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import TranslatableMixin
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField, TranslatableField

from portal.base.editor_forms import TranslatedSnippetForm
from resources.choices import MEDICAL_SCHEMA_TYPES, SchemaType, TypeFamily

#: Mutual aid and local democracy: whoever files them as care makes them say what they are not.
NEVER_CARE = {"GEM", "CLSM", "CLUBHOUSE", "PAIR_AIDANCE"}


def plain_name(name: str, plain_words: str) -> str:
    """The name of a type and what it means, for somebody who has never heard of it."""
    words = {"name": name, "words": plain_words}
    return gettext("%(name)s : %(words)s") % words if plain_words else name


class ResourceTypeQuerySet(models.QuerySet):
    def in_source_language(self) -> "ResourceTypeQuerySet":
        """Those that editors write: their translations follow them."""
        return self.filter(locale__language_code=settings.LANGUAGE_CODE)

    def with_code(self, code: str) -> "ResourceType | None":
        """The type of this code, in the site's main language when there is a choice."""
        return self.filter(code=code).order_by("locale_id").first()


class ResourceType(TranslatableMixin, index.Indexed, models.Model):
    """What a place is, said plainly to someone who has never heard of it."""

    personal_fields = ()
    base_form_class = TranslatedSnippetForm

    uuid = models.UUIDField(default=uuid.uuid4, editable=False)
    code = models.CharField(
        _("code"),
        max_length=30,
        help_text=_("En majuscules, sans accent : CMP, GEM… Il paraît dans les données ouvertes."),
    )
    name = models.CharField(
        _("nom court"),
        max_length=60,
        help_text=_("Dans les listes : « CMP adultes », « Hôpital de jour »."),
    )
    plural = models.CharField(
        _("nom au pluriel"), max_length=80, blank=True, help_text=_("« Hôpitaux de jour »")
    )
    full_name = models.CharField(
        _("nom complet"), max_length=120, blank=True, help_text=_("« Centre médico-psychologique »")
    )
    plain_words = models.CharField(
        _("en mots simples"),
        max_length=60,
        blank=True,
        help_text=_("Dans les listes, après un sigle : « soins psychiques gratuits »."),
    )
    with_article = models.CharField(
        _("avec son article"),
        max_length=80,
        blank=True,
        help_text=_("Pour la question « Un CMP, c’est quoi ? » : « un CMP », « une MDA »."),
    )
    explanation = models.TextField(
        _("explication"),
        blank=True,
        help_text=_("Deux phrases simples : ce qu’on y trouve, pour qui."),
    )
    family = models.CharField(_("famille"), max_length=20, choices=TypeFamily)
    is_care = models.BooleanField(
        _("lieu de soins"),
        default=False,
        help_text=_("Un GEM ou un CLSM n’est pas un lieu de soins."),
    )
    schema_type = models.CharField(
        _("type pour les moteurs de recherche"),
        max_length=30,
        choices=SchemaType,
        default=SchemaType.ORGANIZATION,
    )
    finess_category = models.CharField(_("catégorie FINESS"), max_length=3, blank=True)
    order = models.PositiveSmallIntegerField(_("ordre"), default=100)

    objects = ResourceTypeQuerySet.as_manager()

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("type de lieu")
        verbose_name_plural = _("types de lieux")
        ordering = ["order", "name"]
        constraints = [
            models.UniqueConstraint(fields=["code", "locale"], name="one_type_per_code_and_locale")
        ]

    panels = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("plural")]),
        FieldRowPanel([FieldPanel("full_name"), FieldPanel("with_article")]),
        FieldPanel("plain_words"),
        FieldPanel("explanation"),
        FieldRowPanel([FieldPanel("family"), FieldPanel("is_care"), FieldPanel("order")]),
        MultiFieldPanel(
            [FieldPanel("code"), FieldPanel("schema_type"), FieldPanel("finess_category")],
            heading=_("Pour les données ouvertes"),
        ),
    ]
    search_fields = [
        index.SearchField("name"),
        index.SearchField("full_name"),
        index.AutocompleteField("name"),
        index.FilterField("locale_id"),
    ]
    override_translatable_fields = [
        TranslatableField("name"),
        TranslatableField("plural"),
        TranslatableField("full_name"),
        TranslatableField("plain_words"),
        TranslatableField("with_article"),
        TranslatableField("explanation"),
        SynchronizedField("code", overridable=False),
        SynchronizedField("family", overridable=False),
        SynchronizedField("is_care", overridable=False),
        SynchronizedField("schema_type", overridable=False),
        SynchronizedField("finess_category", overridable=False),
        SynchronizedField("order", overridable=False),
    ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        if self.is_care and self.code in NEVER_CARE:
            raise ValidationError({"is_care": _("Ce type de lieu n’est pas un lieu de soins.")})
        if not self.is_care and self.schema_type in MEDICAL_SCHEMA_TYPES:
            raise ValidationError(
                {"schema_type": _("Ce choix est réservé aux lieux de soins : prenez-en un autre.")}
            )

    @property
    def plain_name(self) -> str:
        """« CMP : soins psychiques gratuits »; its name where that says enough."""
        return plain_name(self.name, self.plain_words)

    @property
    def query_code(self) -> str:
        """The code as the directory's addresses write it: ``?type=cmp``."""
        return self.code.lower()

    @property
    def question(self) -> str:
        """« Un CMP, c’est quoi ? »"""
        subject = self.with_article or self.full_name or self.name
        return gettext("%(subject)s, c’est quoi ?") % {"subject": subject[:1].upper() + subject[1:]}
