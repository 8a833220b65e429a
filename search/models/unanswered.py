from django.db import models
from django.utils.translation import gettext_lazy as _


class UnansweredSearch(models.Model):
    """How many times in a week the same words found nothing.

    What people type here is health data: the words are written only once enough people
    have typed the same; until then there is a keyed hash and a count.
    """

    unseen_by_readers = True
    personal_fields = ()

    week = models.DateField(_("semaine du"))
    digest = models.CharField(max_length=32)
    count = models.PositiveIntegerField(_("nombre de fois"), default=0)
    words = models.CharField(_("mots"), max_length=120, blank=True, default="")

    class Meta:
        verbose_name = _("recherche sans réponse")
        verbose_name_plural = _("recherches sans réponse")
        ordering = ["-week", "-count", "words"]
        constraints = [
            models.UniqueConstraint(fields=["week", "digest"], name="one_count_a_week"),
        ]

    def __str__(self) -> str:
        return self.words
