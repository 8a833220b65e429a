"""Daily number of views of an entry; nothing about readers."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from resources.models.resource import ResourcePage


class DailyViews(models.Model):
    """The times an entry was shown on one day."""

    unseen_by_readers = True
    personal_fields = ()

    entry = models.ForeignKey(ResourcePage, on_delete=models.CASCADE, related_name="daily_views")
    day = models.DateField(_("jour"))
    count = models.PositiveIntegerField(_("vues"), default=0)

    class Meta:
        verbose_name = _("vues d’un jour")
        verbose_name_plural = _("vues par jour")
        constraints = [
            models.UniqueConstraint(fields=["entry", "day"], name="resources_views_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.day} : {self.count}"
