"""What an answer of a pilot would change in an action, in words."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.formats import localize
from django.utils.translation import gettext as _

from actions.choices import ActionStatus
from actions.models import ActionPage, PilotUpdate
from actions.number_format import plain_number


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that changes; both are words, empty for nothing."""

    label: str
    before: str
    after: str


def get_changes(update: PilotUpdate, action: ActionPage) -> list[Change]:
    """The differences between ``action`` and what was told; empty when there is none."""
    changes = []
    if update.status != action.status:
        before = action.get_status_display()
        changes.append(Change(_("État"), before, str(ActionStatus(update.status).label)))
    if update.status_reason != action.status_reason:
        words = _("Raison publique")
        changes.append(Change(words, action.status_reason, update.status_reason))
    done = set(update.done_steps)
    for step in action.steps.all():
        is_done = str(step.translation_key) in done
        if is_done != step.is_done:
            words = _("Étape « %(step)s »") % {"step": step.label}
            changes.append(Change(words, _say(step.is_done), _say(is_done)))
    for indicator in action.indicators.all():
        value = update.values.get(str(indicator.translation_key))
        if value is not None:
            last = indicator.last_reading
            before = f"{localize(last.plain_value)} ({last.date:%d/%m/%Y})" if last else ""
            changes.append(Change(indicator.label, before, localize(plain_number(Decimal(value)))))
    return changes


def _say(is_done: bool) -> str:
    return _("faite") if is_done else _("pas faite")
