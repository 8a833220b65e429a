from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail.search import index

from portal.base.fields import CodesField
from portal.base.vocabulary import Public


class LexiconEntry(index.Indexed, models.Model):
    """Words that people use, and what they look for when they use them."""

    personal_fields = ()

    name = models.CharField(
        _("nom"), max_length=80, unique=True, help_text=_("Pour vous y retrouver : « Sommeil ».")
    )
    phrases = models.TextField(
        _("quand on écrit"),
        help_text=_("Un mot ou une phrase par ligne, comme les gens l’écrivent."),
    )
    types = CodesField(
        _("proposer d’abord ces types de lieux"),
        help_text=_("Les types que cette personne cherche sans doute."),
    )
    is_name = models.BooleanField(
        _("c’est le nom de ce type"),
        default=False,
        help_text=_("« CMP », « centre médico-psychologique » : seul ce type est alors montré."),
    )
    public = models.CharField(_("pour qui"), max_length=20, choices=Public, blank=True, default="")
    practical = CodesField(_("en pratique"))
    language = models.CharField(_("langue parlée"), max_length=12, blank=True, default="")
    synonyms = models.TextField(
        _("chercher aussi ces mots"), blank=True, help_text=_("Un par ligne.")
    )
    promoted_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("montrer d’abord cette page"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    is_active = models.BooleanField(_("en service"), default=True)

    search_fields = [index.SearchField("name"), index.AutocompleteField("name")]

    class Meta:
        verbose_name = _("mots pour chercher")
        verbose_name_plural = _("mots pour chercher")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
