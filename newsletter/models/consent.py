"""Consent texts: the exact words that subscribers agreed to."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel


def default_words() -> str:
    """The sentence of a portal whose coordinator has written none."""
    return gettext(
        "J’accepte de recevoir la lettre du PTSM par e-mail. Mon adresse ne sert qu’à cela. "
        "Je peux me désinscrire à tout moment."
    )


class ConsentText(models.Model):
    """One version of the sentence beside the box; it never changes once it is written.

    A subscription keeps the version that the person has read: that is its proof.
    """

    personal_fields = ()

    version = models.PositiveIntegerField(_("version"), unique=True, editable=False)
    text = models.TextField(
        _("texte"),
        max_length=600,
        help_text=_(
            "Ce que la personne accepte, en une ou deux phrases simples. Un nouveau texte est une "
            "nouvelle version : les anciennes sont gardées comme preuve."
        ),
    )
    written_at = models.DateTimeField(_("écrit le"), default=timezone.now, editable=False)

    panels = [FieldPanel("text")]

    class Meta:
        verbose_name = _("texte d’accord")
        verbose_name_plural = _("textes d’accord")
        ordering = ["-version"]

    def __str__(self) -> str:
        return gettext("Version %(version)d") % {"version": self.version}

    def save(self, *args: object, **kwargs: object) -> None:
        if not self.version:
            newest = ConsentText.objects.aggregate(models.Max("version"))["version__max"]
            self.version = (newest or 0) + 1
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    @classmethod
    def current(cls) -> "ConsentText":
        """The newest version; the first one is written when it is first needed."""
        newest = cls.objects.first()
        return newest or cls.objects.get_or_create(version=1, defaults={"text": default_words()})[0]
