"""What each person put off, and which messages they want."""

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class PostponementQuerySet(models.QuerySet):
    def in_force(self, user: object, today: date) -> Self:
        return self.filter(user=user, until__gt=today)

    def over(self, today: date) -> Self:
        return self.filter(until__lte=today)


class Postponement(models.Model):
    """One item that one person wants to see again on a day, and not before."""

    unseen_by_readers = True
    personal_fields = ("user",)

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("compte"),
        on_delete=models.CASCADE,
        related_name="postponements",
    )
    #: ``TodoItem.key``.
    key = models.CharField(max_length=120)
    until = models.DateField(_("revient le"))

    objects = PostponementQuerySet.as_manager()

    class Meta:
        verbose_name = _("chose remise à plus tard")
        verbose_name_plural = _("choses remises à plus tard")
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="todo_postponed_once")]

    def __str__(self) -> str:
        return f"{self.key} ({self.until:%d/%m/%Y})"


class TodoMailPreference(models.Model):
    """Which messages of the list one person receives, and the last that they were sent.

    Whoever has no row receives both.
    """

    unseen_by_readers = True
    personal_fields = ("user",)

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("compte"),
        on_delete=models.CASCADE,
        related_name="todo_mail",
    )
    weekly_digest = models.BooleanField(_("Le résumé de chaque lundi"), default=True)
    arrivals = models.BooleanField(
        _("Un message quand une erreur signalée, une proposition ou une inscription arrive"),
        default=True,
        help_text=_("Un par heure au plus : ce qui arrive ensemble est dit ensemble."),
    )
    digest_sent_on = models.DateField(null=True, editable=False)
    arrivals_told_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("messages de « À faire »")
        verbose_name_plural = _("messages de « À faire »")

    def __str__(self) -> str:
        return str(self.user)
