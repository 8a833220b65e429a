"""The delay of the first appointment, as a place or one of its services declares it."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail_localize.fields import SynchronizedField

from dateutil.relativedelta import relativedelta

from resources.choices import AppointmentDelay

#: A declared delay is not shown any longer: it is no longer true.
DELAY_MONTHS = 3


class DelayFields(models.Model):
    """A delay and the day when it was declared: one is nothing without the other."""

    first_delay = models.CharField(
        _("délai du premier rendez-vous"), max_length=12, choices=AppointmentDelay, blank=True
    )
    first_delay_declared_on = models.DateField(
        _("délai déclaré le"),
        null=True,
        blank=True,
        help_text=_("Après trois mois, le délai n’est plus montré."),
    )

    class Meta:
        abstract = True

    delay_panel = FieldRowPanel([FieldPanel("first_delay"), FieldPanel("first_delay_declared_on")])
    delay_translations = [
        SynchronizedField("first_delay", overridable=False),
        SynchronizedField("first_delay_declared_on", overridable=False),
    ]

    def clean(self) -> None:
        super().clean()
        if self.first_delay and not self.first_delay_declared_on:
            raise ValidationError(
                {"first_delay_declared_on": _("Dites quel jour ce délai a été déclaré.")}
            )

    @property
    def current_delay(self) -> str:
        """The declared delay, while it is recent enough to be believed."""
        declared: date | None = self.first_delay_declared_on
        if not self.first_delay or declared is None:
            return ""
        if declared + relativedelta(months=DELAY_MONTHS) < timezone.localdate():
            return ""
        return self.get_first_delay_display()
