import uuid

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import TranslatableMixin
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField, TranslatableField

from actions.progress import ActionProgress
from actions.querysets import PriorityQuerySet, progress_from_row
from portal.base.editor_forms import TranslatedSnippetForm


class Priority(TranslatableMixin, index.Indexed, models.Model):
    """One of the six priorities of the PTSM, each tied to its article of the law.

    ``number`` (1 to 6) is the stable code: addresses and public data use it.
    """

    personal_fields = ()
    base_form_class = TranslatedSnippetForm

    uuid = models.UUIDField(default=uuid.uuid4, editable=False)
    number = models.PositiveSmallIntegerField(
        _("numéro"), validators=[MinValueValidator(1), MaxValueValidator(6)]
    )
    title = models.CharField(_("intitulé du PTSM"), max_length=160)
    plain_title = models.CharField(
        _("en mots simples"),
        max_length=80,
        help_text=_("Par exemple « Repérer tôt et bien soigner ». C’est ce que le public lit."),
    )
    aim = models.CharField(
        _("ce que l’on vise"),
        max_length=200,
        blank=True,
        help_text=_("Une phrase : « Que chacun trouve vite le bon professionnel »."),
    )
    article = models.CharField(
        _("article du Code de la santé publique"),
        max_length=20,
        blank=True,
        help_text=_("Par exemple « R. 3224-5 »."),
    )
    official_wording = models.TextField(_("ce que dit le texte officiel"), blank=True)
    order = models.PositiveSmallIntegerField(_("ordre"), default=0)

    objects = PriorityQuerySet.as_manager()

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("priorité")
        verbose_name_plural = _("priorités")
        ordering = ["order", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["locale", "number"],
                name="one_priority_a_number",
                violation_error_message=_("Une autre priorité porte déjà ce numéro."),
            )
        ]

    panels = [
        FieldRowPanel([FieldPanel("number"), FieldPanel("order")]),
        FieldPanel("plain_title"),
        FieldPanel("title"),
        FieldPanel("aim"),
        MultiFieldPanel(
            [FieldPanel("article"), FieldPanel("official_wording")], heading=_("Cadre national")
        ),
    ]
    search_fields = [
        index.SearchField("title"),
        index.SearchField("plain_title"),
        index.AutocompleteField("plain_title"),
    ]
    override_translatable_fields = [
        TranslatableField("title"),
        TranslatableField("plain_title"),
        TranslatableField("aim"),
        TranslatableField("official_wording"),
        SynchronizedField("number", overridable=False),
        SynchronizedField("article", overridable=False),
        SynchronizedField("order", overridable=False),
    ]

    def __str__(self) -> str:
        return f"{self.number}. {self.plain_title or self.title}"

    @cached_property
    def progress(self) -> ActionProgress:
        """How far its actions are; free after ``Priority.objects.with_progress()``."""
        if "n_late" in vars(self):
            return progress_from_row(dict(vars(self)))
        published = Priority.objects.published_actions()
        same = published.filter(priority__translation_key=self.translation_key)
        return same.progress_summary()
