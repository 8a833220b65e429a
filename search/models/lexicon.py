from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wagtail.search import index

from portal.base.choices import Public
from portal.base.fields import CodesField
from search.analysis import STOP_WORDS, words


class LexiconEntry(index.Indexed, models.Model):
    """Words that people use, and what they look for when they use them."""

    personal_fields = ()

    name = models.CharField(
        _("nom"), max_length=80, unique=True, help_text=_("Pour vous y retrouver : « Sommeil ».")
    )
    phrases = models.TextField(
        _("quand on écrit"),
        help_text=_(
            "Un mot ou une phrase par ligne, comme les gens l’écrivent : « je ne dors plus ». "
            "Accents, majuscules, pluriels et petits mots ne comptent pas."
        ),
    )
    types = CodesField(
        _("proposer d’abord ces types de lieux"),
        help_text=_("Les types que cette personne cherche sans doute."),
    )
    is_name = models.BooleanField(
        _("c’est le nom de ce type"),
        default=False,
        help_text=_(
            "« CMP », « centre médico-psychologique » : seul ce type est alors montré. Sinon, les "
            "types cochés viennent seulement en premier."
        ),
    )
    public = models.CharField(_("pour qui"), max_length=20, choices=Public, blank=True, default="")
    practical = CodesField(_("en pratique"))
    language = models.CharField(_("langue parlée"), max_length=12, blank=True, default="")
    synonyms = models.TextField(
        _("chercher aussi ces mots"),
        blank=True,
        help_text=_("Un par ligne : les pages qui les contiennent sont trouvées aussi."),
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

    def clean(self) -> None:
        """One phrase a line, each once, none made of small words only; a name needs its type."""
        super().clean()
        errors: dict[str, str] = {}
        self.phrases, self.synonyms = _lines(self.phrases), _lines(self.synonyms)
        lines = self.phrases.splitlines() or [""]
        empty = [line for line in lines if STOP_WORDS.issuperset(words(line))]
        if empty:
            errors["phrases"] = gettext(
                "« %(phrase)s » est dans toutes les phrases : précisez."
            ) % {"phrase": empty[0]}
        if self.is_name and not self.types:
            errors["is_name"] = gettext("Dites de quel type c’est le nom.")
        if errors:
            raise ValidationError(errors)


def _lines(text: str) -> str:
    stripped = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(dict.fromkeys(line for line in stripped if line))
