"""Since when an action is in its state: one row for each change that was published."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from actions.choices import ActionStatus


class ActionStatusChange(models.Model):
    """An action's state became another on one day; the first row is the state it was born with.

    It belongs to the page that is written first: its translations are in the same state.
    """

    personal_fields = ()

    action = models.ForeignKey(
        "actions.ActionPage",
        verbose_name=_("fiche-action"),
        on_delete=models.CASCADE,
        related_name="status_changes",
    )
    status = models.CharField(_("état"), max_length=12, choices=ActionStatus)
    previous = models.CharField(_("état d’avant"), max_length=12, choices=ActionStatus, blank=True)
    on = models.DateField(_("le"))

    class Meta:
        verbose_name = _("changement d’état")
        verbose_name_plural = _("changements d’état")
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return f"{self.get_status_display()} ({self.on})"
