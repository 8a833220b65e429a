"""Snapshots: the portal's figures on one day of each month, kept for ever."""

from datetime import date
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.text.date_format import format_date


class SnapshotQuerySet(models.QuerySet):
    def in_month(self, day: date) -> Self:
        return self.filter(day__year=day.year, day__month=day.month)


class Snapshot(models.Model):
    """What was counted on one day, at most one a month."""

    unseen_by_readers = True
    personal_fields = ()

    day = models.DateField(_("jour"), unique=True)
    is_rebuilt = models.BooleanField(
        _("reconstitué"),
        default=False,
        help_text=_("Compté après coup, avec ce que l’historique du portail permet."),
    )

    objects = SnapshotQuerySet.as_manager()

    class Meta:
        verbose_name = _("relevé du mois")
        verbose_name_plural = _("relevés des mois")
        ordering = ["day"]

    def __str__(self) -> str:
        return format_date(self.day)


class SnapshotFigure(models.Model):
    """One figure of a snapshot: of the whole, or of a ``scope`` (a territory, a type, a status).

    The words of the scope are kept as they were: a territory may have been renamed since.
    """

    unseen_by_readers = True
    personal_fields = ()

    snapshot = models.ForeignKey(Snapshot, on_delete=models.CASCADE, related_name="figures")
    measure = models.CharField(max_length=60)
    scope = models.CharField(max_length=80, blank=True)
    scope_label = models.CharField(max_length=255, blank=True)
    value = models.DecimalField(max_digits=14, decimal_places=2)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["snapshot", "measure", "scope"], name="history_one_figure_a_scope"
            )
        ]

    def __str__(self) -> str:
        return f"{self.measure} {self.scope} : {self.value}"
