from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel
from wagtail.models import TranslatableMixin
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField, TranslatableField

from portal.base.editor_forms import TranslatedSnippetForm


class GlossaryTerm(TranslatableMixin, index.Indexed, models.Model):
    """A word or an acronym of the field, and what it means in one plain sentence."""

    personal_fields = ()
    base_form_class = TranslatedSnippetForm

    term = models.CharField(
        _("mot ou sigle"), max_length=80, help_text=_("Tel qu’on le lit : « CMP ».")
    )
    expansion = models.CharField(
        _("en toutes lettres"),
        max_length=200,
        blank=True,
        help_text=_("Ce que veut dire le sigle : « Centre médico-psychologique »."),
    )
    definition = models.TextField(
        _("définition"), help_text=_("Une phrase simple, sans autre sigle.")
    )
    synonyms = models.CharField(
        _("on dit aussi"),
        max_length=300,
        blank=True,
        help_text=_("D’autres façons de le dire, séparées par des points-virgules."),
    )
    is_explained_in_texts = models.BooleanField(
        _("expliqué dans les textes"),
        default=True,
        help_text=_(
            "Un sigle est expliqué la première fois qu’il paraît dans une page. "
            "Les mots qui ne sont pas des sigles ne le sont que dans le lexique."
        ),
    )
    source = models.CharField(_("source"), max_length=300, blank=True)

    panels = [
        FieldPanel("term"),
        FieldPanel("expansion"),
        FieldPanel("definition"),
        FieldPanel("synonyms"),
        FieldPanel("is_explained_in_texts"),
        FieldPanel("source"),
    ]
    search_fields = [
        index.SearchField("term"),
        index.SearchField("expansion"),
        index.AutocompleteField("term"),
    ]
    override_translatable_fields = [
        TranslatableField("term"),
        TranslatableField("expansion"),
        TranslatableField("definition"),
        TranslatableField("synonyms"),
        SynchronizedField("is_explained_in_texts", overridable=False),
        SynchronizedField("source", overridable=False),
    ]

    class Meta(TranslatableMixin.Meta):
        app_label = "base"
        verbose_name = _("mot du lexique")
        verbose_name_plural = _("mots du lexique")
        ordering = ["term"]
        constraints = [
            models.UniqueConstraint(fields=["locale", "term"], name="one_term_a_language"),
        ]

    def __str__(self) -> str:
        return self.term

    @property
    def anchor(self) -> str:
        """Where the term stands in the lexicon page."""
        return slugify(self.term) or f"mot-{self.pk}"

    @property
    def synonym_list(self) -> list[str]:
        return [word.strip() for word in self.synonyms.split(";") if word.strip()]
