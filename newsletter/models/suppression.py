"""Suppression list and counts of subscriptions: keyed hashes and numbers, no address."""

from datetime import date
from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from newsletter.editor_choices import MovementKind, SuppressionReason


class Suppression(models.Model):
    """An address that must not be written to again unless it asks: its keyed hash only."""

    unseen_by_readers = True
    personal_fields = ("address_hash",)

    Reason = SuppressionReason

    address_hash = models.CharField(max_length=64, unique=True)
    reason = models.CharField(max_length=12, choices=SuppressionReason)
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("adresse à ne plus écrire")
        verbose_name_plural = _("adresses à ne plus écrire")

    def __str__(self) -> str:
        return self.get_reason_display()


class MovementQuerySet(models.QuerySet):
    def count_one(self, kind: str, day: date | None = None, number: int = 1) -> Self:
        """Count one arrival or departure of this day, or several at once."""
        day = day or timezone.localdate()
        row, _created = self.get_or_create(day=day, kind=kind)
        self.filter(pk=row.pk).update(count=models.F("count") + number)
        return self


class Movement(models.Model):
    """How many came and left on a day: the growth of the letter, without anybody in it."""

    unseen_by_readers = True
    personal_fields = ()

    Kind = MovementKind

    day = models.DateField(_("jour"))
    kind = models.CharField(max_length=8, choices=MovementKind)
    count = models.PositiveIntegerField(_("nombre"), default=0)

    objects = MovementQuerySet.as_manager()

    class Meta:
        verbose_name = _("arrivées et départs")
        verbose_name_plural = _("arrivées et départs")
        ordering = ["day", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["day", "kind"], name="newsletter_one_count_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.get_kind_display()} : {self.count}"
