"""Form of the date and time of a mailing, in local time."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wagtail.admin.widgets import AdminDateInput, AdminTimeInput

FARTHEST = timedelta(days=366)


class LaterForm(forms.Form):
    """A day and an hour in France; what is typed wrong is kept and told."""

    day = forms.DateField(
        label=gettext_lazy("Jour"),
        widget=AdminDateInput,
        error_messages={
            "required": gettext_lazy("Choisissez un jour."),
            "invalid": gettext_lazy("Écrivez une date, comme 07/05/2026."),
        },
    )
    hour = forms.TimeField(
        label=gettext_lazy("Heure"),
        widget=AdminTimeInput,
        help_text=gettext_lazy("Heure de Paris. La lettre commence à partir dans la minute."),
        error_messages={
            "required": gettext_lazy("Choisissez une heure."),
            "invalid": gettext_lazy("Écrivez une heure, comme 09:30."),
        },
    )

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if "day" in typed and "hour" in typed:
            self._check(datetime.combine(typed["day"], typed["hour"]))
        return typed

    def _check(self, read: datetime) -> None:
        moment = in_paris(read)
        if moment is None:
            self.add_error(
                "hour",
                _(
                    "Cette heure n’existe pas ce jour-là : on passe à l’heure d’été. Choisissez "
                    "une autre heure."
                ),
            )
        elif moment <= timezone.now():
            self.add_error("day", _("Ce moment est passé. Choisissez-en un autre."))
        elif moment > timezone.now() + FARTHEST:
            self.add_error("day", _("C’est dans plus d’un an : vérifiez l’année."))
        else:
            self.cleaned_data["moment"] = moment


def in_paris(read: datetime) -> datetime | None:
    """The moment when a clock in France shows this; the first, when it shows it twice.

    None in the night when the clock jumps over it.
    """
    zone = ZoneInfo(settings.TIME_ZONE)
    moment = read.replace(tzinfo=zone, fold=0)
    back = moment.astimezone(UTC).astimezone(zone)
    return moment if back.replace(tzinfo=None, fold=0) == read else None
