"""When each entry is open in the days that begin: written ahead, so that no reader waits."""

from datetime import datetime
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from resources.models.resource import ResourcePage


class OpenPeriodQuerySet(models.QuerySet):
    """Sentences about periods."""

    def at(self, moment: datetime) -> Self:
        """Those that hold at a moment, to the minute."""
        return self.filter(starts_at__lte=moment, ends_at__gt=moment)


class OpenPeriod(models.Model):
    """A stretch of a day during which an entry is open.

    Written by ``resources.indexing.open_periods``, at each publication and for all entries once a
    day. A night is written with the day when it begins and with the one when it ends.
    """

    personal_fields = ()
    wagtail_reference_index_ignore = True

    entry = models.ForeignKey(ResourcePage, on_delete=models.CASCADE, related_name="+")
    day = models.DateField(_("jour"))
    starts_at = models.DateTimeField(_("début"))
    ends_at = models.DateTimeField(_("fin"))

    objects = OpenPeriodQuerySet.as_manager()

    class Meta:
        verbose_name = _("ouverture")
        verbose_name_plural = _("ouvertures")
        indexes = [
            models.Index(fields=["ends_at", "starts_at", "entry"], name="resources_open_at"),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.starts_at:%Y-%m-%d %H:%M}"


class OpenDay(models.Model):
    """A day of which the periods of all entries are written."""

    personal_fields = ()

    day = models.DateField(_("jour"), primary_key=True)

    class Meta:
        verbose_name = _("jour d’ouverture")
        verbose_name_plural = _("jours d’ouverture")

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d}"
