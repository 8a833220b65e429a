"""« Où en est-on ? »: state of a recommendation from the actions that answer it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from actions.choices import ActionStatus


@dataclass(frozen=True, slots=True)
class ResponseState:
    """A label, and its ``badge``: the shape beside it, « on », « half » or none."""

    code: str
    label: str
    badge: str = ""


def response_state(statuses: Sequence[str]) -> ResponseState:
    """The state of a recommendation, out of the statuses of its published actions.

    « Fait » only when every action that was not dropped is done: one finished action out
    of three is still under way.
    """
    kept = [status for status in statuses if status != ActionStatus.DROPPED]
    if not statuses:
        return ResponseState("sans_action", _("Aucune action publiée"))
    if not kept:
        return ResponseState("abandonnee", _("Actions abandonnées"))
    if all(status == ActionStatus.DONE for status in kept):
        return ResponseState("realisee", _("Fait"), "on")
    if any(status in (ActionStatus.DONE, ActionStatus.RUNNING) for status in kept):
        return ResponseState("en_cours", _("En cours"), "half")
    if any(status == ActionStatus.PAUSED for status in kept):
        return ResponseState("en_pause", _("En pause"))
    if any(status == ActionStatus.UPCOMING for status in kept):
        return ResponseState("a_venir", _("À venir"))
    return ResponseState("proposee", _("Actions proposées"))
