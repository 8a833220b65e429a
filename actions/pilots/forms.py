"""« Où en est-on ? »: what a pilot says of an action, on a phone, in a minute."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.utils.formats import localize
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from actions.choices import NEEDS_REASON, ActionStatus
from actions.indicator_forms import OUT_OF_PERCENT
from actions.models import ActionPage, Indicator, PilotUpdate
from portal.forms.choice_fields import choice_field
from portal.forms.error_summary import list_errors
from portal.forms.public_forms import OneLineField, TextField
from portal.text.date_format import format_date

#: What a pilot may say; an action is proposed or dropped by the coordination.
_STATUSES = (
    ActionStatus.UPCOMING,
    ActionStatus.RUNNING,
    ActionStatus.PAUSED,
    ActionStatus.DONE,
)
_LONGEST_DIFFICULTIES = 2000


class PilotForm(forms.Form):
    """Filled with what is known: only what changed is to be changed."""

    status = forms.ChoiceField(label=_("L’action est…"), widget=forms.RadioSelect)
    status_reason = TextField(
        label=_("Pourquoi est-elle en pause ?"),
        help_text=_("Seulement si elle l’est. Tout le monde pourra le lire."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    steps = forms.MultipleChoiceField(
        label=_("Qu’est-ce qui est fait ?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    sentence = OneLineField(
        label=_("Une phrase que tout le monde pourra lire"),
        help_text=_("Par exemple : « Deux locaux sont visités, la mairie répond en décembre. »"),
        max_length=PilotUpdate._meta.get_field("sentence").max_length,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    difficulties = TextField(
        label=_("Une difficulté ?"),
        help_text=_("Facultatif. Seule la coordination du PTSM la lira."),
        max_length=_LONGEST_DIFFICULTIES,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, action: ActionPage, data: Any = None) -> None:
        steps = list(action.steps.all())
        self.was_done = {str(step.translation_key) for step in steps if step.is_done}
        initial = {
            "status": action.status,
            "status_reason": action.status_reason,
            "steps": sorted(self.was_done),
        }
        super().__init__(data, initial=initial, use_required_attribute=False)
        self.action = action
        shown = dict.fromkeys([*_STATUSES, ActionStatus(action.status)])
        choice_field(self, "status").choices = [(one.value, one.label) for one in shown]
        choice_field(self, "steps").choices = [
            (str(one.translation_key), _say(one)) for one in steps
        ]
        if not steps:
            del self.fields["steps"]
        self.indicators = {
            f"value_{number}": indicator for number, indicator in enumerate(action.indicators.all())
        }
        for name, indicator in self.indicators.items():
            self.fields[name] = _value_field(indicator)
        order = ["status", "status_reason", "steps", *self.indicators]
        self.order_fields([*order, "sentence", "difficulties"])

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("status") in NEEDS_REASON and not said.get("status_reason"):
            self.add_error("status_reason", _("Dites pourquoi l’action est en pause."))
        for name, indicator in self.indicators.items():
            if not indicator.accepts(said.get(name)):
                self.add_error(name, OUT_OF_PERCENT)
        return said

    @property
    def is_empty(self) -> bool:
        """Sent as it was shown: nothing is told."""
        return not self.has_changed()

    @property
    def values(self) -> dict[UUID, Decimal]:
        told = {
            indicator.translation_key: self.cleaned_data[name]
            for name, indicator in self.indicators.items()
        }
        return {key: value for key, value in told.items() if value is not None}

    @property
    def error_items(self) -> list[dict[str, str]]:
        return list_errors(self)


def _say(step: Any) -> str:
    if step.is_done or not step.when:
        return str(step.label)
    day = format_date(step.due_on) if step.due_on else step.period
    return gettext("%(step)s – prévu : %(day)s") % {"step": step.label, "day": day}


def _value_field(indicator: Indicator) -> forms.DecimalField:
    unit = f" ({indicator.unit})" if indicator.unit else ""
    last, hint = indicator.last_reading, gettext("Laissez vide si vous ne savez pas.")
    if last:
        words = gettext("Le %(day)s : %(value)s.")
        hint = (
            f"{words % {'day': format_date(last.date), 'value': localize(last.plain_value)}} {hint}"
        )
    return forms.DecimalField(
        label=f"{indicator.label}{unit}",
        help_text=hint,
        required=False,
        max_digits=12,
        decimal_places=2,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        error_messages={"invalid": _("Écrivez un nombre, par exemple 18 ou 12,5.")},
    )
